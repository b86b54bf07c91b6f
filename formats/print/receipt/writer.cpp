#include "formats/xml/writer.hpp"

#include <fmt/format.h>

#include "formats/print/receipt/layout.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/xml/texts.hpp"

namespace brygga::print::receipt {

namespace {

constexpr std::uint16_t schema_version = 1;

class filling {
 public:
    void text(std::string_view from, layout::value& to) {
        if (!from.empty()) to = keep_.keep(std::string(from));
    }
    void number(std::optional<std::uint64_t> from, layout::value& to) {
        if (from) to = keep_.keep(fmt::format("{}", *from));
    }

    void document(const document_status& from, layout::document& to) {
        to.clear();
        text(from.id, to.id);
        text(name(from.status), to.status);
        text(from.at, to.at);
        if (from.channel) text(batch::name(*from.channel), to.channel);
        text(from.reason, to.reason);
        text(from.provider_ref, to.provider_ref);
        number(from.pages, to.pages);
        number(from.sheets, to.sheets);
    }

    void totals(const receipt::totals& from, layout::totals& to) {
        number(from.documents, to.documents);
        number(from.delivered, to.delivered);
        number(from.posted, to.posted);
        number(from.failed, to.failed);
        number(from.pages, to.pages);
        number(from.sheets, to.sheets);
    }

    void clear() { keep_.clear(); }

 private:
    xml::texts keep_;
};

}  // namespace

std::string write_receipt(const batch_receipt& item) {
    std::string out;
    filling head, of_document;
    layout::root root;
    head.text("1.0", root.version);
    head.text(item.batch_id, root.batch_id);
    head.number(item.number, root.number);
    head.text(item.created_at, root.created_at);
    head.text(name(item.type), root.type);
    head.text(item.digest, root.digest);
    head.text(item.is_final ? "true" : "false", root.is_final);
    for (const refusal& each : item.errors) {
        layout::refusal& to = root.errors.add();
        head.text(each.rule, to.rule);
        head.text(each.text, to.text);
    }
    if (item.totals) head.totals(*item.totals, root.totals);
    xml::writer to([&out](std::string_view part) { out += part; }, schema_version);
    to.document(layout::root_name, layout::namespace_uri, layout::root_table(), &root, [&] {
        for (const document_status& each : item.documents) {
            of_document.clear();
            of_document.document(each, root.document);
            to.whole("Document", layout::document_table(), &root.document);
        }
    });
    return out;
}

}  // namespace brygga::print::receipt
