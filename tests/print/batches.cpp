#include "tests/print/batches.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

#include "formats/archive/zip_writer.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/code_line/code_line.hpp"
#include "formats/print/pdf/plain_pdf.hpp"

namespace brygga::print::batch {

namespace {

using namespace std::chrono;

document letter(std::string id, std::string number) {
    document made;
    made.id = std::move(id);
    made.number = std::move(number);
    made.issue_date = year{2026} / 11 / 30;
    made.recipient.customer_number = "100200";
    made.recipient.name = "Anna Exempel";
    made.recipient.postal_address = {{"Anna Exempel", "Provgatan 7", "123 45 Provstad"}, "SE"};
    made.channels = {channel::print};
    made.file.name = "docs/" + made.id + ".pdf";
    made.file.pages = 1;
    return made;
}

header header_of_the_day() {
    header made;
    made.batch_id = "20261130-INV-000123";
    made.created_at = "2026-11-30T04:05:06+01:00";
    made.environment = environment::test;
    made.flow = flow::invoice;
    made.sender = {"5561234567", "Provstads Energi AB", "provstad-energi", {{"Provstads Energi AB", "123 40 Provstad"}, "SE"}};
    made.latest_dispatch = year{2026} / 12 / 2;
    return made;
}

std::string page() {
    std::ifstream file(std::filesystem::path(BRYGGA_SHARED_DIR) / "specs/print-batch.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

// The block of XML behind a text of the page.
std::string block_behind(std::string_view mark) {
    const std::string text = page();
    constexpr std::string_view fence = "```xml\n";
    const std::size_t at = text.find(mark);
    const std::size_t begin = at == std::string::npos ? at : text.find(fence, at);
    if (begin == std::string::npos) return {};
    const std::size_t first = begin + fence.size();
    return text.substr(first, text.find("```", first) - first);
}

std::string fixture(const char* name) {
    std::ifstream file(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/print" / name);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

payment slip(std::int64_t ore, const std::string& reference) {
    payment made;
    made.amount_ore = ore;
    made.due_date = year{2026} / 12 / 30;
    made.method = payment_method::slip;
    made.account_type = account_type::bankgiro;
    made.account = "59892810";
    made.reference_type = reference_type::ocr;
    made.reference = reference;
    made.code_line = write_code_line({reference, ore, made.account, giro::bankgiro}).value();
    return made;
}

void put_file(sample& of, file_ref& what, std::string bytes) {
    what.size = bytes.size();
    what.sha256 = sha256_hex(bytes);
    of.files[what.name] = std::move(bytes);
}

void make_pdf(sample& of, std::size_t document) {
    batch::document& item = of.documents[document];
    pdf::plain_document made;
    made.pages.resize(item.file.pages);
    made.pages[0] = {{57, 780, item.number}};
    if (item.payment && !item.payment->code_line.empty()) made.pages[0].push_back({13, 48, item.payment->code_line});
    put_file(of, item.file, pdf::plain_pdf(made));
}

sample good_sample() {
    sample made;
    made.header = header_of_the_day();
    made.documents = {letter("D0000001", "70012345"), letter("D0000002", "70009876"), letter("D0000003", "70012346")};
    document& invoice = made.documents[0];
    invoice.subject = "Faktura november 2026";
    invoice.recipient.identity_number = "191212121212";
    invoice.channels = {channel::kivra, channel::print};
    invoice.payment = slip(123'450, "7001234504");
    invoice.file.pages = 3;
    document& collected = made.documents[1];
    collected.recipient.party_type = party_type::organisation;
    collected.recipient.identity_number = "5560004615";
    collected.payment = payment{106'000, year{2026} / 12 / 30, payment_method::autogiro, {}, {}, {}, {}, {}};
    collected.print.duplex = false;
    document& credit = made.documents[2];
    credit.kind = document_kind::credit_invoice;
    credit.payment = payment{-25'000, year{2026} / 12 / 30, payment_method::none, {}, {}, {}, {}, {}};
    for (std::size_t i = 0; i < made.documents.size(); ++i)
        make_pdf(made, i);
    return made;
}

sample protected_sample() {
    sample made;
    made.header = header_of_the_day();
    made.header.batch_id = "20261130-PRO-000007";
    made.header.handling = handling::protected_identity;
    document item = letter("P0000001", "70012399");
    item.recipient = {party_type::person, "100777", "200001252386", {}, {}, {}};
    item.channels = {channel::print_forwarding};
    item.payment = slip(45'000, "7001239909");
    made.documents = {item};
    make_pdf(made, 0);
    return made;
}

manifest manifest_of(const sample& of) {
    return {"1.0", of.header, of.documents, totals_of(of.documents)};
}

std::string manifest_bytes(const sample& of) {
    return write_manifest(manifest_of(of));
}

std::string archive_of(const sample& of) {
    return archive_of(of, manifest_bytes(of));
}

std::string archive_of(const sample& of, std::string_view manifest) {
    std::string out;
    archive::zip_writer to([&out](std::string_view part) { out += part; },
                           archive::dos_time_of(*local_time_of(of.header)).value());
    if (!to.add("manifest.xml", manifest)) std::abort();
    for (const std::string_view group : {"docs/", "data/", "att/"})
        for (const auto& [name, bytes] : of.files)
            if (name.starts_with(group) && !to.add(name, bytes)) std::abort();
    if (!to.finish()) std::abort();
    return out;
}

std::string told(const finding_list& findings) {
    std::string out;
    for (const finding& each : findings.kept())
        out += fmt::format("{} {}{}{}\n", name(each.level), each.rule->id, each.path.empty() ? "" : " ", each.path);
    return out;
}

std::string example_a() {
    return fixture("example-a.xml");
}

std::string example_b() {
    return fixture("example-b.xml");
}

std::string example_c() {
    return fixture("example-c.xml");
}

std::string page_block(std::string_view mark) {
    return block_behind(mark);
}

std::string manifest_schema_text() {
    return block_behind("### 3.2 manifest XSD");
}

std::string receipt_schema_text() {
    return block_behind("### 3.3 receipt XSD");
}

bool can_validate() {
    static const bool can = !page().empty() && std::system("xmllint --version >/dev/null 2>&1") == 0;
    return can;
}

bool is_valid_by(const std::string& schema, const std::string& document) {
    const auto folder = std::filesystem::temp_directory_path();
    const auto xsd = folder / fmt::format("brygga-print-{}.xsd", ::getpid());
    const auto xml = folder / fmt::format("brygga-print-{}.xml", ::getpid());
    std::ofstream(xsd) << schema;
    std::ofstream(xml) << document;
    const std::string command = fmt::format("xmllint --noout --schema '{}' '{}' >/dev/null 2>&1", xsd.string(), xml.string());
    const bool valid = std::system(command.c_str()) == 0;
    std::filesystem::remove(xsd);
    std::filesystem::remove(xml);
    return valid;
}

}  // namespace brygga::print::batch
