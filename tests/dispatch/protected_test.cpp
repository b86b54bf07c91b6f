// Protected persons on all ways out: before a run, between making a file and sending it, and what comes back
// (protected-identity.md, the tests that section 4 asks of every adapter).
#include <array>

#include "connectors/config/import_options.hpp"
#include "connectors/dispatch/print_batches.hpp"
#include "connectors/dispatch/protected_letters.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/print/pdf/inspection.hpp"
#include "formats/print/receipt/reader.hpp"
#include "mapping/inbound/print_receipts.hpp"
#include "mapping/protection/protection.hpp"
#include "tests/dispatch/invoice_office.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::dispatch::test {
namespace {

namespace batch = print::batch;
namespace receipt = print::receipt;
using protection::register_flag;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string by_provider = R"(formats = ["print-batch"]
[[tenant.bankgiro]]
number = "991-2346"
ocr = {level = 3}
[tenant.invoices]
organisation_number = "556677-8899"
street = "Verksgatan 1"
postcode = "12345"
town = "Exempelstad"
seat = "Exempelstad"
[tenant.print]
partner = "bank"
folder = "in"
tenant_ref = "exempel-energi"
[tenant.protected]
print = "provider"
)";

// What must be in nothing that leaves: of customer K1.
constexpr std::array canaries = {std::string_view("Berit Björk"), std::string_view("Hemliga gatan 7"),
                                 std::string_view("Facilitetsvägen 9"), std::string_view("0707654321"),
                                 std::string_view("hemlig@example.org")};

class protected_persons : public ::testing::Test {
 protected:
    void begin(bool is_flagged) {
        json hidden = customer("K1", "198112289874");
        hidden["street"] = "Hemliga gatan 7";
        hidden["telephone"] = "0707654321";
        hidden["email"] = "hemlig@example.org";
        hidden["protected_identity"] = is_flagged;
        json other = customer("K2", "193806013888");
        other["name"] = "Anna Exempel";
        at.import({hidden, other,
                   json{{"type", "facility"},
                        {"facility_id", "VA-1"},
                        {"customer_id", "K1"},
                        {"utility", "VA"},
                        {"supply_address", "Facilitetsvägen 9"}}});
        json second = invoice("1002", "K2", "100263");
        second["lines"][0]["supply_point"] = "VA-2";
        json first = invoice("1001", "K1", "100164");
        first["lines"][0]["note"] = "Avläst på Facilitetsvägen 9 hos Berit Björk";
        first["lines"][0]["properties"] = {{{"name", "Mätarens plats"}, {"value", "källaren, Hemliga gatan 7"}},
                                           {{"name", "Mätarställning"}, {"value", "117"}}};
        at.take({first, second});
    }
    // With what follows from it, as brygga protected add does.
    protection::followed flag(std::string_view id) {
        const auto into = value(at.store->begin("energi"));
        ledger::protection_event event;
        event.customer_id = id;
        event.now = ledger::protection::confidential;
        event.source = ledger::protection_source::spar;
        event.since = *parse_iso_date("2026-11-05");
        const auto done_ = value(protection::protect(event, at.terms(), *into));
        done(into->commit());
        return done_;
    }
    std::vector<std::string> matters() {
        std::vector<std::string> out;
        const auto in = value(at.store->begin_read("energi"));
        for (const ledger::matter_item& each : value(in->matters().open_matters(100)))
            out.push_back(each.row.kind);
        return out;
    }
    // All bytes that left, and the text of the letters among them.
    [[nodiscard]] std::string all_that_left() const {
        struct letters : batch::sink {
            std::string text;
            void document(const batch::document_bytes& each) override {
                text += value(print::pdf::inspect_pdf(each.pdf)).first_page_text;
            }
        } read;
        std::string out;
        for (const auto& [name, bytes] : at.bank.files) {
            out += name + bytes;
            static_cast<void>(batch::read_batch(bytes, {}, &read));
        }
        return out + read.text;
    }
    void expect_nothing_sealed_left() const { expect_nothing_sealed_left_but(""); }
    void expect_nothing_sealed_left_but(std::string_view allowed) const {
        const std::string all = all_that_left();
        for (const std::string_view each : canaries)
            if (each != allowed) {
                EXPECT_THAT(all, Not(HasSubstr(std::string(each)))) << "PRO-R03";
            }
    }
    static batch::batch_file read(const std::string& bytes) { return batch::read_batch(bytes); }

    intake_test::scratch_folder folder;
    invoice_office at{folder.path(), by_provider};
};

