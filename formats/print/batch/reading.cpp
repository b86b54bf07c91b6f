#include "formats/print/batch/detail/reading.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/core/text.hpp"
#include "formats/print/batch/detail/conversion.hpp"
#include "formats/print/batch/detail/judge.hpp"
#include "formats/print/batch/detail/schema.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/document_form.hpp"
#include "formats/xml/schema.hpp"

namespace brygga::print::batch::detail {

namespace {

constexpr std::uint32_t whole_permille = 1'000;

// Of "1.n"; nothing when there is none.
std::optional<std::uint64_t> minor_version(std::string_view bytes) {
    xml::reader in(bytes);
    if (in.next() != xml::event::start) return std::nullopt;
    for (const xml::attribute& each : in.attributes()) {
        if (!each.prefix.empty() || each.name != "version") continue;
        const std::string text = xml::schema::collapsed(each.value);
        if (!text.starts_with("1.")) return std::nullopt;
        std::uint64_t number = 0;
        const auto done = std::from_chars(text.data() + 2, text.data() + text.size(), number);
        if (done.ec != std::errc() || done.ptr != text.data() + text.size()) return std::nullopt;
        return number;
    }
    return std::nullopt;
}

std::string_view record_of(std::string_view path) noexcept {
    return path.starts_with("Documents/Document[") ? "Document" : path.substr(0, path.find('/'));
}

}  // namespace

class manifest_listener : public xml::listener {
 public:
    manifest_listener(reading& into, layout::root& root) : into_(into), root_(root), judge_(into, into.file().content.header) {}

    void closed(std::uint16_t level, std::size_t begin, std::size_t) override {
        if (level != layout::document_level) return;
        manifest& content = into_.file().content;
        if (content.documents.empty()) content.header = header_of(root_.header);
        const layout::document& at = root_.documents.current;
        content.documents.push_back(document_of(at));
        into_.begins_.push_back(begin);
        const document& item = content.documents.back();
        const std::size_t index = content.documents.size() - 1;
        if (!ids_.insert(item.id).second)
            into_.tell({rule::R01, severity::error, "@id", at.id.offset, item.id, "an id that no other document has"}, index);
        judge_.judge(item, at, index, begin);
    }

