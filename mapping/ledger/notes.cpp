#include "mapping/ledger/notes.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include "formats/core/small_letters.hpp"

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 9> subject_names = {"objection", "payment", "mandate",  "collection", "registration",
                                                           "payout",    "account", "document", "matter"};

// Whole words, in small letters.
constexpr std::array<std::string_view, 25> sensitive = {
    "alkoholist",    "cancer",       "demens",         "depression",  "diagnos",     "försörjningsstöd", "funktionsnedsättning",
    "gravid",        "handikapp",    "läkarintyg",     "missbruk",    "missbrukare", "narkoman",         "psykisk",
    "psykiskt",      "sjuk",         "sjukdom",        "sjukpenning", "sjukskriven", "sjukskrivning",    "socialbidrag",
    "socialnämnden", "socialtjänst", "socialtjänsten", "stroke"};

bool is_letter(char byte) noexcept {
    return (byte >= 'a' && byte <= 'z') || static_cast<unsigned char>(byte) >= 0x80;
}

}  // namespace

std::string_view name(note_subject about) noexcept {
    return subject_names[static_cast<std::size_t>(about)];
}

std::string to_line(const note& item) {
    const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{item.recorded_at}};
    nlohmann::ordered_json line{{"type", "note"},
                                {"id", format_id(item.id)},
                                {"at", fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", std::chrono::floor<std::chrono::seconds>(at))},
                                {"about", name(item.about)},
                                {"subject", format_id(item.subject_id)}};
    if (!item.customer_id.empty()) line["customer_id"] = item.customer_id;
    line["what"] = item.what;
    if (!item.actor.empty()) line["actor"] = item.actor;
    if (!item.reason.empty()) line["text"] = item.reason;
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string_view sensitive_word(std::string_view text) {
    const std::string small = in_small_letters(text);
    for (auto at = small.cbegin(); at != small.cend();) {
        const auto first = std::find_if(at, small.cend(), is_letter);
        at = std::find_if_not(first, small.cend(), is_letter);
        const auto known = std::find(sensitive.begin(), sensitive.end(), std::string_view(first, at));
        if (known != sensitive.end()) return *known;
    }
    return {};
}

}  // namespace brygga::ledger
