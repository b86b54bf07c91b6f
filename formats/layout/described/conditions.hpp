// Whether a condition holds of a record. Internal to the engine.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "formats/layout/columns.hpp"
#include "formats/layout/described/values.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// What the fields of a record hold. Views what it was read from.
struct record_values {
    const language::described_record* kind{};
    const read_value* fields{};  // by field; those at least that are asked for
    const columns* line{};       // nothing for a record that is made: what stands between its fields is always right

    [[nodiscard]] bool fillers_fit() const;
};

// The last record of each kind, by kind; nothing where there was none.
using last_records = std::span<const record_values* const>;

// What another record would decide holds where there was none; so does a comparison with a blank field.
[[nodiscard]] bool holds(const language::condition& what, const record_values& record, last_records last = {});

// The fields of the record itself, and the values, that a condition names; no text where it asks for a blank.
struct mentioned {
    explicit mentioned(const language::condition& what) { note(what); }

    std::vector<std::size_t> fields;
    std::vector<language::operand> values;

 private:
    void note(const language::condition& what);
};

}  // namespace brygga::layout::described
