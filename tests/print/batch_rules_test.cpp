// Each rule of a print batch broken once, beside a batch that breaks none: PRB-R01 to PRB-R16, PRB-W01 and PRB-RATIO.
#include <functional>

#include <gmock/gmock.h>

#include "formats/print/pdf/plain_pdf.hpp"
#include "tests/print/batches.hpp"

namespace brygga::print::batch {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Documents may have errors without refusing the batch.
read_options lenient() {
    read_options made;
    made.max_error_permille = 1'000;
    return made;
}

std::string told_of(const sample& of, const read_options& with = lenient()) {
    return told(read_manifest(manifest_bytes(of), with).findings);
}

std::string told_of_archive(const sample& of, const read_options& with = lenient()) {
    return told(read_batch(archive_of(of), with).findings);
}

std::string replaced(std::string in, std::string_view what, std::string_view with) {
    const std::size_t at = in.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return in.replace(at, what.size(), with);
}

// What changing a good batch makes it break.
std::string told_after(const std::function<void(sample&)>& change, const read_options& with = lenient()) {
    sample made = good_sample();
    change(made);
    return told_of(made, with);
}

TEST(batch_rules, good_batches_break_none) {
    for (const sample& each : {good_sample(), protected_sample()}) {
        const batch_file file = read_batch(archive_of(each));
        EXPECT_EQ(told(file.findings), "");
        EXPECT_TRUE(file.accepted());
        EXPECT_THAT(file.removed, IsEmpty());
        EXPECT_EQ(file.content, manifest_of(each));
    }
}

// PRB-R01
TEST(batch_rules, R01_a_manifest_is_well_formed_and_keeps_its_schema) {
    const std::string good = manifest_bytes(good_sample());
    const auto told_with = [&](std::string_view what, std::string_view with) {
        return told(read_manifest(replaced(good, what, with)).findings);
    };
    EXPECT_EQ(told_with("</Totals>", "</Total>"), "error PRB-R01\n");
    EXPECT_EQ(told_with("<Kind>INVOICE</Kind>", "<Kind>BILL</Kind>"), "error PRB-R01 Documents/Document[1]/Kind\n");
    EXPECT_EQ(told_with("1\" version=\"1.0\"", "1\" version=\"2.0\""), "error PRB-R01 @version\n");
    EXPECT_EQ(told_with("manifest:1", "manifest:2"), "error PRB-R01\n");
    EXPECT_EQ(told_with("\"UTF-8\"", "\"ISO-8859-1\""), "error PRB-R01\n");
    EXPECT_EQ(told_with("\n  <Header>", "\r\n  <Header>"), "error PRB-R01\n");
    EXPECT_EQ(told_with("  <Header>", "  <?print now?><Header>"), "error PRB-R01\n");
    EXPECT_EQ(told_with("<?xml", "\xEF\xBB\xBF<?xml"), "error PRB-R01\n");
    EXPECT_EQ(told_with("Anna Exempel", "A\xCC\x8Asa Exempel"), "error PRB-R01\n");
    EXPECT_EQ(told_with("06+01:00", "06"), "error PRB-R01 Header/CreatedAt\n");
    EXPECT_THAT(told_with("id=\"D0000002\"", "id=\"D0000001\""), HasSubstr("error PRB-R01 Documents/Document[2]/@id\n"));
    EXPECT_EQ(told(read_manifest("no XML").findings), "error PRB-R01\n");
}

TEST(batch_rules, R01_a_later_version_may_have_elements_that_are_not_known) {
    const std::string good = replaced(manifest_bytes(good_sample()), "<Totals>", "<Extra colour=\"x\"><a/></Extra><Totals>");
    EXPECT_EQ(told(read_manifest(good).findings), "error PRB-R01\n");
    const batch_file later = read_manifest(replaced(good, "1\" version=\"1.0\"", "1\" version=\"1.7\""));
    EXPECT_EQ(told(later.findings), "");
    EXPECT_EQ(later.content.version, "1.7");
    EXPECT_EQ(later.content.documents, good_sample().documents);
}

// PRB-R02
TEST(batch_rules, R02_a_batch_id_comes_once_or_is_a_repeat) {
    const std::string bytes = manifest_bytes(good_sample());
    read_options with;
    std::string digest = read_manifest(bytes).content.totals.digest;
    with.ledger.digest_of_batch = [&](std::string_view id) {
        return id == "20261130-INV-000123" ? std::optional(digest) : std::nullopt;
    };
    const batch_file repeat = read_manifest(bytes, with);
    EXPECT_EQ(told(repeat.findings), "info PRB-R02 Header/BatchId\n");
    EXPECT_TRUE(repeat.repeated && repeat.accepted());
    digest[0] = digest[0] == '0' ? '1' : '0';
    const batch_file reused = read_manifest(bytes, with);
    EXPECT_EQ(told(reused.findings), "error PRB-R02 Header/BatchId\n");
    EXPECT_FALSE(reused.repeated);
    EXPECT_EQ(told(read_manifest(manifest_bytes(protected_sample()), with).findings), "");
}

// PRB-R03: container_test.cpp has the form of the archive.
TEST(batch_rules, R03_files_are_those_of_the_manifest) {
    sample other_bytes = good_sample();
    other_bytes.files["docs/D0000001.pdf"].back() = '\r';
    EXPECT_EQ(told_of_archive(other_bytes), "error PRB-R03 Documents/Document[1]/File\n");
    sample missing = good_sample();
    missing.files.erase("docs/D0000002.pdf");
    EXPECT_EQ(told_of_archive(missing), "error PRB-R03 Documents/Document[2]/File\n");
    sample unlisted = good_sample();
    unlisted.files["docs/more.pdf"] = "%PDF-";
    EXPECT_EQ(told_of_archive(unlisted), "error PRB-R03\n");
    read_options few = lenient();
    few.limits.documents = 2;
    EXPECT_EQ(told_after([](sample&) {}, few), "error PRB-R03 Documents\n");
}

// PRB-R04
TEST(batch_rules, R04_control_totals_are_those_of_the_documents) {
    manifest item = manifest_of(good_sample());
    EXPECT_EQ(item.totals.pages, 5U);
    EXPECT_EQ(item.totals.sheets, 4U);
    EXPECT_EQ(item.totals.payable_documents, 1U);
    item.totals = {4, 6, 5, 2, 123'451, std::string(64, '0')};
    EXPECT_EQ(told(read_manifest(write_manifest(item)).findings),
              "error PRB-R04 Totals/Documents\nerror PRB-R04 Totals/Pages\nerror PRB-R04 Totals/Sheets\n"
              "error PRB-R04 Totals/PayableDocuments\nerror PRB-R04 Totals/PayableAmount\nerror PRB-R04 Totals/Digest\n");
}

// PRB-R05
TEST(batch_rules, R05_a_document_id_stands_for_one_file) {
    const sample good = good_sample();
    read_options with = lenient();
    std::string before = good.documents[1].file.sha256;
    with.ledger.sha256_of_document = [&](std::string_view id) { return id == "D0000002" ? std::optional(before) : std::nullopt; };
    EXPECT_EQ(told_of(good, with), "");
    before = std::string(64, '0');
    const batch_file file = read_manifest(manifest_bytes(good), with);
    EXPECT_EQ(told(file.findings), "hold PRB-R05 Documents/Document[2]/@id\n");
    EXPECT_EQ(file.removed, (std::vector<removed_document>{{1, rule::R05}}));
    EXPECT_EQ(file.findings.kept()[0].serial, "D0000002");
}

// PRB-R06
TEST(batch_rules, R06_pdfs_are_what_is_told_of_them) {
    const auto told_with = [](const pdf::plain_document& item) {
        sample made = good_sample();
        put_file(made, made.documents[2].file, pdf::plain_pdf(item));
        return told_of_archive(made);
    };
    constexpr const char* third = "hold PRB-R06 Documents/Document[3]/File\n";
    pdf::plain_document good;
    good.pages = {{{57, 780, "Kredit"}}};
    EXPECT_EQ(told_with(good), "");
    pdf::plain_document changed = good;
    changed.pages.push_back({});
    EXPECT_EQ(told_with(changed), third);
    changed = good;
    changed.embeds_font = false;
    EXPECT_EQ(told_with(changed), third);
    changed = good;
    changed.width = 612;
    EXPECT_EQ(told_with(changed), third);
    changed = good;
    changed.is_encrypted = true;
    EXPECT_EQ(told_with(changed), third);
    sample damaged = good_sample();
    put_file(damaged, damaged.documents[2].file, "%PDF-1.7 example");
    EXPECT_EQ(told_of_archive(damaged), third);
    read_options unseen = lenient();
    unseen.inspects_pdfs = false;
    EXPECT_EQ(told_of_archive(damaged, unseen), "");
}

TEST(batch_rules, R06_sizes_keep_the_limits_of_their_channels) {
    read_options with = lenient();
    const sample good = good_sample();
    with.limits.pdf_bytes = good.documents[0].file.size;
    with.limits.mailbox_bytes = good.documents[0].file.size;
    EXPECT_EQ(told_of(good, with), "");
    --with.limits.mailbox_bytes;
    EXPECT_EQ(told_of(good, with), "warning PRB-R06 Documents/Document[1]/File/@size\n");
    --with.limits.pdf_bytes;
    EXPECT_THAT(told_of(good, with), HasSubstr("hold PRB-R06 Documents/Document[1]/File/@size\n"));
    const auto in_c5 = [](std::uint32_t pages) {
        return told_after([&](sample& of) {
            of.documents[0].print.envelope = envelope::c5;
            of.documents[0].file.pages = pages;
        });
    };
    EXPECT_EQ(in_c5(12), "");
    EXPECT_EQ(in_c5(13), "hold PRB-R06 Documents/Document[1]/Print/@envelope\n");
}

// PRB-R07
TEST(batch_rules, R07_the_kind_fits_the_flow) {
    const flow flows[] = {flow::invoice, flow::reminder, flow::collection, flow::letter};
    const document_kind kinds[] = {document_kind::invoice, document_kind::credit_invoice, document_kind::reminder,
                                   document_kind::collection_notice, document_kind::letter};
    const int fitting[] = {0, 0, 1, 2, 3};
    for (int f = 0; f < 4; ++f)
        for (int k = 0; k < 5; ++k) {
            sample made = good_sample();
            made.documents.resize(1);
            made.header.flow = flows[f];
            made.documents[0].kind = kinds[k];
            made.documents[0].reminder_level = 1;
            EXPECT_EQ(told_of(made), fitting[k] == f ? "" : "hold PRB-R07 Documents/Document[1]/Kind\n") << f << " " << k;
        }
}

// PRB-R08
TEST(batch_rules, R08_conditional_elements_are_there_or_not) {
    struct change {
        std::function<void(document&)> make;
        std::string_view path;
    };
    const change changes[] = {
        {[](document& item) { item.subject.clear(); }, "Subject"},
        {[](document& item) { item.subject = "Till Anna Exempel"; }, "Subject"},
        {[](document& item) { item.subject = "Kund 1212121212"; }, "Subject"},
        {[](document& item) { item.recipient.identity_number.clear(); }, "Recipient/IdentityNumber"},
        {[](document& item) { item.recipient.name.clear(); }, "Recipient/Name"},
        {[](document& item) { item.recipient.postal_address.reset(); }, "Recipient/PostalAddress"},
        {[](document& item) {
             item.channels = {channel::email, channel::print};
         },
         "Recipient/Email"},
        {[](document& item) { item.payment.reset(); }, "Payment"},
        {[](document& item) { item.payment->account_type.reset(); }, "Payment/AccountType"},
        {[](document& item) { item.payment->account.clear(); }, "Payment/Account"},
        {[](document& item) { item.payment->reference_type.reset(); }, "Payment/ReferenceType"},
        {[](document& item) { item.payment->reference.clear(); }, "Payment/Reference"},
        {[](document& item) { item.payment->code_line.clear(); }, "Payment/CodeLine"},
        {[](document& item) { item.file.pages = 0; }, "File/@pages"},
        {[](document& item) {
             item.attachments = {{"att/a.pdf", 5, std::string(64, '0'), 0}};
         },
         "Attachment[1]/@pages"},
    };
    for (const change& each : changes)
        EXPECT_EQ(told_after([&](sample& of) { each.make(of.documents[0]); }),
                  "hold PRB-R08 Documents/Document[1]/" + std::string(each.path) + "\n");
    EXPECT_EQ(told_after([](sample& of) {
                  of.documents[0].channels = {channel::email, channel::print};
                  of.documents[0].recipient.email = "anna@example.invalid";
              }),
              "");
    EXPECT_EQ(told_after([](sample& of) {
                  of.documents[2].payment->account = "59892810";
                  of.documents[2].payment->reference = "7001234504";
              }),
              "hold PRB-R08 Documents/Document[3]/Payment/Account\nhold PRB-R08 Documents/Document[3]/Payment/Reference\n");
}

TEST(batch_rules, R08_a_reminder_has_a_level_and_a_letter_needs_no_payment) {
    sample made = good_sample();
    made.documents.resize(1);
    made.header.flow = flow::reminder;
    made.documents[0].kind = document_kind::reminder;
    EXPECT_EQ(told_of(made), "hold PRB-R08 Documents/Document[1]/ReminderLevel\n");
    made.documents[0].reminder_level = 2;
    EXPECT_EQ(told_of(made), "");
    made.header.flow = flow::letter;
    made.documents[0].kind = document_kind::letter;
    made.documents[0].payment.reset();
    EXPECT_EQ(told_of(made), "");
}

// PRB-R09
TEST(batch_rules, R09_identity_numbers_are_right) {
    constexpr const char* wrong = "hold PRB-R09 Documents/Document[1]/Recipient/IdentityNumber\n";
    struct vector {
        party_type type;
        const char* number;
        const char* told;
    };
    for (const vector& each :
         {vector{party_type::person, "191212121212", ""}, vector{party_type::person, "197010632391", ""},
          vector{party_type::person, "191212121213", wrong}, vector{party_type::person, "191202301219", wrong},
          vector{party_type::person, "1212121212", wrong}, vector{party_type::person, "202701011236", wrong},
          vector{party_type::organisation, "5560004615", ""}, vector{party_type::organisation, "5560004616", wrong},
          vector{party_type::organisation, "1212121212", wrong}, vector{party_type::organisation, "191212121212", wrong},
          vector{party_type::other, "5560004615", ""}, vector{party_type::other, "191212121212", ""},
          vector{party_type::other, "5560004614", wrong}}) {
        const std::string told = told_after([&](sample& of) {
            of.documents[0].recipient.party_type = each.type;
            of.documents[0].recipient.identity_number = each.number;
        });
        EXPECT_EQ(told, each.told) << each.number;
    }
}

// PRB-R10
TEST(batch_rules, R10_slips_are_payable_and_their_code_lines_agree) {
    const auto told_with = [](const std::function<void(payment&)>& change) {
        return told_after([&](sample& of) { change(*of.documents[0].payment); });
    };
    constexpr const char* line = "hold PRB-R10 Documents/Document[1]/Payment/CodeLine\n";
    EXPECT_EQ(told_with([](payment& item) { item.amount_ore = 123'449; }), line);              // OCRL-R05
    EXPECT_EQ(told_with([](payment& item) { item.account = "99123465"; }), line);              // OCRL-R04
    EXPECT_EQ(told_with([](payment& item) { item.code_line[43] = '8'; }), line);               // OCRL-R03
    EXPECT_EQ(told_with([](payment& item) { item.code_line[0] = 'x'; }), line);                // OCRL-R01
    EXPECT_THAT(told_with([](payment& item) { item.code_line[26] = '5'; }), HasSubstr(line));  // OCRL-R02
    constexpr const char* method = "hold PRB-R10 Documents/Document[1]/Payment/Method\n";
    EXPECT_EQ(told_with([](payment& item) { item.amount_ore = 0; }), method);
    EXPECT_EQ(told_with([](payment& item) { item = {-1, item.due_date, payment_method::autogiro, {}, {}, {}, {}, {}}; }), method);
    EXPECT_EQ(told_with([](payment& item) { item = {-1, item.due_date, payment_method::none, {}, {}, {}, {}, {}}; }), "");
    sample without = good_sample();  // OCRL-R06
    without.files["docs/D0000001.pdf"] = {};
    pdf::plain_document blank;
    blank.pages.resize(3);
    put_file(without, without.documents[0].file, pdf::plain_pdf(blank));
    EXPECT_EQ(told_of_archive(without), line);
}

// PRB-R11
TEST(batch_rules, R11_a_letter_about_autogiro_shows_no_code_line) {
    sample made = good_sample();
    pdf::plain_document slip_too;
    slip_too.pages = {{{13, 48, made.documents[0].payment->code_line}}};
    put_file(made, made.documents[1].file, pdf::plain_pdf(slip_too));
    EXPECT_EQ(told_of_archive(made), "warning PRB-R11 Documents/Document[2]/File\n");
}

// PRB-R12
TEST(batch_rules, R12_protected_persons_are_nothing_but_a_number) {
    struct change {
        std::function<void(document&)> make;
        std::string_view path;
    };
    const change changes[] = {
        {[](document& item) { item.channels = {channel::print}; }, "Channels"},
        {[](document& item) { item.channels.push_back(channel::print_forwarding); }, "Channels"},
        {[](document& item) { item.recipient.identity_number.clear(); }, "Recipient/IdentityNumber"},
        {[](document& item) { item.recipient.name = "Anna Exempel"; }, "Recipient/Name"},
        {[](document& item) {
             item.recipient.postal_address = {{"Provgatan 7", "123 45 Provstad"}, "SE"};
         },
         "Recipient/PostalAddress"},
        {[](document& item) { item.recipient.email = "a@example.invalid"; }, "Recipient/Email"},
        {[](document& item) { item.subject = "Faktura"; }, "Subject"},
        {[](document& item) { item.print.group_key = "G1"; }, "Print/@groupKey"},
        {[](document& item) {
             item.data = {"data/P.xml", 5, std::string(64, '0'), 0};
         },
         "Data"},
    };
    for (const change& each : changes) {
        sample made = protected_sample();
        each.make(made.documents[0]);
        EXPECT_EQ(told_of(made), "error PRB-R12 Documents/Document[1]/" + std::string(each.path) + "\n");
    }
    EXPECT_THAT(told_after([](sample& of) {
                    of.documents[1].channels = {channel::print_forwarding, channel::print};
                }),
                HasSubstr("error PRB-R12 Documents/Document[2]/Channels/Channel\n"));
}

// PRB-R13
TEST(batch_rules, R13_one_envelope_is_for_one_customer) {
    const auto told_with = [](const std::function<void(document&)>& change) {
        return told_after([&](sample& of) {
            of.documents[0].print.group_key = of.documents[2].print.group_key = "G1";
            change(of.documents[2]);
        });
    };
    constexpr const char* third = "hold PRB-R13 Documents/Document[3]/Print/@groupKey\n";
    EXPECT_EQ(told_with([](document&) {}), "");
    EXPECT_EQ(told_with([](document& item) { item.recipient.customer_number = "1"; }), third);
    EXPECT_EQ(told_with([](document& item) { item.recipient.postal_address->lines[1] = "Provgatan 8"; }), third);
    EXPECT_EQ(told_with([](document& item) { item.print.postage = postage::normal; }), third);
}

// PRB-R14
TEST(batch_rules, R14_economy_letters_leave_in_time) {
    const auto told_with = [](date due, postage by) {
        return told_after([&](sample& of) {
            of.documents[2].payment->due_date = due;
            of.documents[2].print.postage = by;
        });
    };
    using namespace std::chrono;
    EXPECT_EQ(told_with(year{2026} / 12 / 12, postage::economy), "");
    EXPECT_EQ(told_with(year{2026} / 12 / 11, postage::economy), "warning PRB-R14 Documents/Document[3]/Payment/DueDate\n");
    EXPECT_EQ(told_with(year{2026} / 12 / 11, postage::normal), "");
}

// PRB-R15
TEST(batch_rules, R15_reminders_are_of_open_claims) {
    sample made = good_sample();
    made.documents.resize(1);
    made.header.flow = flow::collection;
    made.documents[0].kind = document_kind::collection_notice;
    read_options with = lenient();
    bool is_open = true;
    with.ledger.has_open_claim = [&](const document& item) { return is_open && item.number == "70012345"; };
    EXPECT_EQ(told_of(made, with), "");
    is_open = false;
    EXPECT_EQ(told_of(made, with), "hold PRB-R15 Documents/Document[1]/Number\n");
    EXPECT_EQ(told_of(good_sample(), with), "");
}

// PRB-R16
TEST(batch_rules, R16_paper_comes_last_unless_forbidden) {
    sample made = good_sample();
    made.documents[0].channels = {channel::kivra};
    EXPECT_EQ(told_of(made), "hold PRB-R16 Documents/Document[1]/Channels/Channel\n");
    made.documents[0].channels = {channel::print, channel::kivra};
    EXPECT_EQ(told_of(made), "hold PRB-R16 Documents/Document[1]/Channels/Channel\n");
    read_options with = lenient();
    with.ledger.forbids_paper = [](const recipient& to) { return to.identity_number == "191212121212"; };
    EXPECT_EQ(told_of(made, with), "");
}

// PRB-W01
TEST(batch_rules, W01_letters_beyond_latin_1_are_told_and_nothing_else_of_the_text) {
    const auto change = [](sample& of) {
        of.documents[2].recipient.name = of.documents[2].recipient.postal_address->lines[0] = "Łukasz Prövé";
    };
    EXPECT_EQ(told_after(change),
              "warning PRB-W01 Documents/Document[3]/Recipient/Name\n"
              "warning PRB-W01 Documents/Document[3]/Recipient/PostalAddress/Line[1]\n");
    sample made = good_sample();
    change(made);
    EXPECT_EQ(read_manifest(manifest_bytes(made)).findings.kept()[0].found, "U+0141");
}

// PRB-RATIO
TEST(batch_rules, RATIO_too_many_documents_with_errors_stop_the_batch) {
    sample made = good_sample();
    made.documents[0].kind = document_kind::letter;
    read_options with;
    with.max_error_permille = 333;
    const batch_file stopped = read_manifest(manifest_bytes(made), with);
    EXPECT_EQ(told(stopped.findings), "hold PRB-R07 Documents/Document[1]/Kind\nerror PRB-RATIO Documents\n");
    EXPECT_FALSE(stopped.accepted());
    with.max_error_permille = 334;
    EXPECT_TRUE(read_manifest(manifest_bytes(made), with).accepted());
}

TEST(batch_rules, findings_tell_nothing_of_persons) {
    sample made = good_sample();
    made.documents[0].recipient.name = std::string(71, 'x') + "Anna Exempel";
    made.documents[0].recipient.email = "anna example";
    made.documents[0].recipient.identity_number = "19121212121";
    made.documents[0].recipient.postal_address->lines = {"Provgatan 7 Provgatan 7 Provgatan 7 Provgatan 7"};
    made.documents[0].recipient.customer_number = "100 200";
    const batch_file file = read_manifest(manifest_bytes(made));
    EXPECT_GE(file.findings.total(), 5U);
    for (const finding& each : file.findings.kept())
        for (const std::string_view secret : {"Anna", "anna", "1912", "Provgatan", "100 200"})
            EXPECT_THAT(describe(each, true), Not(HasSubstr(std::string(secret))));
}

}  // namespace

}  // namespace brygga::print::batch
