#include "formats/print/batch/format.hpp"

#include <array>
#include <string>

#include "formats/archive/zip.hpp"
#include "formats/print/batch/generator.hpp"
#include "formats/print/batch/layout.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/code_line/code_line.hpp"
#include "formats/xml/describe.hpp"
#include "formats/xml/diff.hpp"
#include "formats/xml/json.hpp"
#include "formats/xml/mask.hpp"
#include "formats/xml/show.hpp"

namespace brygga::print::batch {

namespace {

constexpr std::string_view manifest_name = "manifest.xml";
constexpr std::array<std::string_view, 2> kinds = {"batch", "manifest"};

bool begins_like_a_manifest(std::string_view head) {
    const xml::root_tag root = xml::look_at_root(head);
    return root.name == layout::root_name && root.uri == layout::namespace_uri;
}

// The manifest of an archive, as far as it can be had; other bytes as they are.
std::string manifest_in(std::string_view bytes) {
    if (!archive::is_zip(bytes)) return std::string(bytes);
    std::string found;
    const auto only_the_first = [&](const archive::zip_member& member) -> result<void> {
        if (member.name == manifest_name) found = member.bytes;
        return fail(error_code::not_found, "the first member is enough");
    };
    if (auto read = archive::read_zip(bytes, {}, only_the_first); !read && found.empty()) return {};
    return found;
}

// Of a code line, its reference: the payment's own in other columns.
std::optional<xml::text_range> reference_in(const xml::field& item) {
    constexpr std::size_t first = 2, end = 27;  // columns 3 to 27
    if (item.path != "Payment/CodeLine" || item.value.size() != code_line_size) return std::nullopt;
    const std::size_t begin = item.value.find_first_not_of(' ', first);
    if (begin >= end || item.value.find_first_not_of("0123456789", begin) < end) return std::nullopt;
    return xml::text_range{begin, end - begin};
}

class batch_format final : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept override { return document_of_manifest().format_id; }
    [[nodiscard]] std::string_view title() const noexcept override {
        return "Print batch to a print service: PDFs and their manifest (utskriftsbatch, CPB 1.0)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::outgoing; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        return archive::is_zip(head) ? begins_like_an_archive(head) : begins_like_a_manifest(head);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return batch::rules(); }
    void describe(const output& to) const override { xml::describe(document_of_manifest(), to); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        read_options options;
        options.policy = with.policy;
        options.passed = with.passed;
        const batch_file file = archive::is_zip(bytes) ? read_batch(bytes, options) : read_manifest(bytes, options);
        check_report made;
        made.logical_no = 1;
        if (file.is_whole) made.version = file.content.version;
        made.id = file.content.header.batch_id;
        made.accepted = file.accepted();
        made.records = {{"Document", file.content.documents.size()}};
        made.sums_ore = {{"payable", std::to_string(totals_of(file.content.documents).payable_ore)}};
        for (const removed_document& out : file.removed)
            made.held.push_back({static_cast<std::uint32_t>(out.document + 1), &info(out.broken)});
        made.findings = &file.findings;
        each(made);
    }

    void show(std::string_view bytes, const read_settings&, const show_settings& how, const output& to) const override {
        xml::show(manifest_in(bytes), document_of_manifest(), {}, how, to);
    }
    // Of an archive as well, byte for byte, for what it is worth: its PDFs are no values.
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const override {
        xml::to_json(bytes, document_of_manifest(), {with.passed}, to);
    }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        return xml::from_json(json_lines, document_of_manifest(), to);
    }
    // The manifests tell the SHA-256 of each file: what is the same there is the same in the archives.
    bool diff(std::string_view before, std::string_view after, const read_settings&, const output& to) const override {
        return xml::diff(manifest_in(before), manifest_in(after), document_of_manifest(), {}, to);
    }
    // Nothing of an archive: PDFs cannot be masked, and a manifest that is would tell of other files.
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const override {
        if (!archive::is_zip(bytes)) xml::mask(bytes, document_of_manifest(), key, {with.passed}, to);
    }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return kinds; }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return batch::generate(what, to);
    }
};

}  // namespace

bool begins_like_an_archive(std::string_view head) noexcept {
    constexpr std::size_t local_bytes = 30, method_at = 8, extra_size_at = 28;
    if (!archive::is_zip(head) || head.size() < local_bytes + manifest_name.size()) return false;
    if (head.substr(local_bytes, manifest_name.size()) != manifest_name) return false;
    const auto number = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(head[at])) +
               (static_cast<std::size_t>(static_cast<unsigned char>(head[at + 1])) << 8);
    };
    if (number(local_bytes - 4) != manifest_name.size()) return false;
    if (number(method_at) != 0) return true;  // packed: its name is all that shows
    const std::size_t content = local_bytes + manifest_name.size() + number(extra_size_at);
    return content < head.size() && begins_like_a_manifest(head.substr(content));
}

const xml::document_type& document_of_manifest() {
    static const xml::document_type type = [] {
        xml::document_type made;
        made.format_id = "print-batch";
        made.root = &layout::root_table();
        made.version = [](const xml::root_tag&) { return std::string("1.0"); };
        made.reference_in = [](const xml::piece&, const xml::field& item) { return reference_in(item); };
        return made;
    }();
    return type;
}

const format& registered_format() noexcept {
    static const batch_format one;
    return one;
}

}  // namespace brygga::print::batch
