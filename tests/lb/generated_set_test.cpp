// The files of one seed tell one story: read together and joined by the sender's own references, each payment to Bankgirot is
// paid, waits or was rejected, and the sums agree.
#include <gmock/gmock.h>

#include "formats/core/check_digit.hpp"
#include "formats/layout/digits.hpp"
#include "tests/lb/generated.hpp"
#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

struct told_payment {
    std::string code, terms, day, report_day, kind_code, redirected_to, payee;
    std::int64_t amount_ore = 0;
    std::vector<std::string> errors;  // "TK40 0013"
    bool has_address = false;
};

struct seen : sink {
    std::map<std::string, told_payment> payments;                        // by own reference, credits among them
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> rests;  // by payee and original amount
    std::map<std::string, std::int64_t> watched;                         // "40 debits" and so on, of all sections
    std::set<std::string> watched_days, returned, bankgiros;
    std::size_t uses = 0;

    void section_opened(const section_view& section) override { bankgiros.emplace(section.bankgiro); }
    void payment(const payment_view& item) override {
        told_payment made;
        made.code = item.code;
        made.payee = item.record.payee;
        made.terms = made.payee + "|" + item.record.reference.utf8();
        if (item.account != nullptr && item.code == "14")
            made.terms += "|" + std::string(item.account->clearing) + "-" + std::string(item.account->account);
        made.day = item.record.day;
        made.report_day = item.at.section->opening.payment_day;
        made.kind_code = item.record.code;
        made.redirected_to = item.record.redirected_to;
        made.amount_ore = item.record.amount_ore;
        made.has_address = item.address != nullptr;
        for (const rejection_view& each : item.rejections)
            if (each.record.mark == "MTRV")
                made.errors.push_back("TK" + each.rejected_code + " " + std::string(each.record.code));
            else
                EXPECT_EQ(each.record.code, "0000");
        const std::string own = item.record.own_reference.utf8();
        const bool is_new = payments.emplace(own, made).second;
        EXPECT_TRUE(is_new || own == "LEV-TIDIGARE") << own;
    }
    void credit_rest(const credit_rest_view& item) override {
        rests[std::string(item.record.payee) + " " + std::to_string(item.record.original_ore)] = {item.record.original_ore,
                                                                                                  item.record.remaining_ore};
    }
    void credit_use(const credit_use_view& item) override {
        ++uses;
        EXPECT_GT(item.record.first_ore, 0);
    }
    void watch_total(const watch_total_view& item) override {
        watched[std::string(item.code) + " debits"] += item.record.first_ore + item.record.third_ore;
        watched[std::string(item.code) + " credits"] += item.record.second_ore + item.record.fourth_ore;
    }
    void watched_day(const watched_day_view& item) override {
        watched_days.insert(std::string(item.record.day) + " " + std::string(item.record.code));
        std::uint64_t debits_ore = 0;
        EXPECT_TRUE(layout::read_digits<18>(item.record.debits_ore.substr(1).data(), debits_ore));
        watched["43 debits"] += static_cast<std::int64_t>(debits_ore);
        watched["43 credits"] += item.record.credits_ore;
    }
    void returned_order(const returned_order_view& item) override { returned.insert(item.record.sender_text.utf8()); }
};

