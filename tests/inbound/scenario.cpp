#include "tests/inbound/scenario.hpp"

#include <cstdint>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "formats/core/lines.hpp"
#include "formats/core/sha256.hpp"
#include "formats/core/text.hpp"
#include "formats/registry.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/outbound/autogiro_run.hpp"
#include "mapping/outbound/mandate_words.hpp"
#include "tests/inbound/autogiro_text.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/inbound/camt_text.hpp"
#include "tests/inbound/lb_text.hpp"
#include "tests/inbound/ledger_text.hpp"

namespace brygga::inbound::test {

namespace {

struct block {
    std::string name;  // "books"
    std::string rest;  // what stands behind it in the brackets
    std::string comments;
    std::string body;  // lines with '\n', comments and blank lines left out but in [file]
};

std::vector<block> blocks_of(const std::string& text) {
    std::vector<block> blocks(1);
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('[')) {
            const std::string head = line.substr(1, line.find(']') - 1);
            const std::size_t blank = std::min(head.find(' '), head.size());
            blocks.push_back({head.substr(0, blank), head.substr(std::min(blank + 1, head.size())), {}, {}});
        } else if (line.starts_with('#')) {
            blocks.back().comments += line + '\n';
        } else if (!line.empty()) {
            blocks.back().body += line + '\n';
        }
    }
    return blocks;
}

std::string text_of(const block& item) {
    std::string head = item.name.empty() ? "" : fmt::format("[{}{}{}]\n", item.name, item.rest.empty() ? "" : " ", item.rest);
    return head + item.comments + item.body + '\n';
}

settings settings_of(const std::string& lines) {
    settings with;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string verb, first, second, third;
        words >> verb >> first >> second >> third;
        if (verb == "today") {
            with.today = parse_iso_date(first).value();
        } else if (verb == "receiver") {
            const auto level = second == "none" ? ocr_level::none : static_cast<ocr_level>(second.back() - '0');
            with.receivers.push_back({first, {level, {}}, third == "extended"});
        } else if (verb == "test-system") {
            with.test_system = true;
        } else if (verb == "autogiro-customer") {
            with.autogiro_customer = first;
        } else if (verb == "pays-from") {
            with.paying_bankgiro = first;
        } else if (verb == "no-overdue-cover") {
            with.advance_covers_overdue = false;
        } else {
            throw std::runtime_error("no such setting: " + line);
        }
    }
    return with;
}

// [file] holds lines as they would be seen: ISO 8859-1 with CRLF, or, named so, as they are.
std::string bytes_of(const block& item) {
    if (item.name == "bgmax") return bgmax_bytes(item.body);
    if (item.name == "camt") return camt_bytes(item.body);
    if (item.name == "autogiro") return autogiro_bytes(item.body);
    if (item.name == "lb") return lb_bytes(item.body);
    if (item.rest.ends_with(".utf8") || item.rest.ends_with(".xml")) return item.body;
    const std::string in_latin_1 = from_utf8(item.body, encoding::iso_8859_1).value();
    std::string bytes;
    for (const char c : in_latin_1) {
        if (c == '\n') bytes += '\r';
        bytes += c;
    }
    return bytes;
}

bool is_file(const std::string& block) {
    return block == "file" || block == "bgmax" || block == "camt" || block == "autogiro" || block == "lb";
}

std::string format_of(const std::string& bytes) {
    for (const std::string id : {"camt.052", "camt.053", "camt.054"})
        if (bytes.find("urn:iso:std:iso:20022:tech:xsd:" + id) != std::string::npos) return id;
    if (bytes.find("xsd:pain.002") != std::string::npos) return "pain.002";
    for (const std::string id : {"autogiro", "lb"})
        if (find_format(id)->sniff(bytes)) return id;
    return "bgmax";
}

class runner {
 public:
    explicit runner(const std::filesystem::path& folder) : ledger_(folder) {}

    scenario_outcome outcome;

    void run(block item) {
        if (item.name == "settings") {
            with_ = settings_of(item.body);
        } else if (item.name == "ledger") {
            ledger_.seed(item.body);
        } else if (is_file(item.name)) {
            block described = item;
            described.body = ledger_.filled_in(item.body);
            before_ = std::exchange(bytes_, bytes_of(described));
            name_ = item.rest;
            if (!item.rest.ends_with("held-back")) deliver();
        } else if (item.name == "again") {
            deliver();
        } else if (item.name == "join") {
            bytes_ = before_ + bytes_;
            deliver();
        } else if (item.name == "run") {
            prepare(item.rest);
        } else if (item.name == "words") {
            speak(item.rest, item.body);
        } else if (item.name == "release") {
            release(item.rest);
        } else if (!item.name.empty()) {
            expect(item);
        }
        outcome.rewritten += text_of(item);
    }

 private:
    void add_file(ledger::transaction& into) {
        file_ = {};
        file_.claim = fmt::format("claim-{}", ++deliveries_);
        file_.name = name_;
        file_.format = format_of(bytes_);
        file_.sha256 = sha256_hex(bytes_);
        file_.size_bytes = static_cast<std::int64_t>(bytes_.size());
        must(into.add_file(file_));
    }

    void deliver() {
        auto into = ledger_.begin();
        add_file(*into);
        const auto booked = find_mapping(file_.format)->book(bytes_, file_, with_, *into);
        if (!booked) {
            result_ = fmt::format("error {}: {}\n", name(booked.error().code), booked.error().text);
            return;
        }
        must(into->commit());
        result_ = told(*booked);
        findings_ = findings_of(booked->files);
    }

