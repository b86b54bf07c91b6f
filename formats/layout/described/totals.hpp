// Counts and sums that records carry, over the stretch of the file that they are of. Internal to the engine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/layout/described/conditions.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// What a record said, and where, until the stretch ends.
struct told_total {
    std::int64_t value{};
    finding where;  // place, record, field and what was found
};

class total_keeper {
 public:
    explicit total_keeper(const language::description& of);

    // A record; `wrong` gets the index and a finding for each total that differs.
    template <class Wrong>
    void take(std::size_t kind, const record_values& record, const record_line& line, const record_info& info,
              const Wrong& wrong) {
        const parts& of = parts_[kind];
        for (const std::size_t each : of.closes)
            close(each, wrong);
        for (const part& each : of.terms)
            add(each, record);
        for (const std::size_t each : of.carries)
            note(each, record, line, info);
    }
    void take_unknown() {
        for (const std::size_t each : counts_all_)
            running_[each].counted += 1;
    }
    template <class Wrong>
    void end(const Wrong& wrong) {
        for (std::size_t i = 0; i != running_.size(); ++i)
            close(i, wrong);
    }
    // Of öre and kronor, over the whole file.
    [[nodiscard]] std::map<std::string, ore_sum> sums() const;

 private:
    struct running {
        ore_sum counted, in_file;
        std::vector<told_total> told;  // by carriers of the stretch, each value once
    };

    struct part {
        std::size_t total{};
        const language::total_term* term{};
    };
    // Of a kind of records.
    struct parts {
        std::vector<std::size_t> closes, carries;  // totals
        std::vector<part> terms;
    };

    void add(const part& what, const record_values& record);
    void note(std::size_t total, const record_values& record, const record_line& line, const record_info& info);
    template <class Wrong>
    void close(std::size_t at, const Wrong& wrong) {
        running& of = running_[at];
        of.in_file += of.counted;
        for (told_total& each : of.told)
            if (!(of.counted == each.value)) wrong(at, std::move(each.where), of.counted.text());
        of.told.clear();
        of.counted = {};
    }

    const language::description* of_;
    std::vector<running> running_;         // by total
    std::vector<parts> parts_;             // by kind
    std::vector<std::size_t> counts_all_;  // totals, once for each term
};

}  // namespace brygga::layout::described
