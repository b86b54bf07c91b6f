// What came in: the figures of a pass or a day, with every file that did not simply go through and why.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::intake {

struct totals {
    std::uint64_t logical_files{}, accepted_files{};  // accepted: not refused as a whole
    std::uint64_t payments{}, deductions{};
    std::uint64_t matched{}, unmatched{}, held_payments{}, advances{};
    inbound::sums_by_currency by_currency;

    // Payments and deductions of refused files and held sections, and those of zero that settle nothing.
    [[nodiscard]] std::uint64_t not_booked() const noexcept;
    // Zeros when nothing was booked in this currency.
    [[nodiscard]] inbound::booked_sums in(std::string_view currency) const;
    totals& operator+=(const totals& other);
};

// Of one logical file that counts as such.
[[nodiscard]] totals totals_of(const inbound::logical_result& file);

struct held_section {
    std::uint32_t logical_no{}, section_no{};
    std::string bankgiro;
    std::string currency;
    std::int64_t amount_ore{};
    std::vector<std::string> reasons;  // rule ids
};

// A deposit that was booked and is not in the file that was handed on: somebody must enter it in the other system, or take it
// back there, if it had got it, where the bank took it back.
struct left_out_deposit {
    std::uint32_t section_no{};
    std::string bankgiro, payment_date, serial, currency;
    std::int64_t amount_ore{};  // negative: the bank took this back
    std::string why;
};

// What was handed on in another format.
struct routed {
    std::string to;                          // format id
    std::string file;                        // name in the folder of the route; empty when there was nothing to hand on
    std::string sha256;                      // of its bytes
    std::uint64_t sections{};                // deposits in it
    std::vector<std::uint32_t> section_nos;  // of these, for making the file again; kept by the ledger only
    std::vector<left_out_deposit> left_out;
    // What the other format cannot hold of those in it, by its place, and what may have been handed on before; without personal
    // data.
    std::uint64_t notes_total{};
    std::vector<std::string> notes;  // the first of them
    std::string error;               // why nothing was handed on although something was booked; empty for most
};

// How many of the deposits left out are receipts that the bank took back.
[[nodiscard]] std::size_t taken_back(const routed& item);

// One claimed file that reached its folder.
struct file_report {
    std::string tenant, claim, file_id;  // ids in their text form
    std::string name;                    // readable, may hold personal data: for the operator's eyes, never for logs
    std::string format;                  // empty when unknown
    ledger::file_outcome outcome{};      // the folder where it lies now
    totals sums;
    std::vector<held_section> held;    // still undecided sections
    std::vector<std::string> reasons;  // why it is not simply archived: rule ids or reason codes (receipt.hpp)
    std::string first_received_at;     // when the same content came first; empty when this is the first time
    std::uint64_t already_there{};     // deposits that another channel had brought before
    std::vector<routed> routes;        // at the delivery, without what was released later
};

// Work that did not succeed and is tried again at the next pass.
struct failure {
    std::string tenant;
    std::string claim;  // empty while in the inbox
    std::string name;   // as in file_report
    std::string at;     // step that did not succeed
    error why;
};

// A file that is no failure but was left where it is.
enum class left_reason : std::uint8_t { growing, empty_waits, not_regular, vanished, in_other_hands };
[[nodiscard]] std::string_view name(left_reason why) noexcept;

struct left_file {
    std::string tenant;
    std::string name;  // as in file_report
    left_reason why{};
    bool news = false;  // will not change by itself, and this runner sees it for the first time
};

// One look into a partner's folder.
struct fetched_folder {
    std::string tenant, partner;
    std::string folder;  // the partner's; empty where the login leads
    std::uint64_t fetched{}, changing{};
};

struct day_report {
    std::vector<file_report> files;
    std::vector<failure> failures;
    std::vector<left_file> left;
    std::vector<fetched_folder> fetched;

    [[nodiscard]] totals sums() const;
    [[nodiscard]] std::uint64_t count(ledger::file_outcome outcome) const noexcept;
};

// {"files": 3, "archived": 1, "held": 1, "rejected": 1, "logical_files": ..., "payments": ..., ...,
//  "held_sections": [...], "rejected_files": [...], "handed_on": [...], "failures": [...], "left": [...]}; one line.
[[nodiscard]] std::string to_json(const day_report& report);

}  // namespace brygga::intake