    void release(const std::string& which) {
        std::istringstream in(which);
        section_key key;
        in >> key.logical_no >> key.section_no;
        auto into = ledger_.begin();
        const auto booked = find_mapping(file_.format)->book_released(bytes_, file_, with_, {key, {}}, *into);
        if (!booked) {
            const error& failed = booked.error();  // a conflict names ids and hashes: too much for a scenario
            result_ =
                fmt::format("error {}{}\n", name(failed.code), failed.code == error_code::conflict ? "" : ": " + failed.text);
            return;
        }
        must(into->commit());
        result_ = told(*booked);
        findings_ = findings_of({*booked});
    }

    // The daily run of Autogiro; what it writes is read like a file, trimmed.
    void prepare(const std::string& day) {
        auto into = ledger_.begin();
        const outbound::autogiro_terms terms{
            .customer_number = "471117", .bankgiro = "9912346", .today = parse_iso_date(day).value()};
        const auto order = must(outbound::prepare_autogiro(terms, into->allot_id(), *into));
        must(into->commit());
        order_.clear();
        line_cutter lines(order.bytes);
        for (physical_line line; lines.next(line);)
            order_ += to_utf8(line.bytes.substr(0, line.bytes.find_last_not_of(' ') + 1), encoding::iso_8859_1) + '\n';
        for (const outbound::not_sent& each : order.left_out)
            order_ += fmt::format("not sent: {} {}\n", autogiro::info(each.why.broken).id, each.why.field);
    }

    // "ask 7001 customer=7001 account=8901-3232323232 identity=19121212-1212", "approve 7001 customer=7001", "decline 7001",
    // "cancel 7001"; what was said to each of them is [answers].
    void speak(const std::string& day, const std::string& lines) {
        answers_.clear();
        std::istringstream in(lines);
        for (std::string line; std::getline(in, line);) {
            std::istringstream words(line);
            std::string verb, payer;
            words >> verb >> payer;
            outbound::mandate_application what{"9912346", {}, payer, {}, {}};
            for (std::string each; words >> each;) {
                const std::string key = each.substr(0, each.find('=')), value = each.substr(each.find('=') + 1);
                (key == "customer" ? what.customer_id : key == "account" ? what.account : what.identity) = value;
            }
            const outbound::speaker who{"eva", "a test", parse_iso_date(day).value()};
            auto into = ledger_.begin();
            auto said = say(verb, what, who, *into);
            if (!said) {  // ids differ from run to run
                const std::string& text = said.error().text;
                const bool names_it = said.error().code == error_code::conflict;
                said = fmt::format("{}: {}", name(said.error().code), names_it ? text.substr(text.find(": ") + 2) : text);
            }
            answers_ += *said + '\n';
            if (*said == "said") must(into->commit());
        }
    }

    static result<std::string> say(const std::string& verb, const outbound::mandate_application& what,
                                   const outbound::speaker& who, ledger::transaction& into) {
        const auto told = [](const auto& done) {
            return done ? result<std::string>("said") : result<std::string>(tl::unexpected(done.error()));
        };
        if (verb == "ask") return told(outbound::ask_for_mandate(what, who, into));
        auto& all = into.direct_debit();
        const bool is_change = verb.ends_with("-change");  // approve-change, decline-change, cancel-change
        const auto item = must(is_change ? all.change_with_number(what.bankgiro, what.payer_number)
                                         : all.mandate_with_number(what.bankgiro, what.payer_number));
        const ledger::row_id id = item ? item->row.id : 0;
        if (verb.starts_with("approve")) return told(outbound::approve_mandate(id, what.customer_id, who, into));
        if (verb.starts_with("decline")) return told(outbound::decline_mandate(id, who, into));
        if (verb == "assign") return told(outbound::assign_mandate(id, what.customer_id, who, into));
        if (verb.starts_with("unsay")) return told(outbound::unsay(id, who, into));
        if (verb.starts_with("cancel")) return told(outbound::cancel_mandate(id, who, into));
        throw std::runtime_error("no such word: " + verb);
    }

    void expect(block& item) {
        const std::string found = item.name == "result"        ? result_
                                  : item.name == "findings"    ? findings_
                                  : item.name == "books"       ? ledger_.books()
                                  : item.name == "holds"       ? ledger_.holds()
                                  : item.name == "open"        ? ledger_.open()
                                  : item.name == "order"       ? order_
                                  : item.name == "answers"     ? answers_
                                  : item.name == "mandates"    ? ledger_.mandates()
                                  : item.name == "collections" ? ledger_.collections()
                                  : item.name == "matters"     ? ledger_.matters()
                                  : item.name == "payouts"     ? ledger_.payouts()
                                                               : throw std::runtime_error("no such block: " + item.name);
        ++outcome.expectations;
        if (found != item.body)
            outcome.differences.push_back(fmt::format("[{}]\n-- expected\n{}-- found\n{}", item.name, item.body, found));
        item.body = found;
    }

    test_ledger ledger_;
    settings with_;
    ledger::exchanged_file file_;
    std::string bytes_, before_, name_, result_, findings_, order_, answers_;
    int deliveries_ = 0;
};

}  // namespace

scenario_outcome run_scenario(const std::string& text, const std::filesystem::path& folder) {
    runner run(folder);
    for (block& each : blocks_of(text))
        run.run(std::move(each));
    run.outcome.rewritten.pop_back();
    return std::move(run.outcome);
}

}  // namespace brygga::inbound::test
