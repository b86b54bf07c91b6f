#include "tests/inbound/ledger_text.hpp"

#include <algorithm>
#include <functional>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"
#include "mapping/ledger/receivables.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::inbound::test {

namespace {

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

// The value of name=value among the words.
std::string value_of(const std::vector<std::string>& words, const std::string& name, const std::string& otherwise = {}) {
    for (const std::string& each : words)
        if (each.starts_with(name + "=")) return each.substr(name.size() + 1);
    return otherwise;
}

std::string amount(std::int64_t ore) {
    return format_decimal_amount(ore);
}
std::string amount(ore_sum ore) {
    return format_decimal_amount(ore);
}

// A sum beyond 64 bits is written as text.
std::string counted(const nlohmann::json& ore) {
    return ore.is_string() ? ore.get<std::string>() + " öre" : amount(ore.get<std::int64_t>());
}

date day_of(const std::string& text) {
    const auto day = parse_iso_date(text);
    if (!day) throw std::runtime_error("no date: " + text);
    return *day;
}

ledger::utility utility_of(const std::string& text) {
    const auto code = ledger::parse_utility(text);
    if (!code) throw std::runtime_error("no utility: " + text);
    return *code;
}

ledger::invoice invoice_of(const std::vector<std::string>& words) {
    ledger::invoice item;
    item.number = words.at(1);
    item.customer_id = words.at(2);
    item.reference = value_of(words, "ref");
    item.due_date = day_of(value_of(words, "due"));
    item.issue_date = add_days(item.due_date, -30);
    item.currency = value_of(words, "currency", "SEK");
    for (const std::string& each : words) {
        const std::size_t colon = each.find(':');
        if (colon == std::string::npos) continue;
        const std::int64_t ore = ore_of(each.substr(colon + 1));
        item.lines.push_back({utility_of(each.substr(0, colon)), "735999123000045676", "Provrad", ore, {}});
        item.total_ore += ore;
    }
    return item;
}

void post(ledger::transaction& into, ledger::entry_kind kind, ledger::row_id source, date day,
          std::vector<ledger::posting> postings) {
    ledger::entry item{0, kind, source, day, 0, std::move(postings)};
    must(into.add_entry(item));
}

void seed_invoice(const std::vector<std::string>& words, ledger::transaction& into) {
    const ledger::invoice item = invoice_of(words);
    const ledger::row_id id = must(into.put_invoice(item)).id;
    std::vector<ledger::posting> postings;
    for (const ledger::invoice_part& part : ledger::parts_of(item))
        postings.push_back(
            {ledger::account::receivable, part.amount_ore, item.currency, id, part.part_no, item.customer_id, "invoiced"});
    postings.push_back({ledger::account::billing, -item.total_ore, item.currency, 0, 0, {}, "invoiced"});
    post(into, ledger::entry_kind::invoice, id, item.issue_date, std::move(postings));
}

void seed_credit(const std::vector<std::string>& words, ledger::transaction& into) {
    ledger::credit_note item;
    item.number = words.at(1);
    item.customer_id = words.at(2);
    item.reference = value_of(words, "ref");
    const std::string of = value_of(words, "of");
    item.invoice_number = of.substr(0, of.find(':'));
    item.kind = utility_of(of.substr(of.find(':') + 1));
    item.supply_point = "735999123000045676";
    item.issue_date = day_of("2026-02-01");
    item.currency = value_of(words, "currency", "SEK");
    item.amount_ore = ore_of(words.back());
    if (words[0] == "credited") {  // set off against its invoice, as the customer system does it
        must(ledger::post_credit_note(into, item));
        return;
    }
    item.settlement = ledger::credit_settlement::open;
    const ledger::row_id id = must(into.put_credit_note(item)).id;
    post(into, ledger::entry_kind::credit_note, id, item.issue_date,
         {{ledger::account::billing, item.amount_ore, item.currency, 0, 0, {}, "credited"},
          {ledger::account::credit_note, -item.amount_ore, item.currency, id, 0, item.customer_id, "credited"}});
}

constexpr std::string_view payee = "9912346";

ledger::mandate_state mandate_state_of(const std::string& text) {
    for (int i = 0; i <= static_cast<int>(ledger::mandate_state::cancelled); ++i)
        if (name(static_cast<ledger::mandate_state>(i)) == text) return static_cast<ledger::mandate_state>(i);
    throw std::runtime_error("no state of a mandate: " + text);
}

void seed_mandate(const std::vector<std::string>& words, ledger::transaction& into) {
    ledger::mandate item{0, std::string(payee), words.at(1)};
    must(into.direct_debit().add_mandate(item));
    ledger::mandate_event event;
    event.state = mandate_state_of(words.at(3));
    event.customer_id = words.at(2);
    event.account = value_of(words, "account");
    event.identity = value_of(words, "identity");
    event.day = day_of(value_of(words, "since", "2026-01-15"));
    event.actor = value_of(words, "actor");
    must(into.direct_debit().add_mandate_event(item.id, event));
}

std::string state_name(section_state state) {
    switch (state) {
        case section_state::booked:
            return "booked";
        case section_state::held:
            return "held";
        case section_state::refused:
            return "refused";
        case section_state::already_there:
            return "already-there";
    }
    return {};
}

}  // namespace

