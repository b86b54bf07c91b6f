// The worked examples of the specification, and our tables of its schemas held against xmllint on many changed manifests
// (PRB-R01).
#include "formats/xml/schema.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/invented/payers.hpp"
#include "formats/print/batch/totals.hpp"
#include "tests/print/batches.hpp"

namespace brygga::print::batch {

namespace {

std::string without_blanks_between_tags(std::string_view xml) {
    std::string out;
    for (std::size_t at = 0; at < xml.size();) {
        const std::size_t begin = xml.find('>', at);
        const std::size_t next = begin == std::string_view::npos ? begin : xml.find_first_not_of(" \n", begin + 1);
        if (next == std::string_view::npos || xml[next] != '<') {
            out += xml.substr(at, begin == std::string_view::npos ? begin : begin + 1 - at);
            at = begin == std::string_view::npos ? xml.size() : begin + 1;
            continue;
        }
        out += xml.substr(at, begin + 1 - at);
        at = next;
    }
    return out;
}

TEST(batch_examples, are_those_of_the_page) {
    if (page_block("Example A").empty()) GTEST_SKIP() << "the specification is not there";
    EXPECT_EQ(example_a(), page_block("Example A, STANDARD"));
    EXPECT_NE(example_b().find(page_block("Example B, PROTECTED")), std::string::npos);
    EXPECT_EQ(example_c(), page_block("Example C, receipt"));
}

TEST(batch_examples, example_a_breaks_no_rule_and_has_its_totals) {
    const batch_file file = read_manifest(example_a());
    EXPECT_EQ(told(file.findings), "");
    EXPECT_TRUE(file.accepted());
    const totals counted = totals_of(file.content.documents);
    EXPECT_EQ(counted, file.content.totals);
    EXPECT_EQ(counted.documents, 3U);
    EXPECT_EQ(counted.pages, 4U);
    EXPECT_EQ(counted.sheets, 3U);
    EXPECT_EQ(counted.payable_ore, 229'450);
    EXPECT_EQ(counted.digest, "c82734cadbde7112b0cc82d1a803c4b8b21d02ba6401ec0c58f1a480cba149d2");
}

TEST(batch_examples, example_b_breaks_no_rule_and_has_its_digest) {
    const batch_file file = read_manifest(example_b());
    EXPECT_EQ(told(file.findings), "");
    EXPECT_EQ(digest_of(file.content.documents), "996b89c4e689fa431aff7e2e984fba9645d95f1f7ac0c3d875c426a334b20abd");
}

// But for blanks between tags, which the page puts where they are read best.
TEST(batch_examples, are_written_as_they_stand) {
    for (const std::string& each : {example_a(), example_b()})
        EXPECT_EQ(without_blanks_between_tags(write_manifest(read_manifest(each).content)), without_blanks_between_tags(each));
}

// The bytes of the documents are dummies: they are those of the manifest, and no PDFs (PRB-R06, and no code line on page 1).
TEST(batch_examples, example_a_is_a_batch_but_for_its_dummies) {
    sample item;
    item.header = read_manifest(example_a()).content.header;
    for (const char* id : {"D0000001", "D0000002", "D0000003"})
        item.files[fmt::format("docs/{}.pdf", id)] = fmt::format("%PDF-1.7 example {}\n", id).substr(0, 25);
    read_options with;
    with.inspects_pdfs = false;
    EXPECT_EQ(told(read_batch(archive_of(item, example_a()), with).findings), "");
    with.inspects_pdfs = true;
    with.max_error_permille = 1'000;
    EXPECT_EQ(told(read_batch(archive_of(item, example_a()), with).findings),
              "hold PRB-R06 Documents/Document[1]/File\nhold PRB-R06 Documents/Document[2]/File\n"
              "hold PRB-R06 Documents/Document[3]/File\n");
}

// ---- against xmllint ----

bool is_refused_by_us(const std::string& bytes) {
    return read_manifest(bytes).findings.count(static_cast<std::size_t>(rule::R01)) != 0;
}

// All places of elements and attribute values in the text, to change one of them.
std::vector<std::pair<std::size_t, std::size_t>> values_in(const std::string& bytes) {
    std::vector<std::pair<std::size_t, std::size_t>> made;
    for (std::size_t at = bytes.find("<Header>"); at < bytes.size(); ++at) {
        if (bytes[at] == '>' && at + 1 < bytes.size() && bytes[at + 1] != '\n' && bytes[at + 1] != '<')
            made.emplace_back(at + 1, bytes.find('<', at) - at - 1);
        if (bytes[at] == '=' && bytes[at + 1] == '"') made.emplace_back(at + 2, bytes.find('"', at + 2) - at - 2);
    }
    return made;
}

constexpr std::string_view new_values[] = {"",
                                           " ",
                                           "x",
                                           "0",
                                           "1",
                                           "+1",
                                           "-1",
                                           "01",
                                           "9",
                                           "10",
                                           "200",
                                           "201",
                                           "true",
                                           " true ",
                                           "TRUE",
                                           "PROD",
                                           " TEST\n",
                                           "SEK",
                                           "1.0",
                                           "1.00",
                                           "-0.50",
                                           "+1.00",
                                           "1.000",
                                           "123456789012.00",
                                           "1234567890123.00",
                                           "2026-11-30",
                                           "2026-11-31",
                                           "2026-11-30Z",
                                           "2026-1-30",
                                           "2026-11-30+15:00",
                                           "2026-11-30T04:05:06",
                                           "2026-11-30T04:05:06.5Z",
                                           "2026-11-30T25:05:06Z",
                                           "5561234567",
                                           "191212121212",
                                           "12345678901",
                                           "docs/a.pdf",
                                           "docs/a/b.pdf",
                                           "docs/.a",
                                           "other/a",
                                           "a@b",
                                           "a@b@c",
                                           "@b",
                                           "a b@c",
                                           "KIVRA",
                                           "EMAIL",
                                           "PRINT",
                                           "SLIP",
                                           "NONE",
                                           "SE",
                                           "se",
                                           "SWE",
                                           "C5",
                                           "C6",
                                           "ECONOMY",
                                           "a..b",
                                           "-a",
                                           "a_b-c.d",
                                           "9999999999",
                                           "2147483648",
                                           "&#229;&#228;&#246;",
                                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                           "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                           "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                                           "                                                                               "};

// A new value in the place of a value.
std::string with_value(std::string bytes, invented::random_numbers& random) {
    const auto places = values_in(bytes);
    const auto [at, size] = places[random.below(places.size())];
    return bytes.replace(at, size, new_values[random.below(std::size(new_values))]);
}

// A whole line (an element, its start or end tag) gone, doubled, or moved behind the next.
std::string with_lines(const std::string& bytes, invented::random_numbers& random) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = bytes.find('\n', at) + 1;
        lines.push_back(bytes.substr(at, end - at));
        at = end;
    }
    const std::size_t at = 2 + random.below(lines.size() - 4);
    const auto line = lines.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random.below(4)) {
        case 0:
            lines.erase(line);
            break;
        case 1:
            lines.insert(line, std::string(lines[at]));
            break;
        case 2:
            std::swap(lines[at], lines[at + 1]);
            break;
        default:
            lines.insert(line, random.chance(50) ? "text\n" : "<Unknown/>\n");
    }
    std::string out;
    for (const std::string& each : lines)
        out += each;
    return out;
}

