#include "connectors/config/detail/retention_table.hpp"

namespace brygga::config::detail {

namespace {

constexpr std::int64_t most_years = 100;
constexpr std::int64_t most_days = 36'500;

}  // namespace

void read_retention(table_reader& of, run_mode mode, retention_settings& into) {
    of.number(
        "originals_years", into.originals_years, {1, most_years},
        {.meaning = "whole calendar years that the originals of files that came or were sent are kept, after the year in which "
                    "the file was last worked on. Bokföringslagen 7 kap. 2 § wants seven after the calendar year in which the "
                    "financial year ended: at least 7 in mode production, 8 or more where a financial year ends in a later "
                    "calendar year than it begins. The folder must be this ledger's alone",
         .example = "7",
         .otherwise = "kept for ever without it"});
    if (mode == run_mode::production && into.originals_years && *into.originals_years < lawful_years)
        of.fault("originals_years", "is less than the 7 of Bokföringslagen 7 kap. 2 §, which holds in mode production");
    of.number(
        "archive_days", into.archive_days, {1, most_days},
        {.meaning = "days that the readable copies in archive/ and their receipts are kept; the original and the ledger have all "
                    "that they tell",
         .example = "90",
         .otherwise = "kept for ever without it"});
    of.number("rejected_days", into.rejected_days, {1, most_days},
              {.meaning = "the same for rejected/", .example = "90", .otherwise = "kept for ever without it"});
}

}  // namespace brygga::config::detail
