// Any bytes, read as a payment order and as the bank's answer to one: the entry point of libFuzzer and of replay.cpp. Aborts
// where an oracle does not hold: the bytes come back from JSON, the second round trip is the first, two readings say the same,
// what is handed out adds up, a masked document has the same findings, and payments that the writer takes are read as they were
// written.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/plusgiro.hpp"
#include "formats/iso20022/pain/characters.hpp"
#include "formats/iso20022/pain/status_report.hpp"
#include "formats/iso20022/pain/writer.hpp"
#include "formats/registry.hpp"

namespace {

using brygga::pain::initiation_file;
using brygga::pain::payment;
using brygga::pain::status;
using brygga::pain::status_report;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "pain_fuzz: %s\n", what);
    std::abort();
}

// Keeps what is handed out, and adds it up.
struct payment_sink : brygga::pain::sink {
    void payment(const brygga::pain::payment_view& item) override {
        require(item.group != nullptr && item.data != nullptr, "a payment without its values");
        require(item.begin < item.end, "a payment without bytes");
        require(item.what.amount_ore >= 0, "a negative payment");
        require(item.ordinal == all.size() + 1, "a payment out of order");
        sum += item.what.amount_ore;
        in_kronor = in_kronor && item.currency == "SEK";
        all.push_back(item.what);
    }
    std::vector<brygga::pain::payment> all;
    brygga::ore_sum sum;
    bool in_kronor = true;
};

template <class File>
std::string findings_of(const File& file) {
    std::string out;
    for (const brygga::finding& each : file.findings.kept())
        out += describe(each, true) + "\n";
    for (const auto& [code, count] : file.records)
        out += code + "=" + std::to_string(count) + ";";
    return out + file.id + ";" + file.created + ";" + std::to_string(file.findings.total()) + ";";
}

std::string verdict(const initiation_file& file) {
    return findings_of(file) + file.payments_ore.text() + ";" + std::to_string(file.holds.size());
}

void append(std::string& out, const status& item) {
    out += item.code;
    for (const auto& each : item.reasons) {
        out += "|" + each.code + (each.proprietary ? "*" : "");
        for (const std::string& line : each.information)
            out += "'" + line;
    }
    out += ";";
}

std::string verdict(const status_report& file) {
    std::string out = findings_of(file) + file.original_message_id + ";" + file.original_message_name + ";";
    append(out, file.group);
    for (const auto& group : file.instructions) {
        out += group.payment_information_id + ":";
        append(out, group.status);
        for (const auto& each : group.transactions) {
            out += each.instruction_id + "," + each.end_to_end_id + "," + each.servicer_reference + ",";
            append(out, each.status);
        }
    }
    return out;
}

template <class File>
void check_findings(const File& file, std::string_view bytes) {
    require(file.accepted() == (file.findings.count(brygga::severity::error) == 0), "accepted with an error");
    for (const brygga::finding& each : file.findings.kept())
        require(each.where.offset <= 2 * bytes.size(), "a finding beyond the document");
}

// Without what only groups digits and letters.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            out += c;
        else if (c >= 'a' && c <= 'z')
            out += static_cast<char>(c - 'a' + 'A');
    return out;
}

// In the form that the writer gives it: allowed letters, accounts without blanks, plusgiro by its own name.
payment normal(payment item) {
    item.creditor_name = brygga::pain::to_allowed(item.creditor_name).text;
    item.text = brygga::pain::to_allowed(item.text).text;
    item.account.number = plain(item.account.number);
    if (brygga::is_plusgiro_clearing(item.account.clearing))
        item.account = {brygga::pain::account_kind::plusgiro, {}, item.account.number};
    item.creditor_town.clear();  // the profile wants no address
    item.creditor_country.clear();
    return item;
}

std::vector<payment> in_normal_order(std::vector<payment> items) {
    std::transform(items.begin(), items.end(), items.begin(), normal);
    std::sort(items.begin(), items.end(), [](const payment& a, const payment& b) { return a.id < b.id; });
    return items;
}