generate_settings set_settings(std::string_view layout) {
    return settings_of(layout, 25'000, 5);
}

const seen& said(const std::string& layout) {
    static std::map<std::string, seen> files;
    const auto [found, is_new] = files.try_emplace(layout);
    if (is_new) static_cast<void>(read(made(set_settings(layout)), {}, &found->second));
    return found->second;
}

bool is_credit(const told_payment& item) {
    return item.code == "16";
}

constexpr const char* pays = "260304";

TEST(lb_set, pays_rejects_or_keeps_each_payment) {
    std::map<std::string, std::size_t> fates;
    const auto& paid = said("PAYMENT_SPECIFICATION").payments;
    const auto& rejected = said("REJECTED").payments;
    for (const auto& [own, order] : said("payments").payments) {
        if (is_credit(order)) continue;
        const auto settled = paid.find(own);
        const auto refused = rejected.find(own);
        const bool is_paid = settled != paid.end(), is_rejected = refused != rejected.end();
        EXPECT_FALSE(is_paid && is_rejected) << own;
        EXPECT_EQ(is_paid, !is_rejected && (order.day == pays || order.day == "GENAST")) << own;
        ++fates[(is_paid ? "paid " : is_rejected ? "rejected " : "waits ") + order.code];
        if (is_paid) {
            EXPECT_EQ(settled->second.code + settled->second.terms, order.code + order.terms);
            EXPECT_EQ(settled->second.amount_ore, order.amount_ore);
            EXPECT_EQ(settled->second.report_day, order.day == "GENAST" ? "260303" : pays);
        }
        if (is_rejected) {
            EXPECT_EQ(refused->second.code + refused->second.terms + refused->second.day, order.code + order.terms + order.day);
            EXPECT_EQ(refused->second.amount_ore, order.amount_ore);
        }
    }
    const std::size_t sent = said("payments").payments.size();
    EXPECT_GT(rejected.size(), sent * 9 / 100);
    EXPECT_LT(rejected.size(), sent * 11 / 100) << "a tenth";
    for (const char* const each :
         {"paid 14", "paid 15", "paid 54", "rejected 14", "rejected 15", "rejected 54", "waits 14", "waits 15", "waits 54"})
        EXPECT_GE(fates[each], 5u) << each;
}

TEST(lb_set, reports_nothing_that_was_not_sent) {
    const auto& orders = said("payments").payments;
    for (const char* const layout : {"PAYMENT_SPECIFICATION", "REJECTED"}) {
        EXPECT_EQ(said(layout).bankgiros, said("payments").bankgiros);
        for (const auto& [own, item] : said(layout).payments)
            EXPECT_TRUE(orders.contains(own) || own == "LEV-TIDIGARE") << layout << " " << own;
    }
}

TEST(lb_set, rejects_for_what_can_be_wrong_with_a_payment) {
    std::map<std::string, std::size_t> reasons;
    for (const auto& [own, item] : said("REJECTED").payments) {
        if (item.code == "15") {
            EXPECT_TRUE(item.errors.empty()) << "what is wrong stands with the payment before it";
            continue;
        }
        ASSERT_EQ(item.errors.size(), 1u) << own;
        ++reasons[item.errors.front()];
        if (item.errors.front() == "TK27 0110") {
            EXPECT_TRUE(item.has_address);
        }
    }
    for (const auto& [reason, count] : reasons)
        EXPECT_GE(count, 5u) << reason;
    std::vector<std::string> kinds;
    for (const auto& each : reasons)
        kinds.push_back(each.first);
    EXPECT_THAT(kinds, ::testing::ElementsAre("TK14 0042", "TK14 0064", "TK16 0042", "TK27 0110", "TK40 0013", "TK54 0064"));
}

TEST(lb_set, nets_credits_against_what_their_payee_is_paid) {
    const auto& specification = said("PAYMENT_SPECIFICATION");
    std::size_t whole = 0, partly = 0, waiting = 0;
    for (const auto& [own, order] : said("payments").payments) {
        if (!is_credit(order) || said("REJECTED").payments.contains(own)) continue;
        const auto netted = specification.payments.find(own);
        if (netted == specification.payments.end()) {
            ++waiting;
            continue;
        }
        EXPECT_LE(netted->second.amount_ore, order.amount_ore);
        EXPECT_EQ(netted->second.day, order.day) << "the last day of watch";
        const auto rest = specification.rests.find(order.payee + " " + std::to_string(order.amount_ore));
        const bool is_whole = netted->second.amount_ore == order.amount_ore;
        EXPECT_EQ(netted->second.kind_code, is_whole ? " " : "1");
        ++(is_whole ? whole : partly);
        if (is_whole) continue;
        ASSERT_NE(rest, specification.rests.end()) << own;
        EXPECT_EQ(rest->second.first - netted->second.amount_ore, rest->second.second);
    }
    EXPECT_GT(whole, 100u);
    EXPECT_EQ(partly, specification.rests.size());
    EXPECT_EQ(specification.uses, specification.bankgiros.size()) << "one of an earlier file in each section";
    EXPECT_EQ(waiting, 0u) << "payees are paid more than their credits in sections of this size";
}

// Where little is paid.
TEST(lb_set, keeps_credits_that_nothing_can_be_netted_against) {
    std::size_t partly = 0;
    std::int64_t waiting_ore = 0;
    for (std::uint64_t seed = 0; seed != 40; ++seed) {
        seen specification, watch;
        for (seen* const each : {&specification, &watch}) {
            generate_settings settings = settings_of(each == &watch ? "WATCH" : "PAYMENT_SPECIFICATION", 40, seed);
            settings.receivers = {"50501055"};
            EXPECT_TRUE(findings_of(read(made(settings), {}, each)).empty());
        }
        for (const auto& [key, rest] : specification.rests) {
            ++partly;
            EXPECT_GT(rest.second, 0);
            EXPECT_GT(rest.first, rest.second);
        }
        waiting_ore += watch.watched["42 credits"];
    }
    EXPECT_GT(partly, 3u);
    EXPECT_GT(waiting_ore, 0);
}

TEST(lb_set, watches_what_was_neither_paid_before_nor_rejected) {
    std::int64_t before = 0, taken = 0;
    const auto& paid = said("PAYMENT_SPECIFICATION").payments;
    const auto& rejected = said("REJECTED").payments;
    for (const auto& [own, order] : said("payments").payments) {
        if ((order.code != "14" && order.code != "54") || order.day == "GENAST" || rejected.contains(own)) continue;
        before += order.amount_ore;
        if (paid.contains(own)) taken += order.amount_ore;
    }
    auto watched = said("WATCH").watched;
    EXPECT_EQ(watched["40 debits"], before);
    EXPECT_EQ(watched["41 debits"], taken);
    EXPECT_EQ(watched["42 debits"], before - taken);
    EXPECT_EQ(watched["43 debits"], before - taken);
    const logical_file specification = read(made(set_settings("PAYMENT_SPECIFICATION")));
    EXPECT_EQ(watched["41 credits"], specification.totals.deductions_ore.value());
    EXPECT_EQ(watched["40 credits"] - watched["41 credits"], watched["42 credits"]);
    EXPECT_EQ(watched["43 credits"], watched["42 credits"]);
    EXPECT_THAT(said("WATCH").watched_days, ::testing::Contains("260311 00"));
}

TEST(lb_set, redirects_some_payments) {
    std::size_t redirected = 0;
    for (const auto& [own, item] : said("PAYMENT_SPECIFICATION").payments)
        if (item.code == "14" && item.redirected_to != "0000000000") ++redirected;
    EXPECT_GT(redirected, 100u);
}

TEST(lb_set, rejects_each_payment_that_is_bad) {
    struct : sink {
        void payment(const payment_view& item) override {
            if (item.account == nullptr && item.code == "14" && !modulus_10_valid(item.record.payee)) ++wrong;
        }
        std::size_t wrong = 0;
    } orders, paid, rejected;
    const auto look = [](std::string_view layout, sink& into) {
        generate_settings settings = settings_of(layout, 1'000);
        settings.bad_percent = 10;
        static_cast<void>(read(made(settings), {}, &into));
    };
    look("payments", orders);
    look("PAYMENT_SPECIFICATION", paid);
    look("REJECTED", rejected);
    EXPECT_EQ(orders.wrong, 100u);
    EXPECT_EQ(paid.wrong, 0u);
    EXPECT_EQ(rejected.wrong, 100u);
}

TEST(lb_set, returns_money_orders_of_an_earlier_file) {
    EXPECT_EQ(said("RETURNED_MONEY_ORDERS").returned.size(), 2'500u);
    EXPECT_EQ(said("RETURNED_MONEY_ORDERS").bankgiros, said("payments").bankgiros);
    for (const std::string& each : said("RETURNED_MONEY_ORDERS").returned)
        EXPECT_FALSE(said("payments").payments.contains(each));
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
