// What a person must see to and no held section or payment tells of (ärenden, "cases" in the specification pages): a mandate that
// was rejected, a collection that failed, a payout that came back. Each is open until somebody closes it with a reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

// A mandate from an internet bank whose numbers do not fit: it is not approved by itself, whether or not this is closed.
inline constexpr std::string_view internet_mandate_to_decide = "internet-mandate-to-decide";
// Kinds of matters about a mandate that Bankgirot has after it was cancelled, or rejected or declined; it can be cancelled once
// more.
inline constexpr std::string_view approved_after_cancellation = "mandate-approved-after-cancellation";
inline constexpr std::string_view approved_after_rejection = "mandate-approved-after-rejection";
// Account or identity number of an active mandate are told to be others than were asked for, of somebody who is neither its payer
// nor the customer: nothing is collected while this is open.
inline constexpr std::string_view mandate_of_another = "mandate-of-another-payer";
// Bankgirot has answered that its register has the mandate already: only the register tells what it is.
inline constexpr std::string_view mandate_already_registered = "mandate-already-registered";
// What the daily run of Autogiro could not write into its file: an invoice, a mandate, a cancellation.
inline constexpr std::string_view instruction_not_sent = "instruction-not-sent";
// Something has overtaken what a file asks for: it is held.
inline constexpr std::string_view file_overtaken = "file-overtaken";

struct matter {
    row_id id{};
    std::string key;          // why it is there; the same again is the same matter
    std::string kind;         // "mandate-rejected"
    row_id subject_id{};      // the mandate, collection, payout or payment
    std::string customer_id;  // empty where nobody knows
    row_id file_id{};         // that brought it; 0 for none
    std::string detail;       // JSON without personal data: codes, amounts, dates, ids
};

struct matter_item {
    matter row;
    timestamp_ms recorded_at{};
    std::string actor, reason;  // of who closed it
    timestamp_ms closed_at{};   // 0 while it is open
};

// Part of a transaction: commits and ends with it.
class matter_rows {
 public:
    virtual ~matter_rows() = default;

    // Logged as "matter". A key that is there gives its id.
    virtual result<void> add_matter(matter& item) = 0;
    // Once: not_found for an id that is none, already_exists for one that is closed. Logged as "matter-closed".
    virtual result<void> close_matter(row_id id, std::string_view actor, std::string_view reason) = 0;
    [[nodiscard]] virtual result<std::optional<matter_item>> matter_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<matter_item>> open_matters(std::size_t limit) = 0;  // oldest first
    [[nodiscard]] virtual result<std::vector<matter_item>> open_matters_of(std::string_view kind, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<matter_item>> matters_about(row_id subject_id) = 0;
};

}  // namespace brygga::ledger