sample sample_with_everything() {
    sample made = good_sample();
    made.header.replaces = "before";
    made.header.earliest_dispatch = made.header.latest_dispatch;
    document& item = made.documents[0];
    item.reminder_level = 1;
    item.recipient.email = "a@b";
    item.print.group_key = "G1";
    item.data = file_ref{"data/a.xml", 5, std::string(64, '0'), 0};
    item.attachments = {{"att/a.pdf", 5, std::string(64, '0'), 1}, {"att/b.pdf", 5, std::string(64, '0'), 1}};
    return made;
}

TEST(batch_schema, judges_as_xmllint_does) {
    if (!can_validate()) GTEST_SKIP() << "the specification or xmllint is not there";
    const std::string schema = manifest_schema_text(), good = manifest_bytes(sample_with_everything());
    ASSERT_TRUE(is_valid_by(schema, good));
    ASSERT_FALSE(is_refused_by_us(good)) << told(read_manifest(good).findings);
    invented::random_numbers random(7);
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        const std::string changed = i % 2 == 0 ? with_value(good, random) : with_lines(good, random);
        const bool valid = is_valid_by(schema, changed);
        refused += valid ? 0 : 1;
        // A CreatedAt without zone is valid by the schema, not by section 3.1.
        const bool is_only_a_zone = valid && told(read_manifest(changed).findings).find("Header/CreatedAt") != std::string::npos;
        ASSERT_TRUE(is_refused_by_us(changed) != valid || is_only_a_zone) << changed << told(read_manifest(changed).findings);
    }
    EXPECT_GT(refused, 200);
    EXPECT_LT(refused, 580);
}

TEST(xml_schema, simple_types) {
    using namespace xml::schema;
    EXPECT_EQ(collapsed("  a \t b\n"), "a b");
    EXPECT_EQ(collapsed(" \n"), "");
    EXPECT_TRUE((is_number<1, 9>("+09")));
    EXPECT_FALSE((is_number<1, 9>("10")));
    EXPECT_FALSE((is_number<0, 9>("1000000000000000000000")));
    EXPECT_TRUE((is_number<0, 9>("-0")));
    EXPECT_FALSE((is_number<0, 9>("-1")));
    EXPECT_TRUE(is_moment("2026-11-30T04:05:06.789-14:00"));
    EXPECT_FALSE(is_moment("2026-11-30T24:00:00"));
    EXPECT_FALSE(is_moment("2026-11-30T04:05:06."));
    EXPECT_TRUE(is_date("2024-02-29Z"));
    EXPECT_FALSE(is_date("2026-02-29"));
    EXPECT_FALSE(is_date("0000-01-01"));
}

}  // namespace

}  // namespace brygga::print::batch
