// The archive around a manifest (print-batch.md 2.3): PRB-R03, and the rules on what is in the PDFs.
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "formats/archive/zip.hpp"
#include "formats/archive/zip_writer.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/detail/pdf_rules.hpp"
#include "formats/print/batch/detail/reading.hpp"
#include "formats/print/batch/file_name.hpp"

namespace brygga::print::batch {

namespace {

using detail::reading;

constexpr std::string_view manifest_name = "manifest.xml";
constexpr std::uint16_t stored = 0, deflated = 8;
// manifest, PDF and data of each document, and as many attachments as a document may have
constexpr std::size_t members_of_a_document = 11;

// A file of the manifest: what it is, and whose.
struct use {
    std::size_t document{};
    std::string path;  // below the document: "File", "Attachment[2]"
    enum class role : std::uint8_t { file, data, attachment } is{};
};
struct listed_file {
    const file_ref* what{};
    std::vector<use> uses;
    bool seen = false;
};

// In the order in which they stand in an archive: by group, and in it by name.
std::size_t group_of(std::string_view name) noexcept {
    if (name == manifest_name) return 0;
    if (name.starts_with("docs/")) return 1;
    if (name.starts_with("data/")) return 2;
    return name.starts_with("att/") ? 3 : 4;
}

class archive_reading {
 public:
    archive_reading(std::string_view bytes, const read_options& options, batch_file& file, sink* into)
        : bytes_(bytes), options_(options), file_(file), into_(into), one_(options, file) {}

    void run() {
        const batch_limits& limits = options_.limits;
        const archive::zip_limits within{.members = 1 + limits.documents * members_of_a_document,
                                         .member_bytes = std::max(limits.manifest_bytes, limits.unpacked_bytes),
                                         .bytes = limits.unpacked_bytes,
                                         .ratio = limits.ratio};
        if (bytes_.size() > limits.archive_bytes)
            broken(fmt::format("{} bytes", bytes_.size()), fmt::format("at most {}", limits.archive_bytes));
        if (const auto entries = archive::list_zip(bytes_, within)) form(*entries);
        const auto read = archive::read_zip(
            bytes_, within, [&](const archive::zip_member& each) { return take(each); }, options_.passed);
        if (!read && !stopped_) broken(read.error().text, "an archive as the format wants it");
        if (read && number_ == 0) broken("no members", manifest_name);
        for (const auto& [name, item] : files_)
            if (read && !item.seen) missing(item);
        one_.finish();
    }

 private:
    std::optional<severity> broken(std::string_view found, std::string_view expected, severity level = severity::error) {
        return one_.tell({rule::R03, level, {}, 0, found, expected});
    }

    // Everything that is told without unpacking but what the manifest must be known for.
    void form(const std::vector<archive::zip_entry>& entries) {
        std::string_view last;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const archive::zip_entry& each = entries[i];
            const auto wrong = [&](std::string_view found, std::string_view expected, severity level = severity::error) {
                broken(fmt::format("member {}: {}", i + 1, found), expected, level);
            };
            if (each.is_folder) wrong("a folder", "no directory entries");
            if (each.method != stored && each.method != deflated)
                wrong(fmt::format("method {}", each.method), "stored or deflate");
            if (each.is_zip64) wrong("ZIP64", "none");
            if (each.has_descriptor && each.name == manifest_name) wrong("a data descriptor", "none for manifest.xml");
            if (!each.is_alike) wrong("a header that differs from its directory entry", "the same in both");
            if (!each.has_descriptor && i + 1 < entries.size() && !entries[i + 1].begins_behind_last)
                wrong("bytes behind it", "nothing between members");
            if (each.packed == 0 ? each.unpacked != 0 : each.unpacked / each.packed > options_.limits.ratio)
                wrong("unpacked to much more than its size", fmt::format("a ratio of at most {}", options_.limits.ratio));
            if (each.has_extra) wrong("extra fields or a comment", "none", severity::warning);
            if (i != 0 && std::pair(group_of(last), last) >= std::pair(group_of(each.name), each.name))
                wrong("out of order", "manifest.xml, docs/, data/, att/, each in ascending order");
            last = each.name;
        }
        if (!entries.empty() && entries[0].position != 0) broken("bytes before the first member", "none");
        entries_ = entries;
    }

    result<void> take(const archive::zip_member& member) {
        ++number_;
        if (number_ == 1) return take_manifest(member);
        const auto known = files_.find(std::string(member.name));
        if (known == files_.end()) {
            broken(fmt::format("member {}", number_), "files of the manifest only");
            return {};
        }
        listed_file& item = known->second;
        item.seen = true;
        compare(item, member.bytes);
        hand_out(item, member.bytes);
        return {};
    }