TEST_F(protected_persons, flagged_before_the_run_get_their_letters_by_the_tax_agency_alone) {
    begin(true);
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.documents(), ElementsAre("1001 forwarding queued cpb_5566778899_pro_20261105_000002.zip",
                                            "1002 print queued cpb_5566778899_inv_20261105_000001.zip"))
        << "PRO-R04";
    const auto sealed = read(at.bank.files.at("in/cpb_5566778899_pro_20261105_000002.zip"));
    EXPECT_TRUE(sealed.accepted());
    ASSERT_THAT(sealed.content.documents, SizeIs(1));
    const batch::recipient& to = sealed.content.documents[0].recipient;
    EXPECT_EQ(to.identity_number, "198112289874");
    EXPECT_EQ(to.name, "");
    EXPECT_EQ(to.postal_address, std::nullopt);
    expect_nothing_sealed_left();
    const std::string text = all_that_left();
    EXPECT_THAT(text, HasSubstr("19811228-9874")) << "behind the window";
    EXPECT_THAT(text, HasSubstr("Mätarställning 117"));
    EXPECT_THAT(text, Not(HasSubstr("Mätarens plats"))) << "PRO-R08";
    EXPECT_THAT(text, Not(HasSubstr("VA-1"))) << "PRO-R08";
}

TEST_F(protected_persons, flagged_after_their_file_was_made_are_taken_out_of_it) {
    begin(false);
    dispatch_report told;
    ASSERT_EQ(make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told).documents, 2u);
    const protection::followed done_ = flag("K1");
    EXPECT_EQ(done_.documents, 1u) << "PRO-R05";
    EXPECT_EQ(done_.files, 1u);
    EXPECT_THAT(at.documents(), ElementsAre("1001 forwarding planned", "1002 print planned"));
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.documents(), ElementsAre("1001 forwarding queued cpb_5566778899_pro_20261105_000003.zip",
                                            "1002 print queued cpb_5566778899_inv_20261105_000002.zip"));
    EXPECT_THAT(at.bank.files, SizeIs(2)) << "the first batch never left";
    expect_nothing_sealed_left();
    EXPECT_THAT(matters(), IsEmpty()) << "nothing of them is anywhere";
}

// Somebody else's process flags them, and nobody looks at the queue before it is sent.
TEST_F(protected_persons, are_looked_at_once_more_when_the_file_leaves) {
    begin(false);
    dispatch_report told;
    ASSERT_EQ(make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told).documents, 2u);
    {
        const auto into = value(at.store->begin("energi"));
        ledger::protection_event event;
        event.customer_id = "K1";
        event.now = ledger::protection::manual;
        event.since = *parse_iso_date("2026-11-05");
        done(into->protections().add_protection_event(event));
        done(into->commit());
    }
    const auto& who = at.with.tenants.front();
    static_cast<void>(send_to(at.with, who, who.partners.front(), *at.store, at.how, {}, told));
    EXPECT_THAT(at.bank.files, IsEmpty()) << "PRO-R06";
    EXPECT_THAT(at.queue(), ElementsAre(HasSubstr("PRO-R06")));
    static_cast<void>(at.run());
    expect_nothing_sealed_left();
    EXPECT_THAT(at.documents()[1], StartsWith("1002 print queued cpb_5566778899_inv_20261105_000002"));
}

TEST_F(protected_persons, flagged_after_their_letter_left_are_a_persons_to_recall) {
    begin(false);
    static_cast<void>(at.run());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_EQ(flag("K1").left, 1u);
    EXPECT_THAT(matters(), ElementsAre("protected-file-left", "protected-archives")) << "PRO-R16";
}

TEST_F(protected_persons, flagged_by_import_are_followed_in_the_same_transaction) {
    begin(false);
    dispatch_report told;
    static_cast<void>(make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told));
    json flagged = customer("K1", "198112289874");
    flagged["protected_identity"] = true;
    std::istringstream stream(flagged.dump() + "\n");
    ledger::import_options options = config::import_options_of(at.with.tenants.front(), *parse_iso_date("2026-11-05"));
    value(ledger::import_lines(
        stream, [&] { return at.store->begin("energi"); }, options));
    EXPECT_THAT(at.documents(), ElementsAre("1001 forwarding planned", "1002 print planned")) << "PRO-R05";
}

