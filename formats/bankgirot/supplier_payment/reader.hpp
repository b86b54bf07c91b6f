// Reading Leverantörsbetalningar, files to Bankgirot and its reports (supplier-payments.md sections 2 to 4): one pass, constant
// memory, never throws on content.
//
//     struct printer : brygga::supplier_payment::sink {
//         void payment(const brygga::supplier_payment::payment_view& p) override { total += p.record.amount_ore; }
//         std::int64_t total = 0;
//     };
//     auto source = brygga::byte_source::open("in.txt");
//     printer out;
//     const auto file = brygga::supplier_payment::read(source->bytes(), {}, &out);
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

#include "formats/bankgirot/hold_mark.hpp"
#include "formats/bankgirot/seal_marks.hpp"
#include "formats/bankgirot/supplier_payment/records.hpp"
#include "formats/bankgirot/supplier_payment/rules.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"

namespace brygga::supplier_payment {

// Text records (TK25, TK65) and rejections (TK49) handed out with one payment; those beyond are counted, and stay in the file.
inline constexpr std::size_t max_payment_extras = 1'000;

struct read_options {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    // Called now and then with the number of bytes that no view handed out from here on points into.
    std::function<void(std::size_t)> passed;
};

using hold_mark = bankgirot::hold_mark<rule>;

// Payments are TK14, TK54 and returned money orders; deductions TK15, TK16 and TK17. An amount that cannot be read counts as
// zero.
struct payment_totals {
    std::uint64_t payments{}, deductions{};
    ore_sum payments_ore, deductions_ore;
};

struct section_view {
    std::uint32_t section_no{};  // 1-based
    layout_id layout{};
    std::uint64_t line{};       // of the opening record
    std::string_view bankgiro;  // as written; of returned money orders too
    opening_record opening;     // blank for returned money orders
    bool closed = false;        // TK29 or record 3 was there
    payment_totals totals;
};

// Where a record stands. Ordinals count the main records of the file (TK14 to TK17, TK54, TK43, record 2), from 1.
struct record_place {
    const section_view* section{};
    std::uint32_t ordinal{};
    std::uint64_t line{};
    std::string_view bytes;  // from its first line to its last, without the last line end
};

struct rejection_view {
    std::uint64_t line{};
    std::string rejected_code;  // of the record before it: "14"
    rejection_record record;
};

// A payment, deduction or credit with what stands before it of its recipient (TK40, TK26, TK27; nothing where there is none, and
// the same again for further records of one recipient) and after it.
struct payment_view {
    record_place at;
    std::string_view code;  // "14" to "17", "54"
    payment_record record;
    const account_record* account{};
    const name_record* name{};
    const address_record* address{};
    std::span<const encoded_text> texts;         // TK25, TK65
    std::span<const rejection_view> rejections;  // of the rejected report and payment specifications: all within the group

    [[nodiscard]] bool is_deduction() const noexcept { return code == "15" || code == "16" || code == "17"; }
    // One of its records was rejected for itself (MTRV), so that it was not carried out.
    [[nodiscard]] bool is_rejected() const noexcept {
        for (const rejection_view& each : rejections)
            if (each.record.mark == "MTRV") return true;
        return false;
    }
};

struct credit_rest_view {
    record_place at;
    credit_rest_record record;
};

struct credit_use_view {
    record_place at;
    credit_use_record record;
};

struct watch_total_view {
    record_place at;
    std::string_view code;  // "40", "41", "42"
    watch_total_record record;
};

struct watched_day_view {
    record_place at;
    watched_day_record record;
};

struct returned_order_view {
    record_place at;
    returned_order_record record;
};

struct logical_file {
    encoding in = encoding::iso_8859_1;
    std::string version;                           // the layouts of its sections: "TO_BANKGIROT"
    std::map<std::string, std::uint64_t> records;  // by record code, unknown codes too
    payment_totals totals;                         // of all sections, whatever they tell of their payments
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
    virtual void payment(const payment_view&) {}
    virtual void rejection(const section_view&, const rejection_view&) {}  // TK49 outside all payments: of TK11, TK12, TK13
    virtual void credit_rest(const credit_rest_view&) {}
    virtual void credit_use(const credit_use_view&) {}
    virtual void watch_total(const watch_total_view&) {}
    virtual void watched_day(const watched_day_view&) {}
    virtual void returned_order(const returned_order_view&) {}
    virtual void section_closed(const section_view&) {}
};

[[nodiscard]] logical_file read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

}  // namespace brygga::supplier_payment
