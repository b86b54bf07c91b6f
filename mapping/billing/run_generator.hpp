// Invented invoice runs, to try a configuration with and to test: combined invoices over all utilities to people and companies
// that do not exist, and credit notes. The same settings give the same lines.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"

namespace brygga::billing {

struct generator_settings {
    std::string tenant = "energi";
    std::string run_id = "2026-11-A";
    date issued{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}};  // due at the end of its month
    std::uint64_t invoices = 10;  // one of twenty is followed by a credit note on it
    std::uint64_t seed = 1;
};

// A line without its end, JSON.
using line_sink = std::function<void(std::string_view line)>;

// The file of the run: manifest, and each customer with its facilities and documents.
void generate_run(const generator_settings& with, const line_sink& each);

// The registrations at the banks of those of its consumers that have one, for an import after that of the customers.
void generate_registrations(const generator_settings& with, const line_sink& each);

}  // namespace brygga::billing
