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

// How words begin that speak of such matters, in small letters.
constexpr std::array<std::string_view, 24> sensitive = {
    "alkoholi",      "cancer",       "demen",  "depress",   "deprimer",     "diagnos",     "försörjningsstöd",
    "funktionshind", "funktionsned", "gravid", "handikapp", "läkarintyg",   "missbruk",    "narkoman",
    "narkotika",     "psyk",         "sjuk",   "självmord", "socialbidrag", "socialnämnd", "socialsekreterare",
    "socialtjänst",  "stroke",       "vårdhem"};
// Words that begin like those and are names of customers, or of things.
constexpr std::array<std::string_view, 3> harmless = {"sjukhus", "psykolog", "sjukanmäl"};

// å, ä and ö that are written as a letter and its mark.
std::string composed(std::string text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> letters = {
        {{"a\xCC\x8A", "å"}, {"a\xCC\x88", "ä"}, {"o\xCC\x88", "ö"}}};
    for (const auto& [apart, whole] : letters)
        for (std::size_t at = text.find(apart); at != std::string::npos; at = text.find(apart, at))
            text.replace(at, apart.size(), whole);
    return text;
}

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
    const std::string small = composed(in_small_letters(text));
    for (auto at = small.cbegin(); at != small.cend();) {
        const auto first = std::find_if(at, small.cend(), is_letter);
        at = std::find_if_not(first, small.cend(), is_letter);
        const std::string_view word(first, at);
        const auto begins = [word](std::string_view with) { return word.starts_with(with); };
        if (std::any_of(harmless.begin(), harmless.end(), begins)) continue;
        const auto known = std::find_if(sensitive.begin(), sensitive.end(), begins);
        if (known != sensitive.end()) return *known;
    }
    return {};
}

}  // namespace brygga::ledger
