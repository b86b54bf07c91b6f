#include "formats/canary/needles.hpp"

#include <array>

#include "formats/canary/views.hpp"

namespace brygga::canary {

namespace {

constexpr std::array<std::string_view, 6> kind_names = {"name", "street", "place", "e-mail", "telephone", "identity number"};
constexpr std::size_t shortest_number = 7, identity_digits = 10, century_digits = 2;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) noexcept {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

std::string digits_of(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (is_digit(c)) out += c;
    return out;
}

}  // namespace

std::string_view name(value_kind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::string needles::folded(value_kind kind, std::string_view text) {
    if (!is_number(kind)) return std::string(trimmed(detail::letters_of(text)));
    std::string digits = digits_of(text);
    if (kind == value_kind::identity_number)
        return digits.size() < identity_digits ? std::string() : digits.substr(digits.size() - identity_digits);
    if (digits.starts_with("0046")) digits.erase(0, 4);
    if (text.find('+') != std::string_view::npos && digits.starts_with("46")) digits.erase(0, 2);
    if (digits.starts_with('0')) digits.erase(0, 1);
    return digits.size() < shortest_number ? std::string() : digits;
}

bool needles::add(value_kind kind, std::uint32_t subject, std::string_view text) {
    std::string value = folded(kind, text);
    if (value.size() < key_size) return false;
    const std::uint64_t key = key_of(value);
    for (const std::size_t known : index_[key])
        if (all_[known].kind == kind && all_[known].subject == subject && all_[known].folded == value) return true;
    index_[key].push_back(all_.size());
    all_.push_back({kind, subject, std::move(value)});
    return true;
}

std::vector<std::size_t> needles::equal_to(value_kind kind, std::string_view text) const {
    const std::string value = folded(kind, text);
    std::vector<std::size_t> out;
    if (value.size() < key_size) return out;
    const auto found = index_.find(key_of(value));
    if (found == index_.end()) return out;
    for (const std::size_t which : found->second)
        if (all_[which].kind == kind && all_[which].folded == value) out.push_back(which);
    return out;
}

// A number ends where its digits end, and begins with them or behind what may stand before it: a century, a zero, a country code.
bool needles::stands_at(std::string_view view, std::size_t at, const needle& which) noexcept {
    if (view.substr(at, which.folded.size()) != which.folded) return false;
    if (!is_number(which.kind)) return true;
    const std::size_t end = at + which.folded.size();
    if (end < view.size() && is_digit(view[end])) return false;
    std::size_t before = 0;
    while (before < at && is_digit(view[at - before - 1]))
        ++before;
    if (which.kind == value_kind::identity_number) return before == 0 || before == century_digits;
    const std::string_view prefix = view.substr(at - before, before);
    return prefix == "0" || prefix == "46" || prefix == "0046" || prefix == "460";
}

}  // namespace brygga::canary
