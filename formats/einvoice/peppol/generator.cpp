#include "formats/einvoice/peppol/generator.hpp"

#include <algorithm>
#include <array>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/peppol/writer.hpp"

namespace brygga::einvoice::peppol {

namespace {

constexpr std::array<std::string_view, 3> kinds = {"invoice", "credit-note", "bank"};

}  // namespace

std::span<const std::string_view> generated_kinds() noexcept {
    return kinds;
}

result<fault_table> faults(std::uint64_t seed, date day) {
    invoice_inventor inventor(seed, day);
    const invoice made = inventor.invent(lines_of_faults, false);
    const auto document = [](const invoice& of) { return document_of(of, flavour::network); };
    return fault_table::read(peppol_fault_text(), {{"", document(made)}, {"credit", document(inventor.credit(made))}}, syntax_of);
}

result<std::string> generated(const generate_settings& what) {
    const date day = what.day.ok() ? what.day : default_invoice_day;
    if (!what.faults.empty())
        return faults(what.seed, day)
            .and_then([&](const fault_table& table) { return document_with_fault(table, what); })
            .map([](const item& document) { return written(document); });
    const auto kind = kind_of(what, kinds);
    if (!kind) return tl::unexpected(kind.error());
    invoice_inventor inventor(what.seed, day);
    const bool to_person = *kind == "bank";
    invoice made = inventor.invent(std::max<std::uint64_t>(what.count, 1), to_person);
    if (*kind == "credit-note") made = inventor.credit(made);
    return written(document_of(made, to_person ? flavour::operated : flavour::network));
}

}  // namespace brygga::einvoice::peppol
