// Counts and sums that records carry, over the stretch of the file that they are of. Internal to the engine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/core/money.hpp"
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

    // A line; `kind` is none for an unknown one. `wrong` gets the index and a finding for each total that differs.
    template <class Wrong>
    void take(std::size_t kind, const record_line& line, const record_info* info, const Wrong& wrong) {
        for (std::size_t i = 0; i != running_.size(); ++i) {
            if (kind != language::none && of_->totals[i].within == kind) close(i, wrong);
            add(i, kind, line, info);
        }
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

    void add(std::size_t at, std::size_t kind, const record_line& line, const record_info* info);
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
    std::vector<running> running_;  // by total
};

}  // namespace brygga::layout::described
