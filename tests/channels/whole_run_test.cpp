// Two thousand customers, every channel, and partners that fail: each document reaches its customer once, by a channel that is
// theirs, and nothing that left tells of those whose identity is protected.
#include <charconv>
#include <map>
#include <set>

#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "connectors/kivra/files.hpp"
#include "formats/canary/scan.hpp"
#include "formats/invented/payers.hpp"
#include "formats/mail/message.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/print/receipt/reader.hpp"
#include "mapping/billing/run_progress.hpp"
#include "mapping/inbound/inbound.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/kivra/kivra_double.hpp"
#include "tests/mail/reports.hpp"
#include "tests/mail/smtp_double.hpp"

namespace brygga::channels::test {
namespace {

using dispatch::test::customer;
using dispatch::test::done;
using dispatch::test::invoice;
using dispatch::test::invoice_office;
using dispatch::test::json;
using dispatch::test::value;
using kivra::test::trouble;
using ledger::channel;
using ledger::delivery_state;
using testing::IsEmpty;
namespace batch = print::batch;
namespace receipt = print::receipt;

constexpr int customers = 2'000;
constexpr int most_passes = 30;

const std::string all_channels = R"(formats = ["print-batch", "peppol"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[[tenant.partner]]
id = "kivra"
protocol = "kivra"
client_id = "energi"
client_secret = {file = "secret"}
tenant_key = "1551"
first_retry_ms = 1000
longest_retry_ms = 1000
[[tenant.partner.send]]
outbox = "energi/kivra"
[[tenant.partner]]
id = "post"
protocol = "mail"
host = "127.0.0.1"
from = "faktura@energi.example"
bounces = "studs@post.energi.example"
message_key = {file = "message-key"}
first_retry_ms = 1000
longest_retry_ms = 1000
[[tenant.partner.send]]
outbox = "energi/post"
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
telephone = "0101234500"
email = "kundservice@example.se"
payment_terms = "Betalas senast på förfallodagen"
[[tenant.invoices.channel]]
by = "bank"
partner = "bank"
folder = "in"
routing_code = "P01"
[[tenant.invoices.channel]]
by = "network"
partner = "bank"
folder = "in"
[[tenant.invoices.channel]]
by = "mailbox"
partner = "kivra"
[[tenant.invoices.channel]]
by = "email"
partner = "post"
[tenant.print]
partner = "bank"
folder = "in"
tenant_ref = "exempel-energi"
mailboxes = false
documents = 400
[tenant.protected]
print = "provider"
)";

int number_of(const std::string& text) {
    int out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

constexpr std::string_view message_key = "sixteen bytes and more";

enum class kind : std::uint8_t { bank, network, mailbox, email, paper, hidden };

struct person {
    std::string id, identity, number;  // of the customer and of the invoice
    kind of{};
};

class whole_run : public testing::Test {
 protected:
    whole_run() {
        at.how.connect = [this](const partners::partner& to,
                                std::stop_token stop) -> transfer::outcome<std::unique_ptr<transfer::remote_files>> {
            if (to.id == "post") return mail_server(std::get<mail::server_settings>(to.server), std::move(stop));
            if (to.id != "kivra") return at.bank.connect();
            return kivra::connect(
                kivra_.settings(), [this] { return now(); }, std::move(stop), [](std::chrono::seconds) {});
        };
        intake_test::put(folder.path() / "message-key", message_key);
        for (partners::partner& each : at.with.tenants.front().partners)
            if (each.id == "post") each.message_key.file = folder.path() / "message-key";
        kivra_.mailboxes.clear();
        kivra_.contents_in_a_minute = 100'000;
        std::vector<json> lines, invoices;
        invented::random_numbers random(7);
        for (int i = 0; i != customers; ++i)
            add(i, random, lines, invoices);
        at.import(lines);
        at.take(invoices);
    }

    [[nodiscard]] std::unique_ptr<transfer::remote_files> mail_server(mail::server_settings with, std::stop_token stop) const {
        with.port = static_cast<std::uint16_t>(mail_.port());
        with.ca_file = transfer::test::test_certificate(transfer::test::made_out::to_authority).chain;
        return mail::connect(std::move(with), std::move(stop));
    }

    [[nodiscard]] std::chrono::sys_seconds now() const {
        return std::chrono::sys_seconds(std::chrono::seconds(at.clock.now_ms / 1000));
    }

    static kind kind_of(int i) {
        if (i % 50 == 49) return kind::hidden;
        constexpr kind kinds[] = {kind::bank, kind::network, kind::mailbox, kind::mailbox, kind::email, kind::paper};
        return kinds[i % 6];
    }

    void add(int i, invented::random_numbers& random, std::vector<json>& lines, std::vector<json>& invoices) {
        person who{fmt::format("C{:04}", i), {}, std::to_string(10'000'000 + i), kind_of(i)};
        do {
            who.identity = invented::personal_number(random);
        } while (!identities_.insert(who.identity).second);
        json row = customer(who.id, who.identity);
        row["name"] = fmt::format("Kund Nummer{:04}", i);
        row["street"] = fmt::format("Kundgatan {}", i);
        row["telephone"] = fmt::format("0101{:06}", i);
        row["email"] = fmt::format("kund{:04}@example.org", i);
        switch (who.of) {
            case kind::bank:
                lines.push_back({{"type", "registration"},
                                 {"kind", "registered"},
                                 {"receiver", who.identity + ".NB.SE"},
                                 {"day", "2026-10-01"}});
                break;
            case kind::network:
                who.identity = "16" + invented::with_check_digit(fmt::format("9922{:05}", i));
                row["identity_number"] = who.identity;
                row["category"] = "business";
                row["invoices"] = {{"endpoint", "0007:" + who.identity.substr(2)}};
                break;
            case kind::mailbox:
                row["invoices"] = {{"first_channel", "mailbox"}};
                if (i % 7 != 0 && i % 9 != 0) kivra_.mailboxes.insert(who.identity);
                break;
            case kind::email:
                row["invoices"] = by_email(row["email"]);
                break;
            case kind::hidden:
                row["protected_identity"] = true;
                row["invoices"] = i % 4 == 1 ? by_email(row["email"]) : json{{"first_channel", "mailbox"}};
                kivra_.mailboxes.insert(who.identity);
                row["street"] = fmt::format("Hemliga stigen {}", i);
                hide(row);
                break;
            case kind::paper:
                break;
        }
        lines.insert(lines.begin(), row);
        json paid = invoice(who.number, who.id, invented::ocr_reference(static_cast<std::uint64_t>(10'000'000 + i)));
        paid["lines"][0]["supply_point"] = fmt::format("VA-{}", i);
        invoices.push_back(paid);
        people_[who.number] = who;
    }

    static json by_email(const json& address) {
        return {{"first_channel", "email"},
                {"email", {{"address", address}, {"requested", "2026-01-02"}, {"confirmed", "2026-01-03"}}}};
    }

    void hide(const json& row) {
        const auto subject = hidden_++;
        using canary::value_kind;
        for (const auto& [what, member] : {std::pair(value_kind::name, "name"), std::pair(value_kind::street, "street"),
                                           std::pair(value_kind::telephone, "telephone"), std::pair(value_kind::email, "email")})
            EXPECT_TRUE(sealed_.add(what, subject, row.at(member).get<std::string>()));
    }

    // ---- the partners' side ----

    void answer_operators() {
        const auto in = value(at.store->begin_read("energi"));
        std::vector<std::pair<std::string, channel>> told;
        const auto run = value(in->invoice_runs().run_with_key("2026-11-A"));
        done(in->invoice_runs().each_run_document(run->row.id, [&](const ledger::run_document_item& each) -> result<void> {
            const auto by = each.now.row.by;
            const bool is_sent =
                each.now.newest.state == delivery_state::queued && (by == channel::bank || by == channel::network);
            if (!is_sent) return {};
            const auto file = value(in->exchange().outgoing_with_id(each.now.newest.outgoing_id));
            if (file->newest.state == ledger::sending::sent) told.emplace_back(each.row.number, *by);
            return {};
        }));
        for (const auto& [number, by] : told) {
            const int which = number_of(number);
            const bool rejects = by == channel::bank ? which % 3 == 0 : which % 4 == 0;
            const auto outcome = rejects               ? delivery_state::rejected
                                 : by == channel::bank ? delivery_state::accepted_by_bank
                                                       : delivery_state::accepted_by_distributor;
            at.receipt(number, by, outcome);
            if (!rejects) got_[number].push_back(by == channel::bank ? "bank" : "network");
        }
    }

    void answer_batches() {
        for (const auto& [name, bytes] : at.bank.files) {
            if (name.find(".zip") == std::string::npos || !answered_.insert(name).second) continue;
            const batch::batch_file sent = batch::read_batch(bytes);
            EXPECT_TRUE(sent.accepted()) << name;
            receipt::batch_receipt ack, status;
            ack.batch_id = status.batch_id = sent.content.header.batch_id;
            ack.digest = status.digest = sent.content.totals.digest;
            ack.created_at = status.created_at = "2026-11-06T09:30:00+01:00";
            ack.number = 1;
            ack.type = receipt::receipt_type::ack;
            status.number = 2;
            status.type = receipt::receipt_type::status;
            status.is_final = true;
            status.documents = posted(sent);
            status.totals = totals_of(status);
            // In the wrong order, and twice.
            if (answered_.size() % 2 == 0) book(status);
            book(ack);
            book(status);
            book(ack);
        }
    }

    std::vector<receipt::document_status> posted(const batch::batch_file& sent) {
        const bool is_sealed = sent.content.header.handling == batch::handling::protected_identity;
        std::vector<receipt::document_status> out;
        for (const batch::document& each : sent.content.documents) {
            receipt::document_status one;
            one.id = each.id;
            one.at = "2026-11-06T08:00:00+01:00";
            one.channel = is_sealed ? batch::channel::print_forwarding : batch::channel::print;
            const bool fails = number_of(each.number) % 11 == 0 && failed_.insert(each.number).second;
            one.status = fails ? receipt::status::failed : is_sealed ? receipt::status::forwarded : receipt::status::posted;
            if (fails) one.reason = "BAD_PDF";
            one.pages = one.sheets = 1;
            if (!fails) got_[each.number].push_back(is_sealed ? "forwarded" : "printed");
            out.push_back(one);
        }
        return out;
    }

    static receipt::totals totals_of(const receipt::batch_receipt& of) {
        receipt::totals out;
        out.documents = of.documents.size();
        for (const receipt::document_status& each : of.documents)
            ++(each.status == receipt::status::failed ? out.failed : out.posted);
        out.pages = out.sheets = of.documents.size();
        return out;
    }

    void book(const receipt::batch_receipt& item) {
        const auto into = value(at.store->begin("energi"));
        inbound::settings how;
        how.runs = at.terms();
        const auto booked =
            value(inbound::find_mapping("print-receipt")
                      ->book(receipt::write_receipt(item), {into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}}, how, *into));
        EXPECT_TRUE(booked.files.front().accepted) << item.batch_id << " " << item.number;
        done(into->commit());
    }

    // Some messages come back, twice; those that a person has asked about are not theirs.
    void bounce() {
        const auto all = mail_.messages();
        for (; heard_ != all.size(); ++heard_) {
            const mail::message sent = value(mail::read_message(all[heard_].text));
            const std::string number = sent.attachments.at(0).file_name.substr(0, 8);
            const bool bounces = number_of(number) % 13 == 0 && !asked_.contains(number);
            if (!bounces) {
                got_[number].push_back("email");
                continue;
            }
            ++bounced_;
            const std::string report = mail::test::with(mail::test::postfix_bounce(), mail::test::our_id(), sent.id);
            for (int times = 0; times != 2; ++times)
                book_report(report);
        }
    }

    void book_report(const std::string& bytes) {
        const auto into = value(at.store->begin("energi"));
        inbound::settings how;
        how.runs = at.terms();
        how.messages = value(mail::message_ids::under(std::string(message_key), "post.energi.example"));
        const auto booked = value(
            inbound::find_mapping("mail-report")->book(bytes, {into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}}, how, *into));
        EXPECT_TRUE(booked.files.front().accepted);
        done(into->commit());
    }

