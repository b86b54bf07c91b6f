// A receipt of the print service as values (print-batch.md 3.3, 5.2 to 5.4). Texts are UTF-8; an empty text or a missing optional
// is something that is not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/print/batch/records.hpp"

namespace brygga::print::receipt {

// ack: batch taken; nack: refused as a whole; returns: returned mail only.
enum class receipt_type : std::uint8_t { ack, nack, status, returns };

// As on the wire, and what our own books call a document before (4.2).
enum class status : std::uint8_t {
    received,
    rejected,
    delivered,  // digitally
    printed,
    posted,
    forwarded,  // by the Tax Agency (Skatteverket)
    failed,
    returned,
    cancelled,
    created,  // not on the wire
    batched,  // not on the wire
    sent,     // not on the wire
};
inline constexpr std::size_t status_count = 12;

[[nodiscard]] std::string_view name(receipt_type code) noexcept;
[[nodiscard]] std::string_view name(status code) noexcept;
[[nodiscard]] std::optional<receipt_type> parse_receipt_type(std::string_view text) noexcept;
[[nodiscard]] std::optional<status> parse_status(std::string_view text) noexcept;  // of those on the wire

struct refusal {
    std::string rule;
    std::string text;  // of the print service: it may tell of persons

    [[nodiscard]] bool operator==(const refusal&) const = default;
};

struct document_status {
    std::string id;
    receipt::status status{};
    std::string at;  // xs:dateTime
    std::optional<batch::channel> channel;
    std::string reason;  // a code of 5.4, or the operator's own
    std::string provider_ref;
    std::optional<std::uint64_t> pages, sheets;

    [[nodiscard]] bool operator==(const document_status&) const = default;
};

struct totals {
    std::uint64_t documents{}, delivered{}, posted{}, failed{}, pages{}, sheets{};

    [[nodiscard]] bool operator==(const totals&) const = default;
};

struct batch_receipt {
    std::string batch_id;
    std::uint32_t number{};  // 1, 2, 3 ... of a batch
    std::string created_at;  // xs:dateTime
    receipt_type type{};
    std::string digest;
    bool is_final = false;  // only RETURNS may follow
    std::vector<refusal> errors;
    std::vector<document_status> documents;
    std::optional<receipt::totals> totals;

    [[nodiscard]] bool operator==(const batch_receipt&) const = default;
};

}  // namespace brygga::print::receipt
