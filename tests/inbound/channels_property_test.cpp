// A day of payments that comes by several channels, in any order and again and again, is booked once (DESIGN section 7 rule 6):
// the books are those of the channel that came first.
#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/bgmax/generator.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/bgmax_to_camt.hpp"
#include "formats/core/sha256.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/payment_row.hpp"
#include "mapping/ledger/books.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/inbound/camt_text.hpp"
#include "tests/inbound/ledger_text.hpp"
#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {
namespace {

constexpr std::size_t most_payments = 60;
constexpr std::size_t most_deliveries = 5;

struct channel_file {
    std::string format, bytes;
};

struct day {
    std::vector<channel_file> channels;  // BgMax, camt.054 version 08 and 02, camt.053
    std::string seed;                    // of the ledger: what some of the payments are for
    settings with;
    std::uint64_t payments{};  // and deductions, in BgMax
};

// What the payments of the day name, as open items: whole, in part or too much, some not at all.
class seed_writer : public bgmax::sink {
 public:
    explicit seed_writer(day& into) : into_(into) {}

    void section_opened(std::uint32_t, const bgmax::opening_record& record) override {
        const std::string bankgiro(short_bankgiro(record.bankgiro));
        if (bankgiros_.insert(bankgiro).second)
            into_.with.receivers.push_back({bankgiro, {ocr_level::variable_length, {}}, true});
    }
    void payment(const bgmax::payment_view& item) override {
        ++into_.payments;
        refer(item.record, item.is_deduction);
        for (const bgmax::extra_reference& each : item.extras)
            refer(each.record, each.negative);
    }

 private:
    void refer(const bgmax::payment_record& record, bool credit) {
        const std::string reference = record.reference.utf8();
        const std::size_t first = reference.find_first_not_of(' ');
        if (record.code != bgmax::reference_code::ocr || first == std::string::npos || ++seen_ % 4 == 0) return;
        const std::string digits = reference.substr(first, reference.find_last_not_of(' ') - first + 1);
        if (!references_.insert(digits).second) return;
        const std::int64_t ore = std::max<std::int64_t>(record.amount_ore, 100) + (seen_ % 3 == 0   ? 100
                                                                                   : seen_ % 5 == 0 ? -50
                                                                                                    : 0);
        const std::string number = fmt::format("{}", 20000000 + seen_);
        if (!credit)
            into_.seed += fmt::format("invoice {} K-{} ref={} due=2026-03-31 EL:{}\n", number, seen_ % 5, digits,
                                      format_decimal_amount(ore));
        else
            into_.seed += fmt::format("invoice {0} K-1 ref= due=2026-03-31 EL:{2}\ncredit {3} K-1 ref={1} of={0}:EL {2}\n",
                                      number, digits, format_decimal_amount(ore), 30000000 + seen_);
    }

