// What banks say of payouts, in any order and each thing twice: the books balance, a payout's account is empty once it is
// executed, rejected or returned, and nothing that is told again changes anything.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/sha256.hpp"
#include "mapping/inbound/inbound.hpp"
#include "tests/inbound/autogiro_text.hpp"
#include "tests/inbound/camt_text.hpp"
#include "tests/inbound/lb_text.hpp"
#include "tests/inbound/ledger_text.hpp"
#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {
namespace {

struct answer {
    std::string format, text;
};

constexpr std::string_view seed = R"(customer 7001
invoice 10003001 7001 ref=1000300101 due=2026-11-30 EL:900.00
credit 20003001 7001 ref=2000300101 of=10003001:EL 900.00
mandate 7001 7001 active
account 7001 5841-1009823
payout P1 7001 300.50 pain.001
payout P2 7001 60.00 pain.001
exported F1 2026-03-02 P1 P2
payout L1 7001 70.00 lb
payout L2 7001 80.00 lb
exported F2 2026-03-02 L1 L2
payout A1 7001 40.00 autogiro
payout A2 7001 30.00 autogiro
exported F3 2026-03-02 A1 A2
)";

std::string status_report(std::string_view group, std::string_view payments = {}) {
    return fmt::format(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt><GrpHdr><MsgId>A1</MsgId>"
        "<CreDtTm>2026-03-02T10:05:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{{F1}}</OrgnlMsgId><OrgnlMsgNmId>"
        "pain.001.001.03</OrgnlMsgNmId><GrpSts>{}</GrpSts></OrgnlGrpInfAndSts>{}</CstmrPmtStsRpt></Document>",
        group, payments);
}

std::string of_payment(std::string_view name, std::string_view status) {
    return fmt::format(
        "<OrgnlPmtInfAndSts><OrgnlPmtInfId>{{F1}}-P1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>{{{}}}</OrgnlEndToEndId><TxSts>"
        "{}</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>",
        name, status);
}

std::string message(std::string_view kind, std::string_view id, std::string_view entries) {
    return fmt::format("message {0} {1} 08\naccount {0}-1\n{2}end\n", id, kind, entries);
}

const std::vector<answer>& answers() {
    constexpr std::string_view one_by_one = "entry 2026-03-02 00041 debit ref=D1\npay 300.50 id={P1} to=none\n";
    constexpr std::string_view batch = "entry 2026-03-02 00042 debit sum=360.50 order={F1} ref=D2\n";
    constexpr std::string_view back_alone = "entry 2026-03-03 00051 ref=C1\npay 60.00 returned id={P2} serial=EXBK1 to=none\n";
    constexpr std::string_view back_in_deposit =
        "entry 2026-03-03 00052\npay 300.50 returned id={P1} serial=EXBK2\npay 20.00 serial=EXBK3\nocr 1000300101\n";
    static const std::vector<answer> all = {
        {"pain.002", status_report("ACTC")},
        {"pain.002", status_report("RJCT")},
        {"pain.002", status_report("PART", of_payment("P1", "RJCT"))},
        {"pain.002", status_report("ACCP", of_payment("P2", "ACSC"))},
        {"camt.054", message("054", "N-1", one_by_one)},
        {"camt.053", message("053", "S-1", one_by_one)},
        {"camt.054", message("054", "N-2", batch)},
        {"camt.054", message("054", "N-3", back_alone)},
        {"camt.053", message("053", "S-3", back_alone)},
        {"camt.054", message("054", "N-4", back_in_deposit)},
        {"camt.053", message("053", "S-4", back_in_deposit)},
        {"lb", "open watch 2026-02-28\nday 2026-03-02 150.00\nclose\n"},
        {"lb", "open rejected 2026-02-28\npay 70.00 own={L1}\nerror 0013\nclose\n"},
        {"lb", "open spec 2026-03-02\npay 70.00 own={L1}\npay 80.00 own={L2}\nclose\n"},
        {"lb", "open spec 2026-03-02\npay 80.00 own={L2}\nerror 0013\nclose\n"},
        {"autogiro",
         "open PAYSPEC_NEW 2026-03-02\nentry 16 2026-03-02 00001\nout 7001 40.00 ref={A1}\nout 7001 30.00 ref={A2} "
         "status=2\nclose\n"},
        {"autogiro",
         "open PAYSPEC_NEW 2026-03-03\nentry 16 2026-03-03 00001\nout 7001 40.00 ref={A1}\nout 7001 30.00 ref={A2}\n"
         "close\n"},
        {"autogiro", "open REJECT_NEW 2026-03-02\nout 7001 40.00 ref={A1} day=2026-03-02 comment=02\nclose\n"},
        {"autogiro", "open AMEND_NEW 2026-03-02\namend 25 7001 30.00 ref={A2} day=2026-03-02 comment=12 direction=32\nclose\n"},
    };
    return all;
}

