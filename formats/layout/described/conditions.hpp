// Whether a condition holds of a record. Internal to the engine.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "formats/layout/columns.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// What a record's fields hold, however they are kept.
class field_source {
 public:
    explicit field_source(encoding encoded) noexcept : in(encoded) {}
    virtual ~field_source() = default;
    [[nodiscard]] virtual std::string_view slice(std::size_t field) const = 0;  // fill included
    // Whether what stands between the fields is as the record says: always in one that is made, not read.
    [[nodiscard]] virtual bool fillers_fit() const { return true; }

    encoding in;
};

class line_fields final : public field_source {
 public:
    line_fields(const language::described_record& kind, const columns& line) noexcept
        : field_source(line.in), kind_(&kind), line_(line) {}
    [[nodiscard]] std::string_view slice(std::size_t field) const override {
        return line_.slice(kind_->fields[field].first, kind_->fields[field].last);
    }
    [[nodiscard]] bool fillers_fit() const override;

 private:
    const language::described_record* kind_;
    columns line_;
};

// The last record of each kind, by kind; nothing where there was none.
using last_records = std::span<const field_source* const>;

// Of a record of this kind. What another record would decide holds where there was none; so does a comparison with a blank field.
[[nodiscard]] bool holds(const language::condition& what, const language::description& of, std::size_t kind,
                         const field_source& record, last_records last = {});

// The fields of the record itself, and the values, that a condition names; no text where it asks for a blank.
struct mentioned {
    explicit mentioned(const language::condition& what) { note(what); }

    std::vector<std::size_t> fields;
    std::vector<language::operand> values;

 private:
    void note(const language::condition& what);
};

}  // namespace brygga::layout::described