// Whatever the process had done until it died: protected, or nothing has changed.
TEST_F(protected_persons, are_protected_whole_or_not_at_all) {
    begin(false);
    dispatch_report told;
    static_cast<void>(make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told));
    {
        const auto into = value(at.store->begin("energi"));
        ledger::protection_event event;
        event.customer_id = "K1";
        event.now = ledger::protection::manual;
        event.since = *parse_iso_date("2026-11-05");
        value(protection::protect(event, at.terms(), *into));
    }  // not committed
    EXPECT_THAT(at.documents(), Each(HasSubstr("print queued")));
    EXPECT_FALSE(value(value(at.store->begin_read("energi"))->find_customer("K1"))->protected_identity);
}

TEST_F(protected_persons, receipts_that_name_a_mailbox_stop_the_channel) {
    begin(true);
    static_cast<void>(at.run());
    const auto sent = read(at.bank.files.at("in/cpb_5566778899_pro_20261105_000002.zip"));
    receipt::batch_receipt ack;
    ack.batch_id = sent.content.header.batch_id;
    ack.number = 1;
    ack.created_at = "2026-11-06T09:30:00+01:00";
    ack.type = receipt::receipt_type::status;
    ack.digest = sent.content.totals.digest;
    receipt::document_status in_kivra;
    in_kivra.id = sent.content.documents[0].id;
    in_kivra.status = receipt::status::delivered;
    in_kivra.at = "2026-11-06T08:00:00+01:00";
    in_kivra.channel = batch::channel::kivra;
    ack.documents = {in_kivra};
    ack.totals = receipt::totals{1, 1, 0, 0, 0, 0};
    inbound::settings how;
    how.runs = at.terms();
    inbound::file_result booked;
    {
        const auto into = value(at.store->begin("energi"));
        const inbound::mapping* const mapping = inbound::find_mapping("print-receipt");
        booked = value(mapping->book(receipt::write_receipt(ack), {into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}}, how, *into));
        done(into->commit());
    }
    EXPECT_FALSE(booked.files.front().accepted);
    EXPECT_THAT(matters(), ElementsAre("protected-incident")) << "PRO-R18";
    at.take({invoice("1003", "K2", "100362")}, "2026-11-B");
    dispatch_report told;
    EXPECT_EQ(make_batches_now(at.with, at.with.tenants.front(), *at.store, at.how, told).documents, 0u) << "PRO-R18";
    EXPECT_THAT(told.troubles, SizeIs(1));
}

TEST_F(protected_persons, letters_that_come_back_start_no_search) {
    begin(true);
    static_cast<void>(at.run());
    const auto sent = read(at.bank.files.at("in/cpb_5566778899_pro_20261105_000002.zip"));
    receipt::batch_receipt told;
    told.batch_id = sent.content.header.batch_id;
    told.digest = sent.content.totals.digest;
    told.created_at = "2026-11-06T09:30:00+01:00";
    const auto book = [&](std::uint32_t number, receipt::receipt_type type, std::optional<receipt::status> what) {
        told.number = number;
        told.type = type;
        told.documents.clear();
        told.totals.reset();
        if (what) {
            receipt::document_status one;
            one.id = sent.content.documents[0].id;
            one.status = *what;
            one.at = "2026-11-06T08:00:00+01:00";
            one.channel = batch::channel::print_forwarding;
            one.pages = one.sheets = 1;
            if (*what == receipt::status::returned) one.reason = "OTHER";
            told.documents = {one};
            told.totals = receipt::totals{1, 0, 1, 0, 1, 1};
        }
        inbound::settings how;
        how.runs = at.terms();
        const auto into = value(at.store->begin("energi"));
        const inbound::mapping* const mapping = inbound::find_mapping("print-receipt");
        const auto booked =
            value(mapping->book(receipt::write_receipt(told), {into->allot_id(), {}, {}, {}, {}, 0, {}, {}, {}}, how, *into));
        done(into->commit());
        EXPECT_TRUE(booked.files.front().accepted) << number;
    };
    book(1, receipt::receipt_type::ack, std::nullopt);
    book(2, receipt::receipt_type::status, receipt::status::forwarded);
    EXPECT_THAT(at.documents()[0], HasSubstr("1001 forwarding delivered FORWARDED"));
    told.is_final = true;
    book(3, receipt::receipt_type::returns, receipt::status::returned);
    EXPECT_THAT(matters(), ElementsAre("protected-mail-returned")) << "PRO-R19";
    EXPECT_EQ(value(value(at.store->begin_read("energi"))->print_batches().newest_address_mark("K1")), std::nullopt) << "PRO-R19";
}

