// What the generic commands (check, show, json, write, diff, mask, generate, rules) need of a format; they know no format
// by name (DESIGN section 6). One object per format, listed in registry.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/result.hpp"
#include "formats/core/text.hpp"

namespace brygga {

// Takes bytes as they come; returns nothing, so that whoever writes them keeps the failure.
using output = std::function<void(std::string_view)>;

enum class direction : std::uint8_t { incoming, outgoing, both };
[[nodiscard]] std::string_view name(direction which) noexcept;

struct read_settings {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    bool test_system = false;
    std::optional<date> today;                // without it, rules on the future are not evaluated
    std::function<void(std::size_t)> passed;  // how far the input is done with, for progress and memory
};

// A section that waits for a person, whole or in one of its payments, and by which rule; 0: all of them.
struct held_place {
    std::uint32_t section{};
    const rule_info* rule{};
};

// What `check` says of one logical file (DESIGN section 12). Valid during the call that hands it out.
struct check_report {
    std::uint32_t logical_no{};
    std::string version;
    std::string id;  // the sender's own (MsgId), by which answers name it; empty where the format has none
    bool accepted = false;
    std::map<std::string, std::uint64_t> records;  // by record code or repeating element
    std::map<std::string, std::string> sums_ore;   // by the format's own names, decimal digits of any size
    std::vector<held_place> held;                  // where the format has sections; also beyond the findings that are kept
    const finding_list* findings{};
};

struct generate_settings {
    std::uint64_t seed = 1;
    std::uint64_t count = 10;         // payments or other main items
    std::vector<std::string> faults;  // rule ids, each to be broken once
    std::uint32_t bad_percent = 0;    // of the items, spread evenly
    bool test_file = false;
    date day{};                          // date of the file
    std::vector<std::string> receivers;  // bankgiro numbers that are paid to; invented ones when empty
    std::string layout;                  // which of format::layouts(); empty: the first
};

struct show_settings {
    bool html = false;
    bool colour = false;
    bool in_clear = true;  // false masks personal data
};

// What records of a file mean in the ledger, as one object of its import (mapping/ledger/schema). Valid during the call.
struct ledger_row {
    std::uint64_t line{};   // of the first of them
    std::string_view held;  // why it is not to be imported; empty: it is
    std::string_view json;
};

class format {
 public:
    virtual ~format() = default;

    [[nodiscard]] virtual std::string_view id() const noexcept = 0;
    [[nodiscard]] virtual std::string_view title() const noexcept = 0;
    [[nodiscard]] virtual direction flows() const noexcept = 0;
    // Whether bytes that begin so are of this format.
    [[nodiscard]] virtual bool sniff(std::string_view head) const noexcept = 0;
    // Whether bytes that begin so, and that no format recognises, are this one's to refuse with a finding.
    [[nodiscard]] virtual bool refuses(std::string_view /*head*/) const noexcept { return false; }
    [[nodiscard]] virtual std::span<const rule_info> rules() const noexcept = 0;
    // The documentation table: the records or elements, their fields, and what these hold.
    virtual void describe(const output& to) const = 0;

    virtual void check(std::string_view bytes, const read_settings& with,
                       const std::function<void(const check_report&)>& each) const = 0;
    virtual void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const = 0;
    // JSON Lines: one object per logical file and one per record, lossless; from_json gives the file back byte for byte.
    virtual void to_json(std::string_view bytes, const read_settings& with, const output& to) const = 0;
    [[nodiscard]] virtual result<void> from_json(std::string_view json_lines, const output& to) const = 0;
    // True when the two carry the same records; prints what differs, field by field.
    virtual bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const = 0;
    // Personal data replaced consistently under `key`; lengths, check digits, sums and findings stay as they were.
    virtual void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const = 0;
    // Whether records of this format mean something in the ledger, and what: rows in the order of the file.
    [[nodiscard]] virtual bool feeds_ledger() const noexcept { return false; }
    virtual void to_ledger(std::string_view /*bytes*/, const read_settings& /*with*/,
                           const std::function<void(const ledger_row&)>& /*each*/) const {}
    // What generate can be asked to make where that is more than one thing.
    [[nodiscard]] virtual std::span<const std::string_view> layouts() const noexcept { return {}; }
    // Fails with invalid_argument for a fault or a layout that this format cannot make.
    [[nodiscard]] virtual result<void> generate(const generate_settings& what, const output& to) const = 0;
};

}  // namespace brygga