brygga::pain::written written_again(const std::vector<payment>& payments) {
    brygga::pain::batch item;
    item.message_id = "FUZZ-1";
    item.created = "2026-11-23T10:00:00";
    item.initiator_name = item.debtor_name = "Provstad Energi AB";
    item.initiator_id = "5560000001";
    item.account = {brygga::pain::debit_form::iban, "SE3550000000054910000003"};
    item.agent_bic = "XXXXSESS";
    item.payments = payments;
    brygga::pain::bank_profile profile;
    profile.max_text = 140;
    profile.tell_supplier_purpose = true;
    auto made = brygga::pain::write(item, profile, [](std::string_view) { return std::optional<std::string>(); });
    require(made.has_value(), "the profile is refused");
    return std::move(*made);
}

// Payments of another sender in a message of ours: what the writer takes is read back as it was, and written again the same.
void check_writing(const std::vector<payment>& payments) {
    const brygga::pain::written made = written_again(payments);
    require(made.accepted() != made.bytes.empty(), "bytes that are not accepted, or none that are");
    for (const brygga::finding& each : made.findings.kept())
        require(each.rule->index != 0 || each.path == "GrpHdr/CtrlSum", "what was written differs from what was given");
    if (!made.accepted()) return;
    payment_sink back;
    const initiation_file file = brygga::pain::read(made.bytes, {}, &back);
    require(file.accepted() && file.holds.empty(), "a written order is refused");
    require(in_normal_order(back.all) == in_normal_order(payments), "payments are read otherwise than they were written");
    require(written_again(back.all).bytes == made.bytes, "payments are written another time as others");
}

void check_order(std::string_view bytes) {
    payment_sink sink;
    const initiation_file file = brygga::pain::read(bytes, {}, &sink);
    check_findings(file, bytes);
    require(sink.sum == file.payments_ore || !file.accepted(), "the payments add up to another sum");
    require(verdict(file) == verdict(brygga::pain::read(bytes)), "two readings differ");
    if (file.findings.total() == 0 && sink.in_kronor) check_writing(sink.all);
}

void check_answer(std::string_view bytes) {
    const status_report file = brygga::pain::read_status_report(bytes);
    check_findings(file, bytes);
    require(verdict(file) == verdict(brygga::pain::read_status_report(bytes)), "two readings of an answer differ");
}

std::string to_json(const brygga::format& pain, std::string_view bytes) {
    std::string out;
    pain.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

void check_round_trip(const brygga::format& pain, std::string_view bytes) {
    const std::string json = to_json(pain, bytes);
    std::string back;
    const auto done = pain.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(pain, back) == json, "the second round trip differs from the first");
}

// How often each rule is broken.
std::string counts(const brygga::format& pain, std::string_view bytes, bool& accepted) {
    std::string out;
    pain.check(bytes, {}, [&](const brygga::check_report& report) {
        accepted = report.accepted;
        for (const brygga::rule_info& each : pain.rules())
            out += std::to_string(report.findings->count(each.index)) + " ";
        out += std::to_string(report.findings->count(brygga::severity::hold));
    });
    return out;
}

// A masked document has the findings of the real one; what is not well-formed may break elsewhere.
void check_commands(const brygga::format& pain, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    pain.show(bytes, {}, {}, ignore);
    pain.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(pain.diff(bytes, bytes, {}, ignore), "a document differs from itself");
    std::string masked;
    pain.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    bool accepted = false;
    const std::string real = counts(pain, bytes, accepted);
    require(!accepted || counts(pain, masked, accepted) == real, "the masked document has other findings");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_order(bytes);
    check_answer(bytes);
    const brygga::format& answer = *brygga::find_format("pain.002");
    const brygga::format& pain = answer.sniff(bytes) ? answer : *brygga::find_format("pain.001");
    check_round_trip(pain, bytes);
    check_commands(pain, bytes);
    return 0;
}
