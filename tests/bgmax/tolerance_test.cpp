// What was done to a file on its way must not change what it means: line ends, encodings, TABs, trimmed lines, blank lines,
// files put together (bgmax.md section 2).
#include <gmock/gmock.h>

#include "formats/bankgirot/bgmax/generator.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

// Everything that a reading tells, as text: two files that mean the same give the same.
class meaning : public sink {
 public:
    void file_opened(std::uint32_t, const start_record& start) override { add({"file", start.version, start.written_at}); }
    void section_opened(std::uint32_t, const opening_record& opening) override {
        add({"section", opening.bankgiro, opening.plusgiro, opening.currency.utf8()});
    }
    void payment(const payment_view& item) override {
        add({item.is_deduction ? "deduction" : "payment", std::to_string(item.ordinal), record_text(item.record)});
        for (const extra_reference& each : item.extras)
            add({each.negative ? "negative" : "extra", record_text(each.record)});
        for (const encoded_text& each : item.information)
            add({"information", each.utf8()});
        add({"name", item.name.name.utf8(), item.name.extra_name.utf8(), item.street.street.utf8(), item.street.postcode.utf8(),
             item.town.town.utf8(), item.town.country.utf8(), item.town.country_code.utf8(), item.organisation_number.utf8()});
        hashes += content_hash(item.lines, item.record.reference.in) + "\n";
    }
    void section_closed(const section_view& section) override {
        add({"deposit", section.deposit.bank_account, section.deposit.payment_date, section.deposit.serial,
             std::to_string(section.deposit.amount_ore), section.deposit.currency.utf8(), section.net_ore.text(),
             std::to_string(section.payments), std::to_string(section.deductions), std::to_string(section.extra_references)});
    }
    void file_closed(const logical_file& file) override {
        for (const auto& [code, count] : file.records)
            add({code, std::to_string(count)});
        add({file.payments_ore.text(), file.deductions_ore.text(), file.deposits_ore.text(),
             file.accepted() ? "accepted" : "refused"});
    }

    std::string text, hashes;

 private:
    static std::string record_text(const payment_record& record) {
        return std::string(record.payer_bankgiro) + "|" + record.reference.utf8() + "|" + std::to_string(record.amount_ore) +
               "|" + static_cast<char>(record.code) + static_cast<char>(record.by) + "|" + std::string(record.serial) + "|" +
               record.image;
    }
    void add(const std::vector<std::string_view>& parts) {
        for (const std::string_view part : parts)
            text.append(part).append(";");
        text += "\n";
    }
};

struct reading {
    std::string text, hashes;
    std::vector<std::string> identities;
    std::vector<logical_file> files;
};

reading read_all(const std::string& bytes) {
    reading out;
    meaning into;
    out.files = read(bytes, {}, &into);
    out.text = into.text;
    out.hashes = into.hashes;
    for (const logical_file& file : out.files)
        out.identities.push_back(identity_hash(std::string_view(bytes).substr(file.offset, file.size), file.in));
    return out;
}

std::string right_trimmed_line(std::string line) {
    line.resize(line.find_last_not_of(' ') + 1);
    return line;
}

// Each run of blanks that reaches a tab stop becomes a TAB, as an editor does it.
std::string with_tabs(const std::string& line) {
    std::string out;
    for (std::size_t at = 0; at < line.size(); at += 8) {
        const std::string cell = line.substr(at, 8);
        const std::size_t filled = cell.find_last_not_of(' ') + 1;
        if (cell.size() == 8 && filled < 7)
            out += cell.substr(0, filled) + "\t";
        else
            out += cell;
    }
    return out;
}

std::string transcoded(const std::string& bytes, encoding to) {
    return *from_utf8(to_utf8(bytes, encoding::iso_8859_1), to);
}

class tolerance : public ::testing::TestWithParam<std::string> {
 protected:
    [[nodiscard]] static std::vector<std::string> lines() { return worked_example(GetParam()); }
    static void expect_same(const std::string& changed) {
        const reading original = read_all(joined(lines()));
        const reading other = read_all(changed);
        EXPECT_EQ(other.text, original.text);
        EXPECT_EQ(other.identities, original.identities);
        EXPECT_EQ(other.hashes, original.hashes);
    }
};

