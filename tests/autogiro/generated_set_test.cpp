// The files of one seed tell one story: read together and joined by their keys, each record answers another.
#include <gmock/gmock.h>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "tests/autogiro/generated.hpp"
#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

// What a file says, by payer number, or by payer number, day, amount, direction and reference (autogiro.md section 6).
struct seen : sink {
    std::map<std::string, std::string> requests;      // code, account, identity, answer, new number
    std::map<std::string, std::string> mandates;      // proposals, register: account and identity
    std::map<std::string, std::string> advice;        // information and comment codes
    std::multimap<std::string, std::string> changes;  // payment -> code and new day
    std::map<std::string, std::string> payments;      // payment -> status or comment
    std::map<std::string, std::string> amendments;    // payment -> code and comment and new day
    std::set<std::string> refunds;                    // payer numbers

    static std::string key(std::string_view payer) { return payer_number_key(payer); }
    static std::string key(std::string_view payer, std::string_view day, std::int64_t amount, std::string_view direction,
                           const encoded_text& reference) {
        return payer_number_key(payer) + " " + std::string(day) + " " + std::to_string(amount) + " " + std::string(direction) +
               " " + reference.utf8();
    }
    void mandate_request(const mandate_request_view& item) override {
        const auto& r = item.record;
        requests[key(r.payer_number)] = std::string(item.code) + " " + std::string(r.account) + " " + std::string(r.identity) +
                                        " " + std::string(r.answer) + (r.new_payer_number.empty() ? "" : key(r.new_payer_number));
    }
    void payment(const payment_view& item) override {
        const std::string_view direction = item.direction == payment_direction::payout ? "32" : "82";
        const auto& r = item.record;
        const auto added = payments.emplace(key(r.payer_number, r.payment_day, r.amount_ore, direction, r.reference),
                                            std::string(r.comment) + r.status);
        EXPECT_TRUE(added.second) << "two payments of one key";
    }
    void refund(const refund_view& item) override { refunds.insert(key(item.record.original.payer_number)); }
    void change(const change_view& item) override {
        const auto& r = item.record;
        changes.emplace(key(r.payer_number, r.payment_day, r.amount_ore, r.direction, r.reference),
                        std::string(item.code) + std::string(r.new_day));
    }
    void amendment(const amendment_view& item) override {
        const auto& r = item.record;
        const std::string_view new_day = r.new_day == "00000000" ? std::string_view() : r.new_day;
        amendments[key(r.payer_number, r.payment_day, r.amount_ore, r.direction, r.reference)] =
            std::string(item.code) + std::string(r.comment) + std::string(new_day);
    }
    void mandate_advice(const advice_view& item) override {
        advice[key(item.record.payer_number)] = std::string(item.record.information) + std::string(item.record.comment);
    }
    void internet_mandate(const internet_mandate_view& item) override {
        mandates[key(item.record.payer_number)] = std::string(item.record.account) + std::string(item.record.identity);
        EXPECT_FALSE(item.address[0].empty());
        EXPECT_EQ(item.town.postcode.size(), 5u);
    }
    void register_entry(const register_view& item) override {
        mandates[key(item.record.payer_number)] = std::string(item.record.account) + std::string(item.record.identity);
    }
};

constexpr std::uint64_t payers = 2'500;

const seen& said(const std::string& layout) {
    static std::map<std::string, seen> files;
    const auto [found, is_new] = files.try_emplace(layout);
    if (is_new) static_cast<void>(read(made(settings_of(layout, payers, 5)), {}, &found->second));
    return found->second;
}

std::string payer_of(const std::string& payment) {
    return payment.substr(0, payment.find(' '));
}

TEST(autogiro_set, answers_each_mandate_request) {
    const auto& advice = said("MANDADV_NEW").advice;
    std::uint64_t answered = 0;
    std::set<std::string> outcomes;
    for (const auto& [payer, request] : said("mandates").requests) {
        if (request.find("AV") != std::string::npos) {
            EXPECT_FALSE(advice.contains(payer));
            continue;
        }
        ASSERT_TRUE(advice.contains(payer)) << payer;
        ++answered;
        const std::string& answer = advice.at(payer);
        outcomes.insert(request.substr(0, 2) + " " + answer);
        if (!request.starts_with("05")) continue;
        const std::string renamed = request.substr(request.rfind(' ') + 1);
        ASSERT_TRUE(advice.contains(renamed));
        EXPECT_EQ(advice.at(renamed), "0532");
        ++answered;
    }
    EXPECT_EQ(answered, advice.size());
    EXPECT_THAT(outcomes, ::testing::ElementsAre("03 0333", "04 0420", "04 0423", "04 0432", "04 4203", "04 4205", "05 0533"));
}

