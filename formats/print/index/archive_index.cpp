#include "formats/print/index/archive_index.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/xml/reader.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::print::index {

namespace {

constexpr std::string_view root = "Index", repeated = "file";
constexpr std::size_t root_depth = 1, file_depth = 2, field_depth = 3;

tl::unexpected<error> no_index(std::string_view why) {
    return fail(error_code::invalid_content, fmt::format("the index of the archive {} (PRB-R01)", why));
}

template <class Entry>
const auto& elements_of() {
    if constexpr (std::is_same_v<Entry, r1_entry>)
        return r1_elements;
    else
        return r2_elements;
}

// "filename" alone is in both dialects.
template <class Entry>
bool knows(std::string_view name) {
    const auto& all = elements_of<Entry>();
    return name != "filename" &&
           std::any_of(all.begin(), all.end(), [&](const element<Entry>& each) { return each.name == name; });
}

// The first element that only one dialect has tells which it is.
std::optional<entries> empty_of_dialect(std::string_view bytes) {
    xml::reader in(bytes);
    for (xml::event what = in.next(); what == xml::event::start || what == xml::event::end; what = in.next()) {
        if (what != xml::event::start || in.depth() != field_depth) continue;
        if (knows<r1_entry>(in.name())) return entries(std::vector<r1_entry>());
        if (knows<r2_entry>(in.name())) return entries(std::vector<r2_entry>());
    }
    return std::nullopt;
}

template <class Entry>
result<void> read_into(xml::reader& in, std::vector<Entry>& into) {
    const auto& all = elements_of<Entry>();
    std::bitset<64> seen;
    xml::event what = in.next();
    for (; what == xml::event::start || what == xml::event::end; what = in.next()) {
        const bool start = what == xml::event::start;
        const std::size_t depth = in.depth() + (start ? 0 : 1);
        if (in.stray_text()) return no_index("has text outside of its elements");
        if (depth > field_depth) return no_index("has elements within those of a file");
        if (start && ((depth == root_depth && in.name() != root) || (depth == file_depth && in.name() != repeated)))
            return no_index("has another element than Index and file");
        if (start && depth == file_depth) {
            if (into.size() == max_index_entries)
                return fail(error_code::limit_exceeded, "the index of the archive has too many files");
            into.emplace_back();
            seen.reset();
        }
        if (start || depth != field_depth) continue;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const element<Entry>& each) { return each.name == in.name(); });
        if (found == all.end()) return no_index("has an element that its dialect does not have");
        const auto at = static_cast<std::size_t>(found - all.begin());
        if (seen[at]) return no_index("has an element twice in a file");
        seen.set(at);
        into.back().*found->value = in.text();
    }
    if (what == xml::event::failed) return no_index("is not well-formed");
    return {};
}

// The encoding that the XML declaration names, in small letters.
std::string declared_encoding(std::string_view bytes) {
    const std::string_view declaration = bytes.substr(0, std::min(bytes.find("?>"), bytes.size()));
    const std::size_t at = declaration.find("encoding");
    if (!bytes.starts_with("<?xml") || at == std::string_view::npos) return "utf-8";
    const std::size_t first = declaration.find_first_of("\"'", at);
    if (first == std::string_view::npos) return {};
    return in_small_letters(declaration.substr(first + 1, declaration.find(declaration[first], first + 1) - first - 1));
}

template <class Entry>
void write_all(const std::vector<Entry>& files, std::string& to) {
    for (const Entry& each : files) {
        to += "\t<file>\n";
        for (const element<Entry>& item : elements_of<Entry>()) {
            const std::string& value = each.*item.value;
            to += value.empty() ? fmt::format("\t\t<{} />\n", item.name)
                                : fmt::format("\t\t<{0}>{1}</{0}>\n", item.name, xml::escaped(value));
        }
        to += "\t</file>\n";
    }
}

}  // namespace

result<read_index> read_archive_index(std::string_view bytes) {
    const std::string declared = declared_encoding(bytes);
    const bool wrong = declared != "utf-8" && declared != "utf8" && !is_ascii(bytes) && is_valid_utf8(bytes);
    // The reader believes the declaration, so it gets one that is right; what stands behind it is the same.
    std::string corrected;
    if (wrong) {
        corrected = "<?xml version=\"1.0\"?>";
        corrected += bytes.substr(std::min(bytes.find("?>"), bytes.size() - 2) + 2);
        bytes = corrected;
    }
    auto files = empty_of_dialect(bytes);
    if (!files) return no_index("is not well-formed, or tells no dialect");
    read_index made{std::move(*files), wrong};
    xml::reader in(bytes);
    if (auto read = std::visit([&](auto& list) { return read_into(in, list); }, made.files); !read)
        return tl::unexpected(read.error());
    return made;
}

std::string write_archive_index(const entries& files) {
    std::string made = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Index>\n";
    std::visit([&](const auto& list) { write_all(list, made); }, files);
    made += "</Index>\n";
    return made;
}

}  // namespace brygga::print::index
