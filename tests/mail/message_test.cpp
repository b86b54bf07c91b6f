// Messages that we send: byte for byte, and read again by a reader that is not ours.
#include "formats/mail/message.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/mail/addresses.hpp"

namespace brygga::mail {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

message invoice() {
    message made;
    made.from = {"faktura@energi.example", "Övningsbygdens Energi AB"};
    made.to = {"anna.exempel@kund.example", "Anna Exempel"};
    made.subject = "Faktura 10002355";
    made.text = "Hej!\n\nHär är din faktura på 1 890,25 kr.\nFörfaller 2026-12-23.\n";
    made.date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::hours(4) + std::chrono::minutes(50);
    made.id = "brygga.0SA94VZH27K4B.0123456789abcdef@post.energi.example";
    made.attachments = {{"faktura-10002355.pdf", "application/pdf", "%PDF-1.7\n%\xE2\xE3\n"}};
    return made;
}

std::string written(const message& what) {
    auto made = write_message(what);
    EXPECT_TRUE(made) << made.error().text;
    return made.value_or("");
}

void expect_lines_of_mail(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t end = bytes.find("\r\n");
        ASSERT_NE(end, std::string_view::npos);
        const std::string_view line = bytes.substr(0, end);
        EXPECT_LE(line.size(), max_line_bytes);
        for (const char c : line)
            EXPECT_TRUE(c == '\t' || (c >= ' ' && c <= '~')) << line;
        EXPECT_FALSE(line.starts_with('.')) << line;
        EXPECT_FALSE(line.starts_with("From ")) << line;
        bytes.remove_prefix(end + 2);
    }
}

TEST(mail_message, is_these_bytes) {
    EXPECT_EQ(written(invoice()),
              "From: =?utf-8?Q?=C3=96vningsbygdens_Energi_AB?=\r\n"
              " <faktura@energi.example>\r\n"
              "To: Anna Exempel <anna.exempel@kund.example>\r\n"
              "Subject: Faktura 10002355\r\n"
              "Date: Tue, 24 Nov 2026 05:50:00 +0100\r\n"
              "Message-ID: <brygga.0SA94VZH27K4B.0123456789abcdef@post.energi.example>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: multipart/mixed;\r\n"
              " boundary=\"=_3aa02d9149995ef157a98679ff9afe1b\"\r\n"
              "\r\n"
              "--=_3aa02d9149995ef157a98679ff9afe1b\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "Hej!\r\n"
              "\r\n"
              "H=C3=A4r =C3=A4r din faktura p=C3=A5 1 890,25 kr.\r\n"
              "=46=C3=B6rfaller 2026-12-23.\r\n"
              "\r\n"
              "--=_3aa02d9149995ef157a98679ff9afe1b\r\n"
              "Content-Type: application/pdf;\r\n"
              " name=\"faktura-10002355.pdf\"\r\n"
              "Content-Disposition: attachment;\r\n"
              " filename=\"faktura-10002355.pdf\"\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "JVBERi0xLjcKJeLjCg==\r\n"
              "--=_3aa02d9149995ef157a98679ff9afe1b--\r\n");
}

TEST(mail_message, is_read_as_it_was_meant) {
    const message meant = invoice();
    const auto back = read_message(written(meant));
    ASSERT_TRUE(back) << back.error().text;
    EXPECT_EQ(*back, meant);
    message blank = meant;
    blank.to.name = "  Anna Exempel ";
    EXPECT_EQ(written(blank), written(meant));
    EXPECT_EQ(written(*back), written(meant));
}

TEST(mail_message, other_content_has_another_boundary) {
    message other = invoice();
    other.text += "x";
    const auto boundary = [](const std::string& bytes) { return bytes.substr(bytes.find("boundary="), 46); };
    EXPECT_NE(boundary(written(other)), boundary(written(invoice())));
}

TEST(mail_message, keeps_whatever_a_header_may_hold) {
    for (const std::string text :
         {"", "a", "=?utf-8?Q?no?=", "two  blanks", " begins and ends ", "\"quoted\" \\ and, (more); <x@y>",
          "Räkning för år 2026 – 1 890,25 kr (åäö ÅÄÖ é ü ß €) 📄", "a.b", "x@y.example", "=", "?="}) {
        message meant = invoice();
        meant.subject = meant.from.name = meant.to.name = text;
        meant.reply_to = mailbox{"kundtjanst@energi.example", text};
        if (!text.empty() && text.find('\\') == std::string::npos) meant.attachments.front().file_name = text;
        SCOPED_TRACE(text);
        const std::string bytes = written(meant);
        expect_lines_of_mail(bytes);
    }
    for (std::size_t size = 40; size <= 80; ++size) {
        for (const std::string letter : {"x", "å", "€", "x "}) {
            message meant = invoice();
            for (std::size_t i = 0; i < size; ++i)
                meant.subject += letter;
            meant.subject += "x";
            meant.to.name = meant.attachments.front().file_name = meant.subject;
            expect_lines_of_mail(written(meant));
        }
    }
}