TEST_F(protected_persons, are_not_told_of_in_the_letters_of_others) {
    begin(true);
    json telling = invoice("1003", "K2", "100362");
    telling["note"] = "Gemensam mätare med Berit Björk";
    json namesake = customer("K3", "169922345674", "business");
    at.import({namesake});
    at.take({telling, invoice("1004", "K3", "100461")}, "2026-11-B");
    static_cast<void>(at.run());
    EXPECT_THAT(at.documents("2026-11-B"), ElementsAre("1003 print held PRO-R03", StartsWith("1004 print queued cpb_")))
        << "who has the same name gets their own letters";
    expect_nothing_sealed_left_but("Berit Björk");
}

TEST_F(protected_persons, at_whose_place_others_live_are_not_shown_by_their_letters) {
    begin(true);
    at.import({json{{"type", "facility"},
                    {"facility_id", "VA-9"},
                    {"customer_id", "K2"},
                    {"utility", "VA"},
                    {"supply_address", "Facilitetsvägen 9"}}});
    json shared = invoice("1003", "K2", "100362");
    shared["lines"][0]["supply_point"] = "VA-9";
    at.take({shared}, "2026-11-B");
    static_cast<void>(at.run());
    ASSERT_THAT(at.documents("2026-11-B"), ElementsAre("1003 print held PRO-R09"));
    {
        const auto into = value(at.store->begin("energi"));
        const auto held = value(into->invoice_runs().run_documents_with_number("1003")).at(0);
        done(billing::decide_delivery(held.row.id, {billing::delivery_word::what::send, {}, "eva", "they live apart"}, at.terms(),
                                      *into));
        done(into->commit());
    }
    static_cast<void>(at.run());
    EXPECT_THAT(at.documents("2026-11-B"), ElementsAre(StartsWith("1003 print queued cpb_"))) << "a person has looked at it";
}

TEST(refusals, are_of_protected_persons_alone) {
    ledger::customer who;
    EXPECT_FALSE(protection::refusal_of(protection::use::debt_collection, who));
    who.protected_identity = true;
    EXPECT_EQ(protection::refusal_of(protection::use::look_up, who)->rule, "PRO-R02");
    EXPECT_EQ(protection::refusal_of(protection::use::debt_collection, who)->rule, "PRO-R10");
    EXPECT_EQ(protection::refusal_of(protection::use::credit_report, who)->rule, "PRO-R11");
}

class register_answers : public protected_persons {
 protected:
    void answered(const protection::register_answer& what) {
        const auto into = value(at.store->begin("energi"));
        value(protection::take_answer("K1", what, ledger::protection_source::spar, at.clock.now_ms, at.terms(), *into));
        done(into->commit());
    }
    result<void> proposed(std::string_view by) {
        const auto into = value(at.store->begin("energi"));
        auto done_ = protection::propose_lifting("K1", by, "SPAR", today, *into);
        if (done_) done(into->commit());
        return done_;
    }
    result<void> lifted(std::string_view by) {
        const auto into = value(at.store->begin("energi"));
        auto done_ = protection::lift("K1", by, "SPAR", today, *into);
        if (done_) done(into->commit());
        return done_;
    }
    bool is_protected() { return value(value(at.store->begin_read("energi"))->find_customer("K1"))->protected_identity; }

    date today = *parse_iso_date("2026-11-05");
    protection::register_answer negative{false, register_flag::no, register_flag::no, false, true, true, false, false};
};

TEST_F(register_answers, without_the_flags_protect) {
    begin(false);
    protection::register_answer silent = negative;
    silent.confidential = register_flag::missing;
    answered(silent);
    EXPECT_TRUE(is_protected()) << "PRO-R01";
}

TEST_F(register_answers, that_deny_lift_nothing_without_two_persons_of_today) {
    begin(true);
    EXPECT_THAT(lifted("eva").error().text, HasSubstr("PRO-R07")) << "no register has been asked";
    answered(negative);
    EXPECT_TRUE(is_protected()) << "PRO-R07";
    EXPECT_THAT(lifted("eva").error().text, HasSubstr("another person must propose"));
    done(proposed("eva"));
    EXPECT_THAT(lifted("eva").error().text, HasSubstr("a second person"));
    at.clock.now_ms += 24 * hour;
    today = *parse_iso_date("2026-11-06");
    EXPECT_THAT(lifted("olle").error().text, HasSubstr("no register has said today"));
    answered(negative);
    EXPECT_THAT(lifted("olle").error().text, HasSubstr("today"));
    done(proposed("eva"));
    done(lifted("olle"));
    EXPECT_FALSE(is_protected());
    EXPECT_THAT(proposed("eva").error().text, HasSubstr("is not protected"));
}

