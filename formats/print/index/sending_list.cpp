#include "formats/print/index/sending_list.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "formats/core/text.hpp"

namespace brygga::print::index {

namespace {

constexpr std::string_view header = "namn,careOf,adress,lagenhet,postnummer,postort";
constexpr std::array columns = {&letter_row::name,      &letter_row::care_of,  &letter_row::street,
                                &letter_row::apartment, &letter_row::postcode, &letter_row::town};

// Fields of the record at the beginning of `rest`, which is moved behind its line end. Nothing where quotes are not closed, or
// text stands beside them.
std::optional<std::vector<std::string>> next_record(std::string_view& rest, std::size_t& lines) {
    std::vector<std::string> fields(1);
    bool quoted = false, closed = false;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '\n') ++lines;
        if (quoted) {
            if (c != '"') {
                fields.back() += c;
            } else if (rest.starts_with('"')) {
                fields.back() += c;
                rest.remove_prefix(1);
            } else {
                quoted = false;
                closed = true;
            }
        } else if (c == ',') {
            fields.emplace_back();
            closed = false;
        } else if (c == '\n' || (c == '\r' && (rest.empty() || rest.starts_with('\n')))) {
            if (c == '\n') return fields;
        } else if (c == '"' && fields.back().empty() && !closed) {
            quoted = true;
        } else if (closed) {
            return std::nullopt;
        } else {
            fields.back() += c;
        }
    }
    if (quoted) return std::nullopt;
    return fields;
}

}  // namespace

result<std::vector<letter_row>> read_sending_list(std::string_view bytes) {
    std::string_view rest = bytes;
    std::size_t lines = 0;
    if (!rest.starts_with(header) || !next_record(rest, lines) ||
        (bytes.size() > header.size() && bytes[header.size()] != '\r' && bytes[header.size()] != '\n'))
        return fail(error_code::invalid_content, "the list of letters begins with another line than its columns");
    std::vector<letter_row> rows;
    while (!rest.empty()) {
        const std::size_t line = lines + 1;
        const auto fields = next_record(rest, lines);
        if (!fields || fields->size() != columns.size())
            return fail(error_code::invalid_content,
                        fmt::format("line {} of the list of letters has not exactly six fields", line));
        letter_row& row = rows.emplace_back();
        for (std::size_t i = 0; i < columns.size(); ++i)
            row.*columns[i] = to_utf8((*fields)[i], encoding::iso_8859_1);
    }
    return rows;
}

result<std::string> write_sending_list(const std::vector<letter_row>& rows) {
    std::string text = fmt::format("{}\r\n", header);
    for (const letter_row& row : rows) {
        for (const auto column : columns) {
            if (column != columns.front()) text += ',';
            text += '"';
            for (const char c : row.*column)
                text.append(c == '"' ? 2 : 1, c);
            text += '"';
        }
        text += "\r\n";
    }
    auto bytes = from_utf8(text, encoding::iso_8859_1);
    if (!bytes) return fail(error_code::invalid_content, "the list of letters has text that ISO 8859-1 cannot hold");
    return bytes;
}

}  // namespace brygga::print::index
