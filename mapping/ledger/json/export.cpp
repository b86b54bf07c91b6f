#include <ostream>
#include <set>

#include "mapping/ledger/json/convert.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::ledger {

namespace {

// Without what is of protected persons (PRO-R14).
template <class Row>
visitor<Row> line_writer(std::ostream& to, const std::set<std::string, std::less<>>& without, std::uint64_t& left_out) {
    return [&](const Row& item) -> result<void> {
        if (without.contains(item.customer_id)) {
            ++left_out;
            return {};
        }
        to << to_line(item) << '\n';
        if (!to) return fail(error_code::io, "the export cannot be written");
        return {};
    };
}

}  // namespace

// Invoices stand before credit notes, which name them, so that the export can be imported line by line.
result<std::uint64_t> export_lines(transaction& from, std::ostream& to) {
    const auto hidden = from.protections().protected_customers();
    if (!hidden) return tl::unexpected(hidden.error());
    const std::set<std::string, std::less<>> without(hidden->begin(), hidden->end());
    std::uint64_t left_out = 0;
    auto done = from.each_customer(line_writer<customer>(to, without, left_out));
    if (done) done = from.each_facility(line_writer<facility>(to, without, left_out));
    if (done) done = from.each_invoice(line_writer<invoice>(to, without, left_out));
    if (done) done = from.each_credit_note(line_writer<credit_note>(to, without, left_out));
    if (!done) return tl::unexpected(std::move(done.error()));
    return left_out;
}

}  // namespace brygga::ledger