test_ledger::test_ledger(const std::filesystem::path& folder)
    : store_(must(ledger::open_sqlite_store((folder / "ledger.db").string(), clock_))) {}

void test_ledger::seed(const std::string& lines) {
    auto into = begin();
    seed(lines, *into);
    must(into->commit());
}

void test_ledger::seed(const std::string& lines, ledger::transaction& into) {
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) seed_line(line, into);
}

void test_ledger::seed_line(const std::string& line, ledger::transaction& into) {
    const std::vector<std::string> words = words_of(line);
    if (words[0] == "customer") {
        ledger::customer item;
        item.customer_id = words.at(1);
        item.name = "Provkund " + words.at(1);
        item.identity_number = words.size() > 3 ? words[3] : std::string();
        static_cast<void>(must(into.put_customer(item)));
    } else if (words[0] == "invoice") {
        seed_invoice(words, into);
        invoices_.push_back(words.at(1));
    } else if (words[0] == "credit" || words[0] == "credited") {
        seed_credit(words, into);
        credits_.push_back(value_of(words, "ref"));
    } else if (words[0] == "mandate") {
        seed_mandate(words, into);
    } else if (words[0] == "closed") {
        const auto mandate = must(into.direct_debit().mandate_with_number(payee, words.at(1))).value();
        for (const ledger::matter_item& each : must(into.matters().matters_about(mandate.row.id)))
            if (each.closed_at == 0) must(into.matters().close_matter(each.row.id, "test", "seen to"));
    } else if (words[0] == "collection") {
        seed_collection(words, into);
    } else if (words[0] == "disputed" || words[0] == "settled") {
        const auto part = static_cast<std::uint16_t>(words.size() > 2 ? words[2].at(0) - '0' : 0);
        const auto state = words[0] == "disputed" ? ledger::objection_state::raised : ledger::objection_state::rejected;
        must(into.add_objection({must(into.invoice_with_number(words.at(1))).value().id, part, state, "test", words[0], 0, 0}));
    } else if (!payouts_.seed(words, into)) {
        throw std::runtime_error("no such row: " + line);
    }
}

void test_ledger::seed_collection(const std::vector<std::string>& words, ledger::transaction& into) {
    const auto invoice = must(into.invoice_with_number(words.at(1))).value();
    const auto mandate = must(into.direct_debit().mandate_with_number(payee, words.at(2))).value();
    ledger::collection item;
    item.key = fmt::format("{} {}", words.at(1), value_of(words, "attempt", "1"));
    item.mandate_id = mandate.row.id;
    item.invoice_id = invoice.id;
    item.bankgiro = payee;
    item.payer_number = words.at(2);
    item.payment_day = day_of(value_of(words, "day"));
    item.amount_ore = ore_of(words.at(3));
    item.reference = invoice.reference;
    must(into.direct_debit().add_collection(item, 0));
}

std::string test_ledger::mandates() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    for (const ledger::mandate_item& each : must(from->direct_debit().mandates_of_bankgiro(payee)))
        text += fmt::format("{}{} {} {} {} {}/{}{}{}\n", each.row.payer_number, each.row.is_change ? " change" : "",
                            each.newest.customer_id.empty() ? "-" : each.newest.customer_id, name(each.newest.state),
                            each.newest.day.ok() ? format_iso_date(each.newest.day) : "-", each.newest.information,
                            each.newest.comment, each.newest.account.empty() ? "" : " ", each.newest.account);
    return text;
}

