// What a receipt means for its batch (print-batch.md 4.2 and 4.5): PRR-R01 to PRR-R06 against what is known of the batch, and
// what becomes of each document. A pure function: whoever applies the changes keeps the state.
//
//     const auto judged = print::receipt::judge(receipt, sha256_hex(bytes), state);
//     if (judged.outcome == print::receipt::verdict::apply) book(judged.changes);
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/print/batch/records.hpp"
#include "formats/print/receipt/records.hpp"
#include "formats/print/receipt/rules.hpp"

namespace brygga::print::receipt {

struct document_state {
    bool is_protected = false;
    status current = status::sent;
    std::uint64_t pages{}, sheets{};                               // of the manifest
    std::optional<std::uint64_t> reported_pages, reported_sheets;  // the latest

    [[nodiscard]] bool operator==(const document_state&) const = default;
};

struct batch_state {
    std::string batch_id, digest;
    std::uint32_t last_number = 0;
    bool is_final = false;                        // a receipt said so: only RETURNS may follow
    std::map<std::uint32_t, std::string> stored;  // SHA-256 of the bytes of each receipt by its number
    std::map<std::string, document_state, std::less<>> documents;
};

// Of a batch that was sent and not answered yet.
[[nodiscard]] batch_state state_of(const batch::manifest& sent);

enum class verdict : std::uint8_t {
    apply,     // make the changes, store the receipt
    repeat,    // it was here before: nothing to do
    park,      // keep it until the receipts before it are here, or a person has seen to it
    alarm,     // not applied: a person must look at it now
    incident,  // not applied: a protected person may be known where they must not be
};
[[nodiscard]] std::string_view name(verdict code) noexcept;

struct status_change {
    std::string id;
    status from{}, to{};
    const document_status* reported = nullptr;  // in the receipt; nothing where it follows from the type of the receipt

    [[nodiscard]] bool operator==(const status_change&) const = default;
};

struct judgement {
    verdict outcome = verdict::apply;
    std::vector<status_change> changes;  // of status, in the order of the receipt; empty unless applied
    batch_state after;                   // of the batch when the receipt is applied, else as it was
    finding_list findings;
};

// `receipt` keeps its form (reader.hpp); `sha256` is that of its bytes. ACK takes each document that was sent and that it does
// not name as RECEIVED, NACK as REJECTED. The receipt must outlive the judgement.
[[nodiscard]] judgement judge(const batch_receipt& receipt, std::string_view sha256, const batch_state& state,
                              const rule_policy& policy = {});

}  // namespace brygga::print::receipt
