// Faults that a generated BgMax file can be given, one per rule: each breaks its rule at least once, whatever else the file
// holds. Faults of the first and last record are made there; the others stand each in a small section of its own at the end of
// the file, with counters that are right where the fault is not about them, so that several can be asked for at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/records.hpp"
#include "formats/bankgirot/bgmax/rules.hpp"
#include "formats/core/result.hpp"

namespace brygga::bgmax {

struct fault_info {
    rule broken{};
    std::string_view what;  // what is done to the file, one line
};

// In the order of the rules. BGMAX-R61 to R63 compare with earlier imports under the ledger's own keys: no file has them alone.
[[nodiscard]] std::span<const fault_info> faults() noexcept;

// Where a fault section stands: what it shares with the other sections of its file.
struct fault_place {
    std::string bankgiro;      // receiving, 10 digits
    std::string bank_account;  // 35 digits
    std::string payment_date;  // CCYYMMDD
    std::uint32_t deposit_serial{};
    std::uint64_t payment_serial{};  // of its first payment; the next ones follow
};

// The faults asked for in one file.
class fault_set {
 public:
    // Fails with invalid_argument for an unknown rule, one that no single file can break, and BGMAX-R01 or R02 beside others:
    // such a file is not read any further.
    [[nodiscard]] static result<fault_set> parse(std::span<const std::string> ids);

    [[nodiscard]] bool has(rule which) const noexcept;
    // The file without its TK01, its TK70, twice over, as UTF-8.
    [[nodiscard]] bool leaves_out_start() const noexcept { return has(rule::R01); }
    [[nodiscard]] bool leaves_out_end() const noexcept { return has(rule::R04); }
    [[nodiscard]] bool repeats_file() const noexcept { return has(rule::R60); }
    [[nodiscard]] bool writes_utf_8() const noexcept { return has(rule::R10); }

    // Damages the 80 columns of TK01 or TK70.
    void damage_start(std::string& line) const;
    void damage_end(std::string& line) const;
    [[nodiscard]] std::span<const rule> sections() const noexcept { return sections_; }

 private:
    std::vector<rule> all_, sections_;
};

// The lines of the section that breaks a rule, with line ends; adds its records to the counters.
[[nodiscard]] std::string fault_section(rule broken, const fault_place& place, end_record& counters);

}  // namespace brygga::bgmax