std::string test_ledger::collections() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    for (const std::string& number : invoices_) {
        const auto invoice = must(from->invoice_with_number(number)).value();
        for (const ledger::collection_item& each : must(from->direct_debit().collections_of_invoice(invoice.id)))
            text += fmt::format("{} {} {} {} {} {}\n", each.row.key, each.row.payer_number, amount(each.row.amount_ore),
                                format_iso_date(each.newest.payment_day), name(each.newest.state), each.newest.code);
    }
    return text;
}

std::string test_ledger::matters() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    const std::size_t all = 1000;
    for (const ledger::matter_item& each : must(from->matters().open_matters(all))) {
        std::string subject = "-";
        if (const auto mandate = must(from->direct_debit().mandate_with_id(each.row.subject_id)))
            subject = mandate->row.payer_number + (mandate->row.is_change ? " change" : "");
        if (const auto asked = must(from->direct_debit().collection_with_id(each.row.subject_id))) subject = asked->row.key;
        if (const std::string payout = payouts_.name_of(each.row.subject_id); !payout.empty()) subject = payout;
        nlohmann::json detail = nlohmann::json::parse(each.row.detail);
        detail.erase("collection");  // an id
        text += fmt::format("{} {} {} {}\n", each.row.kind, subject, each.row.customer_id.empty() ? "-" : each.row.customer_id,
                            payouts_.named(detail.dump()));
    }
    return text;
}

// "1:2": second payment of the first logical file booked.
std::string test_ledger::payment_name(ledger::transaction& from, ledger::row_id payment_id) {
    const ledger::payment item = must(from.find_payment(payment_id)).value();
    auto batch = std::find(batches_.begin(), batches_.end(), item.batch_id);
    if (batch == batches_.end()) batch = batches_.insert(batches_.end(), item.batch_id);
    return fmt::format("{}:{}", batch - batches_.begin() + 1, item.ordinal);
}

std::string test_ledger::subject_name(ledger::transaction& from, const ledger::posting& item) {
    switch (item.to) {
        case ledger::account::receivable: {
            const auto invoice = must(from.invoice_with_id(item.subject_id)).value();
            return fmt::format(" {}/{}", invoice.number, item.part_no);
        }
        case ledger::account::credit_note: {
            const std::string name = must(from.name_of(item.subject_id)).value();
            return name.substr(name.find(' '));
        }
        case ledger::account::advance:
            return fmt::format(" {}", item.customer_id);
        case ledger::account::bank:
        case ledger::account::suspense:
        case ledger::account::billing:
        case ledger::account::difference:
        case ledger::account::payout:
            break;
    }
    return {};
}

std::string test_ledger::books() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    std::vector<ledger::row_id> shown;
    must(from->each_payment([&](const ledger::payment& item) -> result<void> {
        shown.push_back(item.id);
        return {};
    }));
    for (const ledger::row_id id : shown) {
        const ledger::payment item = must(from->find_payment(id)).value();
        const bool deduction = item.kind == ledger::payment_kind::deduction;
        text += fmt::format("{} {} {} {} {}\n", payment_name(*from, id), deduction ? "deduction" : "payment",
                            amount(item.amount_ore), item.currency, format_iso_date(item.value_date));
        for (const ledger::entry& each : must(from->entries_about(id, 1000)))
            if (each.source_id == id)
                for (const ledger::posting& row : each.postings)
                    text +=
                        fmt::format("  {}{} {} {}\n", name(row.to), subject_name(*from, row), amount(row.amount_ore), row.reason);
    }
    must(from->each_entry([&](const ledger::entry& each) -> result<void> {
        if (each.kind != ledger::entry_kind::difference) return {};
        text += fmt::format("difference {}\n", format_iso_date(each.value_date));
        for (const ledger::posting& row : each.postings)
            text += fmt::format("  {} {} {}\n", name(row.to), amount(row.amount_ore), row.reason);
        return {};
    }));
    text += payouts_.entries(*from);
    return text;
}

