// What is found in registration files whose layout nobody has published.
#include "formats/einvoice/registration/extraction.hpp"

#include <set>

#include <gmock/gmock.h>

#include "formats/registry.hpp"

namespace brygga::einvoice::registration {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string record(std::string text) {
    constexpr std::size_t width = 240;
    text.resize(width, ' ');
    return text + "\r\n";
}

TEST(extraction, finds_what_has_a_form_of_its_own) {
    const extracted found =
        extract("10 005560169095.00002222222.FSPA.SE  196505030004.NB.SE 20261105 196505030004 20261332 123456789012 4711");
    EXPECT_EQ(found.sender, "005560169095.00002222222.FSPA.SE");
    EXPECT_THAT(found.receivers, ElementsAre("196505030004.NB.SE"));
    EXPECT_THAT(found.identity_numbers, ElementsAre("196505030004"));
    EXPECT_THAT(found.days, ElementsAre(date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}}));
}

TEST(extraction, finds_identities_between_fields_that_stand_close) {
    EXPECT_THAT(extract("2020261104196505030004.NB.SE4711").receivers, ElementsAre("196505030004.NB.SE"));
    EXPECT_EQ(extract("10005560169095.00002222222.FSPA.SE0001").sender, "005560169095.00002222222.FSPA.SE");
    EXPECT_THAT(extract("10005560169095.00002222222.FSPA.SE0001").receivers, IsEmpty());
}

TEST(extraction, finds_nothing_with_a_wrong_digit_or_form) {
    EXPECT_THAT(extract("196505030005.NB.SE 96505030004.NB.SE 196505030004.NBNBN.SE 196505030004.nb.SE").receivers, IsEmpty());
    EXPECT_THAT(extract("120261105 202611051").days, IsEmpty());
    EXPECT_THAT(extract("").receivers, IsEmpty());
    EXPECT_THAT(extract(".SE.SE..NB.SE").receivers, IsEmpty());
}

std::vector<std::string> rows_of(const std::string& bytes) {
    std::vector<std::string> out;
    find_format("einvoice-registration")->to_ledger(bytes, {}, [&](const ledger_row& row) { out.emplace_back(row.json); });
    return out;
}

TEST(registration_file, gives_an_event_for_each_receiver_that_a_person_must_see_to) {
    const std::string bytes =
        record("01EFA20261105") + record("10005560169095.00002222222.FSPA.SE") + record("2020261104 196505030004.NB.SE \xC5sa");
    EXPECT_TRUE(find_format("einvoice-registration")->sniff(bytes));
    const auto rows = rows_of(bytes);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(
        rows.front(),
        R"({"type":"registration","kind":"registered","sender":"005560169095.00002222222.FSPA.SE","receiver":"196505030004.NB.SE","needs_a_person":true,)"
        R"("fields":{"record":"2020261104 196505030004.NB.SE Åsa"}})");
}

TEST(registration_file, of_another_width_is_refused) {
    const format& with = *find_format("einvoice-registration");
    const auto broken = [&](const std::string& bytes) {
        std::set<std::string> out;
        with.check(bytes, {}, [&](const check_report& report) {
            for (const finding& each : report.findings->kept())
                out.emplace(each.rule->id);
        });
        return out;
    };
    const std::string opening = record("01EFA");
    EXPECT_THAT(broken(opening + record("20196505030004.NB.SE")), IsEmpty());
    EXPECT_THAT(broken(opening + "20 196505030004.NB.SE\r\n"), ElementsAre("EINV-R01.FILL"));
    EXPECT_THAT(broken(opening + "20" + std::string(239, 'x') + "\r\n"), ElementsAre("EINV-R01"));
    EXPECT_THAT(broken(record("20") + opening), ElementsAre("EINV-R01.ORDER"));
}

}  // namespace

}  // namespace brygga::einvoice::registration
