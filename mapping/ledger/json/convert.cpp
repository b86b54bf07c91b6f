#include "mapping/ledger/json/convert.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/bank_identity.hpp"
#include "formats/core/gs1.hpp"
#include "formats/core/identity.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::ledger {

namespace {

using json = nlohmann::json;
using ordered_json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 2> category_names = {"consumer", "business"};
constexpr std::array<std::string_view, 2> settlement_names = {"offset", "open"};

// The schema has seen to the types of the members; what is left out is empty.
std::string text_of(const json& line, const char* member) {
    const auto found = line.find(member);
    return found == line.end() ? std::string() : found->get<std::string>();
}

bool flag_of(const json& line, const char* member) {
    const auto found = line.find(member);
    return found != line.end() && found->get<bool>();
}

std::int64_t amount_of(const json& line, const char* member) {
    const auto found = line.find(member);
    return found == line.end() ? 0 : found->get<std::int64_t>();
}

std::string currency_of(const json& line) {
    const std::string given = text_of(line, "currency");
    return given.empty() ? "SEK" : given;
}

// Members that the books do not need, as they came.
template <class Names>
std::string document_of(const json& line, const Names& known) {
    json out = json::object();
    for (const auto& [member, value] : line.items())
        if (std::find(std::begin(known), std::end(known), member) == std::end(known)) out[member] = value;
    return out.empty() ? std::string() : out.dump();
}
constexpr std::array invoice_members = {"type",     "number",    "customer_id",  "reference", "issue_date", "due_date",
                                        "currency", "total_ore", "rounding_ore", "lines",     "prepaid"};
constexpr std::array line_members = {"utility", "supply_point", "text", "amount_ore"};
constexpr std::array credit_members = {"type",         "number",     "customer_id", "reference",  "invoice_number", "utility",
                                       "supply_point", "issue_date", "currency",    "amount_ore", "settlement"};

date date_of(const json& line, const char* member, line_notes& notes) {
    const auto day = parse_iso_date(text_of(line, member));
    if (!day) notes.refuse(fmt::format("/{}", member), {}, "is not a date of the calendar");
    return day.value_or(date{});
}

utility utility_of(const json& line, const std::string& pointer, line_notes& notes) {
    const auto code = parse_utility(text_of(line, "utility"));
    if (!code) notes.refuse(pointer, {}, "is not a utility");
    return code.value_or(utility::EL);
}

void take_faults(const std::vector<document_fault>& faults, line_notes& notes) {
    for (const document_fault& each : faults)
        notes.refuse(each.pointer, each.rule, each.text);
}

// Members are written in the order of the schema, and only when there is something in them.
void put(ordered_json& line, const char* member, const std::string& value) {
    if (!value.empty()) line[member] = value;
}

void put(ordered_json& line, const char* member, const std::optional<date>& value) {
    if (value) line[member] = format_iso_date(*value);
}

void put(ordered_json& line, const char* member, bool value) {
    if (value) line[member] = true;
}

// What document_of() took.
void put_document(ordered_json& line, const std::string& document) {
    if (document.empty()) return;
    const ordered_json members = ordered_json::parse(document, nullptr, false);
    if (!members.is_object()) return;
    for (const auto& [member, value] : members.items())
        line[member] = value;
}

// Text that is not UTF-8 cannot come in by import, but by other ways.
std::string text_of(const ordered_json& line) {
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void warn_of_missing(const json& line, std::initializer_list<const char*> members, line_notes& notes) {
    for (const char* member : members)
        if (!line.contains(member) || line.at(member) == "") notes.warn(fmt::format("/{}", member), "BILL-R17", "is missing");
}

std::optional<date> day_of(const json& line, const char* member, const std::string& pointer, line_notes& notes) {
    if (!line.contains(member)) return std::nullopt;
    const auto day = parse_iso_date(text_of(line, member));
    if (!day) notes.refuse(pointer, {}, "is not a date of the calendar");
    return day;
}

// BILL-R08: an e-mail invoice needs the request and the confirmed address; what is missing is told when it is needed.
invoice_wishes wishes_of(const json& line, line_notes& notes) {
    invoice_wishes out;
    const auto found = line.find("invoices");
    if (found == line.end()) return out;
    out.first = parse_channel(text_of(*found, "first_channel"));
    if (const std::string endpoint = text_of(*found, "endpoint"); !endpoint.empty()) {
        const std::size_t colon = endpoint.find(':');
        out.endpoint_scheme = endpoint.substr(0, colon);
        out.endpoint = endpoint.substr(colon + 1);
    }
    if (const auto email = found->find("email"); email != found->end()) {
        out.email = text_of(*email, "address");
        out.email_requested = day_of(*email, "requested", "/invoices/email/requested", notes);
        out.email_confirmed = day_of(*email, "confirmed", "/invoices/email/confirmed", notes);
    }
    out.is_separate = flag_of(*found, "separate");
    return out;
}

void put_wishes(ordered_json& line, const invoice_wishes& wishes) {
    ordered_json out = ordered_json::object();
    if (wishes.first) out["first_channel"] = name(*wishes.first);
    if (!wishes.endpoint.empty()) out["endpoint"] = wishes.endpoint_scheme + ':' + wishes.endpoint;
    if (!wishes.email.empty()) {
        ordered_json email{{"address", wishes.email}};
        put(email, "requested", wishes.email_requested);
        put(email, "confirmed", wishes.email_confirmed);
        out["email"] = std::move(email);
    }
    put(out, "separate", wishes.is_separate);
    if (!out.empty()) line["invoices"] = std::move(out);
}

// BILL-R18: checked unless the customer is foreign or an estate.
std::string identity_of(const json& line, const customer& item, const import_options& options, line_notes& notes) {
    std::string given = text_of(line, "identity_number");
    if (item.foreign || item.estate) return given;
    if (given.empty()) {
        notes.warn("/identity_number", "BILL-R17", "is missing");
        return given;
    }
    const auto known = classify_identity(given, options.today);
    if (!known) {
        notes.refuse("/identity_number", "BILL-R18", fmt::format("REF-R05: expected {}", expectation(known.error())));
        return {};
    }
    if (known->date_unknown)
        notes.warn("/identity_number", "REF-R05", "is a coordination number whose date is not in the calendar");
    return known->customer_key;
}

}  // namespace

customer to_customer(const json& line, const import_options& options, line_notes& notes) {
    customer item;
    item.customer_id = text_of(line, "customer_id");
    item.name = text_of(line, "name");
    item.category = text_of(line, "category") == category_names[1] ? customer_category::business : customer_category::consumer;
    item.street = text_of(line, "street");
    item.postcode = text_of(line, "postcode");
    item.town = text_of(line, "town");
    item.country_code = text_of(line, "country_code");
    item.telephone = text_of(line, "telephone");
    item.email = text_of(line, "email");
    item.branch_code = text_of(line, "branch_code");
    item.foreign = flag_of(line, "foreign");
    item.estate = flag_of(line, "estate");
    item.protected_identity = flag_of(line, "protected_identity");
    item.identity_number = identity_of(line, item, options, notes);
    item.wishes = wishes_of(line, notes);
    warn_of_missing(line, {"name", "street", "postcode", "town", "telephone", "email", "foreign"}, notes);
    if (item.category == customer_category::business) warn_of_missing(line, {"branch_code"}, notes);
    return item;
}

facility to_facility(const json& line, line_notes& notes) {
    facility item{text_of(line, "facility_id"), text_of(line, "customer_id"),          utility_of(line, "/utility", notes),
                  text_of(line, "gsrn"),        text_of(line, "property_designation"), text_of(line, "supply_address")};
    if (!item.gsrn.empty()) {
        const auto known = parse_gsrn(item.gsrn);
        if (known)
            item.gsrn = *known;
        else
            notes.warn("/gsrn", "REF-R09", fmt::format("expected {}", expectation(known.error())));
    }
    warn_of_missing(line, {"property_designation", "supply_address"}, notes);
    return item;
}

facility_event to_facility_event(const json& line, line_notes& notes) {
    return {text_of(line, "facility_id"), facility_happening::connected, date_of(line, "day", notes)};
}

invoice to_invoice(const json& line, const import_options& options, line_notes& notes) {
    invoice item;
    item.number = text_of(line, "number");
    item.customer_id = text_of(line, "customer_id");
    item.reference = text_of(line, "reference");
    item.issue_date = date_of(line, "issue_date", notes);
    item.due_date = date_of(line, "due_date", notes);
    item.currency = currency_of(line);
    item.total_ore = amount_of(line, "total_ore");
    item.rounding_ore = amount_of(line, "rounding_ore");
    for (const json& each : line.at("lines"))
        item.lines.push_back({utility_of(each, fmt::format("/lines/{}/utility", item.lines.size()), notes),
                              text_of(each, "supply_point"), text_of(each, "text"), amount_of(each, "amount_ore"),
                              document_of(each, line_members)});
    item.document = document_of(line, invoice_members);
    if (const auto prepaid = line.find("prepaid"); prepaid != line.end()) {
        const auto reservation_id = parse_id(text_of(*prepaid, "reservation_id"));
        if (!reservation_id) notes.refuse("/prepaid/reservation_id", "BILL-R24", "is not a reservation's id");
        item.prepaid = prepaid_amount{reservation_id.value_or(0), amount_of(*prepaid, "amount_ore")};
    }
    const ocr_verdict verdict = ocr::validate(item.reference, options.ocr);
    if (verdict != ocr_verdict::valid)
        notes.refuse("/reference", "REF-R03", fmt::format("fails the OCR level {}: {}", name(options.ocr.level), name(verdict)));
    if (!notes.bad) take_faults(faults_of(item), notes);
    return item;
}

credit_note to_credit_note(const json& line, line_notes& notes) {
    credit_note item;
    item.number = text_of(line, "number");
    item.customer_id = text_of(line, "customer_id");
    item.reference = text_of(line, "reference");
    item.invoice_number = text_of(line, "invoice_number");
    item.kind = utility_of(line, "/utility", notes);
    item.supply_point = text_of(line, "supply_point");
    item.issue_date = date_of(line, "issue_date", notes);
    item.currency = currency_of(line);
    item.amount_ore = amount_of(line, "amount_ore");
    item.document = document_of(line, credit_members);
    item.settlement = text_of(line, "settlement") == settlement_names[1] ? credit_settlement::open : credit_settlement::offset;
    if (!notes.bad) take_faults(faults_of(item), notes);
    return item;
}

told_registration to_registration(const json& line, const import_options& options, line_notes& notes) {
    told_registration out;
    out.row.kind = parse_registration_kind(text_of(line, "kind")).value_or(registration_kind::registered);
    out.row.sender = text_of(line, "sender");
    out.row.receiver = text_of(line, "receiver");
    out.row.customer_number = text_of(line, "customer_id");
    if (line.contains("day")) out.row.day = date_of(line, "day", notes);
    const auto fields = line.find("fields");
    out.row.fields = fields == line.end() ? "{}" : fields->dump();
    out.needs_a_person = flag_of(line, "needs_a_person");
    if (const std::string given = text_of(line, "identity_number"); !given.empty()) {
        const auto known = classify_identity(given, options.today);
        if (known)
            out.identity_number = known->customer_key;
        else
            notes.refuse("/identity_number", "REF-R05", fmt::format("expected {}", expectation(known.error())));
    }
    if (!parse_receiver_identity(out.row.receiver))
        notes.refuse("/receiver", "EINV-B01", "expected an FMI with a right check digit");
    out.source = options.source;
    out.needs_a_person = out.needs_a_person || (options.senders.empty() && !out.row.sender.empty());
    const bool is_ours = options.senders.empty() || out.row.sender.empty() ||
                         std::find(options.senders.begin(), options.senders.end(), out.row.sender) != options.senders.end();
    if (!is_ours) notes.refuse("/sender", "EINV-R02", "expected an FUI of ours");
    return out;
}

told_receipt to_receipt(const json& line, const import_options& options, line_notes& notes) {
    told_receipt out;
    out.number = text_of(line, "number");
    if (line.contains("document")) out.is_credit_note = text_of(line, "document") == "credit_note";
    out.by = parse_channel(text_of(line, "channel")).value_or(channel::print);
    out.outcome = parse_delivery_state(text_of(line, "outcome")).value_or(delivery_state::rejected);
    out.code = text_of(line, "code");
    out.text = text_of(line, "text");
    const auto day = day_of(line, "day", "/day", notes);
    // Without a day it is the same again only in the same file.
    out.key = sha256_hex(line.dump() + (day ? std::string() : '\n' + options.source));
    return out;
}

std::string to_line(const customer& item) {
    ordered_json line{{"type", "customer"}, {"customer_id", item.customer_id}};
    put(line, "name", item.name);
    put(line, "identity_number", item.identity_number);
    line["category"] = category_names[static_cast<std::size_t>(item.category)];
    put(line, "street", item.street);
    put(line, "postcode", item.postcode);
    put(line, "town", item.town);
    put(line, "country_code", item.country_code);
    put(line, "telephone", item.telephone);
    put(line, "email", item.email);
    put(line, "branch_code", item.branch_code);
    line["foreign"] = item.foreign;
    put(line, "estate", item.estate);
    put(line, "protected_identity", item.protected_identity);
    put_wishes(line, item.wishes);
    return text_of(line);
}

std::string to_line(const facility& item) {
    ordered_json line{
        {"type", "facility"}, {"facility_id", item.facility_id}, {"customer_id", item.customer_id}, {"utility", name(item.kind)}};
    put(line, "gsrn", item.gsrn);
    put(line, "property_designation", item.property_designation);
    put(line, "supply_address", item.supply_address);
    return text_of(line);
}

std::string to_line(const invoice& item) {
    ordered_json line{{"type", "invoice"}, {"number", item.number}, {"customer_id", item.customer_id}};
    put(line, "reference", item.reference);
    line["issue_date"] = format_iso_date(item.issue_date);
    line["due_date"] = format_iso_date(item.due_date);
    line["currency"] = item.currency;
    line["total_ore"] = item.total_ore;
    if (item.rounding_ore != 0) line["rounding_ore"] = item.rounding_ore;
    ordered_json lines = ordered_json::array();
    for (const invoice_line& each : item.lines) {
        ordered_json written{{"utility", name(each.kind)}, {"supply_point", each.supply_point}};
        put(written, "text", each.text);
        written["amount_ore"] = each.amount_ore;
        put_document(written, each.document);
        lines.push_back(std::move(written));
    }
    line["lines"] = std::move(lines);
    if (item.prepaid)
        line["prepaid"] = {{"reservation_id", format_id(item.prepaid->reservation_id)}, {"amount_ore", item.prepaid->amount_ore}};
    put_document(line, item.document);
    return text_of(line);
}

std::string to_line(const credit_note& item) {
    ordered_json line{{"type", "credit_note"}, {"number", item.number}, {"customer_id", item.customer_id}};
    put(line, "reference", item.reference);
    line["invoice_number"] = item.invoice_number;
    line["utility"] = name(item.kind);
    line["supply_point"] = item.supply_point;
    line["issue_date"] = format_iso_date(item.issue_date);
    line["currency"] = item.currency;
    line["amount_ore"] = item.amount_ore;
    line["settlement"] = settlement_names[static_cast<std::size_t>(item.settlement)];
    put_document(line, item.document);
    return text_of(line);
}

}  // namespace brygga::ledger