    // What the print service could not print is sent once more by a person.
    void send_held_again() {
        std::vector<ledger::run_document_item> held;
        {
            const auto in = value(at.store->begin_read("energi"));
            const auto run = value(in->invoice_runs().run_with_key("2026-11-A"));
            done(in->invoice_runs().each_run_document(run->row.id, [&](const ledger::run_document_item& each) -> result<void> {
                if (each.now.newest.state == delivery_state::held) held.push_back(each);
                return {};
            }));
        }
        const auto into = value(at.store->begin("energi"));
        for (const ledger::run_document_item& each : held) {
            const bool is_hidden = people_.at(each.row.number).of == kind::hidden;
            const auto decided = billing::decide_delivery(
                each.row.id,
                {billing::delivery_word::what::send, is_hidden ? channel::forwarding : channel::print, "eva", "once more"},
                at.terms(), *into);
            EXPECT_TRUE(decided) << each.row.number << " " << each.now.newest.code << ": " << decided.error().text;
        }
        done(into->commit());
    }

    // A person asks Kivra, or the mail server, about what it got all of and did not answer.
    void ask() {
        std::vector<std::pair<std::string, ledger::row_id>> doubted;  // file, and the document in it
        {
            const auto in = value(at.store->begin_read("energi"));
            const auto run = value(in->invoice_runs().run_with_key("2026-11-A"));
            done(in->invoice_runs().each_run_document(run->row.id, [&](const ledger::run_document_item& each) -> result<void> {
                const bool is_direct = each.now.row.by == channel::mailbox || each.now.row.by == channel::email;
                if (!is_direct || each.now.newest.state != delivery_state::queued) return {};
                const auto file = value(in->exchange().outgoing_with_id(each.now.newest.outgoing_id));
                if (file->newest.state == ledger::sending::failed) doubted.emplace_back(file->row.name, each.row.id);
                return {};
            }));
        }
        for (const auto& [name, document] : doubted) {
            at.decide(name, ledger::sending::closed);
            const auto into = value(at.store->begin("energi"));
            const std::string number = value(into->invoice_runs().run_document_with_id(document))->row.number;
            const bool is_there = people_.at(number).of == kind::email ? has_mail(number) : has_letter(number);
            asked_.insert(number);
            const auto word = is_there ? billing::delivery_word::what::delivered : billing::delivery_word::what::send;
            const auto by = is_there ? std::nullopt : std::optional(channel::print);
            done(billing::decide_delivery(document, {word, by, "eva", "asked them"}, at.terms(), *into));
            done(into->commit());
        }
        doubts_ += doubted.size();
    }

