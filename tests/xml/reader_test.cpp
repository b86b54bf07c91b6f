#include "formats/xml/reader.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/xml/expat_judge.hpp"

namespace brygga::xml {
namespace {

using namespace std::string_literals;

// The events as one line: "+a{k=v} +b -b=text -a".
std::string told(std::string_view bytes, const limits& within = {}) {
    reader in(bytes, within);
    std::string out;
    for (;;) {
        switch (in.next()) {
            case event::start:
                out += fmt::format(" {}+{}", in.stray_text() ? "!" : "", in.name());
                for (const attribute& each : in.attributes())
                    out += fmt::format("{{{}{}{}={}}}", each.prefix, each.prefix.empty() ? "" : ":", each.name, each.value);
                if (in.foreign()) out += "?";
                break;
            case event::end:
                out += fmt::format(" {}-{}", in.stray_text() ? "!" : "", in.name());
                if (!in.text().empty()) out += fmt::format("={}", in.text());
                break;
            case event::finished:
                return out.substr(out.empty() ? 0 : 1);
            case event::failed:
                return fmt::format("{} at {}", in.why().text, in.why().offset);
        }
    }
}

struct reader_case {
    std::string what, document, expected;
};

void PrintTo(const reader_case& item, std::ostream* out) {
    *out << item.what;
}

class reader_test : public testing::TestWithParam<reader_case> {};

TEST_P(reader_test, tells) {
    EXPECT_EQ(told(GetParam().document), GetParam().expected);
}

// Expat is strict and old: what it says is well-formed is, but for what we refuse on purpose.
TEST_P(reader_test, agrees_with_expat) {
    const std::string& expected = GetParam().expected;
    const bool refused_on_purpose = expected.starts_with("a document type") || expected.starts_with("the declared encoding") ||
                                    expected.starts_with("the XML declaration has no version");
    if (refused_on_purpose) return;
    EXPECT_EQ(expat_judges(GetParam().document), expected.find(" at ") == std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    documents, reader_test,
    testing::Values(
        reader_case{"one element", "<a/>", "+a -a"}, reader_case{"text", "<a>x y</a>", "+a -a=x y"},
        reader_case{"children", "<a><b>1</b><b>2</b></a>", "+a +b -b=1 +b -b=2 -a"},
        reader_case{"indented", "<a>\n        <b>1</b>\n  <c/>\r\n</a>\n", "+a +b -b=1 +c -c -a"},
        reader_case{"blanks are text", "<a>  </a>", "+a -a=  "}, reader_case{"blanks around", "<a>\n x \n</a>", "+a -a=\n x \n"},
        reader_case{"attributes", "<a k='v' l = \"w'\"/>", "+a{k=v}{l=w'} -a"},
        reader_case{"attribute white space", "<a k='x\ty\nz&#10;'/>", "+a{k=x y z\n} -a"},
        reader_case{"five entities", "<a>&lt;&gt;&amp;&quot;&apos;</a>", "+a -a=<>&\"'"},
        reader_case{"character references", "<a>&#229;&#xE5;&#x1F600;</a>", "+a -a=åå😀"},
        reader_case{"cdata", "<a>x<![CDATA[<&]]]]><![CDATA[>]]>y</a>", "+a -a=x<&]]>y"},
        reader_case{"cdata alone", "<a><![CDATA[<b>]]></a>", "+a -a=<b>"},
        reader_case{"a tag in cdata is no tag", "<a><![CDATA[</a>]]></a>", "+a -a=</a>"},
        reader_case{"comments and instructions", "<!--1--><?p q?><a>x<!-- <b> -->y<?p?>z</a><!---->", "+a -a=xyz"},
        reader_case{"a tag in a comment is no tag", "<a><!--</a>--><b/></a>", "+a +b -b -a"},
        reader_case{"a > in an attribute", "<a k='>'><b l='/>'/></a>", "+a{k=>} +b{l=/>} -b -a"},
        reader_case{"line ends", "<a>1\r\n2\r3\n4</a>", "+a -a=1\n2\n3\n4"},
        reader_case{"declared utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>å</a>", "+a -a=å"},
        reader_case{"byte order mark", "\xEF\xBB\xBF<?xml version='1.0'?><a/>", "+a -a"},
        reader_case{"declared latin 1", "<?xml version='1.0' encoding='ISO-8859-1'?><a k='\xE4'>\xE5<b>\xF6</b></a>",
                    "+a{k=ä} !+b -b=ö -a"},
        reader_case{"utf-16 little", "\xFF\xFE<\0a\0>\0\xE5\0<\0/\0a\0>\0"s, "+a -a=å"},
        reader_case{"utf-16 big", "\xFE\xFF\0<\0a\0>\0\xE5\0<\0/\0a\0>"s, "+a -a=å"},
        reader_case{"prefix", "<p:a xmlns:p='u'><p:b>1</p:b></p:a>", "+a{xmlns:p=u} +b -b=1 -a"},
        reader_case{"another namespace", "<a xmlns='u'><b/><q:b xmlns:q='v'/><b xmlns='w'><c/></b><b/></a>",
                    "+a{xmlns=u} +b -b +b{xmlns:q=v}? -b +b{xmlns=w}? +c? -c -b +b -b -a"},
        reader_case{"the same namespace by another prefix", "<a xmlns='u' xmlns:p='u'><p:b/></a>",
                    "+a{xmlns=u}{xmlns:p=u} +b -b -a"},
        reader_case{"a prefix of a child only", "<a xmlns='u'><b xmlns:q='u'><q:c/></b></a>",
                    "+a{xmlns=u} +b{xmlns:q=u} +c -c -b -a"},
        reader_case{"mixed content", "<a>x<b/>y</a>", "+a !+b -b !-a"},
        reader_case{"xml attribute", "<a xml:lang='sv'/>", "+a{xml:lang=sv} -a"},
        reader_case{"the same name at many depths", "<a><a><b/><a/></a><b><a/></b></a>", "+a +a +b -b +a -a -a +b +a -a -b -a"},
        reader_case{"longer name after a shorter", "<a><Amt>1</Amt><AmtDtls/><Amt/></a>",
                    "+a +Amt -Amt=1 +AmtDtls -AmtDtls +Amt -Amt -a"},

        reader_case{"empty", "", "the document has no element at 0"},
        reader_case{"blank", " \n", "the document has no element at 2"},
        reader_case{"text only", "x", "text stands before the root element at 0"},
        reader_case{"not closed", "<a><b></b>", "the document ends within an element at 10"},
        reader_case{"cut in a tag", "<a><b", "a tag does not end at 3"},
        reader_case{"cut in a name", "<", "a name was expected at 1"},
        reader_case{"cut in an attribute", "<a k='x", "an attribute's value does not end at 6"},
        reader_case{"crossed", "<a><b></a></b>", "an end tag does not fit its start tag at 6"},
        reader_case{"end of a longer name", "<a></ab>", "an end tag does not fit its start tag at 3"},
        reader_case{"end without start", "<a/></a>", "an end tag has no start tag at 4"},
        reader_case{"two roots", "<a/><b/>", "a second root element at 4"},
        reader_case{"text behind", "<a/>x", "text stands behind the root element at 4"},
        reader_case{"document type", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a document type declaration is refused at 0"},
        reader_case{"entity", "<a>&b;</a>", "an entity is used that XML itself does not define at 3"},
        reader_case{"ampersand", "<a>R & D</a>", "an & begins no reference at 5"},
        reader_case{"reference to no character", "<a>&#0;</a>", "a character reference names no character of XML at 3"},
        reader_case{"reference to half a pair", "<a>&#xD800;</a>", "a character reference names no character of XML at 3"},
        reader_case{"control character", "<a>\x01</a>", "a control character is no XML at 3"},
        reader_case{"control character in a comment", "<a><!--\x01--></a>", "a control character is no XML at 7"},
        reader_case{"NUL", "<a>\0</a>"s, "a control character is no XML at 3"},
        reader_case{"not utf-8", "<a>\xE5</a>", "bytes are not valid UTF-8 at 3"},
        reader_case{"not utf-8 in a comment", "<a><!--\xE5--></a>", "bytes are not valid UTF-8 at 7"},
        reader_case{"noncharacter", "<a>\xEF\xBF\xBE</a>", "bytes are not valid UTF-8 at 3"},
        reader_case{"]]> in text", "<a>x]]>y</a>", "]]> stands outside of a CDATA section at 4"},
        reader_case{"-- in a comment", "<a><!-- -- --></a>", "-- stands within a comment at 8"},
        reader_case{"comment without end", "<a><!-- </a>", "a comment does not end at 3"},
        reader_case{"cdata without end", "<a><![CDATA[ </a>", "a CDATA section does not end at 3"},
        reader_case{"cdata outside", "<a/><![CDATA[x]]>", "a CDATA section stands outside of the root element at 4"},
        reader_case{"attribute twice", "<a k='1' k='2'/>", "an attribute stands twice at 12"},
        reader_case{"attribute without value", "<a k/>", "an attribute has no value at 4"},
        reader_case{"attribute without quotes", "<a k=1/>", "an attribute's value is not quoted at 5"},
        reader_case{"< in an attribute", "<a k='<'/>", "< stands in an attribute's value at 6"},
        reader_case{"attributes without a blank", "<a k='1'l='2'/>", "a tag holds a character that no name has at 8"},
        reader_case{"prefix without a binding", "<p:a/>", "a namespace prefix is not bound at 0"},
        reader_case{"prefix out of scope", "<a><b xmlns:p='u'><p:c/></b><p:c/></a>", "a namespace prefix is not bound at 28"},
        reader_case{"late declaration", "<a/><?xml version='1.0'?>", "an XML declaration stands behind the beginning at 4"},
        reader_case{"instruction without end", "<a><?p </a>", "a processing instruction does not end at 3"},
        reader_case{"instruction without name", "<a><? p?></a>", "a processing instruction has no name at 3"},
        reader_case{"unknown encoding", "<?xml version='1.0' encoding='EBCDIC'?><a/>",
                    "the declared encoding is none of UTF-8, UTF-16, US-ASCII and ISO-8859-1 at 30"},
        reader_case{"no version", "<?xml encoding='UTF-8'?><a/>", "the XML declaration has no version 1 at 0"},
        reader_case{"half a utf-16 unit", "\xFF\xFE<\0a\0/\0>"s, "the document is not valid UTF-16 at 0"}),
    [](const auto& item) {
        std::string name;
        for (const char c : item.param.what)
            name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        return name + "_" + std::to_string(item.index);
    });

std::string nested(std::size_t depth) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i)
        out += "<a>";
    for (std::size_t i = 0; i < depth; ++i)
        out += "</a>";
    return out;
}

TEST(reader_limits, are_named_when_they_are_reached) {
    const limits small{.depth = 3, .name = 4, .names = 2, .attributes = 2, .text = 5, .blanks = 8, .utf16 = 20};
    const std::vector<std::pair<std::string, std::string>> cases = {
        {nested(3), "+a +a +a -a -a -a"},
        {nested(4), "elements are nested deeper than the limit at 9"},
        {"<abcd/>", "+abcd -abcd"},
        {"<abcde/>", "a name is longer than the limit at 1"},
        {"<a><b/></a>", "+a +b -b -a"},
        {"<a><b/><c/></a>", "the document has more different names than the limit at 8"},
        {"<a k='1' l='2'/>", "+a{k=1}{l=2} -a"},
        {"<a k='1' l='2' m='3'/>", "an element has more attributes than the limit at 15"},
        {"<a>12345</a>", "+a -a=12345"},
        {"<a>123456</a>", "a text is longer than the limit at 3"},
        {"<a>123&amp;56</a>", "a text is longer than the limit at 3"},
        {"<a>123<![CDATA[456]]></a>", "a text is longer than the limit at 15"},
        {"<a><![CDATA[123456]]></a>", "a text is longer than the limit at 3"},
        {"<a>        </a>", "+a -a=        "},
        {"<a>         </a>", "more blanks than the limit at 3"},
        {"<a k='123456'/>", "an attribute's value is longer than the limit at 6"},
        {"<a>      </a>", "+a -a=      "},
        {std::string("\xFF\xFE", 2) + std::string(20, 'x'), "a document in UTF-16 is larger than the limit at 0"},
    };
    for (const auto& [document, expected] : cases)
        EXPECT_EQ(told(document, small), expected) << document;
}

TEST(reader_positions, name_tags_and_texts) {
    const std::string document = "<a>\n  <b>x&amp;y</b><c k='v'/></a>";
    reader in(document);
    ASSERT_EQ(in.next(), event::start);
    ASSERT_EQ(in.next(), event::start);
    EXPECT_EQ(document.substr(in.offset(), in.end_offset() - in.offset()), "<b>");
    ASSERT_EQ(in.next(), event::end);
    EXPECT_EQ(in.text(), "x&y");
    EXPECT_TRUE(in.text_is_copy());
    EXPECT_EQ(document.substr(in.text_offset(), in.text_size()), "x&amp;y");
    EXPECT_EQ(document.substr(in.offset(), in.end_offset() - in.offset()), "</b>");
    ASSERT_EQ(in.next(), event::start);
    EXPECT_EQ(document.substr(in.attributes()[0].offset, 1), "v");
}

// Every prefix of a document and every single changed byte: no crash, and never another verdict than expat's.
TEST(reader_against_expat, says_the_same_of_damaged_documents) {
    const std::string document =
        "<?xml version=\"1.0\"?><p:a xmlns:p='u' k=\"1&lt;\">t<p:b>\xC3\xA5&#10;</p:b><!-- c --><![CDATA[<x>]]><?i j?></p:a>\n";
    ASSERT_TRUE(expat_judges(document));
    const auto compare = [](const std::string& text) {
        reader in(text);
        event last = event::start;
        while (last != event::finished && last != event::failed)
            last = in.next();
        const bool ours = last == event::finished;
        const std::string_view why = ours ? "" : in.why().text;
        // Refused on purpose, whatever expat says.
        if (why.starts_with("a document type") || why.starts_with("the declared encoding") || why.starts_with("the XML decl"))
            return;
        EXPECT_EQ(ours, expat_judges(text)) << text << "\n" << why;
    };
    for (std::size_t size = 0; size <= document.size(); ++size)
        compare(document.substr(0, size));
    for (std::size_t at = std::string_view("<?xml version=\"1.0\"?>").size(); at < document.size(); ++at)
        for (const char c : std::string_view("<>&'\"/!?-[]: xa=;#\x01\xC3\x80\n"))
            compare(document.substr(0, at) + c + document.substr(at + 1));
}

// Programs on the way write a document in another form of Unicode and leave its declaration: the bytes say which it is. Expat
// takes the declaration's word.
TEST(reader_encodings, believe_the_bytes_about_the_form_of_unicode) {
    const auto utf_16 = [](const std::string& ascii) {
        std::string out = "\xFF\xFE";
        for (const char c : ascii)
            (out += c) += '\0';
        return out;
    };
    for (const char* const label : {"UTF-8", "utf-8", "utf8", "UTF-16", "utf-16LE"}) {
        const std::string document = fmt::format("<?xml version='1.0' encoding='{}'?><a>b</a>", label);
        EXPECT_EQ(told(document), "+a -a=b") << label;
        EXPECT_EQ(told("\xEF\xBB\xBF" + document), "+a -a=b") << label;
        EXPECT_EQ(told(utf_16(document)), "+a -a=b") << label;
    }
    EXPECT_THAT(told(utf_16("<?xml version='1.0' encoding='ISO-8859-1'?><a/>")), testing::HasSubstr("the declared encoding"));
    EXPECT_EQ(told("<?xml version='1.0' encoding='utf-16'?><a>\xE5</a>"), "bytes are not valid UTF-8 at 42");
}

// What it is does not matter beyond the limit: a gigabyte of it is not looked at.
TEST(reader_limits, end_the_reading_of_a_text_before_its_end) {
    const limits small{.text = 5, .blanks = 8};
    const std::string much(1000, 'x');
    for (const std::string& each : {"<a>" + much, "<a><![CDATA[" + much, "<a k='" + much})
        EXPECT_THAT(told(each, small), testing::HasSubstr("longer than the limit")) << each.substr(0, 12);
    EXPECT_EQ(told("<a>" + std::string(1000, ' '), small), "more blanks than the limit at 3");
}

TEST(reader_limits, count_comments_and_processing_instructions_between_two_tags) {
    const limits small{.skipped = 20};
    const std::string too_much = "comments and processing instructions are longer than the limit at ";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"<a><!--1234567890123--></a>", "+a -a"},
        {"<a><!--12345678901234--></a>", too_much + "3"},
        {"<a><!--123456789012345--></a>", too_much + "3"},
        {"<a><!--1234567890123456--></a>", too_much + "3"},
        {"<a><!--1--></a><!--1234567890123-->", "+a -a"},
        {"<a>x<!--1-->y<!--12345--></a>", "+a -a=xy"},
        {"<a>x<!--1-->y<!--123456--></a>", too_much + "13"},
        {"<a><?p 12345678901234?></a>", "+a -a"},
        {"<a><?p 123456789012345?></a>", too_much + "3"},
        {"<a><!----><!----><!----></a>", too_much + "17"},
        {"<a><![CDATA[]]></a>", "+a -a"},
        {"<a><![CDATA[]]><![CDATA[]]></a>", too_much + "15"},
        {"<a><!--12", "a comment does not end at 3"},
        {"<a><?p 12", "a processing instruction does not end at 3"},
        {"<a><!--" + std::string(1000, 'x'), too_much + "3"},
        {"<a><?p " + std::string(1000, 'x'), too_much + "3"},
    };
    for (const auto& [document, expected] : cases)
        EXPECT_EQ(told(document, small), expected) << document;
}

TEST(root_tag, tells_a_message_by_its_beginning) {
    const root_tag found = look_at_root("<?xml version='1.0'?>\n<x:Document xmlns:x=\"urn:u\">\n <x:BkToCstmrStmt><x:Grp");
    EXPECT_EQ(found.name, "Document");
    EXPECT_EQ(found.uri, "urn:u");
    EXPECT_EQ(found.first_child, "BkToCstmrStmt");
    EXPECT_EQ(look_at_root("01BGMAX").name, "");
    EXPECT_EQ(look_at_root("<Document><a").first_child, "");
    EXPECT_EQ(look_at_root("<!-- far --> <Document><a").offset, 13U);
}

TEST(root_tag, survives_utf_16_that_is_cut_within_a_character) {
    const std::string document = "\xFF\xFE<\0a\0>\0<\0b\0>\0\x3D\xD8\x00\xDE"s;
    for (std::size_t cut = 0; cut < 5; ++cut) {
        const root_tag found = look_at_root(std::string_view(document).substr(0, document.size() - cut));
        EXPECT_EQ(found.name, "a") << cut;
        EXPECT_EQ(found.first_child, "b") << cut;
    }
}

}  // namespace
}  // namespace brygga::xml
