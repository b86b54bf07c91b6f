#include "mapping/ledger/protections.hpp"

#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 4> protection_names = {"NONE", "CONFIDENTIAL", "PROTECTED_REG", "MANUAL"};
constexpr std::array<std::string_view, 5> source_names = {"SPAR", "NAVET", "CUSTOMER", "PARTNER", "OPERATOR"};
constexpr std::array<std::string_view, 8> kind_names = {"name",  "street",           "town",     "telephone",
                                                        "email", "facility address", "property", "identity number"};

}  // namespace

std::string_view name(protection code) noexcept {
    return protection_names[static_cast<std::size_t>(code)];
}

std::optional<protection> parse_protection(std::string_view text) noexcept {
    for (std::size_t i = 0; i != protection_names.size(); ++i)
        if (protection_names[i] == text) return static_cast<protection>(i);
    return std::nullopt;
}

std::string_view name(protection_source code) noexcept {
    return source_names[static_cast<std::size_t>(code)];
}

std::optional<protection_source> parse_protection_source(std::string_view text) noexcept {
    for (std::size_t i = 0; i != source_names.size(); ++i)
        if (source_names[i] == text) return static_cast<protection_source>(i);
    return std::nullopt;
}

std::string_view name(sealed_kind code) noexcept {
    return kind_names[static_cast<std::size_t>(code)];
}

}  // namespace brygga::ledger
