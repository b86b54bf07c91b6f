// Reading BgMax (bgmax.md sections 2 to 4): one pass, constant memory per section, never throws on content.
//
//     struct printer : brygga::bgmax::sink {
//         void payment(const brygga::bgmax::payment_view& p) override { total += p.record.amount_ore; }
//         std::int64_t total = 0;
//     };
//     auto source = brygga::byte_source::open("in.txt");
//     printer out;
//     for (const auto& file : brygga::bgmax::read(source->bytes(), {}, &out))
//         if (!file.accepted()) ...
//
// Memory does not follow the input, whatever it holds: views point into it, and what must be kept has the limits below. No real
// file comes near them, and nothing beyond them is lost in silence.
#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/records.hpp"
#include "formats/bankgirot/bgmax/rules.hpp"
#include "formats/bankgirot/hold_mark.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/lines.hpp"

namespace brygga::bgmax {

// TK22, TK23 and TK25 that one payment keeps; more refuse the file (BGMAX-R20). The page knows 90 TK25.
inline constexpr std::size_t max_payment_records = 10'000;
// Payer bankgiro numbers told apart in one section; a section with deductions that has more is held (BGMAX-R36).
inline constexpr std::size_t max_section_payers = 200'000;
// Deductions of one section that wait for the payment of their payer; what comes beyond is held at once (BGMAX-R50).
inline constexpr std::size_t max_waiting_deductions = 50'000;
using bankgirot::max_holds;
// Logical files that read() keeps, and their findings together; what stands beyond is one more file, refused (BGMAX-R01).
// read_each() has no such limits.
inline constexpr std::size_t max_logical_files = 5'000;
inline constexpr std::size_t max_kept_findings = 10'000;

// One of our own bankgiro numbers, as agreed with Bankgirot.
struct receiver {
    std::string bankgiro;  // 7 or 8 digits
    ocr_agreement ocr;
    bool extended_slip_registration = false;  // utökad blankettregistrering
};

// What only the caller knows; what is left out makes rules test less (section 4): without a date R06 and R35 have no upper bound,
// without receivers R38 cannot say "not ours", R42 tests modulus 10 only and R47 half.
struct read_context {
    date today{};  // !ok(): not known
    bool test_system = false;
    std::vector<receiver> receivers;  // empty: not known
};

struct read_options {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    bool accept_newer_version = false;
    std::optional<read_context> context;
    // Called now and then with the number of bytes that no view handed out from here on points into.
    std::function<void(std::size_t)> passed;
};

struct extra_reference {  // TK22, or TK23 when negative
    payment_record record;
    bool negative = false;
};

// The physical lines of one payment without line ends, blank lines left out: a view of the file's bytes, cut anew on each pass.
class payment_lines {
 public:
    class iterator {
     public:
        using iterator_category = std::input_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::string_view*;
        using reference = std::string_view;

        iterator() noexcept : lines_(std::string_view{}) {}
        explicit iterator(std::string_view bytes) noexcept : lines_(bytes) { ++*this; }
        [[nodiscard]] std::string_view operator*() const noexcept { return line_.bytes; }
        iterator& operator++() noexcept;
        // Only the end is told from the rest.
        [[nodiscard]] bool operator==(const iterator& other) const noexcept { return ended_ == other.ended_; }

     private:
        line_cutter lines_;
        physical_line line_;
        bool ended_ = true;
    };

    payment_lines() noexcept = default;
    // From the first byte of the first line to the last byte of the last.
    explicit payment_lines(std::string_view bytes) noexcept : bytes_(bytes) {}
    [[nodiscard]] iterator begin() const noexcept { return iterator(bytes_); }
    [[nodiscard]] iterator end() const noexcept { return {}; }
    [[nodiscard]] std::string_view front() const noexcept { return *begin(); }
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

 private:
    std::string_view bytes_;
};

// One TK20 or TK21 with all that belongs to it. Views are valid during the call only.
struct payment_view {
    std::uint32_t section_no{};       // 1-based within the logical file
    std::uint32_t ordinal{};          // 1-based within the logical file, payments and deductions together
    std::uint32_t section_ordinal{};  // 1-based within the section
    std::uint64_t line{};
    bool is_deduction = false;
    deduction_record record;  // `deduction` only for a TK21
    std::span<const extra_reference> extras;
    std::span<const encoded_text> information;  // TK25 in order, left side untrimmed
    name_record name;
    street_record street;
    town_record town;
    encoded_text organisation_number;
    payment_lines lines;  // for content hashes
};

struct section_view {
    std::uint32_t section_no{};
    std::uint64_t line{};  // of TK15, or of TK05 when the section was never closed
    opening_record opening;
    deposit_record deposit;
    bool closed = false;      // a TK15 was there
    bool has_amount = false;  // and its amount could be read
    std::uint32_t payments{}, deductions{}, extra_references{};
    ore_sum net_ore;  // payments less deductions, as counted
};

using hold_mark = bankgirot::hold_mark<rule>;

struct logical_file {
    std::uint32_t logical_no{};    // 1-based within the physical file
    std::size_t offset{}, size{};  // bytes of the physical file, trailing blank lines included
    std::uint64_t first_line{};
    encoding in = encoding::iso_8859_1;
    std::string version, written_at;  // as written
    marker kind = marker::production;
    std::map<std::string, std::uint64_t> records;  // by record code, unknown codes too
    ore_sum payments_ore, deductions_ore, deposits_ore;
    std::uint32_t sections{};
    std::vector<hold_mark> holds;  // complete; a mark without section holds them all (max_holds)
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Overrides what it wants. Events come in file order, also for files that turn out to be refused at the end: who books
// money reads twice, first for the verdict, then for the payments.
class sink {
 public:
    virtual ~sink() = default;
    virtual void file_opened(std::uint32_t /*logical_no*/, const start_record&) {}
    virtual void section_opened(std::uint32_t /*section_no*/, const opening_record&) {}
    virtual void payment(const payment_view&) {}
    virtual void section_closed(const section_view&) {}
    virtual void file_closed(const logical_file&) {}
};

// Hands each logical file to sink::file_closed when it is complete and keeps none. Always at least one: bytes without any give
// one that BGMAX-R01 refuses.
void read_each(std::string_view bytes, const read_options& options, sink& into);

// The same, keeping them all, up to max_logical_files.
[[nodiscard]] std::vector<logical_file> read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

// A record as BGMAX-R60 compares it: UTF-8, TABs expanded, trailing blanks removed.
[[nodiscard]] std::string normalised_record(std::string_view line, encoding in);

// What BGMAX-R60 compares: lower-case hex SHA-256 over the logical file's records, each normalised, blank lines left out, joined
// by LF.
[[nodiscard]] std::string identity_hash(std::string_view logical_file_bytes, encoding in);

// The same over the lines of one payment (payment_view::lines).
[[nodiscard]] std::string content_hash(const payment_lines& lines, encoding in);

}  // namespace brygga::bgmax
