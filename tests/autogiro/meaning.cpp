#include "tests/autogiro/meaning.hpp"

namespace brygga::autogiro::testing {

namespace {

std::string as_text(std::string_view part) {
    return std::string(part);
}
std::string as_text(char part) {
    return std::string(1, part);
}
std::string as_text(std::int64_t part) {
    return std::to_string(part);
}
std::string as_text(const encoded_text& part) {
    return part.utf8();
}

std::string totals_text(const payment_totals& totals) {
    return std::to_string(totals.approved) + "/" + std::to_string(totals.failed) + "/" + totals.approved_ore.text() + "/" +
           totals.failed_ore.text();
}

}  // namespace

template <class... Parts>
void meaning::add(const Parts&... parts) {
    ((text += as_text(parts) + ";"), ...);
    text += "\n";
}

void meaning::section_opened(const section_view& section) {
    add(name(section.layout), section.opening.written, section.opening.customer_number, section.opening.bankgiro);
}

void meaning::mandate_request(const mandate_request_view& item) {
    const auto& r = item.record;
    add(item.code, std::int64_t{item.at.ordinal}, r.bankgiro, r.payer_number, r.account, r.identity, r.answer, r.new_bankgiro,
        r.new_payer_number);
}

void meaning::payment_text(const payment_record& r) {
    add(r.payment_day, r.period, r.recurrences, r.payer_number, r.amount_ore, r.bankgiro, r.reference, r.status, r.comment);
}

void meaning::entry_text(const entry_record* entry) {
    if (entry != nullptr)
        add("entry", entry->bank_account, entry->payment_day, entry->serial, entry->amount_ore, entry->payments);
}

void meaning::payment(const payment_view& item) {
    add(item.direction == payment_direction::payout ? "payout" : "collection", std::int64_t{item.at.ordinal});
    payment_text(item.record);
    entry_text(item.entry);
}

void meaning::refund(const refund_view& item) {
    add("refund", item.record.refund_day, item.record.refund_code);
    payment_text(item.record.original);
    entry_text(item.entry);
}

void meaning::change(const change_view& item) {
    const auto& r = item.record;
    add(item.code, r.bankgiro, r.payer_number, r.payment_day, r.amount_ore, r.direction, r.new_day, r.reference);
}

void meaning::amendment(const amendment_view& item) {
    const auto& r = item.record;
    add(item.code, r.payment_day, r.payer_number, r.direction, r.amount_ore, r.marker, r.new_day, r.reference, r.comment);
}

void meaning::mandate_advice(const advice_view& item) {
    const auto& r = item.record;
    add("advice", r.bankgiro, r.payer_number, r.account, r.identity, r.information, r.comment, r.action_day, r.valid_from);
}

void meaning::internet_mandate(const internet_mandate_view& item) {
    const auto& r = item.record;
    add("mandate", r.bankgiro, r.payer_number, r.account, r.identity, r.message);
    for (const encoded_text& each : item.texts)
        add(each);
    for (const encoded_text& each : item.address)
        add(each);
    add(item.town.postcode, item.town.town);
}

void meaning::register_entry(const register_view& item) {
    const auto& r = item.record;
    add("register", r.bankgiro, r.identity, r.payer_number, r.origin, r.last_used, r.created, r.changed, r.state, r.stopped,
        r.highest_amount, r.account);
}

void meaning::section_closed(const section_view& section) {
    add(section.closed ? "closed" : "open", totals_text(section.collections), totals_text(section.payouts),
        totals_text(section.refunds));
}

std::string meaning_of(const std::string& bytes, const read_options& options) {
    meaning into;
    const logical_file file = read(bytes, options, &into);
    for (const auto& [code, count] : file.records)
        into.text += code + "=" + std::to_string(count) + ";";
    return into.text + file.version + (file.accepted() ? " accepted" : " refused");
}

}  // namespace brygga::autogiro::testing
