#include "connectors/config/detail/autogiro_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/partner_tables.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::config::detail {

namespace {

constexpr std::size_t customer_digits = 6;
constexpr std::int64_t most_bank_days = 60;
constexpr std::int64_t most_days = 3660;
constexpr int looked_at = 62;  // days

// Whether every time of it lies before Bankgirot closes, in two months with and without summer time.
bool is_in_time(const timing::schedule& at) {
    using namespace std::chrono;
    const sys_days first = year{2026} / March / 1;
    for (sys_days day = first; day < first + days(looked_at); day += days(1))
        for (const hours end : {hours(22), hours(23)}) {  // midnight in Sweden
            const auto last = at.latest_until(day + end - milliseconds(1));
            if (!last) return false;
            const auto clock = in_sweden(*last);
            if (clock - floor<days>(clock) >= autogiro_closes) return false;
        }
    return true;
}

void read_bankgiros(table_reader& of, const tenant& who, std::vector<std::string>& into) {
    std::vector<std::string> written;
    of.texts("bankgiros", written,
             {.meaning = "bankgiro numbers of [[tenant.bankgiro]] that collect by Autogiro under this customer number; each has "
                         "a file of its own",
              .required = true,
              .example = R"(["991-2346"])",
              .missing = "must name the bankgiro numbers that collect"});
    for (const std::string& each : written) {
        const std::string digits = normalise_bankgiro(each).value_or(std::string());
        const auto same = [&](const inbound::receiver& known) { return known.bankgiro == digits; };
        if (std::none_of(who.receivers.begin(), who.receivers.end(), same))
            of.fault("bankgiros", fmt::format("names {}, which no [[tenant.bankgiro]] is", each));
        else if (std::find(into.begin(), into.end(), digits) != into.end())
            of.fault("bankgiros", fmt::format("names {} twice", each));
        else
            into.push_back(digits);
    }
}

void check_rule(table_reader& of, const tenant& who, const autogiro_agreement& with, bool unsealed) {
    const partners::send_rule* const rule = with.rule_of(who);
    if (rule == nullptr) {
        of.fault("partner", fmt::format("and folder name no [[tenant.partner.send]]: {} \"{}\"", with.partner, with.folder));
        return;
    }
    const auto& formats = rule->formats;
    if (!formats.empty() && std::find(formats.begin(), formats.end(), "autogiro") == formats.end())
        of.fault("folder", "belongs to a [[tenant.partner.send]] whose formats do not hold autogiro");
    if (rule->seal.empty() && !unsealed)
        of.fault("folder",
                 "belongs to a [[tenant.partner.send]] without seal: Bankgirot takes sealed files only; say "
                 "unsealed = true where the bank seals them");
    if (!rule->seal.empty() && unsealed) of.fault("unsealed", "is true, and the [[tenant.partner.send]] has a seal");
}

}  // namespace

autogiro_agreement read_autogiro(table_reader& of, const tenant& who) {
    autogiro_agreement out;
    if (of.text("customer", out.customer,
                {.meaning = "customer number at Bankgirot, 6 digits; a report with another one is rejected (AG-R06)",
                 .required = true,
                 .example = "471117"}) &&
        (out.customer.size() != customer_digits || !all_digits(out.customer)))
        of.fault("customer", "must be 6 digits");
    read_bankgiros(of, who, out.bankgiros);
    const bool named =
        of.text("partner", out.partner, {.meaning = "who takes the day's file", .required = true, .example = "bank"});
    of.text("folder", out.folder,
            {.meaning = "folder of the partner, as its [[tenant.partner.send]] has it",
             .example = "in",
             .otherwise = "where the login leads without it"});
    bool unsealed = false;
    of.boolean("unsealed", unsealed,
               {.meaning = "the bank seals, or wants no seal, for what goes through its own portal: the [[tenant.partner.send]] "
                           "needs none"});
    if (named) check_rule(of, who, out, unsealed);
    const bool timed =
        of.parsed("at", "schedule", "bankday 15:00", out.at,
                  [](std::string_view text) -> result<timing::schedule> {
                      auto made = timing::schedule::parse(text);
                      if (!made) return fail(made.error().code, fmt::format("is no schedule: {}", made.error().text));
                      return made;
                  },
                  {.meaning = "when the day's file is made, once on each bank day; before 19:00, when Bankgirot closes"});
    if (timed && !is_in_time(out.at)) of.fault("at", "must lie before 19:00, when Bankgirot closes");
    of.number("ahead_bank_days", out.ahead_bank_days, {1, most_bank_days},
              {.meaning = "at most so many bank days before its day a collection is sent"});
    of.number("late_days", out.late_days, {0, most_days},
              {.meaning = "an invoice whose due date has passed longer ago is not collected any more"});
    of.number("watch_days", out.watch_days, {1, most_days},
              {.meaning = "so far ahead Bankgirot takes a payment (bevakningsregistret)"});
    return out;
}

}  // namespace brygga::config::detail
