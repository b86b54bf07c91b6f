// Generated messages: clean without faults, broken where it was asked for, the same bytes from the same settings.
#include "formats/iso20022/camt/generator.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

std::string made(message_kind kind, const generate_settings& what) {
    std::string out;
    const auto done = generate(kind, what, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

generate_settings of(std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings what;
    what.count = count;
    what.seed = seed;
    return what;
}

read_options with_all_receivers() {
    read_options options;
    for (const char* bankgiro : {"9912346", "59990119", "5999024"})
        options.receivers.push_back({bankgiro, {ocr_level::variable_length, {}}});
    return options;
}

constexpr std::array kinds = {message_kind::report, message_kind::statement, message_kind::notification};

TEST(camt_generator, makes_messages_without_a_finding) {
    for (const message_kind kind : kinds)
        for (const std::uint64_t count : {0U, 1U, 2U, 3U, 10U, 997U, kind == message_kind::notification ? 30'001U : 4U}) {
            SCOPED_TRACE(fmt::format("{} of {}", format_id(kind), count));
            const message_file file = read(made(kind, of(count, count)), with_all_receivers());
            EXPECT_EQ(file.findings.total(), kind == message_kind::report ? 1U : 0U);  // CAMT-R05
            EXPECT_EQ(file.version.kind, kind);
            EXPECT_EQ(file.version.number, 8);
            EXPECT_EQ(count == 0 ? 0 : file.records.at("TxDtls"), count);
        }
}

TEST(camt_generator, the_same_settings_give_the_same_bytes_and_others_give_others) {
    const std::string first = made(message_kind::notification, of(50, 7));
    EXPECT_EQ(first, made(message_kind::notification, of(50, 7)));
    EXPECT_NE(first, made(message_kind::notification, of(50, 8)));
}

TEST(camt_generator, mixes_references_credit_notes_and_text) {
    struct : sink {
        void payment(const payment_view& item) override {
            ++(item.parts.empty() ? (item.data->unstructured.size() != 0 ? text : bare) : item.parts.size() == 1 ? one : several);
            for (const part& each : item.parts)
                credit_notes += each.credit_note ? 1 : 0;
        }
        int text = 0, bare = 0, one = 0, several = 0, credit_notes = 0;
    } seen;
    (void)read(made(message_kind::notification, of(2000)), with_all_receivers(), &seen);
    for (const int each : {seen.text, seen.bare, seen.one, seen.several, seen.credit_notes})
        EXPECT_GT(each, 20);
}

TEST(camt_generator, breaks_each_rule_that_is_asked_for) {
    for (const message_kind kind : kinds)
        for (const rule_info& each : rules()) {
            generate_settings what = of(5);
            what.faults = {std::string(each.id)};
            std::string bytes;
            const auto done = generate(kind, what, [&](std::string_view part) { bytes += part; });
            if (!done) {
                EXPECT_EQ(done.error().code, error_code::invalid_argument);
                continue;
            }
            const message_file file = read(bytes, with_all_receivers());
            EXPECT_GE(file.findings.count(each.index), 1U) << format_id(kind) << ' ' << each.id;
            const std::uint64_t others = kind == message_kind::report && each.id != "CAMT-R05" ? 1 : 0;
            if (each.id == "CAMT-R02") continue;  // an amount that cannot be read adds up to nothing
            EXPECT_EQ(file.findings.total(), file.findings.count(each.index) + others) << format_id(kind) << ' ' << each.id;
        }
}

TEST(camt_generator, refuses_what_it_cannot_make) {
    const auto why = [](generate_settings what) {
        const auto done = generate(message_kind::notification, what, [](std::string_view) {});
        return done ? std::string("made") : done.error().text;
    };
    generate_settings what = of(1);
    what.faults = {"CAMT-R20"};
    EXPECT_EQ(why(what), "no single camt.054 can break CAMT-R20");
    what.faults = {"CAMT-R13"};
    EXPECT_EQ(why(what), "no single camt.054 can break CAMT-R13");
    what.faults = {"CAMT-R99"};
    EXPECT_EQ(why(what), "no rule is called CAMT-R99");
    what = of(max_generated_items + 1);
    EXPECT_EQ(why(what), "at most 30000000 payments in one message");
    what = of(1);
    what.bad_percent = 101;
    EXPECT_EQ(why(what), "at most 100 percent of the payments can be bad");
    what = of(1);
    what.receivers = {"991-2347"};
    EXPECT_EQ(why(what), "'991-2347' is no bankgiro number with a valid check digit");
}

TEST(camt_generator, bad_items_have_one_warning_each) {
    generate_settings what = of(1000);
    for (const auto& [percent, findings] : {std::pair{10U, 100U}, std::pair{100U, 997U}}) {
        what.bad_percent = percent;
        const message_file file = read(made(message_kind::notification, what), with_all_receivers());
        EXPECT_TRUE(file.accepted());
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::R32)), findings);
        EXPECT_EQ(file.findings.total(), findings);
    }
}

TEST(camt_generator, pays_to_the_receivers_that_are_asked_for) {
    generate_settings what = of(20);
    what.receivers = {"991-2346"};
    struct : sink {
        void payment(const payment_view& item) override { seen.emplace(item.bankgiro); }
        std::set<std::string> seen;
    } receivers;
    (void)read(made(message_kind::notification, what), {}, &receivers);
    EXPECT_EQ(receivers.seen, std::set<std::string>{"9912346"});
}

TEST(camt_generator, its_messages_are_valid_by_the_schemas) {
    const std::filesystem::path schemas = std::filesystem::path(BRYGGA_SHARED_DIR) / "schemas/iso20022";
    if (!std::filesystem::exists(schemas) || std::system("xmllint --version >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "the schemas or xmllint are not there";
    for (const message_kind kind : kinds) {
        const auto file = std::filesystem::temp_directory_path() / fmt::format("brygga-generated-{}.xml", ::getpid());
        std::ofstream(file) << made(kind, of(300, 3));
        const auto schema = schemas / fmt::format("{}.001.08.xsd", format_id(kind));
        const std::string command =
            fmt::format("xmllint --noout --schema '{}' '{}' >/dev/null 2>&1", schema.string(), file.string());
        EXPECT_EQ(std::system(command.c_str()), 0) << format_id(kind);
        std::filesystem::remove(file);
    }
}

}  // namespace
}  // namespace brygga::camt