TEST(mail_message, long_header_texts_are_folded_within_76) {
    message meant = invoice();
    meant.subject.assign(max_header_text_bytes, 'x');
    meant.to.name = meant.from.name = meant.attachments.front().file_name = meant.subject;
    const std::string bytes = written(meant);
    for (std::size_t at = 0, end = 0; (end = bytes.find("\r\n", at)) != std::string::npos; at = end + 2)
        EXPECT_LE(end - at, max_encoded_line_bytes) << bytes.substr(at, end - at);
}

TEST(mail_message, keeps_whatever_a_text_may_hold) {
    for (const std::string text : {"", "\n", "\n\n", "no end", ".", ".\n.\n", "From here\nFrom there", "blank at the end \n\t\n",
                                   "=\n=3D", "--\n--=_\n", "åäö", "Ett\tTAB", "€ och 📄 på samma rad"}) {
        message meant = invoice();
        meant.text = text;
        SCOPED_TRACE(text);
        expect_lines_of_mail(written(meant));
    }
}

TEST(mail_message, attachments_are_any_bytes) {
    message meant = invoice();
    std::string all;
    for (int round = 0; round < 3; ++round)
        for (int c = 0; c < 256; ++c)
            all += static_cast<char>(c);
    meant.attachments = {
        {"a.pdf", "application/pdf", all}, {"tom.txt", "text/plain", ""}, {"ö.bin", "application/octet-stream", "\r\n"}};
    expect_lines_of_mail(written(meant));
    meant.attachments.clear();
    expect_lines_of_mail(written(meant));
}

RC_GTEST_PROP(mail_message, whatever_is_written_is_read_again, (const std::string& text, const std::string& bytes)) {
    message meant = invoice();
    meant.text.clear();
    for (const char c : text)
        meant.text += c == '\n' || c == '\t' || (c >= ' ' && c <= '~') ? std::string(1, c) : std::string("å");
    meant.attachments.front().bytes = bytes;
    RC_ASSERT(write_message(meant).has_value());
}

// Whoever could put a line end into a header could add headers, receivers and text.
TEST(mail_message, no_header_takes_a_control_character) {
    const auto refused = [](const auto& change) {
        for (const std::string bad : {"a\r\nBcc: b@c.example", "a\nb", "a\rb", "a\tb", "a\x7F", "a\x01", "a\xC2\x85z", "\xFF"}) {
            message meant = invoice();
            change(meant, bad);
            const auto made = write_message(meant);
            EXPECT_FALSE(made.has_value());
            if (made) continue;
            EXPECT_EQ(made.error().code, error_code::invalid_argument);
            EXPECT_THAT(made.error().text, Not(HasSubstr("example")));
        }
        message meant = invoice();
        change(meant, std::string("a\0b", 3));
        EXPECT_FALSE(write_message(meant).has_value());
    };
    refused([](message& m, const std::string& bad) { m.subject = bad; });
    refused([](message& m, const std::string& bad) { m.from.name = bad; });
    refused([](message& m, const std::string& bad) { m.to.name = bad; });
    refused([](message& m, const std::string& bad) { m.reply_to = mailbox{"a@b.example", bad}; });
    refused([](message& m, const std::string& bad) { m.from.address = bad + "@b.example"; });
    refused([](message& m, const std::string& bad) { m.to.address = "a@" + bad + ".example"; });
    refused([](message& m, const std::string& bad) { m.id = bad + "@b.example"; });
    refused([](message& m, const std::string& bad) { m.attachments.front().file_name = bad; });
    refused([](message& m, const std::string& bad) { m.attachments.front().media_type = "application/" + bad; });
}