TEST_P(tolerance, of_line_ends) {
    for (const std::string_view end : {"\n", "\r", "\r\n"})
        expect_same(joined(lines(), end));
    std::string mixed;
    const std::string_view ends[] = {"\r\n", "\n", "\r"};
    std::size_t at = 0;
    for (const std::string& line : lines())
        mixed.append(line).append(ends[at++ % 3]);
    expect_same(mixed);
    mixed.resize(mixed.find_last_not_of("\r\n") + 1);
    expect_same(mixed);
}

TEST_P(tolerance, of_encodings) {
    const std::string bytes = joined(lines());
    for (const encoding to : {encoding::iso_8859_1, encoding::cp850, encoding::utf_8}) {
        SCOPED_TRACE(name(to));
        expect_same(transcoded(bytes, to));
    }
    expect_same(std::string(utf8_byte_order_mark) + transcoded(bytes, encoding::utf_8));
}

TEST_P(tolerance, of_trimmed_and_overlong_lines) {
    std::vector<std::string> trimmed, longer;
    for (const std::string& line : lines()) {
        trimmed.push_back(right_trimmed_line(line));
        longer.push_back(line + "          ");
    }
    expect_same(joined(trimmed));
    expect_same(joined(longer));
}

TEST_P(tolerance, of_tabs) {
    std::vector<std::string> changed;
    for (const std::string& line : lines())
        changed.push_back(with_tabs(line));
    ASSERT_NE(changed, lines());
    expect_same(joined(changed));
    expect_same(transcoded(joined(changed), encoding::utf_8));
}

TEST_P(tolerance, of_blank_lines_and_the_end_of_file_mark) {
    std::string spaced = "\r\n  \t\r\n";
    for (const std::string& line : lines())
        spaced.append(line).append("\r\n\r\n");
    expect_same(spaced);
    expect_same(joined(lines()) + "\x1A");
    expect_same(joined(lines()) + "\r\n\x1A\x1A");
    const std::string bytes = joined(lines());
    expect_same(bytes.substr(0, bytes.size() - 2) + "\x1A");
}

// Unknown records change what a file holds, so its identity; they change no payment.
TEST_P(tolerance, of_unknown_records) {
    std::vector<std::string> grown;
    for (const std::string& line : lines()) {
        grown.push_back(line);
        grown.push_back("24" + std::string(78, 'x'));
    }
    const reading original = read_all(joined(lines()));
    reading other = read_all(joined(grown));
    const std::string count = "24;" + std::to_string(lines().size()) + ";\n";
    ASSERT_NE(other.text.find(count), std::string::npos);
    other.text.erase(other.text.find(count), count.size());
    EXPECT_EQ(other.text, original.text);
    EXPECT_NE(other.identities, original.identities);
}

INSTANTIATE_TEST_SUITE_P(examples, tolerance, ::testing::Values("7.1", "7.2", "7.3"),
                         [](const auto& each) { return "example_" + std::string(1, each.param.back()); });

TEST(bgmax_concatenation, gives_each_file_as_if_it_came_alone) {
    const std::vector<std::string> parts = {
        joined(worked_example("7.1")), joined(worked_example("7.2"), "\n") + "\n\n",
        transcoded(joined(worked_example("7.1"), "\r"), encoding::utf_8),
        std::string(utf8_byte_order_mark) + transcoded(joined(worked_example("7.2")), encoding::utf_8)};
    const std::vector<std::uint64_t> part_lines = {13, 27 + 2, 13, 27};
    std::string together, texts;
    std::vector<std::string> identities;
    std::uint64_t lines = 0;
    for (const std::string& part : parts) {
        const reading alone = read_all(part);
        ASSERT_EQ(alone.files.size(), 1u);
        texts += alone.text;
        identities.push_back(alone.identities.front());
        together += part;
    }
    const reading all = read_all(together);
    ASSERT_EQ(all.files.size(), parts.size());
    EXPECT_EQ(all.text, texts);
    EXPECT_EQ(all.identities, identities);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        EXPECT_EQ(all.files[i].logical_no, i + 1);
        EXPECT_EQ(all.files[i].offset, offset);
        EXPECT_EQ(all.files[i].size, parts[i].size());
        EXPECT_EQ(all.files[i].first_line, lines + 1);
        offset += parts[i].size();
        lines += part_lines[i];
    }
}

