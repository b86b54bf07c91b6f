#include "formats/print/receipt/format.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"
#include "formats/print/batch/generator.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/receipt/layout.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/xml/document_format.hpp"

namespace brygga::print::receipt {

namespace {

const xml::document_type& document_of_receipt() {
    static const xml::document_type type = {
        "print-receipt", &layout::root_table(), {}, [](const xml::root_tag&) { return std::string("1.0"); }};
    return type;
}

// What an invented print service says of a batch some days later: most letters to Kivra are delivered, the others posted.
batch_receipt answer_to(const batch::manifest& sent) {
    batch_receipt made;
    made.batch_id = sent.header.batch_id;
    made.number = 2;
    made.created_at = sent.header.created_at;
    made.type = receipt_type::status;
    made.digest = sent.totals.digest;
    receipt::totals sums;
    for (const batch::document& each : sent.documents) {
        document_status one;
        one.id = each.id;
        one.at = sent.header.created_at;
        const bool is_digital = each.has_channel(batch::channel::kivra) && made.documents.size() % 4 != 3;
        one.status = is_digital ? status::delivered : status::posted;
        one.channel = is_digital ? batch::channel::kivra : batch::channel::print;
        if (is_digital)
            one.provider_ref = sha256_hex(each.id).substr(0, 32);
        else if (each.has_channel(batch::channel::kivra))
            one.reason = "NO_MATCH";
        one.pages = batch::pages_of(each);
        one.sheets = is_digital ? 0 : batch::sheets_of(each);
        ++(is_digital ? sums.delivered : sums.posted);
        sums.pages += *one.pages;
        sums.sheets += *one.sheets;
        made.documents.push_back(std::move(one));
    }
    sums.documents = made.documents.size();
    made.totals = sums;
    made.is_final = true;
    return made;
}

class receipt_format final : public xml::document_format {
 public:
    receipt_format() : document_format(document_of_receipt()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Receipt of the print service for a batch (CPB 1.0)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        const xml::root_tag root = xml::look_at_root(head);
        return root.name == layout::root_name && root.uri == layout::namespace_uri;
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return receipt::rules(); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const receipt_file file = read_receipt(bytes, {with.policy});
        check_report made;
        made.logical_no = 1;
        made.version = file.is_whole ? "1.0" : "";
        made.id = file.content.batch_id;
        made.accepted = file.accepted();
        made.records = {{"Document", file.content.documents.size()}};
        made.findings = &file.findings;
        each(made);
    }

    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        const bool breaks_form = !what.faults.empty();
        if (std::any_of(what.faults.begin(), what.faults.end(), [](const std::string& id) { return id != info(rule::form).id; }))
            return fail(error_code::invalid_argument, "a receipt alone can break PRR-FORM only; the other rules need its batch");
        if (what.bad_percent != 0) return fail(error_code::invalid_argument, "no document of a receipt has findings of its own");
        generate_settings of_batch = what;
        of_batch.faults.clear();
        const auto sent = batch::generated_manifest(of_batch);
        if (!sent) return tl::unexpected(sent.error());
        batch_receipt made = answer_to(*sent);
        if (breaks_form) made.digest = "none";
        to(write_receipt(made));
        return {};
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const receipt_format one;
    return one;
}

}  // namespace brygga::print::receipt