    day& into_;
    std::set<std::string> bankgiros_, references_;
    int seen_ = 0;
};

std::string camt(const std::string& bgmax, convert::camt_054_version version) {
    std::string out;
    const auto done = convert::bgmax_to_camt(
        bgmax, {}, [&](std::string_view bytes) { out += bytes; }, version);
    const auto made = must(done);
    RC_ASSERT(made.sections_left_out + made.sections_with_deductions == 0U);
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// The notification as the statement that an extended agreement sends, with an id of its own.
std::string statement(const std::string& notification) {
    std::string text = replaced(notification, "camt.054.", "camt.053.");
    text = replaced(std::move(text), "BkToCstmrDbtCdtNtfctn", "BkToCstmrStmt");
    text = replaced(std::move(text), "Ntfctn>", "Stmt>");
    return replaced(std::move(text), "BGMAX-", "STMT-");
}

day day_of(const std::string& bgmax) {
    day made;
    made.with.today = *parse_iso_date("2026-03-03");
    for (int i = 0; i < 5; ++i)
        made.seed += fmt::format("customer K-{}\n", i);
    seed_writer seeds(made);
    const auto files = bgmax::read(bgmax, {}, &seeds);
    RC_ASSERT(files.size() == 1U && files.front().accepted());
    const std::string new_camt = camt(bgmax, convert::camt_054_version::v08);
    made.channels = {{"bgmax", bgmax},
                     {"camt.054", new_camt},
                     {"camt.054", camt(bgmax, convert::camt_054_version::v02)},
                     {"camt.053", statement(new_camt)}};
    return made;
}

// Every kind of record that the generator makes.
std::string generated(std::uint64_t seed, std::uint64_t count, std::uint32_t bad_percent) {
    generate_settings what;
    what.seed = seed;
    what.count = count;
    what.bad_percent = bad_percent;
    std::string out;
    must(bgmax::generate(what, [&](std::string_view bytes) { out += bytes; }));
    return out;
}
std::string generated_day() {
    return generated(*rc::gen::inRange<std::uint64_t>(1, 1'000'000), *rc::gen::inRange<std::uint64_t>(1, most_payments),
                     *rc::gen::element(0U, 10U));
}

// The same payments in groups of one's own for each channel: a bank may write an entry for each payment in the statement and one
// for all in the notification.
struct item {
    std::string amount, reference, serial;
};
using groups = std::vector<std::vector<item>>;

groups grouped(const std::vector<item>& items) {
    groups made(*rc::gen::inRange<std::size_t>(1, items.size() + 1));
    for (const item& each : items)
        made[*rc::gen::inRange<std::size_t>(0, made.size())].push_back(each);
    std::erase_if(made, [](const auto& each) { return each.empty(); });
    return made;
}

std::string bgmax_of(const groups& from) {
    std::string text = "written 2026-03-02 P\n";
    int serial = 41;
    for (const auto& group : from) {
        text += "section 9912346\n";
        for (const item& each : group)
            text += fmt::format("pay {} ref={} code=2 serial={} payer=57237273\n", each.amount, each.reference, each.serial);
        text += fmt::format("deposit 2026-03-02 000{}\n", serial++);
    }
    return bgmax_bytes(text + "end\n");
}

std::string camt_of(const groups& from, std::string_view kind, std::string_view id, bool may_be_numbered) {
    const bool numbered = may_be_numbered && *rc::gen::arbitrary<bool>();
    std::string text = fmt::format("message {0} {1} 08\naccount {0}-1\n", id, kind);
    int serial = 41;
    for (const auto& group : from) {
        text += numbered ? fmt::format("entry 2026-03-02 000{}\n", serial++) : "entry 2026-03-02 00000 ref=EXB\n";
        for (const item& each : group)
            text += fmt::format("pay {} serial={}\nocr {}\n", each.amount, each.serial, each.reference);
    }
    return camt_bytes(text + "end\n");
}

std::vector<item> some_payments() {
    std::vector<item> items(*rc::gen::inRange<std::size_t>(1, 8));
    int serial = 0;
    for (item& each : items)
        each = {*rc::gen::element<std::string>("10.00", "20.00", "30.00"),
                *rc::gen::element<std::string>("1000300101", "1000300200"), fmt::format("9000000000{:02}", ++serial)};
    return items;
}

// Payments that nothing tells apart but their place, with and without numbers of their own.
std::string day_with_twins() {
    const bool numbered = *rc::gen::arbitrary<bool>();
    const auto sections = *rc::gen::inRange(1, 4);
    std::string text = "written 2026-03-02 P\n";
    int serial = 0;
    for (int section = 0; section < sections; ++section) {
        text += "section 9912346\n";
        const auto payments = *rc::gen::inRange(1, 8);
        for (int i = 0; i < payments; ++i) {
            const std::string own = numbered ? fmt::format(" serial=9000000000{:02}", ++serial) : "";
            text += fmt::format("pay {} ref={} code=2{} payer=57237273\n", *rc::gen::element("10.00", "20.00"),
                                *rc::gen::element("1000300101", "1000300200"), own);
        }
        text += fmt::format("deposit 2026-03-02 000{}\n", 41 + section);
    }
    return bgmax_bytes(text + "end\n");
}

test_ledger& empty_ledger() {
    static const temporary_folder folder;
    static test_ledger ledger(folder.path());
    return ledger;
}

// In a transaction that is not committed, so that the ledger is empty again for the next: there are hundreds.
class books_of_a_day {
 public:
    explicit books_of_a_day(const day& what) : into_(empty_ledger().begin()), what_(what) {
        empty_ledger().seed(what.seed, *into_);
    }

    file_result deliver(std::size_t channel) {
        const channel_file& sent = what_.channels[channel];
        ledger::exchanged_file file;
        file.claim = fmt::format("claim-{}", ++deliveries_);
        file.name = file.claim;
        file.format = sent.format;
        file.sha256 = sha256_hex(sent.bytes);
        file.size_bytes = static_cast<std::int64_t>(sent.bytes.size());
        must(into_->add_file(file));
        const file_result told = must(find_mapping(sent.format)->book(sent.bytes, file, what_.with, *into_));
        RC_ASSERT(told.files.size() == 1U);
        return told;
    }

    // By natural keys: those of the file that brought the rows, so also which delivery did.
    std::string text() {
        std::ostringstream out;
        must(ledger::export_books(*into_, out));
        return out.str();
    }
    std::uint64_t payments() {
        std::uint64_t count = 0;
        must(into_->each_payment([&](const ledger::payment&) -> result<void> {
            ++count;
            return {};
        }));
        return count;
    }
    std::string open() {
        std::string lines;
        must(into_->each_balance([&](const ledger::invoice_balance& each) -> result<void> {
            lines += fmt::format("{} {}\n", each.number, format_decimal_amount(each.open_ore));
            return {};
        }));
        return lines;
    }

 private:
    std::unique_ptr<ledger::transaction> into_;
    const day& what_;
    int deliveries_ = 0;
};

void is_booked_once(const day& what) {
    const auto deliveries = *rc::gen::inRange<std::size_t>(1, most_deliveries + 1);
    const auto order = *rc::gen::container<std::vector<std::size_t>>(deliveries, rc::gen::element<std::size_t>(0, 1, 2, 3));
    const auto once = [&] {
        books_of_a_day first(what);
        first.deliver(order.front());
        return first.text();
    }();
    books_of_a_day often(what);
    for (const std::size_t channel : order)
        often.deliver(channel);
    RC_ASSERT(often.text() == once);
    if (what.channels[order.front()].format == "bgmax") RC_ASSERT(often.payments() == what.payments);
}

RC_GTEST_PROP(channels, a_generated_day_is_booked_once, ()) {
    is_booked_once(day_of(generated_day()));
}

RC_GTEST_PROP(channels, twins_of_one_file_stay_two, ()) {
    is_booked_once(day_of(day_with_twins()));
}

// The bank's numbers in camt are others than those in BgMax, and its entries have no number.
std::vector<item> renumbered(std::vector<item> items) {
    for (item& each : items)
        each.serial = "EXBK20260302" + each.serial;
    return items;
}

// Whatever the groups, the bank account gets the money once; what is not known to be there already waits.
RC_GTEST_PROP(channels, payments_in_other_groups_are_booked_once, ()) {
    const std::vector<item> items = some_payments();
    const bool own_numbers = *rc::gen::arbitrary<bool>();
    const std::vector<item> in_camt = own_numbers ? renumbered(items) : items;
    day what;
    what.with.today = *parse_iso_date("2026-03-03");
    what.with.receivers.push_back({"9912346", {ocr_level::variable_length, {}}, false});
    what.channels = {{"bgmax", bgmax_of(grouped(items))},
                     {"camt.054", camt_of(grouped(in_camt), "054", "EX-1", !own_numbers)},
                     {"camt.054", camt_of(grouped(in_camt), "054", "EX-2", !own_numbers)},
                     {"camt.053", camt_of(grouped(in_camt), "053", "EX-3", !own_numbers)}};
    books_of_a_day books(what);
    const auto order = *rc::gen::container<std::vector<std::size_t>>(4, rc::gen::element<std::size_t>(0, 1, 2, 3));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const file_result told = books.deliver(order[i]);
        RC_ASSERT(books.payments() == items.size());
        for (const section_result& each : told.files.front().sections)
            RC_ASSERT((each.state == section_state::booked) == (i == 0U));
    }
}

// What is left to pay does not hang on the channel.
TEST(channels, bgmax_and_camt_settle_the_same) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const day what = day_of(generated(seed, 120, 0));
        const auto open_after = [&](std::size_t channel) {
            books_of_a_day books(what);
            const std::string before = books.open();
            books.deliver(channel);
            EXPECT_EQ(books.payments(), what.payments) << seed;
            EXPECT_NE(books.open(), before) << seed;
            return books.open();
        };
        EXPECT_EQ(open_after(1), open_after(0)) << seed;
    }
}

}  // namespace
}  // namespace brygga::inbound::test