TEST(bgmax_concatenation, keeps_the_faults_of_one_file_from_the_next) {
    std::vector<std::string> broken = worked_example("7.1");
    broken[11].replace(50, 18, "000000000000204951");
    const auto files = read(joined(broken) + joined(worked_example("7.2")));
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].holds.size(), 1u);
    EXPECT_TRUE(files[1].holds.empty());
    EXPECT_EQ(files[1].findings.total(), 0u);
}

TEST(bgmax_identity, differs_when_a_record_differs) {
    const std::vector<std::string> lines = worked_example("7.2");
    const std::string original = identity_hash(joined(lines), encoding::iso_8859_1);
    EXPECT_EQ(original.size(), 64u);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        std::vector<std::string> other = lines;
        other[at][20] = other[at][20] == 'x' ? 'y' : 'x';
        EXPECT_NE(identity_hash(joined(other), encoding::iso_8859_1), original) << "line " << at + 1;
        other = lines;
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_NE(identity_hash(joined(other), encoding::iso_8859_1), original) << "line " << at + 1;
    }
}

// SHA-256 of "01BGMAX\n26Å" as UTF-8, computed with sha256sum.
TEST(bgmax_identity, is_the_hash_that_the_page_defines) {
    const std::string expected = "f951ceb33d8f9a8df0f2eeaa612f62f526dcf7c1765540d7ea41e64f896c031a";
    EXPECT_EQ(identity_hash("01BGMAX   \r\n\r\n26\xC5\r\n", encoding::iso_8859_1), expected);
    EXPECT_EQ(identity_hash("01BGMAX\n  \t \n26\xC3\x85   \n\x1A", encoding::utf_8), expected);
    EXPECT_EQ(identity_hash("01BGMAX\t\r26\x8F", encoding::cp850), expected);
}

TEST(bgmax_normalised_record, has_its_tabs_expanded_and_its_tail_removed) {
    EXPECT_EQ(normalised_record("26\xC5sa\tB\t ", encoding::iso_8859_1), "26Åsa   B");
    EXPECT_EQ(normalised_record("26\xC3\x85sa\tB", encoding::utf_8), "26Åsa   B");
    EXPECT_EQ(normalised_record("", encoding::iso_8859_1), "");
    EXPECT_EQ(normalised_record("\t\t", encoding::iso_8859_1), "");
}

// The first value of a record that comes twice is kept (BGMAX-R21).
TEST(bgmax_reader, keeps_the_first_of_two_names) {
    std::vector<std::string> lines = worked_example("7.1");
    std::string second = lines[3];
    second.replace(2, 11, "Nagon annan");
    lines.insert(lines.begin() + 4, second);
    const reading all = read_all(joined(lines));
    EXPECT_NE(all.text.find("Exempelsson Åsa"), std::string::npos);
    EXPECT_EQ(all.text.find("annan"), std::string::npos);
}

TEST(bgmax_reader, reports_how_far_it_has_come) {
    generate_settings settings;
    settings.count = 20'000;
    std::string bytes;
    ASSERT_TRUE(generate(settings, [&](std::string_view part) { bytes += part; }));
    std::size_t last = 0;
    std::size_t calls = 0;
    read_options options;
    options.passed = [&](std::size_t offset) {
        ++calls;
        EXPECT_LE(offset, bytes.size());
        last = std::max(last, offset);
    };
    ASSERT_EQ(read(bytes, options).size(), 1u);
    EXPECT_GT(calls, 3u);
    EXPECT_GT(last, bytes.size() / 2);
}

}  // namespace

}  // namespace brygga::bgmax::testing