TEST(mail_message, what_makes_no_sense_is_refused) {
    const auto code = [](const auto& change) {
        message meant = invoice();
        change(meant);
        const auto made = write_message(meant);
        return made ? std::optional<error_code>() : std::optional(made.error().code);
    };
    const auto argument = error_code::invalid_argument, limit = error_code::limit_exceeded;
    EXPECT_EQ(code([](message& m) { m.text = "a\rb"; }), argument);
    EXPECT_EQ(code([](message& m) { m.text = "\xE5"; }), argument);
    EXPECT_EQ(code([](message& m) { m.text = std::string("\0", 1); }), argument);
    EXPECT_EQ(code([](message& m) { m.date -= std::chrono::years(60); }), argument);
    EXPECT_EQ(code([](message& m) { m.attachments.front().file_name = "../a.pdf"; }), argument);
    EXPECT_EQ(code([](message& m) { m.attachments.front().file_name = ""; }), argument);
    EXPECT_EQ(code([](message& m) { m.attachments.front().media_type = "message/rfc822"; }), argument);
    EXPECT_EQ(code([](message& m) { m.attachments.front().media_type = "pdf"; }), argument);
    EXPECT_EQ(code([](message& m) { m.subject.assign(max_header_text_bytes + 1, 'x'); }), limit);
    EXPECT_EQ(code([](message& m) { m.attachments.resize(max_attachments + 1, m.attachments.front()); }), limit);
    EXPECT_EQ(code([](message& m) { m.attachments.resize(max_attachments, m.attachments.front()); }), std::nullopt);
    EXPECT_EQ(code([](message& m) { m.attachments.front().bytes.resize(max_message_bytes); }), limit);
    EXPECT_EQ(code([](message& m) { m.attachments.front().bytes.resize(max_message_bytes / 4 * 3); }), limit);
}

TEST(mail_message, what_is_not_one_of_ours_is_refused) {
    const std::string good = written(invoice());
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"To: Anna Exempel", "To: x@y.example, Anna"},
                                                          {"multipart/mixed", "multipart/alternative"},
                                                          {"charset=utf-8\r\nC", "charset=koi8-r\r\nC"},
                                                          {"Date: Tue", "Day: Tue"},
                                                          {"Message-ID", "X-Message-ID"},
                                                          {"application/pdf;", "multipart/mixed; boundary=x;"},
                                                          {"=C3=A4", "=E4"},
                                                          {"e1b--\r\n", "e1b-"}}) {
        std::string bytes = good;
        ASSERT_NE(bytes.find(from), std::string::npos) << from;
        bytes.replace(bytes.find(from), from.size(), to);
        const auto read = read_message(bytes);
        EXPECT_FALSE(read.has_value()) << to;
        if (!read) {
            EXPECT_EQ(read.error().code, error_code::invalid_content);
            EXPECT_THAT(read.error().text, Not(HasSubstr("xempel")));
        }
    }
    EXPECT_FALSE(read_message("").has_value());
    EXPECT_FALSE(read_message("From: a@b.example\r\n").has_value());
}

TEST(mail_addresses, are_told_from_what_is_none) {
    for (const std::string address : {"a@b.se", "anna.exempel+faktura@kund.example", "o'neil@a-b.example", "åsa@kund.example",
                                      "asa@räksmörgås.example", "a@xn--rksmrgs-5wao1o.example"})
        EXPECT_EQ(fault_of_address(address), "") << address;
    EXPECT_EQ(fault_of_address(std::string(64, 'a') + "@b.se"), "");
    for (const std::string address : {"",          "a",        "@",         "a@",           "@b.se",
                                      "a@b",       "a b@c.se", "a@b c.se",  "a@b.se>",      "<a@b.se",
                                      "a.@b.se",   ".a@b.se",  "a..b@c.se", "\"a b\"@c.se", "a@[127.0.0.1]",
                                      "a@b..se",   "a@-b.se",  "a@b-.se",   "a@b.se\r\n",   "a\xC2\x85@b.se",
                                      "\xE5@b.se", "a,b@c.se", "a@b@c.se"})
        EXPECT_NE(fault_of_address(address), "") << address;
    EXPECT_NE(fault_of_address(std::string(65, 'a') + "@b.se"), "");
    EXPECT_NE(fault_of_address("a@" + std::string(64, 'b') + ".se"), "");
    std::string longest = "a@";
    while (longest.size() + 61 <= max_address_bytes)
        longest += std::string(60, 'b') + ".";
    longest.resize(max_address_bytes, 'c');
    EXPECT_EQ(fault_of_address(longest), "");
    EXPECT_NE(fault_of_address(longest + "c"), "");
    EXPECT_TRUE(needs_utf8("åsa@kund.example"));
    EXPECT_FALSE(needs_utf8("asa@kund.example"));
}

TEST(mail_message, an_address_of_utf_8_survives) {
    message meant = invoice();
    meant.to.address = "åsa@kund.example";
    const auto made = write_message(meant);
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_THAT(*made, HasSubstr("<åsa@kund.example>"));
}

}  // namespace

}  // namespace brygga::mail
