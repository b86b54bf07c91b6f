#include "formats/print/batch/writer.hpp"

#include <map>

#include <fmt/format.h>

#include "formats/archive/zip_writer.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/detail/conversion.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::print::batch {

namespace {

constexpr std::string_view manifest_name = "manifest.xml";
constexpr std::uint16_t schema_version = 1;

using files_by_name = std::map<std::string_view, const file_ref*>;

// In groups, each in ascending byte order of names: docs/, data/, att/.
struct listed_files {
    files_by_name documents, data, attachments;
};

listed_files files_of(std::span<const document> documents) {
    listed_files made;
    for (const document& each : documents) {
        made.documents.emplace(each.file.name, &each.file);
        if (each.data) made.data.emplace(each.data->name, &*each.data);
        for (const file_ref& attachment : each.attachments)
            made.attachments.emplace(attachment.name, &attachment);
    }
    return made;
}

result<void> add_files(const files_by_name& files, const file_bytes& bytes_of, archive::zip_writer& into) {
    for (const auto& [name, what] : files) {
        const auto bytes = bytes_of(*what);
        if (!bytes) return tl::unexpected(bytes.error());
        if (bytes->size() != what->size || sha256_hex(*bytes) != what->sha256)
            return fail(error_code::invalid_content, "a file of the batch has another size or SHA-256 than was told of it");
        if (auto added = into.add(name, *bytes); !added) return added;
    }
    return {};
}

}  // namespace

std::string write_manifest(const manifest& item) {
    std::string out;
    layout::root root;
    xml::texts kept, of_document;
    root.version = kept.keep(item.version);
    detail::fill(item.header, kept, root.header);
    detail::fill(item.totals, kept, root.totals);
    xml::writer to([&out](std::string_view part) { out += part; }, schema_version);
    to.document(layout::root_name, layout::namespace_uri, layout::root_table(), &root, [&] {
        to.open("Documents", layout::documents_table(), &root.documents);
        for (const document& each : item.documents) {
            of_document.clear();
            detail::fill(each, of_document, root.documents.current);
            to.whole("Document", layout::document_table(), &root.documents.current);
        }
        to.close();
    });
    return out;
}

result<written_batch> write_batch(const header& of, std::span<const document> documents, const file_bytes& bytes_of,
                                  const read_options& with, const std::function<void(std::string_view)>& to) {
    const auto local = local_time_of(of);
    const auto at = local ? archive::dos_time_of(*local) : std::nullopt;
    if (!at) return fail(error_code::invalid_argument, "the header of a batch tells when it was made, with a zone");
    const manifest content{"1.0", of, {documents.begin(), documents.end()}, totals_of(documents)};
    const std::string bytes = write_manifest(content);
    batch_file back = read_manifest(bytes, with);
    if (back.is_whole && !(back.content == content))
        return fail(error_code::invalid_argument, "a value of the batch cannot be written so that it is read as it was");
    written_batch made{content.totals, 0, std::move(back.removed), std::move(back.findings)};
    if (!made.accepted()) return made;
    archive::zip_writer out(to, *at, {.bytes = std::min(with.limits.archive_bytes, archive::most_zip_bytes)});
    if (auto added = out.add(manifest_name, bytes); !added) return tl::unexpected(std::move(added.error()));
    const listed_files files = files_of(documents);
    for (const files_by_name* each : {&files.documents, &files.data, &files.attachments})
        if (auto added = add_files(*each, bytes_of, out); !added) return tl::unexpected(std::move(added.error()));
    if (auto finished = out.finish(); !finished) return tl::unexpected(std::move(finished.error()));
    made.bytes = out.size();
    return made;
}

}  // namespace brygga::print::batch
