#include "connectors/intake/detail/routed_json.hpp"

#include "connectors/intake/detail/json_fields.hpp"

namespace brygga::intake::detail {

namespace {

using nlohmann::json;

json left_out_json(const left_out_deposit& item) {
    return {{"section_no", item.section_no},
            {"bankgiro", item.bankgiro},
            {"payment_date", item.payment_date},
            {"serial", item.serial},
            {"currency", item.currency},
            {"amount_ore", item.amount_ore},
            {"why", item.why}};
}

}  // namespace

json to_json(const routed& item) {
    json left_out = json::array();
    for (const left_out_deposit& each : item.left_out)
        left_out.push_back(left_out_json(each));
    return {{"to", item.to},
            {"file", item.file},
            {"sha256", item.sha256},
            {"sections", item.sections},
            {"left_out", std::move(left_out)},
            {"notes_total", item.notes_total},
            {"notes", item.notes},
            {"error", item.error}};
}

routed routed_from(const json& object) {
    routed out;
    out.to = text_of(object, "to");
    out.file = text_of(object, "file");
    out.sha256 = text_of(object, "sha256");
    out.sections = number_of<std::uint64_t>(object, "sections");
    for (const json& each : list_of(object, "section_nos"))
        if (each.is_number_unsigned()) out.section_nos.push_back(each.get<std::uint32_t>());
    for (const json& each : list_of(object, "left_out"))
        out.left_out.push_back({number_of<std::uint32_t>(each, "section_no"), text_of(each, "bankgiro"),
                                text_of(each, "payment_date"), text_of(each, "serial"), text_of(each, "currency"),
                                number_of<std::int64_t>(each, "amount_ore"), text_of(each, "why")});
    out.notes_total = number_of<std::uint64_t>(object, "notes_total");
    out.notes = texts_of(object, "notes");
    out.error = text_of(object, "error");
    return out;
}

}  // namespace brygga::intake::detail
