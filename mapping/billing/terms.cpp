#include "mapping/billing/terms.hpp"

#include "formats/core/bank_days.hpp"

namespace brygga::billing {

date month_due(date in_month) {
    return previous_bank_day(date(in_month.year() / in_month.month() / std::chrono::last), true);
}

date due_date(const run_terms& terms, date month, date issued) {
    switch (terms.due) {
        case due_rule::last_bank_day:
            return month_due(month);
        case due_rule::days_after:
            return next_bank_day(date(std::chrono::sys_days(issued) + std::chrono::days(terms.due_days)), true);
    }
    return {};
}

}  // namespace brygga::billing
