// Reading SUS payment files (supplier-payments.md 3.3): one pass, constant memory, never throws on content.
//
//     struct printer : brygga::sus::sink {
//         void payment(const brygga::sus::payment_view& p) override { total += p.record.amount_ore; }
//         std::int64_t total = 0;
//     };
//     printer out;
//     const auto file = brygga::sus::read(source->bytes(), {}, &out);
//     if (!file.accepted()) ...
//
// A physical file is one logical file with any number of sections (05 to 80). Views are valid during the call that hands them
// out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/hold_mark.hpp"
#include "formats/bankgirot/sus/records.hpp"
#include "formats/bankgirot/sus/rules.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"

namespace brygga::sus {

struct read_options {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    // Whether Swedbank holds the account register under the agreement; nothing: not known, and SUS-R04 is not evaluated.
    std::optional<bool> register_at_swedbank;
    // Called now and then with the number of bytes that no view handed out from here on points into.
    std::function<void(std::size_t)> passed;
};

using hold_mark = bankgirot::hold_mark<rule>;

struct section_view {
    std::uint32_t section_no{};  // 1-based
    std::uint64_t line{};        // of record 05
    opening_record opening;
    bool closed = false;  // record 80 was there
    std::uint64_t payments{};
    ore_sum payments_ore;  // an amount that cannot be read counts as zero
};

// Ordinals count the payments of the file, from 1.
struct payment_view {
    const section_view* section{};
    std::uint32_t ordinal{};
    std::uint64_t line{};
    std::string_view bytes;  // from record 30 to its last line, without the last line end
    payment_record record;
    const address_record* address{};  // record 36 after it
};

struct logical_file {
    encoding in = encoding::iso_8859_1;
    std::map<std::string, std::uint64_t> records;  // by record code, unknown codes too
    std::uint64_t payments{};
    ore_sum payments_ore;
    std::uint32_t sections{};
    std::vector<hold_mark> holds;  // complete; a mark without section holds them all (bankgirot::max_holds)
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Overrides what it wants. Events come in file order, also for files that turn out to be refused at the end.
class sink {
 public:
    virtual ~sink() = default;
    virtual void section_opened(const section_view&) {}
    virtual void payment(const payment_view&) {}
    virtual void section_closed(const section_view&) {}
};

[[nodiscard]] logical_file read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

}  // namespace brygga::sus