test_ledger& empty_ledger() {
    static const temporary_folder folder;
    static test_ledger ledger(folder.path());
    return ledger;
}

// In a transaction that is not committed, so that the ledger is empty again for the next: there are hundreds.
class told_books {
 public:
    told_books() : ledger_(empty_ledger()), into_(ledger_.begin()) {
        ledger_.seed(std::string(seed), *into_);
        with_.today = *parse_iso_date("2026-03-04");
        with_.receivers.push_back({"9912346", {ocr_level::variable_length, {}}, false});
        with_.autogiro_customer = "471117";
    }

    void deliver(const answer& what) {
        const std::string text = ledger_.filled_in(what.text);
        const std::string bytes = what.format.starts_with("camt") ? camt_bytes(text)
                                  : what.format == "lb"           ? lb_bytes(text)
                                  : what.format == "autogiro"     ? autogiro_bytes(text)
                                                                  : text;
        ledger::exchanged_file file;
        file.claim = fmt::format("claim-{}", ++deliveries_);
        file.name = file.claim;
        file.format = what.format;
        file.sha256 = sha256_hex(bytes);
        file.size_bytes = static_cast<std::int64_t>(bytes.size());
        must(into_->add_file(file));
        must(find_mapping(what.format)->book(bytes, file, with_, *into_));
    }

    // Everything that was posted, and how each payout stands.
    std::string text() {
        std::string out = ledger_.payouts_here().states(*into_);
        for (const auto& [key, sum] : sums())
            out += fmt::format("{} {} {}\n", name(key.first), key.second, sum);
        return out;
    }

    void hold_true() {
        std::int64_t all_ore = 0, promised_ore = 0;
        for (const auto& [key, sum] : sums())
            all_ore += sum;
        RC_ASSERT(all_ore == 0);
        for (const char* each : {"P1", "P2", "L1", "L2", "A1", "A2"}) {
            const auto item = must(into_->payouts().payout_with_id(ledger_.payouts_here().id_of(each))).value();
            const bool pending = is_pending(item.newest.state);
            const std::int64_t waits_ore = sum_of(ledger::account::payout, item.row.id);
            RC_ASSERT(waits_ore == (pending ? -item.row.amount_ore : 0));
            const bool given = pending || item.newest.state == ledger::payout_state::executed;
            promised_ore += given ? item.row.amount_ore : 0;
        }
        const auto credits = must(into_->credits_with_reference("2000300101"));
        RC_ASSERT(credits.size() == 1U);
        RC_ASSERT(credits.front().open_ore == 90'000 - promised_ore);
    }

 private:
    using sum_list = std::map<std::pair<ledger::account, ledger::row_id>, std::int64_t>;  // by account and subject

    sum_list sums() {
        sum_list out;
        must(into_->each_entry([&](const ledger::entry& each) -> result<void> {
            std::int64_t entry_ore = 0;
            for (const ledger::posting& row : each.postings) {
                out[{row.to, row.subject_id}] += row.amount_ore;
                entry_ore += row.amount_ore;
            }
            return entry_ore == 0 ? result<void>{} : fail(error_code::corrupt, "an entry that does not balance");
        }));
        return out;
    }
    std::int64_t sum_of(ledger::account of, ledger::row_id subject) { return sums()[{of, subject}]; }

    test_ledger& ledger_;
    std::unique_ptr<ledger::transaction> into_;
    settings with_;
    int deliveries_ = 0;
};

RC_GTEST_PROP(payout_answers, in_any_order_and_each_twice_leave_books_that_balance, ()) {
    const auto order = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, answers().size()));
    told_books books;
    for (const std::size_t which : order) {
        books.deliver(answers()[which]);
        books.hold_true();
        const std::string once = books.text();
        books.deliver(answers()[which]);
        RC_ASSERT(books.text() == once);
    }
}

// Each word alone, so that the property above is about something.
TEST(payout_answers, each_changes_something_when_it_is_the_first) {
    for (const answer& each : answers()) {
        told_books books;
        const std::string before = books.text();
        books.deliver(each);
        EXPECT_NE(books.text(), before) << each.text;
    }
}

}  // namespace
}  // namespace brygga::inbound::test