 private:
    reading& into_;
    layout::root& root_;
    document_judge judge_;
    std::unordered_set<std::string> ids_;
};

std::optional<severity> reading::tell(const told& what) {
    return file_.findings.add(static_cast<std::size_t>(what.broken), what.level, [&] {
        const std::size_t slash = what.path.rfind('/');
        finding made;
        made.where = {lines_.line_of(what.offset), what.offset, 0, 0};
        made.record = record_of(what.path);
        made.field = slash == std::string_view::npos ? what.path : what.path.substr(slash + 1);
        made.found = what.found;
        made.expected = what.expected;
        made.path = what.path;
        return made;
    });
}

void reading::tell(const told& what, std::size_t document) {
    const auto level = file_.findings.add(static_cast<std::size_t>(what.broken), what.level, [&] {
        finding made;
        made.where = {lines_.line_of(what.offset), what.offset, 0, 0};
        made.record = "Document";
        made.field = what.path.substr(what.path.rfind('/') + 1);
        made.found = what.found;
        made.expected = what.expected;
        made.path = fmt::format("Documents/Document[{}]{}{}", document + 1, what.path.empty() ? "" : "/", what.path);
        made.serial = file_.content.documents[document].id;
        return made;
    });
    if (level == severity::hold) removed_.emplace(document, what.broken);
}

// Section 2.4, beside what every document of XML keeps.
bool reading::check_form(std::string_view bytes) {
    bool is_right = true;
    for (const form_fault& each : form_faults_of(bytes)) {
        is_right = false;
        tell({rule::R01, severity::error, {}, each.offset, each.found, each.expected});
    }
    return is_right;
}

bool reading::check_schema(std::string_view bytes, std::uint64_t& minor) {
    bool is_right = true;
    const auto version = minor_version(bytes);
    minor = version.value_or(0);
    xml::schema::check(bytes, manifest_schema(), layout::namespace_uri, {.passes_unknown = minor > 0},
                       [&](const xml::schema::fault& each) {
                           is_right = false;
                           tell({rule::R01, severity::error, each.path, each.offset, each.found, each.expected});
                       });
    return is_right;
}

void reading::manifest(std::string_view bytes) {
    lines_ = xml::line_counter(bytes);
    const xml::root_tag root_seen = xml::look_at_root(bytes);
    file_.recognised = root_seen.name == layout::root_name && root_seen.uri == layout::namespace_uri;
    if (bytes.size() > options_.limits.manifest_bytes) {
        tell({rule::R01, severity::error, {}, 0, "more bytes", fmt::format("at most {}", options_.limits.manifest_bytes)});
        return;
    }
    std::uint64_t minor = 0;
    if (!check_form(bytes) || !check_schema(bytes, minor)) return;
    layout::root root;
    xml::reader in(bytes);
    manifest_listener documents(*this, root);
    const xml::read_outcome done = xml::read(in, layout::root_table(), &root, documents);
    if (!done.whole) {
        tell({rule::R01, severity::error, {}, done.why.offset, done.why.text, "a document within the limits"});
        return;
    }
    file_.is_whole = true;
    file_.content.version = xml::schema::collapsed(root.version.text);
    file_.content.totals = totals_in(root.totals);
    judge_batch(root);
}

void reading::judge_batch(const layout::root& root) {
    const batch::manifest& content = file_.content;
    if (!has_zone(content.header.created_at))
        tell({rule::R01, severity::error, "Header/CreatedAt", root.header.created_at.offset, content.header.created_at,
              "a moment with its zone"});
    if (content.documents.size() > options_.limits.documents)
        tell({rule::R03, severity::error, "Documents", 0, fmt::format("{} documents", content.documents.size()),
              fmt::format("at most {}", options_.limits.documents)});
    const totals counted = totals_of(content.documents);
    const auto compare = [&](std::string_view path, const layout::value& at, const std::string& right, bool agrees) {
        if (!agrees) tell({rule::R04, severity::error, path, at.offset, at.text, right});
    };
    const totals& stated = content.totals;
    const layout::totals& at = root.totals;
    compare("Totals/Documents", at.documents, fmt::format("{}", counted.documents), stated.documents == counted.documents);
    compare("Totals/Pages", at.pages, fmt::format("{}", counted.pages), stated.pages == counted.pages);
    compare("Totals/Sheets", at.sheets, fmt::format("{}", counted.sheets), stated.sheets == counted.sheets);
    compare("Totals/PayableDocuments", at.payable_documents, fmt::format("{}", counted.payable_documents),
            stated.payable_documents == counted.payable_documents);
    compare("Totals/PayableAmount", at.payable_amount, format_decimal_amount(counted.payable_ore),
            stated.payable_ore == counted.payable_ore);
    compare("Totals/Digest", at.digest, counted.digest, stated.digest == counted.digest);
    const auto& known = options_.ledger.digest_of_batch;
    const auto before = known ? known(content.header.batch_id) : std::nullopt;
    if (!before) return;
    file_.repeated = *before == stated.digest;
    tell({rule::R02, file_.repeated ? severity::info : severity::error, "Header/BatchId", root.header.batch_id.offset,
          content.header.batch_id,
          file_.repeated ? "a repeat: the stored acknowledgement" : "an id that was not used, or its digest"});
}

void reading::finish() {
    for (const auto& [document, broken] : removed_)
        file_.removed.push_back({document, broken});
    const std::size_t documents = file_.content.documents.size();
    if (file_.removed.size() * whole_permille > std::size_t{options_.max_error_permille} * documents)
        tell({rule::ratio, severity::error, "Documents", 0, fmt::format("{} of {} documents", file_.removed.size(), documents),
              fmt::format("at most {} of 1000", options_.max_error_permille)});
}

}  // namespace brygga::print::batch::detail

namespace brygga::print::batch {

batch_file read_manifest(std::string_view bytes, const read_options& options) {
    batch_file file{false, false, false, {}, {}, finding_list(rules(), options.policy)};
    detail::reading one(options, file);
    one.manifest(bytes);
    one.finish();
    return file;
}

}  // namespace brygga::print::batch
