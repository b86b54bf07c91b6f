#include <ostream>

#include "mapping/ledger/json/convert.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::ledger {

namespace {

template <class Row>
visitor<Row> line_writer(std::ostream& to) {
    return [&to](const Row& item) -> result<void> {
        to << to_line(item) << '\n';
        if (!to) return fail(error_code::io, "the export cannot be written");
        return {};
    };
}

}  // namespace

// Invoices stand before credit notes, which name them, so that the export can be imported line by line.
result<void> export_lines(transaction& from, std::ostream& to) {
    auto done = from.each_customer(line_writer<customer>(to));
    if (done) done = from.each_facility(line_writer<facility>(to));
    if (done) done = from.each_invoice(line_writer<invoice>(to));
    if (done) done = from.each_credit_note(line_writer<credit_note>(to));
    return done;
}

}  // namespace brygga::ledger
