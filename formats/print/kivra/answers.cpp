#include "formats/print/kivra/answers.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/check_digit.hpp"
#include "formats/print/kivra/detail/members.hpp"

namespace brygga::kivra {

namespace {

constexpr std::size_t key_digits = 10, key_size = 42, code_digits = 5;
constexpr int codes_per_status = 100;
constexpr std::int64_t longest_token_s = 31 * 86'400;

std::optional<int> code_in(std::string_view text) {
    int code = 0;
    if (text.size() != code_digits || !all_digits(text)) return std::nullopt;
    static_cast<void>(std::from_chars(text.data(), text.data() + text.size(), code));
    return code;
}

std::optional<int> code_of_body(std::string_view body) {
    const nlohmann::json all = nlohmann::json::parse(body, nullptr, false);
    const auto code = all.is_object() ? all.find("code") : all.end();
    if (!all.is_object() || code == all.end()) return std::nullopt;
    if (code->is_string()) return code_in(code->get_ref<const std::string&>());
    if (code->is_number_unsigned()) return code_in(fmt::format("{}", code->get<std::uint64_t>()));
    return std::nullopt;
}

}  // namespace

std::string token_form(std::string_view scope) {
    std::string form = "grant_type=client_credentials";
    if (scope.empty()) return form;
    form += "&scope=";
    for (const char c : scope) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        form += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return form;
}

bool is_object_key(std::string_view text) noexcept {
    return text.size() == key_size && all_digits(text.substr(0, key_digits)) &&
           std::all_of(text.begin() + key_digits, text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

result<access_token> read_token(std::string_view json) {
    const nlohmann::json all = nlohmann::json::parse(json, nullptr, false);
    detail::faults found;
    detail::members of(all, "", found);
    access_token made;
    made.text = of.needed_text("access_token");
    if (made.text.empty()) of.fault("access_token", "is empty");
    // It goes into a header.
    if (std::any_of(made.text.begin(), made.text.end(), [](char c) { return c <= ' ' || c > '~'; }))
        of.fault("access_token", "holds other characters than a header can");
    const nlohmann::json* const seconds = of.find("expires_in", true);
    if (seconds != nullptr && seconds->is_number_unsigned())
        made.expires_in = std::chrono::seconds(std::min<std::uint64_t>(seconds->get<std::uint64_t>(), longest_token_s));
    else
        of.fault("expires_in", "is no number of seconds");
    made.scope = of.text_or_empty("scope");
    if (found.first) return tl::unexpected(found.as_error("Kivra's answer with a token"));
    return made;
}

std::string_view name(delivery outcome) noexcept {
    switch (outcome) {
        case delivery::delivered:
            return "DELIVERED";
        case delivery::retained:
            return "RETAINED";
        case delivery::sent_unconfirmed:
            return "SENT_UNCONFIRMED";
    }
    return "unknown";
}

delivery judge(const content_answer& answer) noexcept {
    if (!is_object_key(answer.object_key)) return delivery::sent_unconfirmed;
    return answer.retained ? delivery::retained : delivery::delivered;
}

error_info read_refusal(long status, std::string_view body, std::string_view error_code_header) {
    auto code = code_of_body(body);
    if (!code) code = code_in(error_code_header);
    return error_of(code.value_or(static_cast<int>(status) * codes_per_status));
}

}  // namespace brygga::kivra
