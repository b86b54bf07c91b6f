#include "formats/print/batch/detail/conversion.hpp"

#include <charconv>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/xml/schema.hpp"

namespace brygga::print::batch::detail {

namespace {

using layout::value;

std::string token(const value& from) {
    return xml::schema::collapsed(from.text);
}

template <class Code>
Code code_of(const value& from, Code otherwise = {}) {
    return parse_code<Code>(token(from)).value_or(otherwise);
}

template <class Code>
std::optional<Code> code_if_any(const value& from) {
    return from.present ? parse_code<Code>(token(from)) : std::nullopt;
}

std::optional<date> day_of(const value& from) {
    constexpr std::size_t day_size = 10;
    return parse_iso_date(token(from).substr(0, day_size));  // without its zone
}

template <class Number>
Number number_of(const value& from) {
    const std::string text = token(from);
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    Number made{};
    std::from_chars(begin, text.data() + text.size(), made);
    return made;
}

bool flag_of(const value& from, bool otherwise) {
    const std::string text = token(from);
    if (text == "true" || text == "1") return true;
    return text == "false" || text == "0" ? false : otherwise;
}

std::int64_t ore_of(const value& from) {
    return parse_decimal_amount(token(from)).value_or(0);
}

postal_address address_of(const layout::address& from) {
    postal_address made;
    for (const value& each : from.lines)
        made.lines.push_back(token(each));
    made.country = token(from.country);
    return made;
}

recipient recipient_of(const layout::recipient& from) {
    recipient made;
    made.party_type = code_of<party_type>(from.party_type);
    made.customer_number = token(from.customer_number);
    made.identity_number = token(from.identity_number);
    made.name = token(from.name);
    const layout::address& address = from.postal_address;
    if (!address.lines.empty() || address.country.present) made.postal_address = address_of(address);
    made.email = token(from.email);
    return made;
}

payment payment_of(const layout::payment& from) {
    payment made;
    made.amount_ore = ore_of(from.amount);
    made.due_date = day_of(from.due_date).value_or(date{});
    made.method = code_of<payment_method>(from.method);
    made.account_type = code_if_any<account_type>(from.account_type);
    made.account = token(from.account);
    made.reference_type = code_if_any<reference_type>(from.reference_type);
    made.reference = token(from.reference);
    made.code_line = from.code_line.text;
    return made;
}

file_ref file_of(const layout::file_ref& from) {
    return {token(from.name), number_of<std::uint64_t>(from.size), token(from.sha256), number_of<std::uint32_t>(from.pages)};
}

bool is_any(const layout::payment& from) noexcept {
    return from.amount.present || from.currency.present || from.due_date.present || from.method.present;
}

// ---- back ----

class filling {
 public:
    explicit filling(xml::texts& keep) : keep_(keep) {}

    void text(std::string_view from, value& to) {
        if (!from.empty()) to = keep_.keep(std::string(from));
    }
    void number(std::uint64_t from, value& to) { to = keep_.keep(fmt::format("{}", from)); }
    void amount(std::int64_t ore, value& to) { to = keep_.keep(format_decimal_amount(ore)); }
    void day(const std::optional<date>& from, value& to) {
        if (from) to = keep_.keep(format_iso_date(*from));
    }
    template <class Code>
    void code(const std::optional<Code>& from, value& to) {
        if (from) text(name(*from), to);
    }
    void flag(bool from, value& to) { text(from ? "true" : "false", to); }

    void address(const postal_address& from, layout::address& to) {
        for (const std::string& each : from.lines)
            text(each, to.lines.add());
        text(from.country, to.country);
    }

    void file(const file_ref& from, layout::file_ref& to) {
        text(from.name, to.name);
        number(from.size, to.size);
        text(from.sha256, to.sha256);
        if (from.pages != 0) number(from.pages, to.pages);
    }

    void recipient(const batch::recipient& from, layout::recipient& to) {
        text(name(from.party_type), to.party_type);
        text(from.customer_number, to.customer_number);
        text(from.identity_number, to.identity_number);
        text(from.name, to.name);
        if (from.postal_address) address(*from.postal_address, to.postal_address);
        text(from.email, to.email);
    }

    void payment(const batch::payment& from, layout::payment& to) {
        amount(from.amount_ore, to.amount);
        text("SEK", to.currency);
        day(from.due_date, to.due_date);
        text(name(from.method), to.method);
        code(from.account_type, to.account_type);
        text(from.account, to.account);
        code(from.reference_type, to.reference_type);
        text(from.reference, to.reference);
        text(from.code_line, to.code_line);
    }

