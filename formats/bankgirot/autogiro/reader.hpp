// Reading Autogiro, both directions, new and old layout (autogiro.md sections 2 to 4): one pass, constant memory, never throws on
// content.
//
//     struct printer : brygga::autogiro::sink {
//         void payment(const brygga::autogiro::payment_view& p) override { total += p.record.amount_ore; }
//         std::int64_t total = 0;
//     };
//     auto source = brygga::byte_source::open("in.txt");
//     printer out;
//     const auto file = brygga::autogiro::read(source->bytes(), {}, &out);
//     if (!file.accepted()) ...
//
// A physical file is one logical file with any number of sections. Views are valid during the call that hands them out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/records.hpp"
#include "formats/bankgirot/autogiro/rules.hpp"
#include "formats/bankgirot/hold_mark.hpp"
#include "formats/bankgirot/seal_marks.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"

namespace brygga::autogiro {

// Text records (TK53) kept of one mandate; more hold the section (AG-R03).
inline constexpr std::size_t max_payer_texts = 1'000;

struct read_options {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    std::string customer_number;  // ours, 6 digits; empty: not known
    // Called now and then with the number of bytes that no view handed out from here on points into.
    std::function<void(std::size_t)> passed;
};

using hold_mark = bankgirot::hold_mark<rule>;

// What records add up to; approved are those that the layout counts, or that were executed.
struct payment_totals {
    std::uint64_t approved{}, failed{};
    ore_sum approved_ore, failed_ore;
};

struct section_view {
    std::uint32_t section_no{};  // 1-based
    layout_id layout{};
    std::uint64_t line{};     // of the opening record
    opening_record opening;   // of a mandate register: bankgiro alone, that of the first record
    request_kind requests{};  // to Bankgirot
    bool closed = false;      // TK09 or TK59 was there
    std::uint64_t records{};  // main records: mandates, payments, changes
    payment_totals collections, payouts, refunds;
};

// Where a record stands. Ordinals count the main records of the file, from 1.
struct record_place {
    const section_view* section{};
    std::uint32_t ordinal{};
    std::uint64_t line{};
    std::string_view bytes;  // of the line, without its line end; of a mandate from an internet bank all its lines
};

struct mandate_request_view {
    record_place at;
    std::string_view code;  // "03", "04", "05"
    mandate_request_record record;
};

struct payment_view {
    record_place at;
    payment_direction direction{};
    payment_record record;
    const entry_record* entry{};  // the TK15 or TK16 of a PAYSPEC_NEW
};

struct entry_view {   // TK15, TK16, TK17
    record_place at;  // without an ordinal: payments follow
    std::string_view code;
    entry_record record;
};

struct refund_view {
    record_place at;
    refund_record record;
    const entry_record* entry{};  // its TK17
};

struct change_view {
    record_place at;
    std::string_view code;  // "23" to "29"
    change_record record;
};

struct amendment_view {
    record_place at;
    std::string_view code;  // "03", "11", "21" to "29"
    amendment_record record;
};

struct advice_view {
    record_place at;
    advice_record record;
};

struct internet_mandate_view {
    record_place at;
    internet_mandate_record record;
    std::span<const encoded_text> texts;  // TK53
    encoded_text address[4];              // TK54 and TK55
    town_record town;                     // TK56
};

struct register_view {
    record_place at;
    register_record record;
};

struct logical_file {
    encoding in = encoding::iso_8859_1;
    std::string version;                           // the layouts of its sections: "PAYSPEC_NEW", "MANDADV_NEW WATCH"
    std::map<std::string, std::uint64_t> records;  // by record code, unknown codes too
    payment_totals collections, payouts, refunds;  // of all sections; failed: not executed, or rejected
    std::uint32_t sections{};
    bankgirot::seal_marks seal;
    std::vector<hold_mark> holds;  // complete; a mark without section holds them all (bankgirot::max_holds)
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Overrides what it wants. Events come in file order, also for files that turn out to be refused at the end: who books reads
// twice, first for the verdict.
class sink {
 public:
    virtual ~sink() = default;
    virtual void section_opened(const section_view&) {}
    virtual void mandate_request(const mandate_request_view&) {}
    virtual void entry_opened(const entry_view&) {}
    virtual void payment(const payment_view&) {}
    virtual void refund(const refund_view&) {}
    virtual void change(const change_view&) {}
    virtual void amendment(const amendment_view&) {}
    virtual void mandate_advice(const advice_view&) {}
    virtual void internet_mandate(const internet_mandate_view&) {}
    virtual void register_entry(const register_view&) {}
    virtual void section_closed(const section_view&) {}
};

[[nodiscard]] logical_file read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

}  // namespace brygga::autogiro
