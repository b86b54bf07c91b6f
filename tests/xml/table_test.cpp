#include "formats/xml/table.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/xml/line_counter.hpp"

namespace brygga::xml {
namespace {

using testing::ElementsAre;

struct line {
    value text, amount, currency;
    list<value> notes;
    void clear() {
        text.clear(), amount.clear(), currency.clear();
        notes.clear();
    }
};

struct address {
    value name, town;
    void clear() { *this = {}; }
};

struct letter {
    value id;
    address sender, receiver;
    list<line> lines;
    value urgent;
    void clear() {
        id.clear(), urgent.clear();
        sender.clear();
        receiver.clear();
        lines.clear();
    }
};

struct bag {
    value number;
    letter item;
};

const table& address_table() {
    static const table rows = {
        one<&address::name>("Nm", {.meaning = "name", .guard = privacy::name}),
        one<&address::name>("Pty/Nm", {.meaning = "name", .guard = privacy::name, .since = 8}),
        one<&address::town>("Adr/Twn", {.meaning = "town"}),
    };
    return rows;
}

const table& line_table() {
    static const table rows = {
        one<&line::amount>("Amt", {.meaning = "amount", .what = holds::amount}),
        one<&line::currency>("Amt/@Ccy", {.meaning = "currency"}),
        many<&line::notes>("Note", {.meaning = "note"}),
        one<&line::text>(".", {.meaning = "text"}),
    };
    return rows;
}

const table& letter_table() {
    static const table rows = {
        one<&letter::id>("Id", {.meaning = "id"}),
        part<&letter::sender>("From", address_table()),
        part<&letter::receiver>("To", address_table()),
        group<&letter::lines>("Body/Ln", line_table()),
        one<&letter::urgent>("Urgent", {.meaning = "urgent", .what = holds::presence}),
    };
    return rows;
}

const table& bag_table() {
    static const table rows = {
        one<&bag::number>("Nb", {.meaning = "number"}),
        stream<&bag::item>("Ltr", letter_table(), 7),
    };
    return rows;
}

class collector : public listener {
 public:
    explicit collector(const bag& from) : from_(from) {}
    void closed(std::uint16_t level, std::size_t begin, std::size_t end) override {
        const letter& item = from_.item;
        number = from_.number.text;
        std::string out = fmt::format("{} {}-{} id={} from={} in {} to={} urgent={}", level, begin, end, item.id.text,
                                      item.sender.name.text, item.sender.town.text, item.receiver.name.text, item.urgent.present);
        for (const line& each : item.lines) {
            out += fmt::format(" [{} {} {}", each.amount.text, each.currency.text, each.text.text);
            for (const value& note : each.notes)
                out += fmt::format(" {}", note.text);
            out += "]";
        }
        seen.push_back(out);
    }
    std::vector<std::string> seen;
    std::string number;  // of the bag, which is gone after the reading