TEST(autogiro_set, answers_each_mandate_of_an_internet_bank) {
    std::uint64_t turned_down = 0;
    EXPECT_FALSE(said("EMANDATE").mandates.empty());
    for (const auto& [payer, mandate] : said("EMANDATE").mandates) {
        ASSERT_TRUE(said("mandates").requests.contains(payer));
        const bool refused = said("mandates").requests.at(payer).ends_with("AV");
        turned_down += refused;
        EXPECT_EQ(said("MANDREG_NEW").mandates.contains(payer), !refused);
        if (!refused) {
            EXPECT_EQ(said("MANDREG_NEW").mandates.at(payer), mandate);
        }
    }
    EXPECT_GT(turned_down, 0u);
}

TEST(autogiro_set, instructs_payers_with_an_accepted_mandate) {
    std::set<std::string> paying;
    for (const auto& [payment, status] : said("payments").payments) {
        const std::string payer = payer_of(payment);
        ASSERT_TRUE(said("MANDADV_NEW").advice.contains(payer));
        EXPECT_THAT(said("MANDADV_NEW").advice.at(payer), ::testing::EndsWith("32"));
        paying.insert(payer);
    }
    for (const auto& [payer, mandate] : said("MANDREG_NEW").mandates)
        EXPECT_TRUE(paying.contains(payer));
}

// The watch register holds what was instructed, less what was rejected or cancelled, on the day that it was moved to; and
// the specification what of that was due.
TEST(autogiro_set, leads_from_instruction_to_specification) {
    std::map<std::string, std::string> expected = said("payments").payments;
    const auto take = [&](const std::string& payment) { EXPECT_EQ(expected.erase(payment), 1u) << payment; };
    for (const auto& [payment, comment] : said("REJECT_NEW").payments)
        take(payment);
    std::vector<std::pair<std::string, std::string>> moved;
    for (const auto& [payment, what] : said("AMEND_NEW").amendments) {
        take(payment);
        if (!what.starts_with("2914")) continue;
        std::string later = payment;
        const std::size_t day = later.find(' ') + 1;
        moved.emplace_back(later.replace(day, 8, what.substr(4)), "");
    }
    for (const auto& [payment, status] : said("PAYSPEC_NEW").payments)
        EXPECT_TRUE(expected.contains(payment)) << payment;
    EXPECT_EQ(said("PAYSPEC_NEW").payments.size(), expected.size());
    expected.insert(moved.begin(), moved.end());
    const auto keys = [](const auto& from) {
        std::vector<std::string> out;
        for (const auto& each : from)
            out.push_back(each.first);
        return out;
    };
    EXPECT_EQ(keys(said("WATCH").payments), keys(expected));
    EXPECT_GT(moved.size(), 0u);
}

TEST(autogiro_set, answers_each_change_that_was_asked_for) {
    std::set<std::string> codes;
    for (const auto& [payment, what] : said("AMEND_NEW").amendments)
        codes.insert(what.substr(0, 4));
    EXPECT_THAT(codes, ::testing::ElementsAre("0312", "1112", "2512", "2914"));
    EXPECT_FALSE(said("changes").changes.empty());
    for (const auto& [payment, asked] : said("changes").changes) {
        ASSERT_TRUE(said("AMEND_NEW").amendments.contains(payment));
        const std::string& done = said("AMEND_NEW").amendments.at(payment);
        EXPECT_EQ(done.substr(0, 2) + done.substr(4), asked);
    }
}

TEST(autogiro_set, has_payments_of_every_outcome) {
    std::set<std::string> statuses;
    for (const auto& [payment, status] : said("PAYSPEC_NEW").payments)
        statuses.insert(status);
    EXPECT_THAT(statuses, ::testing::ElementsAre("0", "1", "2", "9"));
    for (const std::string& payer : said("PAYSPEC_NEW").refunds)
        EXPECT_TRUE(said("MANDREG_NEW").mandates.contains(payer));
    EXPECT_FALSE(said("PAYSPEC_NEW").refunds.empty());
}

TEST(autogiro_set, says_the_same_in_the_old_layouts) {
    std::map<std::string, std::string> specified = said("PAYSPEC_OLD").payments;
    for (auto& [payment, status] : specified)
        if (status == " ") status = "0";
    EXPECT_EQ(specified, said("PAYSPEC_NEW").payments);
    EXPECT_EQ(said("MANDADV_OLD").advice, said("MANDADV_NEW").advice);
    EXPECT_EQ(said("REJECT_OLD").payments, said("REJECT_NEW").payments);
    EXPECT_EQ(said("AMEND_OLD").amendments, said("AMEND_NEW").amendments);
    EXPECT_EQ(said("MANDREG_OLD").mandates, said("MANDREG_NEW").mandates);
}

}  // namespace

}  // namespace brygga::autogiro::testing