    void print(const print_options& from, layout::print_options& to) {
        flag(from.duplex, to.duplex);
        flag(from.colour, to.colour);
        text(name(from.postage), to.postage);
        text(name(from.envelope), to.envelope);
        text(from.group_key, to.group_key);
    }

 private:
    xml::texts& keep_;
};

}  // namespace

header header_of(const layout::header& from) {
    header made;
    made.batch_id = token(from.batch_id);
    made.created_at = token(from.created_at);
    made.environment = code_of<environment>(from.environment);
    made.handling = code_of<handling>(from.handling);
    made.flow = code_of<flow>(from.flow);
    made.sender = {token(from.org_number), token(from.sender_name), token(from.tenant_ref), address_of(from.return_address)};
    made.replaces = token(from.replaces);
    made.earliest_dispatch = day_of(from.earliest_dispatch);
    made.latest_dispatch = day_of(from.latest_dispatch);
    return made;
}

document document_of(const layout::document& from) {
    document made;
    made.id = token(from.id);
    made.kind = code_of<document_kind>(from.kind);
    made.number = token(from.number);
    made.issue_date = day_of(from.issue_date).value_or(date{});
    if (from.reminder_level.present) made.reminder_level = number_of<std::uint8_t>(from.reminder_level);
    made.subject = token(from.subject);
    made.recipient = recipient_of(from.recipient);
    for (const value& each : from.channels)
        made.channels.push_back(code_of<channel>(each, channel::print));
    if (is_any(from.payment)) made.payment = payment_of(from.payment);
    made.print.duplex = flag_of(from.print.duplex, true);
    made.print.colour = flag_of(from.print.colour, false);
    made.print.postage = code_of(from.print.postage, postage::economy);
    made.print.envelope = code_of(from.print.envelope, envelope::automatic);
    made.print.group_key = token(from.print.group_key);
    made.file = file_of(from.file);
    if (from.data.name.present) made.data = file_of(from.data);
    for (const layout::file_ref& each : from.attachments)
        made.attachments.push_back(file_of(each));
    return made;
}

totals totals_in(const layout::totals& from) {
    totals made;
    made.documents = number_of<std::uint64_t>(from.documents);
    made.pages = number_of<std::uint64_t>(from.pages);
    made.sheets = number_of<std::uint64_t>(from.sheets);
    made.payable_documents = number_of<std::uint64_t>(from.payable_documents);
    made.payable_ore = ore_of(from.payable_amount);
    made.digest = token(from.digest);
    return made;
}

void fill(const header& from, xml::texts& keep, layout::header& to) {
    filling out(keep);
    out.text(from.batch_id, to.batch_id);
    out.text(from.created_at, to.created_at);
    out.text(name(from.environment), to.environment);
    out.text(name(from.handling), to.handling);
    out.text(name(from.flow), to.flow);
    out.text(from.sender.org_number, to.org_number);
    out.text(from.sender.name, to.sender_name);
    out.text(from.sender.tenant_ref, to.tenant_ref);
    out.address(from.sender.return_address, to.return_address);
    out.text(from.replaces, to.replaces);
    out.day(from.earliest_dispatch, to.earliest_dispatch);
    out.day(from.latest_dispatch, to.latest_dispatch);
}

void fill(const document& from, xml::texts& keep, layout::document& to) {
    filling out(keep);
    to.clear();
    out.text(from.id, to.id);
    out.text(name(from.kind), to.kind);
    out.text(from.number, to.number);
    out.day(from.issue_date, to.issue_date);
    if (from.reminder_level) out.number(*from.reminder_level, to.reminder_level);
    out.text(from.subject, to.subject);
    out.recipient(from.recipient, to.recipient);
    for (const channel each : from.channels)
        out.text(name(each), to.channels.add());
    if (from.payment) out.payment(*from.payment, to.payment);
    out.print(from.print, to.print);
    out.file(from.file, to.file);
    if (from.data) out.file(*from.data, to.data);
    for (const file_ref& each : from.attachments)
        out.file(each, to.attachments.add());
}

void fill(const totals& from, xml::texts& keep, layout::totals& to) {
    filling out(keep);
    out.number(from.documents, to.documents);
    out.number(from.pages, to.pages);
    out.number(from.sheets, to.sheets);
    out.number(from.payable_documents, to.payable_documents);
    out.amount(from.payable_ore, to.payable_amount);
    out.text(from.digest, to.digest);
}

}  // namespace brygga::print::batch::detail