    [[nodiscard]] bool has_letter(const std::string& number) const {
        const std::string& identity = people_.at(number).identity;
        const auto taken = kivra_.delivered();
        return std::any_of(taken.begin(), taken.end(), [&](const auto& each) { return each.recipient == identity; });
    }
    [[nodiscard]] bool has_mail(const std::string& number) const {
        const auto taken = mail_.messages();
        return std::any_of(taken.begin(), taken.end(),
                           [&](const auto& each) { return each.text.find(number + ".pdf") != std::string::npos; });
    }

    bool is_over() {
        const auto in = value(at.store->begin_read("energi"));
        const auto run = value(in->invoice_runs().run_with_key("2026-11-A"));
        return !value(in->invoice_runs().has_open_documents(run->row.id));
    }

    void go() {
        kivra_.plan({"/content", trouble::refuses, 503, R"({"code":50300})", {}, 5});
        kivra_.plan({"/content", trouble::half_answer, 0, {}, {}, 7});
        kivra_.plan({"/content", trouble::refuses, 413, R"({"code":41300})", {}, 3});
        mail_.plan("RCPT", "550 5.1.1 no such user", 3);
        mail_.plan("RCPT", "451 4.7.1 greylisted", 3);
        mail_.plan(".", mail::test::smtp_double::lost, 2);
        mail_.plan(".", mail::test::smtp_double::cut, 2);
        mail_.plan(".", "421 4.3.2 going down");
        int passes = 0;
        for (; passes != most_passes && !is_over(); ++passes) {
            at.bank.calls = 0;
            at.bank.wrong_call = passes < 10 ? 41 * (passes + 1) : 0;
            at.bank.how = passes % 2 == 0 ? transfer::test::mishap::cut_after : transfer::test::mishap::cut_before;
            static_cast<void>(at.run());
            answer_operators();
            answer_batches();
            send_held_again();
            ask();
            bounce();
            at.clock.now_ms += 60'000;
        }
        EXPECT_LT(passes, most_passes);
        for (const auto& each : kivra_.delivered()) {
            for (const auto& [number, who] : people_)
                if (who.identity == each.recipient) got_[number].push_back("kivra");
        }
    }

    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), all_channels};
    kivra::test::kivra_double kivra_{[this] { return now(); }};
    mail::test::smtp_double mail_{mail::test::sealed::by_starttls};
    std::map<std::string, person> people_;                 // by invoice
    std::map<std::string, std::vector<std::string>> got_;  // by invoice: how it came, by the partners' word
    std::set<std::string> identities_, answered_, failed_;
    std::set<std::string> asked_;  // invoices that a person has asked about
    std::size_t heard_ = 0, bounced_ = 0;
    canary::needles sealed_;
    std::uint32_t hidden_ = 0;
    std::size_t doubts_ = 0;
};

