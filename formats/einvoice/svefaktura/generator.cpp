#include "formats/einvoice/svefaktura/generator.hpp"

#include <algorithm>
#include <array>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/svefaktura/writer.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

constexpr std::array<std::string_view, 4> kinds = {"invoice", "credit-note", "attached-invoice", "envelope"};

invoice with_attachment(invoice of) {
    of.attachments = {{"1", "Bilaga", "bilaga.pdf", "application/pdf", "%PDF-1.4 x"}};
    return of;
}

result<item> attached_envelope(const invoice& of) {
    return envelope_of(with_attachment(of), format_iso_date(of.issued) + "T08:00:00");
}

std::string text_of(const item& document) {
    return written(document, document.is == "ObjectEnvelope"_el ? object_envelope : basic_invoice);
}

}  // namespace

std::span<const std::string_view> generated_kinds() noexcept {
    return kinds;
}

result<fault_table> faults(std::uint64_t seed, date day) {
    invoice_inventor inventor(seed, day);
    const invoice made = inventor.invent(lines_of_faults, false);
    invoice named = made;
    named.buyer.name = "Provkund";
    fault_bases bases;
    for (const auto& [name, base] : {std::pair("", made), std::pair("one", inventor.invent(1, false)), std::pair("named", named),
                                     std::pair("credit", inventor.credit(made))}) {
        auto document = document_of(base);
        if (!document) return tl::unexpected(std::move(document.error()));
        bases[name] = std::move(*document);
    }
    auto envelope = attached_envelope(made);
    if (!envelope) return tl::unexpected(std::move(envelope.error()));
    bases["envelope"] = std::move(*envelope);
    return fault_table::read(svefaktura_fault_text(), std::move(bases), syntax_of);
}

result<std::string> generated(const generate_settings& what) {
    const date day = what.day.ok() ? what.day : default_invoice_day;
    if (!what.faults.empty())
        return faults(what.seed, day)
            .and_then([&](const fault_table& table) { return document_with_fault(table, what); })
            .map(text_of);
    const auto kind = kind_of(what, kinds);
    if (!kind) return tl::unexpected(kind.error());
    invoice_inventor inventor(what.seed, day);
    invoice made = inventor.invent(std::max<std::uint64_t>(what.count, 1), false);
    if (*kind == "envelope") return attached_envelope(made).map(text_of);
    if (*kind == "attached-invoice") made = with_attachment(std::move(made));
    if (*kind == "credit-note") made = inventor.credit(made);
    return document_of(made).map(text_of);
}

}  // namespace brygga::einvoice::svefaktura
