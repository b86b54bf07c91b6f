// The writer, the generator and the reader's events.
#include "formats/bankgirot/sus/writer.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/sus/generator.hpp"
#include "tests/rule_cases/generated.hpp"
#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

agreement under() {
    agreement out;
    out.number = "123456";
    out.payment_day = date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{26}};
    out.distribution = "000000";
    out.register_at_swedbank = true;
    return out;
}

payment_out refund() {
    payment_out out;
    out.identification = "REFUND-0000001";
    out.civic_number = "191212121212";
    out.name = "ANNA EXEMPEL";
    out.amount_ore = 30'050;
    out.street = "PROVGATAN 1";
    out.town = "STORSTAD";
    out.postcode = "12345";
    return out;
}

TEST(sus_writer, writes_the_worked_example_to_the_byte) {
    writer out(under());
    ASSERT_TRUE(out.payment(refund()));
    ASSERT_TRUE(out.close());
    EXPECT_EQ(out.bytes(), joined(worked_example("7.2")));
}

TEST(sus_writer, writes_codes_of_the_agreement_and_accounts) {
    agreement with_codes = under();
    with_codes.distribution = "A1";
    with_codes.method = "010";
    with_codes.register_at_swedbank = false;
    payment_out item = refund();
    item.clearing = "3300";
    item.account = "1212121212";
    item.name = "ÅSA ÖST";
    writer out(with_codes);
    ASSERT_TRUE(out.payment(item));
    ASSERT_TRUE(out.close());
    struct collector : sink {
        void payment(const payment_view& view) override {
            text = std::string(view.record.distribution) + "|" + std::string(view.record.method) + "|" +
                   std::string(view.record.clearing) + "|" + std::string(view.record.account) + "|" + view.record.name.utf8() +
                   "|" + (view.address == nullptr ? "" : view.address->town.utf8());
        }
        std::string text;
    } seen;
    EXPECT_TRUE(findings_of(read(out.bytes(), {}, &seen)).empty());
    EXPECT_EQ(seen.text, "A1|010|3300|1212121212|ÅSA ÖST|STORSTAD");
}

template <class Change>
std::string refused_when(const Change& change) {
    agreement with = under();
    payment_out item = refund();
    change(with, item);
    writer out(with);
    const auto done = out.payment(item);
    if (done) return "nothing";
    EXPECT_TRUE(out.bytes().empty());
    return std::string(info(done.error().broken).id) + " " + std::string(done.error().field);
}

TEST(sus_writer, refuses_what_breaks_a_rule) {
    EXPECT_EQ(refused_when([](auto&, auto&) {}), "nothing");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.civic_number = "191212121213"; }), "SUS-R01 civic_number");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.civic_number = "1212121212"; }), "SUS-R01 civic_number") << "no century";
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.protected_identity = true; }), "SUS-R01 civic_number");
    const auto routed = [](auto& with, auto& item) { with.routes_protected_identity = item.protected_identity = true; };
    EXPECT_EQ(refused_when(routed), "nothing");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.clearing = "3300"; }), "SUS-R03 account");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.account = "1212121212"; }), "SUS-R03 clearing");
    EXPECT_EQ(refused_when([](auto& with, auto&) { with.register_at_swedbank = false; }), "SUS-R04 account");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.amount_ore = 0; }), "LB-R07 amount_ore");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.amount_ore = largest_amount_ore; }), "nothing");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.amount_ore = largest_amount_ore + 1; }), "LB-R07 amount_ore");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.name = std::string(37, 'A'); }), "LB-R12 name");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.name = "€"; }), "LB-R12 name");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.identification = "A\nB"; }), "LB-R12 identification");
    EXPECT_EQ(refused_when([](auto&, auto& item) { item.postcode = "123 45"; }), "LB-R13 postcode");
    EXPECT_EQ(refused_when([](auto& with, auto&) { with.number = "12345"; }), "LB-R13 agreement");
    EXPECT_EQ(refused_when([](auto& with, auto&) { with.method = "0101"; }), "LB-R12 method");
    EXPECT_EQ(refused_when([](auto& with, auto&) { with.payment_day = {}; }), "LB-R14 payment_day");
    writer out(under());
    EXPECT_EQ(out.close().error().broken, rule::LB_R01);
    payment_out largest = refund();
    largest.amount_ore = largest_amount_ore;
    ASSERT_TRUE(out.payment(largest));
    EXPECT_EQ(out.payment(refund()).error().broken, rule::R02) << "a total of 16 digits";
}

std::string made(std::uint64_t count, std::uint32_t bad_percent, std::vector<std::string> ids) {
    generate_settings settings = rule_cases::settings_of("", count);
    settings.bad_percent = bad_percent;
    settings.faults = std::move(ids);
    return rule_cases::made("sus", settings);
}

TEST(sus_generator, makes_files_without_findings_but_those_asked_for) {
    EXPECT_TRUE(findings_of(read(made(5'000, 0, {}))).empty());
    EXPECT_EQ(made(50, 0, {}), made(50, 0, {}));
    EXPECT_EQ(read(made(5'000, 10, {})).findings.count(static_cast<std::size_t>(rule::R01)), 500u);
    for (const fault_info& each : faults()) {
        const std::string id(info(each.broken).id);
        const logical_file file = read(made(2, 0, {id}));
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(each.broken)), 1u) << id;
        EXPECT_EQ(file.findings.total(), 1u) << id << ::testing::PrintToString(findings_of(file));
    }
    generate_settings impossible;
    impossible.faults = {"SUS-R04"};
    EXPECT_FALSE(generate(impossible, [](std::string_view) {}));
    impossible.faults.clear();
    impossible.count = 0;
    EXPECT_FALSE(generate(impossible, [](std::string_view) {}));
}

}  // namespace

}  // namespace brygga::sus::testing