struct answer_case {
    std::string_view what;
    protection::register_answer told;
    ledger::protection is;
};

// Section 5, and PRO-R01.
TEST(register_verdicts, fail_closed) {
    using enum register_flag;
    using is = ledger::protection;
    const answer_case cases[] = {
        {"neither", {false, no, no, false, true, true, false, false}, is::none},
        {"confidential", {false, yes, no, false, false, false, false, false}, is::confidential},
        {"set by SPAR, and registration decides", {false, yes, no, true, false, false, false, false}, is::protected_registration},
        {"set by SPAR in a schema without the other",
         {false, yes, not_in_use, true, false, false, false, false},
         is::confidential},
        {"registration", {false, no, yes, false, false, false, false, false}, is::protected_registration},
        {"both", {false, yes, yes, false, false, false, false, false}, is::protected_registration},
        {"no flag", {false, missing, no, false, true, true, false, false}, is::manual},
        {"no second flag", {false, no, missing, false, true, true, false, false}, is::manual},
        {"a schema without the second flag", {false, no, not_in_use, false, true, true, false, false}, is::none},
        {"an error", {true, no, no, false, true, true, false, false}, is::manual},
        {"nobody", {false, no, no, false, false, false, false, false}, is::manual},
        {"no name, an address", {false, no, no, false, false, true, false, false}, is::manual},
        {"renumbered", {false, no, no, false, false, false, true, false}, is::none},
        {"box 2820", {false, no, no, false, true, true, false, true}, is::manual},
    };
    for (const answer_case& each : cases)
        EXPECT_EQ(protection::verdict_of(each.told).is, each.is) << "PRO-R01: " << each.what;
    EXPECT_TRUE(protection::verdict_of(cases[13].told).is_alarming);
}

// ---- the office posts them itself ----

const std::string by_office = [] {
    std::string out = by_provider;
    out.replace(out.find("\"provider\""), 10, "\"office\"\nfolder = \"protected\"");
    return out;
}();

class protected_at_the_office : public protected_persons {
 protected:
    protected_at_the_office() { std::filesystem::permissions(sealed(), std::filesystem::perms::owner_all); }
    static std::filesystem::path made(const std::filesystem::path& path) {
        std::filesystem::create_directories(path);
        return path;
    }
    [[nodiscard]] std::filesystem::path sealed() { return made(here.with.tenants.front().protected_persons->folder); }

    intake_test::scratch_folder own;
    invoice_office here{own.path(), by_office};
};

TEST_F(protected_at_the_office, have_a_letter_and_labels_that_wait_for_a_persons_word) {
    json hidden = customer("K1", "198112289874");
    hidden["protected_identity"] = true;
    here.import({hidden});
    here.take({invoice("1001", "K1", "100164")});
    EXPECT_THAT(here.run().troubles, IsEmpty());
    EXPECT_THAT(here.bank.files, IsEmpty());
    const auto printed = value(print_protected(here.with.tenants.front(), *here.store, here.how.base));
    EXPECT_EQ(printed.letters, 1u);
    ASSERT_THAT(printed.files, SizeIs(2));
    const auto letter = value(byte_source::open(sealed() / printed.files[0]));
    EXPECT_THAT(value(print::pdf::inspect_pdf(letter.bytes())).first_page_text, HasSubstr("19811228-9874"));
    const auto labels = value(byte_source::open(sealed() / printed.files[1]));
    const std::string text = value(print::pdf::inspect_pdf(labels.bytes())).first_page_text;
    EXPECT_THAT(text, HasSubstr("19811228-9874"));
    EXPECT_THAT(text, HasSubstr("403 20 Göteborg"));
    EXPECT_THAT(text, HasSubstr("Avs:"));
    EXPECT_THAT(text, Not(HasSubstr("Berit"))) << "protected.innerName is off";
    EXPECT_THAT(here.documents(), ElementsAre("1001 forwarding held PRO-R04"));
    EXPECT_EQ(value(print_protected(here.with.tenants.front(), *here.store, here.how.base)).letters, 0u) << "once";
}

TEST_F(protected_at_the_office, are_not_laid_where_others_can_read_them) {
    std::filesystem::permissions(sealed(), std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    const auto printed = print_protected(here.with.tenants.front(), *here.store, here.how.base);
    ASSERT_FALSE(printed);
    EXPECT_THAT(printed.error().text, HasSubstr("chmod 700"));
}

}  // namespace
}  // namespace brygga::dispatch::test
