#include "formats/layout/json_values.hpp"

namespace brygga::layout {

namespace {

using json = nlohmann::ordered_json;

json field_json(const record_line& line, const record_info& info, const field_info& field) {
    const std::string_view slice = line.columns.slice(field.first, field.last);
    if (field.fills == form::number && slice.size() == field.width() && all_digits(slice)) {
        std::int64_t value = 0;
        for (const char digit : slice)
            value = value * 10 + (digit - '0');
        return value;
    }
    return field_value(line, info, field);
}

}  // namespace

json record_json(const record_line& line, const record_info& info) {
    json out;
    out["record"] = info.code;
    for (const field_info& field : info.fields)
        out[std::string(field.name)] = field_json(line, info, field);
    return out;
}

json heading_cells(std::string_view row, const separation& by, encoding in) {
    json out = json::array();
    for (const cell_place& each : cells_of(row, by)) {
        const std::string_view bytes = row.substr(each.begin, each.end - each.begin);
        out.push_back(to_utf8(each.quoted ? without_doubled(bytes, by.quote) : std::string(bytes), in));
    }
    return out;
}

result<std::string> heading_row(const row_cutter& rows, const json& texts) {
    std::vector<std::string> cells;
    for (const json& each : texts) {
        if (!each.is_string()) return fail(error_code::invalid_content, "\"headings\" are texts");
        cells.push_back(each.get<std::string>());
    }
    return rows.row_of(cells, cells.size());
}

}  // namespace brygga::layout
