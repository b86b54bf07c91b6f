// Kivra's error codes and what a sender does about each (kivra.md section 5.2).
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace brygga::kivra {

enum class action : std::uint8_t {
    fix,         // reject the document to the operator
    auth,        // a new token, then stop the run
    conf,        // stop the run: the configuration is wrong
    print,       // fall back to paper
    retry,       // repeat unchanged
    hold,        // an operator decides
    ask_tenant,  // print if GET tenant succeeds, else conf: the client asks, and nobody else sees it
};

[[nodiscard]] std::string_view name(action what) noexcept;

struct error_info {
    int code{};  // five digits; the first three are the HTTP status
    std::string_view meaning;
    action what_to_do{};
    std::chrono::seconds wait{};   // before a repeat, where Kivra does not say Retry-After; 0: the pauses of KIV-R11
    bool outcome_unknown = false;  // the content may have been taken
};

// All published codes, by code.
[[nodiscard]] std::span<const error_info> known_errors() noexcept;

// Of a code that is not published: hold below 50000, retry from there.
[[nodiscard]] error_info error_of(int code) noexcept;

}  // namespace brygga::kivra
