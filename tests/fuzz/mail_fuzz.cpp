// Any bytes, read as what comes back for an e-mail: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does
// not hold: two readings say the same, a report without our tag names nothing of ours, JSON gives the bytes back, a masked report
// has the same lines and the same outcome where nothing but people's words is masked, and a message that read_message takes is
// written as the same values.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/mail/delivery_report.hpp"
#include "formats/mail/generator.hpp"
#include "formats/mail/message.hpp"
#include "formats/registry.hpp"

namespace {

using namespace brygga::mail;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "mail_fuzz: %s\n", what);
    std::abort();
}

std::string text_of(const brygga::finding_list& findings) {
    std::string out = std::to_string(findings.total()) + ";";
    for (const brygga::finding& each : findings.kept())
        out += describe(each, true) + "\n";
    return out;
}

void check_reading(std::string_view bytes) {
    const message_ids ours = message_ids::under(generated_key, generated_domain).value();
    const message_ids others = message_ids::under("a key that nobody has used", generated_domain).value();
    const report_file file = read_report(bytes, {.policy = {}, .ids = &ours});
    const report_file again = read_report(bytes, {.policy = {}, .ids = &ours});
    require(file.content == again.content && text_of(file.findings) == text_of(again.findings), "two readings differ");
    require(file.content.recipients.size() <= max_recipients, "too many recipients");
    require(file.content.named.size() <= max_named, "too many Message-IDs");
    require(file.content.text.size() <= max_shown_text_bytes, "too much text");
    if (file.content.token)
        require(bytes.find(*file.content.token) != std::string_view::npos || bytes.size() > file.content.token->size(),
                "a token that nobody wrote");
    require(!read_report(bytes, {.policy = {}, .ids = &others}).content.token, "a tag of another key is taken");
    for (const brygga::finding& each : file.findings.kept())
        require(describe(each, false).find('@') == std::string::npos, "an address stands in a finding");
}

void check_message(std::string_view bytes) {
    const auto read = read_message(bytes);
    if (!read) return;
    const auto written = write_message(*read);
    require(written.has_value(), "a message is read that cannot be written");
    const auto back = read_message(*written);
    require(back.has_value() && *back == *read, "a message is read otherwise than it was written");
}

void check_commands(std::string_view bytes) {
    const brygga::format& which = *brygga::find_format("mail-report");
    const auto ignore = [](std::string_view) {};
    static_cast<void>(which.sniff(bytes));
    which.show(bytes, {}, {}, ignore);
    require(which.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    std::string json, back, masked;
    which.to_json(bytes, {}, [&](std::string_view part) { json += part; });
    const auto done = which.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value() && back == bytes, "JSON does not give the bytes back");
    which.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    require(std::count(masked.begin(), masked.end(), '\n') == std::count(bytes.begin(), bytes.end(), '\n'),
            "a masked report has other lines");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_reading(bytes);
    check_message(bytes);
    check_commands(bytes);
    return 0;
}
