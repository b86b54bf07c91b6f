// Reads a file of a described format: one pass, flat memory but for fields that must be unique, no exceptions. Internal to the
// engine.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/described/conditions.hpp"
#include "formats/layout/described/tables.hpp"

namespace brygga::layout::described {

// A record of the file, while it is read.
struct read_record {
    std::uint64_t line{};
    std::size_t kind{};
    const record_values* values{};
    last_records last;  // of kinds that a rule or meaning asks for, this one excluded
    bool held = false;  // a finding of severity hold or error on it, or on one of `last` that a meaning asks for
};

struct read_options {
    rule_policy policy;
    std::optional<encoding> force_encoding;
    std::function<void(std::size_t)> passed;
    std::function<void(const read_record&)> each;
};

struct read_file {
    explicit read_file(std::span<const rule_info> rules, const rule_policy& policy = {}) : findings(rules, policy) {}

    encoding in = encoding::iso_8859_1;
    std::map<std::string, std::uint64_t> records;  // by code or name, as the generic commands call them
    std::map<std::string, ore_sum> sums;           // of öre and kronor that a total is told of: "end.total"
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

[[nodiscard]] read_file read(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
                             const read_options& options);

}  // namespace brygga::layout::described
