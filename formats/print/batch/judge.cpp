#include "formats/print/batch/detail/judge.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/code_point.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/core/text.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/code_line/check.hpp"

namespace brygga::print::batch::detail {

namespace {

constexpr int days_before_due = 10;  // PRB-R14
constexpr char32_t last_of_latin_1 = 0xFF;

bool kind_fits(document_kind kind, flow in) noexcept {
    switch (kind) {
        case document_kind::invoice:
        case document_kind::credit_invoice:
            return in == flow::invoice;
        case document_kind::reminder:
            return in == flow::reminder;
        case document_kind::collection_notice:
            return in == flow::collection;
        case document_kind::letter:
            return in == flow::letter;
    }
    return false;
}

bool has_word(std::string_view text, std::string_view word) {
    return !word.empty() && text.find(word) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> beyond_latin_1(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        constexpr unsigned char first_lead_beyond = 0xC4;  // C2 and C3 lead U+0080 to U+00FF
        if (lead < first_lead_beyond) continue;
        const char32_t code = code_point_at(utf8, at).value;
        if (code > last_of_latin_1) return fmt::format("U+{:04X}", static_cast<unsigned>(code));
    }
    return std::nullopt;
}

void document_judge::tell(rule broken, severity level, std::string_view path, const layout::value* where, std::string_view found,
                          std::string_view expected) {
    const std::size_t offset = where != nullptr && where->present ? where->offset : begin_;
    into_.tell({broken, level, path, offset, found, expected}, index_);
}

void document_judge::judge(const document& item, const layout::document& at, std::size_t index, std::size_t begin) {
    item_ = &item;
    at_ = &at;
    index_ = index;
    begin_ = begin;
    kind_and_flow();
    handling();
    conditional_elements();
    conditional_payment();
    identity();
    payment();
    group();
    dispatch();
    files();
    letters();
    ledger();
}

// PRB-R07
void document_judge::kind_and_flow() {
    if (!kind_fits(item_->kind, header_.flow))
        hold(rule::R07, "Kind", &at_->kind, name(item_->kind), fmt::format("a kind of the flow {}", name(header_.flow)));
}

// PRB-R08, of STANDARD: what PROTECTED may not have is PRB-R12.
void document_judge::conditional_elements() {
    const recipient& to = item_->recipient;
    if (item_->kind == document_kind::reminder && !item_->reminder_level)
        hold(rule::R08, "ReminderLevel", nullptr, {}, "a level of the reminder");
    if (header_.handling == handling::standard) {
        const bool is_digital = std::any_of(item_->channels.begin(), item_->channels.end(), batch::is_digital);
        if (is_digital && item_->subject.empty()) hold(rule::R08, "Subject", nullptr, {}, "a subject for a digital channel");
        if (std::any_of(item_->channels.begin(), item_->channels.end(), is_mailbox) && to.identity_number.empty())
            hold(rule::R08, "Recipient/IdentityNumber", nullptr, {}, "an identity number for a mailbox");
        if (item_->has_channel(channel::print) && to.name.empty())
            hold(rule::R08, "Recipient/Name", nullptr, {}, "a name for PRINT");
        if (item_->has_channel(channel::print) && !to.postal_address)
            hold(rule::R08, "Recipient/PostalAddress", nullptr, {}, "an address for PRINT");
        if (item_->has_channel(channel::email) && to.email.empty())
            hold(rule::R08, "Recipient/Email", nullptr, {}, "an e-mail address");
    }
    const std::string_view short_identity =
        std::string_view(to.identity_number).substr(to.identity_number.size() > 10 ? to.identity_number.size() - 10 : 0);
    if (has_word(item_->subject, short_identity) || has_word(item_->subject, to.name))
        hold(rule::R08, "Subject", &at_->subject, fmt::format("{} characters", count_code_points(item_->subject)),
             "nothing of the recipient");
    if (item_->file.pages == 0) hold(rule::R08, "File/@pages", &at_->file.name, {}, "the number of pages");
    for (std::size_t i = 0; i < item_->attachments.size(); ++i)
        if (item_->attachments[i].pages == 0)
            hold(rule::R08, fmt::format("Attachment[{}]/@pages", i + 1), &at_->attachments[i].name, {}, "the number of pages");
}

// PRB-R08
void document_judge::conditional_payment() {
    if (!item_->payment) {
        if (item_->kind != document_kind::letter) hold(rule::R08, "Payment", nullptr, {}, "a payment");
        return;
    }
    const batch::payment& what = *item_->payment;
    const layout::payment& at = at_->payment;
    const bool wanted = what.method == payment_method::slip;
    const std::pair<std::string_view, const layout::value*> parts[] = {{"Payment/AccountType", &at.account_type},
                                                                       {"Payment/Account", &at.account},
                                                                       {"Payment/ReferenceType", &at.reference_type},
                                                                       {"Payment/Reference", &at.reference},
                                                                       {"Payment/CodeLine", &at.code_line}};
    for (const auto& [path, where] : parts)
        if (where->present != wanted)
            hold(rule::R08, path, where, wanted ? "" : "an element",
                 fmt::format("{} with the method {}", wanted ? "it" : "nothing", name(what.method)));
}

// PRB-R09
void document_judge::identity() {
    const recipient& to = item_->recipient;
    if (to.identity_number.empty()) return;
    constexpr std::size_t person_digits = 12;
    const layout::value& at = at_->recipient.identity_number;
    const auto wrong = [&](severity level, std::string_view expected) {
        tell(rule::R09, level, "Recipient/IdentityNumber", &at, fmt::format("{} digits", to.identity_number.size()), expected);
    };
    const bool is_long = to.identity_number.size() == person_digits;
    if (to.party_type == party_type::person && !is_long) return wrong(severity::hold, "12 digits of a person");
    if (to.party_type == party_type::organisation && is_long) return wrong(severity::hold, "10 digits of an organisation");
    if (!is_long) {
        const auto known = parse_organisation_number(to.identity_number);
        if (!known) wrong(severity::hold, expectation(known.error()));
        return;
    }
    const auto made = local_time_of(header_);
    const date today = made ? date(std::chrono::floor<std::chrono::days>(*made)) : item_->issue_date;
    const auto known = parse_personal_number(to.identity_number, today);
    if (!known)
        wrong(severity::hold, expectation(known.error()));
    else if (known->date_unknown)
        wrong(severity::warning, "a coordination number with its date");
}

// PRB-R10
void document_judge::payment() {
    if (!item_->payment) return;
    const batch::payment& what = *item_->payment;
    const layout::payment& at = at_->payment;
    if (what.amount_ore <= 0 && what.method != payment_method::none)
        hold(rule::R10, "Payment/Method", &at.method, name(what.method), "NONE, for there is nothing to pay");
    if (what.amount_ore > 0 && what.method == payment_method::slip && at.code_line.present && at.account.present &&
        at.account_type.present && at.reference.present)
        code_line();
}

void document_judge::code_line() {
    const batch::payment& what = *item_->payment;
    code_line_demands demands;
    demands.payment = {what.reference, what.amount_ore, what.account,
                       *what.account_type == account_type::plusgiro ? giro::plusgiro : giro::bankgiro};
    demands.agreement = into_.options().agreement;
    for (const code_line_finding& each : check_code_line(what.code_line, demands))
        hold(rule::R10, "Payment/CodeLine", &at_->payment.code_line, each.found,
             fmt::format("{}: {}", code_line_rules()[static_cast<std::size_t>(each.rule)].id, each.expected));
}

// PRB-R12
void document_judge::handling() {
    if (header_.handling == handling::protected_identity) return protected_document();
    if (item_->has_channel(channel::print_forwarding))
        tell(rule::R12, severity::error, "Channels/Channel", nullptr, "PRINT_FORWARDING", "no forwarding with STANDARD");
}

void document_judge::protected_document() {
    const layout::recipient& to = at_->recipient;
    if (item_->channels != std::vector<channel>{channel::print_forwarding})
        tell(rule::R12, severity::error, "Channels", nullptr, fmt::format("{} channels", item_->channels.size()),
             "PRINT_FORWARDING alone");
    if (item_->recipient.identity_number.empty())
        tell(rule::R12, severity::error, "Recipient/IdentityNumber", nullptr, {}, "the identity number");
    const layout::value* address = to.postal_address.lines.empty() ? &to.postal_address.country : &to.postal_address.lines[0];
    const std::pair<std::string_view, const layout::value*> forbidden[] = {
        {"Recipient/Name", &to.name}, {"Recipient/PostalAddress", address},       {"Recipient/Email", &to.email},
        {"Subject", &at_->subject},   {"Print/@groupKey", &at_->print.group_key}, {"Data", &at_->data.name}};
    for (const auto& [path, where] : forbidden)
        if (where->present) tell(rule::R12, severity::error, path, where, "an element", "nothing of a protected person");
}

// PRB-R13. The dispatch window is that of the batch.
void document_judge::group() {
    const std::string& key = item_->print.group_key;
    if (key.empty()) return;
    const recipient& to = item_->recipient;
    const auto [known, is_first] = groups_.try_emplace(key, joined{to.customer_number, to.postal_address, item_->print.postage});
    if (is_first) return;
    const joined& first = known->second;
    const auto differs = [&](std::string_view what) {
        hold(rule::R13, "Print/@groupKey", &at_->print.group_key, fmt::format("another {}", what),
             fmt::format("the {} of the first document of the group", what));
    };
    if (first.customer_number != to.customer_number) differs("customer");
    if (first.address != to.postal_address) differs("address");
    if (first.postage != item_->print.postage) differs("postage");
}

// PRB-R14 and PRB-R16
void document_judge::dispatch() {
    const bool is_economy = item_->has_channel(channel::print) && item_->print.postage == postage::economy;
    if (is_economy && item_->payment && header_.latest_dispatch) {
        const date first = add_days(*header_.latest_dispatch, days_before_due);
        if (item_->payment->due_date < first)
            tell(rule::R14, severity::warning, "Payment/DueDate", &at_->payment.due_date,
                 format_iso_date(item_->payment->due_date), fmt::format("{} or later", format_iso_date(first)));
    }
    if (header_.handling != handling::standard || item_->channels.empty() || item_->channels.back() == channel::print) return;
    const auto& forbids_paper = into_.options().ledger.forbids_paper;
    if (item_->channels.back() == channel::print_forwarding || (forbids_paper && forbids_paper(item_->recipient))) return;
    hold(rule::R16, "Channels/Channel", nullptr, name(item_->channels.back()), "PRINT as the last channel");
}

// PRB-R05 and PRB-R15
void document_judge::ledger() {
    const ledger_knowledge& ledger = into_.options().ledger;
    if (ledger.sha256_of_document) {
        const auto before = ledger.sha256_of_document(item_->id);
        if (before && *before != item_->file.sha256) hold(rule::R05, "@id", &at_->id, item_->id, "an id that no other file had");
    }
    const bool demands = item_->kind == document_kind::reminder || item_->kind == document_kind::collection_notice;
    if (demands && ledger.has_open_claim && !ledger.has_open_claim(*item_))
        hold(rule::R15, "Number", &at_->number, {}, "an open claim");
}

// PRB-R06, as far as sizes and pages are told.
void document_judge::files() {
    const batch_limits& limits = into_.options().limits;
    const auto check = [&](const file_ref& file, std::string_view path, const layout::file_ref& at) {
        if (file.size > limits.pdf_bytes)
            hold(rule::R06, path, &at.size, fmt::format("{} bytes", file.size), fmt::format("at most {}", limits.pdf_bytes));
    };
    check(item_->file, "File/@size", at_->file);
    for (std::size_t i = 0; i < item_->attachments.size(); ++i)
        check(item_->attachments[i], fmt::format("Attachment[{}]/@size", i + 1), at_->attachments[i]);
    if (std::any_of(item_->channels.begin(), item_->channels.end(), is_mailbox) && item_->file.size > limits.mailbox_bytes)
        tell(rule::R06, severity::warning, "File/@size", &at_->file.size, fmt::format("{} bytes", item_->file.size),
             fmt::format("at most {} for a mailbox; it will be printed", limits.mailbox_bytes));
    const std::uint64_t sheets = sheets_of(*item_);
    if (item_->print.envelope == envelope::c5 && sheets > limits.c5_sheets)
        hold(rule::R06, "Print/@envelope", &at_->print.envelope, fmt::format("{} sheets", sheets),
             fmt::format("at most {} in C5", limits.c5_sheets));
}

// PRB-W01
void document_judge::letters() {
    letters_of(at_->subject, "Subject");
    letters_of(at_->recipient.name, "Recipient/Name");
    const auto& lines = at_->recipient.postal_address.lines;
    for (std::size_t i = 0; i < lines.size(); ++i)
        letters_of(lines[i], fmt::format("Recipient/PostalAddress/Line[{}]", i + 1));
    letters_of(at_->recipient.email, "Recipient/Email");
    letters_of(at_->payment.reference, "Payment/Reference");
    letters_of(at_->payment.code_line, "Payment/CodeLine");
}

void document_judge::letters_of(const layout::value& text, std::string_view path) {
    if (const auto letter = beyond_latin_1(text.text))
        tell(rule::W01, severity::warning, path, &text, *letter, "letters of Latin-1");
}

}  // namespace brygga::print::batch::detail
