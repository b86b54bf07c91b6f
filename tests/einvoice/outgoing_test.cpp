// What may leave: each agreement is asked for by its rule, and by no other.
#include "formats/einvoice/peppol/outgoing.hpp"

#include <functional>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/core/bank_identity.hpp"
#include "formats/einvoice/generator.hpp"

namespace brygga::einvoice::testing {

namespace {

using peppol::flavour;
using peppol::sending_terms;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}};

std::vector<std::string> told_of(const peppol::outgoing& of) {
    std::vector<std::string> out;
    for (const finding& each : of.findings.kept())
        out.push_back(fmt::format("{} {}", name(each.level), each.rule->id));
    return out;
}

struct sending {
    invoice what;
    sending_terms terms;
};

sending to_bank() {
    invoice_inventor inventor(3, day);
    sending out{inventor.invent(10, true), {}};
    out.terms.how = flavour::operated;
    out.terms.to_bank = true;
    out.terms.accounts = {{"9912346", {ocr_level::variable_length, {}}}};
    out.terms.registered_receiver = out.what.buyer.receiver_id;
    out.terms.today = day;
    return out;
}

sending to_network() {
    invoice_inventor inventor(4, day);
    sending out{inventor.invent(10, false), {}};
    out.terms.registered_endpoint = {out.what.buyer.endpoint_scheme, out.what.buyer.endpoint};
    out.terms.today = day;
    return out;
}

TEST(outgoing_test, what_was_agreed_may_leave) {
    for (const sending& each : {to_bank(), to_network()}) {
        const auto made = peppol::prepare(each.what, each.terms);
        EXPECT_THAT(told_of(made), IsEmpty());
        EXPECT_TRUE(made.accepted());
        EXPECT_FALSE(made.bytes.empty());
    }
}

TEST(outgoing_test, what_was_not_agreed_is_told_by_its_rule) {
    struct row {
        sending (*base)();
        std::function<void(sending&)> change;
        std::vector<std::string> told;
    };
    const row table[] = {
        {to_bank,
         [](sending& of) {
             of.what.buyer.receiver_id.replace(11, 1, of.what.buyer.receiver_id[11] == '0' ? "1" : "0");
             of.terms.registered_receiver = of.what.buyer.receiver_id;
         },
         {"error EINV-B01"}},
        {to_bank, [](sending& of) { of.terms.registered_receiver.reset(); }, {"error EINV-B02"}},
        {to_bank, [](sending& of) { of.terms.registered_receiver = "196505030004.FSPA.SE"; }, {"error EINV-B02"}},
        {to_bank,
         [](sending& of) {
             of.terms.accounts = {{"5050105", {}}};
         },
         {"error EINV-B03"}},
        {to_bank, [](sending& of) { of.what.payment_reference = "1234"; }, {"error EINV-B04"}},
        {to_bank,
         [](sending& of) {
             of.terms.accounts[0].reference.level = ocr_level::none;
             of.what.payment_reference = "1234";
         },
         {}},
        {to_bank, [](sending& of) { of.what.prepaid = totals_of(of.what).gross; }, {"error EINV-B05"}},
        {to_bank,
         [](sending& of) {
             of.what.prepaid = totals_of(of.what).gross;
             of.terms.operator_takes_credits = true;
         },
         {}},
        {to_bank, [](sending& of) { of.what.due = day; }, {"warning EINV-B06"}},
        {to_bank, [](sending& of) { of.terms.bank_days_before_due = 40; }, {"warning EINV-B06"}},
        {to_bank, [](sending& of) { of.what.routing_code.clear(); }, {"error EINV-B07"}},
        {to_network,
         [](sending& of) {
             of.terms.registered_endpoint = {"0007", "5566778899"};
         },
         {"error EINV-B09"}},
        {to_network, [](sending& of) { of.terms.registered_endpoint.reset(); }, {"error EINV-B09"}},
        {to_network,
         [](sending& of) {
             of.what.buyer.organisation_number = "8112289874";
             of.terms.bank_days_before_due = 0;
         },
         {"warning EINV-B10"}},
        {to_network, [](sending& of) { of.what.lines[0].unit = "QQQ"; }, {"error BR-CL-23"}},
    };
    for (std::size_t i = 0; i != std::size(table); ++i) {
        sending made = table[i].base();
        table[i].change(made);
        const auto out = peppol::prepare(made.what, made.terms);
        EXPECT_EQ(told_of(out), table[i].told) << "row " << i;
        const bool refused = !table[i].told.empty() && table[i].told[0].starts_with("error");
        EXPECT_EQ(out.accepted(), !refused) << "row " << i;
    }
}

TEST(bank_identity, has_its_form_and_check_digit) {
    EXPECT_EQ(parse_issuer_identity("005560169095.00002222222.FSPA.SE"), (issuer_identity{"5560169095", "00002222222", "FSPA"}));
    EXPECT_EQ(parse_receiver_identity("196505030004.NB.SE"), (receiver_identity{"196505030004", "NB"}));
    EXPECT_TRUE(parse_receiver_identity("005566778899.NB.SE"));
    for (const std::string_view text :
         {"", "196505030005.NB.SE", "6505030004.NB.SE", "196505030004.nb.SE", "196505030004.NORDE.SE", "196505030004.NB.NO",
          "196505030004.NB", "196505030004..SE", "196505030004.NB.SE."})
        EXPECT_FALSE(parse_receiver_identity(text)) << text;
    for (const std::string_view text :
         {"005560169096.00002222222.FSPA.SE", "005560169095.2222222.FSPA.SE", "005560169095.FSPA.SE",
          "5560169095.00002222222.FSPA.SE", "005560169095.0000222222X.FSPA.SE"})
        EXPECT_FALSE(parse_issuer_identity(text)) << text;
}

}  // namespace

}  // namespace brygga::einvoice::testing
