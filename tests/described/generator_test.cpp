// Files are made of layouts whose rules leave little to chance.
#include <gmock/gmock.h>

#include "tests/described/shipped.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view narrow = R"layout(format narrow "Rules that few values meet"
fixed 60
line end LF
code 1-1

record head "0" "head"
    2-9     written      date CCYYMMDD
    10-60   blank
record bill "1" "bill"
    2-9     issued       date CCYYMMDD
    10-17   due          date CCYYMMDD
    18-25   whole        ore
    26-33   rest         ore
    34-41   fee          ore
    42-42   kind         text
    43-50   paid         date CCYYMMDD optional
    51-52   number       digits unique
    53-60   blank
record more "2" "what may stand behind bills"
    2-9     amount       ore
    10-60   blank
record less "3" "what takes from it"
    2-9     amount       ore
    10-60   blank
record foot "9" "foot"
    2-15    total        ore
    16-60   blank

order head bill+ (more | less)* foot

total foot.total = sum of more.amount - less.amount

rule NARROW-R01 error "Days follow one another." "-"
    on bill: issued <= due and due < head.written
rule NARROW-R02 error "The rest is part of the whole, the fee of the rest." "-"
    on bill: rest <= whole and fee <= rest
rule NARROW-R03 error "Kinds." "-"
    on bill: kind in ("A", "B", "C")
rule NARROW-R04 error "Kind A has no fee." "-"
    on bill: if kind = "A" then fee = 0
rule NARROW-R05 error "Kind B is not paid, kind C is." "-"
    on bill: (not kind = "B" or paid is blank) and (not kind = "C" or paid is given)
)layout";

TEST(described_generator, finds_values_that_the_rules_allow_and_makes_what_stands_behind_the_bills) {
    const auto format = format_of(narrow);
    std::string all;
    for (std::uint64_t seed = 1; seed != 60; ++seed) {
        generate_settings what;
        what.seed = seed;
        what.count = seed;
        const std::string bytes = generated(*format, what);
        ASSERT_THAT(findings_of(bytes, *format), IsEmpty()) << bytes;
        all += bytes;
    }
    for (const char* line : {"\n2", "\n3", "00000000A", "B        "})
        EXPECT_THAT(all, HasSubstr(line));
}

}  // namespace
}  // namespace brygga::layout::described::test