TEST_F(whole_run, reaches_each_customer_once) {
    go();
    std::map<std::string, int> counts;
    for (const auto& [number, who] : people_) {
        ASSERT_EQ(got_[number].size(), 1u) << number << " " << fmt::format("{}", fmt::join(got_[number], ", "));
        const std::string& way = got_[number].front();
        ++counts[way];
        EXPECT_EQ(way == "forwarded", who.of == kind::hidden) << number;
        EXPECT_TRUE(way != "bank" || who.of == kind::bank) << number;
        EXPECT_TRUE(way != "network" || who.of == kind::network) << number;
        EXPECT_TRUE(way != "kivra" || who.of == kind::mailbox) << number;
        EXPECT_TRUE(way != "email" || who.of == kind::email) << number;
    }
    EXPECT_EQ(counts["forwarded"], customers / 50);
    EXPECT_GT(doubts_, 0u) << "KIV-R11: nobody has tested it";
    for (const std::string_view way : {"bank", "network", "kivra", "email", "printed"})
        EXPECT_GT(counts[std::string(way)], 200) << way;
    EXPECT_GT(bounced_, 10u) << "BILL-R08: nobody has tested it";
    for (const auto& each : mail_.messages())
        EXPECT_TRUE(canary::scan(each.text, sealed_).may_leave()) << "PRO-R03, PRO-R04";
    for (const auto& [name, bytes] : at.bank.files)
        EXPECT_TRUE(canary::scan(bytes, sealed_).may_leave()) << name << ": PRO-R03";
    for (const auto& each : kivra_.delivered())
        for (const auto& [number, who] : people_)
            EXPECT_TRUE(who.of != kind::hidden || each.recipient != who.identity) << "PRO-R02";
    const auto into = value(at.store->begin("energi"));
    EXPECT_THAT(value(billing::close_finished_runs(*into)), testing::ElementsAre("2026-11-A"));
    EXPECT_TRUE(value(at.store->verify("energi")).chain_intact);
}

}  // namespace
}  // namespace brygga::channels::test
