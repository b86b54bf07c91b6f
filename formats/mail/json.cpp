#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/delivery_report.hpp"
#include "formats/mail/detail/commands.hpp"

namespace brygga::mail::detail {

namespace {

using nlohmann::ordered_json;

ordered_json facts_of(const delivery_report& report) {
    ordered_json made{
        {"file", 1},       {"format", format_id},   {"form", name(report.form)}, {"outcome", name(report.outcome)},
        {"id", report.id}, {"named", report.named}, {"subject", report.subject}, {"recipients", ordered_json::array()}};
    for (const recipient_report& each : report.recipients) {
        ordered_json one{{"action", each.action ? name(*each.action) : ""}, {"status", each.status}};
        if (each.reply_code != 0) one["reply_code"] = each.reply_code;
        one["address"] = each.address;
        one["diagnostic"] = each.diagnostic;
        made["recipients"].push_back(std::move(one));
    }
    return made;
}

bool is_line_end(std::string_view text) noexcept {
    return text.empty() || text == "\n" || text == "\r" || text == "\r\n";
}

// Of a member that is a text; nothing for anything else.
const std::string* text_member(const ordered_json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

result<std::string> line_from(const ordered_json& object) {
    const auto bad = [](std::string_view why) { return fail(error_code::invalid_content, std::string(why)); };
    std::string out;
    if (const std::string* const latin1 = text_member(object, "latin1")) {
        auto bytes = from_utf8(*latin1, encoding::iso_8859_1);
        if (!bytes) return bad("\"latin1\" holds a character beyond ISO 8859-1");
        out = std::move(*bytes);
    } else if (const std::string* const text = text_member(object, "line")) {
        out = *text;
    } else {
        return bad("neither \"line\" nor \"latin1\" is a text");
    }
    if (out.find_first_of("\r\n") != std::string::npos) return bad("a line holds a line end");
    const std::string* const end = text_member(object, "end");
    if (end == nullptr && object.contains("end")) return bad("\"end\" is no text");
    if (end != nullptr && !is_line_end(*end)) return bad("\"end\" is no line end");
    return out + (end == nullptr ? "\r\n" : *end);
}

}  // namespace

void to_json(std::string_view bytes, const output& to) {
    const report_file file = read_report(bytes);
    constexpr auto replace = ordered_json::error_handler_t::replace;
    to(facts_of(file.content).dump(-1, ' ', false, replace) + "\n");
    line_cutter lines(bytes);
    for (physical_line line; lines.next(line);) {
        ordered_json made;
        if (is_valid_utf8(line.bytes))
            made["line"] = line.bytes;
        else
            made["latin1"] = to_utf8(line.bytes, encoding::iso_8859_1);
        if (line.end != "\r\n") made["end"] = line.end;
        to(made.dump() + "\n");
    }
}

result<void> from_json(std::string_view json_lines, const output& to) {
    line_cutter lines(json_lines);
    for (physical_line line; lines.next(line);) {
        const auto object = ordered_json::parse(line.bytes, nullptr, false);
        if (!object.is_object()) return fail(error_code::invalid_content, fmt::format("line {} is no JSON object", line.number));
        if (object.contains("file")) continue;  // what the lines say, told by reading them
        auto made = line_from(object);
        if (!made) return fail(error_code::invalid_content, fmt::format("line {}: {}", line.number, made.error().text));
        to(*made);
    }
    return {};
}

}  // namespace brygga::mail::detail
