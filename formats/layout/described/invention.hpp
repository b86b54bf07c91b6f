// Invented values for the fields of a described format. Internal to its generator.
#pragma once

#include <string>

#include "formats/core/date.hpp"
#include "formats/invented/payers.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};

class invention {
 public:
    invention(const language::description& of, std::uint64_t seed, date day)
        : of_(&of), random_(seed), payers_(invented::payers(seed, payers_at_hand)), day_(day) {}

    // UTF-8, at most as wide as the field; right by its type.
    [[nodiscard]] std::string value(const language::described_field& field);
    // A value that this test finds wrong; empty when the type has none.
    [[nodiscard]] std::string wrong_value(const language::described_field& field, language::built_in test);
    [[nodiscard]] invented::random_numbers& random() noexcept { return random_; }

 private:
    static constexpr std::size_t payers_at_hand = 50;

    [[nodiscard]] const invented::payer& somebody() { return payers_[random_.below(payers_.size())]; }
    [[nodiscard]] std::string text(const language::described_field& field);
    [[nodiscard]] std::string digits(std::size_t count);
    [[nodiscard]] std::string number(const language::described_field& field);
    [[nodiscard]] std::string identity(const language::described_field& field);

    const language::description* of_;
    invented::random_numbers random_;
    std::vector<invented::payer> payers_;
    date day_;
};

// How the form writes a day.
[[nodiscard]] std::string written(date day, language::date_form form);
// An amount in its smallest unit, as the field writes it.
[[nodiscard]] std::string written(std::int64_t number, const language::described_field& field);
// Columns that a value may have.
[[nodiscard]] std::size_t width_of(const language::described_field& field, const language::description& of) noexcept;

}  // namespace brygga::layout::described