 private:
    const bag& from_;
};

struct outcome {
    std::vector<std::string> letters;
    std::string number, why;
};

outcome read_bag(std::string_view document) {
    reader in(document);
    bag root;
    collector seen(root);
    const read_outcome done = read(in, bag_table(), &root, seen);
    return {seen.seen, seen.number, std::string(done.whole ? "" : done.why.text)};
}

TEST(table_test, reads_one_streamed_element_after_the_other) {
    const outcome read = read_bag(
        "<Bag xmlns='u'><Nb>1</Nb><Ltr><Id>A</Id><From><Nm>Eva</Nm><Adr><Twn>Ort</Twn></Adr></From><To><Nm>Bo</Nm></To>"
        "<Body><Ln><Amt "
        "Ccy='SEK'>1.00</Amt><Note>x</Note><Note>y</Note></Ln><Ln>t</Ln></Body><Urgent/></Ltr><Ltr><Id>B</Id></Ltr></Bag>");
    EXPECT_THAT(read.letters, ElementsAre("7 25-210 id=A from=Eva in Ort to=Bo urgent=true [1.00 SEK  x y] [  t]",
                                          "7 210-231 id=B from= in  to= urgent=false"));
    EXPECT_EQ(read.number, "1");
    EXPECT_EQ(read.why, "");
}

TEST(table_test, keeps_the_first_of_a_value_that_stands_twice_and_takes_it_from_where_it_moved) {
    EXPECT_THAT(read_bag("<Bag><Ltr><Id>A</Id><Id>B</Id><From><Pty><Nm>Eva</Nm></Pty></From></Ltr></Bag>").letters,
                ElementsAre("7 5-72 id=A from=Eva in  to= urgent=false"));
}

class repetition_collector : public listener {
 public:
    void repeated(std::string_view name, std::size_t offset) override { seen.push_back(fmt::format("{} {}", name, offset)); }
    std::vector<std::string> seen;
};

TEST(table_test, tells_of_a_second_element_where_one_may_stand) {
    struct repetition {
        std::string_view document;
        std::vector<std::string> told;
    };
    const std::vector<repetition> cases = {
        {"<Bag><Ltr><Id>A</Id><Id>A</Id></Ltr></Bag>", {"Id 20"}},
        {"<Bag><Ltr><Id/><Id>A</Id><Id/></Ltr></Bag>", {"Id 15", "Id 25"}},
        {"<Bag><Ltr><Id>A</Id></Ltr><Ltr><Id>A</Id></Ltr></Bag>", {}},
        {"<Bag><Ltr><Body><Ln><Amt Ccy='x'/><Amt>1</Amt></Ln><Ln><Amt>1</Amt></Ln></Body></Ltr></Bag>", {"Amt 34"}},
        {"<Bag><Ltr><Body><Ln><Note>x</Note><Note>x</Note></Ln></Body></Ltr></Bag>", {}},
        {"<Bag><Ltr><From><Nm>A</Nm></From><To><Nm>A</Nm></To></Ltr></Bag>", {}},
    };
    for (const repetition& each : cases) {
        reader in(each.document);
        bag root;
        repetition_collector seen;
        EXPECT_TRUE(read(in, bag_table(), &root, seen).whole);
        EXPECT_EQ(seen.seen, each.told) << each.document;
    }
}

TEST(line_counter_test, counts_the_lines_of_utf_16) {
    using namespace std::string_literals;
    const std::string little =
        "\xFF\xFE"
        "a\0\n\0\n\x01"
        "b\0\n\0"s;  // U+010A is a letter
    EXPECT_EQ(line_counter(little).line_of(4), 1U);
    EXPECT_EQ(line_counter(little).line_of(8), 2U);
    EXPECT_EQ(line_counter(little).line_of(little.size()), 3U);
    const std::string big = "\xFE\xFF\0a\0\n\n\x01\0b"s;
    EXPECT_EQ(line_counter(big).line_of(big.size()), 2U);
}

TEST(line_counter_test, going_back_gives_the_same_lines_as_going_on) {
    std::string text;
    for (std::size_t i = 0; i < 50'000; ++i)
        text += "line\n";
    line_counter forth(text);
    line_counter back(text);
    for (const std::size_t offset : {249'999U, 3U, 5U, 65'535U, 65'536U, 65'537U, 131'072U, 0U, 249'995U, 900'000U}) {
        const std::uint64_t expected = std::min<std::size_t>(offset, text.size()) / 5 + 1;
        EXPECT_EQ(line_counter(text).line_of(offset), expected);
        EXPECT_EQ(back.line_of(offset), expected) << offset;
    }
    for (std::size_t offset = 0; offset < text.size(); offset += 999)
        EXPECT_EQ(forth.line_of(offset), offset / 5 + 1);
}

TEST(table_test, passes_over_what_it_does_not_know_and_other_namespaces) {
    EXPECT_THAT(read_bag("<Bag xmlns='u'><X><Ltr><Id>no</Id></Ltr></X><Ltr><o:Id "
                         "xmlns:o='v'>no</o:Id><X><Id>no</Id></X><Id>A</Id></Ltr></Bag>")
                    .letters,
                ElementsAre("7 44-110 id=A from= in  to= urgent=false"));
}

TEST(table_test, resolved_texts_live_as_long_as_their_element) {
    EXPECT_THAT(
        read_bag("<Bag><Nb>&#49;</Nb><Ltr><Id>A&amp;A</Id><From><Nm>E&lt;</Nm></From></Ltr><Ltr><Id>&#66;</Id></Ltr></Bag>")
            .letters,
        ElementsAre("7 19-73 id=A&A from=E< in  to= urgent=false", "7 73-98 id=B from= in  to= urgent=false"));
}

TEST(table_test, tells_what_is_not_well_formed_after_what_was) {
    const outcome read = read_bag("<Bag><Ltr><Id>A</Id></Ltr><Ltr><Id>B</Ltr></Bag>");
    EXPECT_EQ(read.letters.size(), 1U);
    EXPECT_EQ(read.why, "an end tag does not fit its start tag");
}

TEST(table_test, an_element_with_too_many_values_is_refused) {
    std::string document = "<Bag><Ltr><Body><Ln>";
    for (std::size_t i = 0; i < max_values; ++i)
        document += "<Note>x</Note>";
    EXPECT_EQ(read_bag(document + "</Ln></Body></Ltr></Bag>").why, "an element holds more values than the limit");
}

}  // namespace
}  // namespace brygga::xml