    result<void> take_manifest(const archive::zip_member& member) {
        stopped_ = true;
        if (member.name != manifest_name) {
            broken("another member", "manifest.xml as the first one");
            return fail(error_code::invalid_content, "no manifest");
        }
        manifest_ = member.bytes;  // the archive hands out the next member in the same place
        one_.manifest(manifest_);
        if (!file_.is_whole) return fail(error_code::invalid_content, "a manifest that breaks its schema");
        stopped_ = false;
        times();
        for (std::size_t i = 0; i < file_.content.documents.size(); ++i)
            list(file_.content.documents[i], i);
        if (into_ != nullptr) into_->opened(file_.content);
        return {};
    }

    // Entries carry the time of the batch.
    void times() {
        const auto local = local_time_of(file_.content.header);
        const auto at = local ? archive::dos_time_of(*local) : std::nullopt;
        if (!at) return;
        const auto other = std::find_if(entries_.begin(), entries_.end(), [&](const archive::zip_entry& each) {
            return each.day != at->day || each.clock != at->clock;
        });
        if (other != entries_.end())
            broken(fmt::format("member {}: another time", other - entries_.begin() + 1), "the time of Header/CreatedAt",
                   severity::warning);
    }

    void list(const document& item, std::size_t index) {
        list(item.file, {index, "File", use::role::file});
        if (item.data) list(*item.data, {index, "Data", use::role::data});
        for (std::size_t i = 0; i < item.attachments.size(); ++i)
            list(item.attachments[i], {index, fmt::format("Attachment[{}]", i + 1), use::role::attachment});
    }

    // An attachment may be shared; then all say the same of it.
    void list(const file_ref& what, use by) {
        listed_file& item = files_[what.name];
        if (item.what == nullptr) item.what = &what;
        const bool agrees = item.what->size == what.size && item.what->sha256 == what.sha256 && item.what->pages == what.pages;
        const bool is_shared = !item.uses.empty() && (by.is != use::role::attachment || item.uses[0].is != use::role::attachment);
        constexpr std::string_view folders[] = {"docs/", "data/", "att/"};
        const std::string_view folder = folders[static_cast<std::size_t>(by.is)];
        if (!agrees || is_shared) tell_file(by, "a file that is told of twice", "a file of its own, or the same attachment");
        if (!what.name.starts_with(folder)) tell_file(by, "another folder", folder);
        item.uses.push_back(std::move(by));
    }

    void tell_file(const use& by, std::string_view found, std::string_view expected) {
        one_.tell({rule::R03, severity::error, by.path, one_.begin_of(by.document), found, expected}, by.document);
    }

    void missing(const listed_file& item) { tell_file(item.uses[0], "no such member", "each file of the manifest"); }

    void compare(const listed_file& item, std::string_view bytes) {
        if (bytes.size() != item.what->size)
            tell_file(item.uses[0], fmt::format("{} bytes", bytes.size()), fmt::format("{} bytes", item.what->size));
        if (const std::string hash = sha256_hex(bytes); hash != item.what->sha256)
            tell_file(item.uses[0], hash, "the SHA-256 of the manifest");
    }

    void hand_out(const listed_file& item, std::string_view bytes) {
        const use& first = item.uses[0];
        const bool is_data = first.is == use::role::data;
        const auto facts =
            is_data || !options_.inspects_pdfs ? std::optional<result<pdf::pdf_facts>>() : std::optional(pdf::inspect_pdf(bytes));
        if (facts)
            for (const use& each : item.uses)
                detail::judge_pdf(*facts, *item.what, each.path, each.document, one_);
        const pdf::pdf_facts* const known = facts && *facts ? &**facts : nullptr;
        if (first.is == use::role::file) {
            const document& owner = file_.content.documents[first.document];
            if (known != nullptr) detail::judge_first_page(*known, owner, first.document, one_);
            if (into_ != nullptr) into_->document({first.document, &owner, bytes, known});
        } else if (into_ != nullptr) {
            into_->other(*item.what, bytes);
        }
    }

    std::string_view bytes_;
    const read_options& options_;
    batch_file& file_;
    sink* into_;
    reading one_;
    std::string manifest_;
    std::vector<archive::zip_entry> entries_;
    std::unordered_map<std::string, listed_file> files_;
    std::size_t number_ = 0;
    bool stopped_ = false;  // by us, and told
};

}  // namespace

batch_file read_batch(std::string_view bytes, const read_options& options, sink* into) {
    batch_file file{false, false, false, {}, {}, finding_list(rules(), options.policy)};
    archive_reading(bytes, options, file, into).run();
    return file;
}

}  // namespace brygga::print::batch
