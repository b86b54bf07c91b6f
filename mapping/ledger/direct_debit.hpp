// Mandates and collections of Autogiro (autogiro.md sections 3 to 6). A mandate is known by the payee's bankgiro and the payer
// number; a collection is a pending posting: it waits for the bank's answer, and is posted or voided by a new row. Rows are never
// changed: how far one has come is its newest event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

struct mandate {  // medgivande
    row_id id{};
    std::string bankgiro;      // of the payee, 7 or 8 digits
    std::string payer_number;  // betalarnummer, without leading zeros
    // What the payer of a mandate that stands has proposed in an internet bank: another account. A row and events beside the
    // mandate's, which goes on as it is until Bankgirot tells that it has changed; `active` when it has.
    bool is_change = false;
};

enum class mandate_state : std::uint8_t {
    proposed,    // the payer made it in an internet bank: it waits for our answer
    applied,     // we have asked for it, or approved it: it waits for Bankgirot
    active,      // collections may be sent
    suspended,   // stopped by the payer (old layout)
    cancelling,  // we have asked for its cancellation
    rejected,
    cancelled,
};
[[nodiscard]] std::string_view name(mandate_state state) noexcept;

// Whether it stands, or may come to stand, as it is: what a change of it is changed to is still wanted.
[[nodiscard]] constexpr bool goes_on(mandate_state state) noexcept {
    return state == mandate_state::active || state == mandate_state::suspended || state == mandate_state::applied;
}

// What happened to a mandate, and its terms since then: the newest holds.
struct mandate_event {
    mandate_state state{};
    std::string customer_id;           // empty while nobody knows whose it is
    std::string account;               // 16 digits; empty: on the bankgiro that the payer number is, or not told
    std::string identity;              // 12 digits as told; empty: not told
    date day{};                        // of the action, as told; of a person's word, today
    std::string information, comment;  // codes of autogiro.md 5.4 and 5.5; empty where nobody told any
    row_id source_id{};                // the batch that told it, the file that asks for it; 0: a person's word
    std::string actor, reason;         // of a person, else empty
    timestamp_ms recorded_at{};        // of what is read
};

// A person's word that no file has carried yet: the next daily run does.
[[nodiscard]] inline bool is_unsent_word(const mandate_event& event) noexcept {
    return event.source_id == 0 && !event.actor.empty();
}

struct mandate_item {
    mandate row;
    mandate_event newest;
    timestamp_ms newest_at{};
};

struct collection {  // betalningsuppdrag, TK82
    row_id id{};
    std::string key;  // the same again is the same collection: invoice number and attempt
    row_id mandate_id{}, invoice_id{};
    std::string bankgiro, payer_number;  // as in the mandate
    date payment_day{};                  // as first asked for
    std::int64_t amount_ore{};
    std::string currency = "SEK";
    std::string reference;  // at most 16 characters
};

enum class collection_state : std::uint8_t {
    instructed,  // queued for Bankgirot, or there
    retrying,    // no cover; the bank tries again (omförsök)
    executed,    // paid: the payment has posted it
    failed,      // not paid, and not tried again
    rejected,    // Bankgirot did not take the instruction
    cancelling,  // we have asked for its cancellation
    cancelled,
};
[[nodiscard]] std::string_view name(collection_state state) noexcept;
// Whether the bank may still pay it.
[[nodiscard]] constexpr bool is_pending(collection_state state) noexcept {
    return state == collection_state::instructed || state == collection_state::retrying || state == collection_state::cancelling;
}

// The code of a cancellation that we had asked for; of others it is that of the record that told it.
inline constexpr std::string_view cancelled_as_asked = "asked";

struct collection_event {
    collection_state state{};
    date payment_day{};  // since then
    std::string code;    // payment status or comment code; empty where nobody told one
    row_id source_id{};  // the payment, batch or outgoing file
    std::string actor, reason;
};

struct collection_item {
    collection row;
    collection_event newest;
    timestamp_ms newest_at{};
};

// Part of a transaction: commits and ends with it.
class direct_debit_rows {
 public:
    virtual ~direct_debit_rows() = default;

    // Keyed by bankgiro, payer number and whether it is a change: the id is that of the row that is there.
    virtual result<void> add_mandate(mandate& item) = 0;
    // Harmless to repeat with the same source, state, codes and day.
    virtual result<void> add_mandate_event(row_id mandate_id, const mandate_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<mandate_item>> mandate_with_number(std::string_view bankgiro,
                                                                                  std::string_view payer_number) = 0;
    [[nodiscard]] virtual result<std::optional<mandate_item>> change_with_number(std::string_view bankgiro,
                                                                                 std::string_view payer_number) = 0;
    // A mandate or a change.
    [[nodiscard]] virtual result<std::optional<mandate_item>> mandate_with_id(row_id id) = 0;
    // No changes.
    [[nodiscard]] virtual result<std::vector<mandate_item>> mandates_of_customer(std::string_view customer_id) = 0;
    // In the order of their payer numbers as text, each before its change.
    [[nodiscard]] virtual result<std::vector<mandate_item>> mandates_of_bankgiro(std::string_view bankgiro) = 0;
    // Mandates and changes of which some event names this source, an outgoing file or a batch; oldest first.
    [[nodiscard]] virtual result<std::vector<mandate_item>> mandates_of_source(row_id source_id) = 0;
    [[nodiscard]] virtual result<std::vector<mandate_event>> mandate_events(row_id mandate_id) = 0;  // oldest first

    // Keyed by `key`: the same again is already there, another under this key a conflict. Its first event is `instructed`, of
    // `source_id`.
    virtual result<void> add_collection(collection& item, row_id source_id) = 0;
    virtual result<void> add_collection_event(row_id collection_id, const collection_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<collection_item>> collection_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<collection_item>> collections_of_invoice(row_id invoice_id) = 0;  // oldest first
    // Newest first.
    [[nodiscard]] virtual result<std::vector<collection_item>> collections_of_payer(std::string_view bankgiro,
                                                                                    std::string_view payer_number,
                                                                                    std::size_t limit) = 0;
    // Those of a payer that ask for this amount under this reference, which is that of the invoice or its number; newest first.
    [[nodiscard]] virtual result<std::vector<collection_item>> collections_like(std::string_view bankgiro,
                                                                                std::string_view payer_number,
                                                                                std::string_view reference,
                                                                                std::int64_t amount_ore, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<collection_item>> pending_collections(std::string_view bankgiro) = 0;
    // As mandates_of_source.
    [[nodiscard]] virtual result<std::vector<collection_item>> collections_of_source(row_id source_id) = 0;
    [[nodiscard]] virtual result<std::vector<collection_event>> collection_events(row_id collection_id) = 0;  // oldest first
};

}  // namespace brygga::ledger