std::string test_ledger::holds() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    for (const ledger::held_item& each : must(from->undecided_holds())) {
        const auto detail = nlohmann::json::parse(each.row.detail);
        if (each.row.subject == ledger::hold_subject::section) {
            text += fmt::format("section {}.{} {} amount {} counted {}\n", each.row.logical_no, each.row.section_no,
                                each.row.reasons, amount(detail.at("amount_ore")), counted(detail.at("counted_ore")));
            continue;
        }
        text += fmt::format("payment {} {} suspense {}", payment_name(*from, each.row.payment_id), each.row.reasons,
                            amount(detail.at("suspense_ore")));
        if (detail.contains("same_as"))
            text += " same as " + payment_name(*from, ledger::parse_id(detail.at("same_as").get<std::string>()).value());
        text += '\n';
        for (const auto& suggested : detail.value("suggestions", nlohmann::json::array())) {
            const auto id = ledger::parse_id(suggested.at("invoice_id").get<std::string>()).value();
            text += fmt::format("  {} {} {}\n", must(from->invoice_with_id(id)).value().number, suggested.at("score").get<int>(),
                                fmt::join(suggested.at("reasons").get<std::vector<std::string>>(), " "));
        }
    }
    return text;
}

std::string test_ledger::open() {
    auto from = must(store_->begin_read("provbolaget"));
    std::string text;
    for (const std::string& number : invoices_) {
        const auto invoice = must(from->invoice_with_number(number)).value();
        text += fmt::format("invoice {} {}", number, amount(invoice.open_ore()));
        for (const ledger::open_part& each : invoice.parts)
            text += fmt::format(" {}:{}", name(each.part.kind), amount(each.open_ore));
        text += '\n';
    }
    for (const std::string& reference : credits_)
        for (const ledger::open_credit& each : must(from->credits_with_reference(reference)))
            text += fmt::format("credit {} {}\n", each.number, amount(each.open_ore));
    return text;
}

std::vector<std::string> test_ledger::totals() {
    std::vector<std::string> out;
    const std::size_t all = 1000;
    for (const ledger::total_item& each : must(begin()->totals_without_deposit(all)))
        out.push_back(fmt::format(
            "{} {} {} {} {}{}", each.row.bankgiro, format_iso_date(each.row.payment_date), each.row.serial,
            format_decimal_amount(each.row.amount_ore), each.row.currency,
            each.booked_id == 0 ? std::string()
                                : fmt::format(", booked {} {}", format_decimal_amount(each.booked_ore), each.booked_currency)));
    return out;
}

std::string told(const logical_result& file) {
    std::string text = fmt::format("file {} {}", file.logical_no, file.accepted ? "accepted" : "refused");
    if (!file.already_in_file.empty()) text += " already in " + file.already_in_file;
    text += '\n';
    for (const section_result& each : file.sections)
        text += fmt::format("section {} {} {} {} {} {} {}+{} {}{}{}\n", each.section_no, each.bankgiro, each.payment_date,
                            each.serial, each.currency, amount(each.amount_ore), each.payments, each.deductions,
                            state_name(each.state), each.reasons.empty() ? "" : " ", fmt::join(each.reasons, ","));
    text += fmt::format("payments {} deductions {}: matched {} unmatched {} held {} advances {}\n", file.payments,
                        file.deductions, file.matched, file.unmatched, file.held, file.advances);
    sums_by_currency sums = file.sums;
    if (sums.empty()) sums.try_emplace("SEK");
    for (const auto& [currency, each] : sums)
        text += fmt::format("booked {} = matched {} + suspense {} + advances {}{}\n", amount(each.booked_ore),
                            amount(each.matched_ore), amount(each.suspense_ore), amount(each.advances_ore),
                            currency == "SEK" ? "" : " " + currency);
    for (const auto& [outcome, number] : file.outcomes)
        text += fmt::format("{} {}\n", outcome, number);
    return text;
}

std::string told(const file_result& file) {
    std::string text = fmt::format("{} {}\n", file.format, name(file.outcome()));
    for (const logical_result& each : file.files)
        text += told(each);
    return text;
}

std::string findings_of(const std::vector<logical_result>& files) {
    std::string text;
    for (const logical_result& file : files)
        for (const finding& each : file.findings) {
            if (each.level == severity::info) continue;
            text += fmt::format("{} {} line {} {} {}\n", name(each.level), each.rule->id, each.where.line,
                                each.record.empty() ? "-" : each.record, each.field.empty() ? "-" : each.field);
        }
    return text;
}

}  // namespace brygga::inbound::test
