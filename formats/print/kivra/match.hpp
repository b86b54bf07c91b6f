// Asking Kivra who has a mailbox (kivra.md section 3.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::kivra {

enum class match_kind : std::uint8_t { ssn, verified_email, vat_number };

// Below /v2/tenant/{tenantKey}/
[[nodiscard]] std::string_view path_of(match_kind kind) noexcept;

struct match_candidate {
    std::string identifier;  // of the kind that is asked for
    bool is_protected = false;
};

struct match_limits {
    std::size_t bytes = 10'000'000;  // of one request
    std::size_t identifiers = 500'000;
};

struct match_request {
    std::vector<std::string> asked;
    std::string json;
};

struct match_requests {
    std::vector<match_request> requests;
    std::size_t withheld{};  // protected candidates, who are in no request (KIV-R01)
};

// As few requests as the limits allow, in the order of the candidates; a repeated identifier is asked for once. invalid_argument
// for an identifier that is no UTF-8 or does not fit a request alone.
[[nodiscard]] result<match_requests> match_requests_for(std::span<const match_candidate> candidates,
                                                        const match_limits& limits = {});

// The identifiers of an answer, in the order in which they were asked for. Kivra promises no order; e-mail addresses come back as
// they were asked for. invalid_content for another answer, or one that names somebody who was not asked for.
[[nodiscard]] result<std::vector<std::string>> read_match_answer(std::string_view json, std::span<const std::string> asked);

}  // namespace brygga::kivra
