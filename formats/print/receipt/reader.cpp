#include "formats/print/receipt/reader.hpp"

#include <charconv>
#include <unordered_set>

#include <fmt/format.h>

#include "formats/print/document_form.hpp"
#include "formats/print/receipt/detail/schema.hpp"
#include "formats/print/receipt/layout.hpp"
#include "formats/xml/line_counter.hpp"
#include "formats/xml/schema.hpp"

namespace brygga::print::receipt {

namespace {

using layout::value;
using xml::schema::collapsed;

std::uint64_t number_of(const value& from) {
    const std::string text = collapsed(from.text);
    std::uint64_t made = 0;
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    std::from_chars(begin, text.data() + text.size(), made);
    return made;
}

std::optional<std::uint64_t> number_if_any(const value& from) {
    return from.present ? std::optional(number_of(from)) : std::nullopt;
}

document_status document_of(const layout::document& from) {
    document_status made;
    made.id = collapsed(from.id.text);
    made.status = parse_status(collapsed(from.status.text)).value_or(status::received);
    made.at = collapsed(from.at.text);
    if (from.channel.present) made.channel = batch::parse_code<batch::channel>(collapsed(from.channel.text));
    made.reason = collapsed(from.reason.text);
    made.provider_ref = collapsed(from.provider_ref.text);
    made.pages = number_if_any(from.pages);
    made.sheets = number_if_any(from.sheets);
    return made;
}

class receipt_reading : public xml::listener {
 public:
    receipt_reading(std::string_view bytes, receipt_file& file) : bytes_(bytes), file_(file), lines_(bytes) {}

    void run() {
        const xml::root_tag root_seen = xml::look_at_root(bytes_);
        file_.recognised = root_seen.name == layout::root_name && root_seen.uri == layout::namespace_uri;
        bool is_right = true;
        for (const form_fault& each : form_faults_of(bytes_)) {
            is_right = false;
            tell({}, each.offset, each.found, each.expected);
        }
        if (!is_right) return;
        xml::schema::check(bytes_, detail::receipt_schema(), layout::namespace_uri, {}, [&](const xml::schema::fault& each) {
            is_right = false;
            tell(each.path, each.offset, each.found, each.expected);
        });
        if (!is_right) return;
        xml::reader in(bytes_);
        const xml::read_outcome done = xml::read(in, layout::root_table(), &root_, *this);
        if (!done.whole) return tell({}, done.why.offset, done.why.text, "a document within the limits");
        file_.is_whole = true;
        keep_root();
        judge_type();
    }

    void closed(std::uint16_t, std::size_t begin, std::size_t) override {
        file_.content.documents.push_back(document_of(root_.document));
        const std::string& id = file_.content.documents.back().id;
        if (!ids_.insert(id).second)
            tell(fmt::format("Document[{}]/@id", file_.content.documents.size()), begin, id, "an id that comes once in a receipt",
                 id);
    }

 private:
    void keep_root() {
        batch_receipt& to = file_.content;
        to.batch_id = collapsed(root_.batch_id.text);
        to.number = static_cast<std::uint32_t>(number_of(root_.number));
        to.created_at = collapsed(root_.created_at.text);
        to.type = parse_receipt_type(collapsed(root_.type.text)).value_or(receipt_type::status);
        to.digest = collapsed(root_.digest.text);
        const std::string flag = collapsed(root_.is_final.text);
        to.is_final = flag == "true" || flag == "1";
        for (const layout::refusal& each : root_.errors)
            to.errors.push_back({collapsed(each.rule.text), std::string(each.text.text)});
        const layout::totals& totals = root_.totals;
        if (totals.documents.present)
            to.totals = receipt::totals{number_of(totals.documents), number_of(totals.delivered), number_of(totals.posted),
                                        number_of(totals.failed),    number_of(totals.pages),     number_of(totals.sheets)};
    }

    // Section 5.2.
    void judge_type() {
        const batch_receipt& item = file_.content;
        const auto wrong = [&](std::string_view path, std::string_view found, std::string_view expected) {
            tell(path, root_.type.offset, found, expected);
        };
        if (item.type == receipt_type::nack) {
            if (item.errors.empty()) wrong("Error", {}, "an error with NACK");
            if (!item.documents.empty()) wrong("Document", fmt::format("{} documents", item.documents.size()), "none with NACK");
            if (!item.is_final) wrong("Final", "false", "true with NACK");
        }
        for (std::size_t i = 0; i < item.documents.size(); ++i) {
            const document_status& each = item.documents[i];
            const bool is_taken = each.status == status::received || each.status == status::rejected;
            const bool is_wrong = (item.type == receipt_type::ack && !is_taken) ||
                                  (item.type == receipt_type::returns && each.status != status::returned);
            if (is_wrong)
                tell(fmt::format("Document[{}]/@status", i + 1), root_.type.offset, name(each.status),
                     fmt::format("a status of {}", name(item.type)), each.id);
        }
    }

    void tell(std::string_view path, std::size_t offset, std::string_view found, std::string_view expected,
              std::string_view document = {}) {
        file_.findings.add(static_cast<std::size_t>(rule::form), severity::error, [&] {
            finding made;
            made.where = {lines_.line_of(offset), offset, 0, 0};
            made.record = path.starts_with("Document[") ? "Document" : "BatchReceipt";
            made.field = path.substr(path.rfind('/') + 1);
            made.found = found;
            made.expected = expected;
            made.path = path;
            made.serial = document;
            return made;
        });
    }

    std::string_view bytes_;
    receipt_file& file_;
    xml::line_counter lines_;
    layout::root root_;
    std::unordered_set<std::string> ids_;
};

}  // namespace

receipt_file read_receipt(std::string_view bytes, const read_options& options) {
    receipt_file file{false, false, {}, finding_list(rules(), options.policy)};
    receipt_reading(bytes, file).run();
    return file;
}

}  // namespace brygga::print::receipt
