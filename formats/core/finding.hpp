// Findings: what is wrong, odd or worth knowing in the content of a file (DESIGN section 5). A finding is data; it is
// formatted only when shown. Reading never throws on content and never stops at the first fault.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga {

enum class severity : std::uint8_t {
    info,     // worth knowing
    warning,  // imported, look at it
    hold,     // a payment or a section waits for a person
    error,    // the logical file is refused
};

[[nodiscard]] std::string_view name(severity level) noexcept;
[[nodiscard]] std::optional<severity> parse_severity(std::string_view text) noexcept;

// One numbered rule of a specification page. A format keeps a constexpr table of these, indexed by its rule enum.
struct rule_info {
    std::uint16_t index{};         // position in the format's table
    std::string_view id;           // "BGMAX-R32"
    std::string_view severities;   // as the page prints them: "error", "hold/warning"
    std::string_view title;        // what is tested, one sentence
    std::string_view help;         // what to do about it, one sentence
};

// True when each row stands at its own index: a format asserts it at compile time.
consteval bool in_order(std::span<const rule_info> rules) {
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (rules[i].index != i) return false;
    return true;
}

// Where a finding points. Lines and columns are 1-based and inclusive, 0 means "not known"; offset counts bytes from 0.
struct location {
    std::uint64_t line{};
    std::uint64_t offset{};
    std::uint16_t first_column{};
    std::uint16_t last_column{};
};

struct finding {
    const rule_info* rule{};
    severity level{};
    location where;
    std::string record;    // record code, "20"; empty for the whole file
    std::string field;     // field name of the layout; empty for the whole record
    std::string found;     // offending text as UTF-8, cut to max_finding_text
    std::string expected;  // what would have been right
    std::string path;      // element path in XML
    std::uint32_t section{};  // 1-based section of the logical file, 0 = none
    std::string serial;       // the bank's serial number of the payment, where known
    bool personal{};          // found is personal data: show it masked unless the user asks otherwise
};

inline constexpr std::size_t max_finding_text = 120;      // bytes of `found` that are kept
inline constexpr std::size_t default_finding_cap = 1000;  // findings kept per logical file, and a few more; all are counted

// A named, dated set of tolerated deviations for one counterparty (DESIGN section 5).
struct deviation_profile {
    std::string name;
    std::map<std::string, severity, std::less<>> severities;  // rule id -> severity instead of the rule's own
    bool skip_title_lines = false;                            // ignore lines before the first record (published samples)
    std::set<std::string, std::less<>> booked_statuses;       // proprietary camt statuses that mean booked (CAMT-R04)
};

// The profile for published example files: title lines and column rulers before the first record.
[[nodiscard]] deviation_profile sample_profile();

// Which rules to evaluate and how severely.
struct rule_policy {
    std::set<std::string, std::less<>> only;  // empty: every rule
    deviation_profile profile;
    std::size_t cap = default_finding_cap;
};

// Collects the findings of one logical file. Counting is exact; texts are kept up to the cap, and a finding beyond it
// costs two increments. Not thread-safe.
class finding_list {
public:
    explicit finding_list(std::span<const rule_info> rules, const rule_policy& policy = {});

    // Counts a finding of `rule` and stores what `make()` returns (rule and level are filled in): below the cap, and beyond it the
    // first of each rule that holds or refuses, for why something waits or was refused must not drown in warnings.
    // Returns the severity in force, or nothing when the rule is switched off.
    template <class Make>
    std::optional<severity> add(std::size_t rule, severity level, Make&& make) {
        setting& entry = settings_[rule];
        if (!entry.enabled) return std::nullopt;
        if (entry.replaced) level = *entry.replaced;
        ++total_;
        ++entry.count;
        ++by_severity_[static_cast<std::size_t>(level)];
        const bool first_severe = level >= severity::hold && !entry.severe_kept;
        if (findings_.size() < cap_ || first_severe) {
            entry.severe_kept = entry.severe_kept || first_severe;
            finding made = make();
            made.rule = &rules_[rule];
            made.level = level;
            keep(std::move(made));
        }
        return level;
    }

    [[nodiscard]] std::span<const finding> kept() const noexcept { return findings_; }
    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
    [[nodiscard]] std::uint64_t count(std::size_t rule) const noexcept { return settings_[rule].count; }
    [[nodiscard]] std::uint64_t count(severity level) const noexcept { return by_severity_[static_cast<std::size_t>(level)]; }
    [[nodiscard]] bool refused() const noexcept { return count(severity::error) != 0; }
    [[nodiscard]] bool full() const noexcept { return findings_.size() >= cap_; }

private:
    struct setting {
        std::uint64_t count{};
        std::optional<severity> replaced;
        bool enabled = true;
        bool severe_kept = false;
    };
    void keep(finding&& made);

    std::span<const rule_info> rules_;
    std::vector<setting> settings_;
    std::vector<finding> findings_;
    std::array<std::uint64_t, 4> by_severity_{};
    std::uint64_t total_{};
    std::size_t cap_;
};

// First and last character kept, the rest as '*': for personal data in anything a person did not ask to see in clear.
[[nodiscard]] std::string masked(std::string_view utf8);

// One line for a terminal: "error BGMAX-R32 line 18 columns 51-68: found X, expected Y. Help." Personal data is masked
// unless `in_clear`.
[[nodiscard]] std::string describe(const finding& item, bool in_clear = false);

}  // namespace brygga
