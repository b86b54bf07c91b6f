#include "connectors/config/detail/invoices_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/partner_tables.hpp"
#include "formats/core/organisation_number.hpp"

namespace brygga::config::detail {

namespace {

constexpr std::int64_t most_days = 366;
constexpr std::int64_t most_hours = 24 * 14;
constexpr std::int64_t most_bank_days = 30;

void read_seller(table_reader& of, const tenant& who, einvoice::party& into) {
    into.name = who.name;
    of.text("name", into.name,
            {.meaning = "of the company, on its invoices", .example = "Exempel Energi AB", .otherwise = "the tenant's"});
    std::string written;
    of.text("organisation_number", written, {.meaning = "of the company", .required = true, .example = "556677-8899"});
    if (const auto number = parse_organisation_number(written)) {
        into.organisation_number = number->digits;
        into.vat_number = vat_number(number->digits);
    } else if (!written.empty()) {
        of.fault("organisation_number", "is no organisation number: 10 digits, the last by modulus 10 (REF-R05)");
    }
    of.text("vat_number", into.vat_number,
            {.meaning = "for value added tax (momsregistreringsnummer)",
             .example = "SE556677889901",
             .otherwise = "SE, the organisation number and 01"});
    of.text("street", into.street, {.meaning = "address of the company", .required = true, .example = "Verksgatan 1"});
    of.text("postcode", into.postcode, {.meaning = "five digits", .required = true, .example = "12345"});
    of.text("town", into.town, {.meaning = "of the address", .required = true, .example = "Exempelstad"});
    of.text("seat", into.seat, {.meaning = "where the board has its seat (säte)", .required = true, .example = "Exempelstad"});
    into.has_f_tax = true;
    of.boolean("f_tax", into.has_f_tax, {.meaning = "the company is approved for F-tax (Godkänd för F-skatt)"});
    of.text("telephone", into.telephone, {.meaning = "of customer service", .example = "0101230000"});
    of.text("email", into.email, {.meaning = "of customer service", .example = "kund@example.org"});
    std::string endpoint;
    if (!of.text("endpoint", endpoint,
                 {.meaning = "the company's electronic address at Peppol, scheme and number",
                  .example = "0007:5566778899",
                  .otherwise = "its organisation number"}))
        endpoint = "0007:" + into.organisation_number;
    const std::size_t colon = endpoint.find(':');
    if (colon == std::string::npos) of.fault("endpoint", "must be a scheme and a number, such as 0007:5566778899");
    into.endpoint_scheme = endpoint.substr(0, colon);
    into.endpoint = endpoint.substr(colon + 1);
}

void read_times(table_reader& of, billing::run_terms& into) {
    of.choice("due_rule", into.due,
              {{"last-bank-day", billing::due_rule::last_bank_day}, {"days", billing::due_rule::days_after}},
              {.meaning = "due on the last bank day of the invoice month, or so many days after the day of issue (BILL-R12)"});
    of.number("due_days", into.due_days, {0, most_days}, {.meaning = "of due_rule = \"days\""});
    of.number("min_terms_days", into.min_terms_days, {0, most_days},
              {.meaning = "days from dispatch to the due date that are promised (BILL-R13)"});
    int hours = static_cast<int>(into.einvoice_wait.count());
    of.number("einvoice_wait_hours", hours, {0, most_hours},
              {.meaning = "so long print and e-mail wait for the answers to e-invoices (BILL-R05)"});
    into.einvoice_wait = std::chrono::hours(hours);
    of.number("proof_days", into.proof_days, {1, most_bank_days},
              {.meaning = "bank days after which a document without any receipt is told (BILL-R09)"});
}

void read_account(table_reader& of, const tenant& who, outbound::delivery_terms& into) {
    std::vector<std::string> written;
    of.texts("bankgiros", written,
             {.meaning = "bankgiro numbers that invoices ask to be paid to",
              .example = R"(["991-2346"])",
              .otherwise = "the first [[tenant.bankgiro]]"});
    if (written.empty() && !who.receivers.empty()) written.push_back(who.receivers.front().bankgiro);
    for (std::string each : written) {
        std::erase(each, '-');
        const auto found = std::find_if(who.receivers.begin(), who.receivers.end(),
                                        [&](const inbound::receiver& known) { return known.bankgiro == each; });
        if (found == who.receivers.end()) {
            of.fault("bankgiros", fmt::format("names {}, which no [[tenant.bankgiro]] is", each));
            continue;
        }
        into.issuer.accounts.push_back({each, "SE:BANKGIRO"});
        into.accounts.push_back({each, found->ocr});
    }
    if (written.empty()) of.fault("bankgiros", "must name a bankgiro number, or there must be a [[tenant.bankgiro]]");
}

invoice_channel read_one_channel(table_reader& of, const tenant& who, billing::run_terms& run) {
    invoice_channel out;
    using ledger::channel;
    of.choice("by", out.how.by,
              {{"bank", channel::bank},
               {"network", channel::network},
               {"mailbox", channel::mailbox},
               {"email", channel::email},
               {"print", channel::print}},
              {.meaning = "e-invoice to internet banks, Peppol network, digital mailbox, e-mail or print"});
    read_file_channel(of, who, "peppol", out);
    of.text("routing_code", out.how.routing_code,
            {.meaning = "the operator's code of this channel; none in the network", .example = "P01"});
    of.text("autogiro_routing_code", out.how.autogiro_routing_code,
            {.meaning = "of invoices that are drawn by Autogiro", .example = "501", .otherwise = "the same"});
    const bool is_network = out.how.by == channel::network;
    const auto partner = std::find_if(who.partners.begin(), who.partners.end(),
                                      [&](const partners::partner& each) { return each.id == out.partner; });
    const bool is_direct = partner != who.partners.end() && partners::delivers_directly(*partner);
    if (is_direct) {
        const bool is_mail = std::holds_alternative<mail::server_settings>(partner->server);
        if (out.how.by != (is_mail ? channel::email : channel::mailbox))
            of.fault("by",
                     is_mail ? "must be email where a mail server is the partner" : "must be mailbox where Kivra is the partner");
        if (!out.how.routing_code.empty()) of.fault("routing_code", "has no meaning where there is no operator");
    } else if (is_network != out.how.routing_code.empty())
        of.fault("routing_code",
                 is_network ? "has no meaning in the network (EINV-B07)" : "is missing: an operator wants one (EINV-B07)");
    bool takes_credits = false;
    of.boolean("takes_credits", takes_credits,
               {.meaning = "of bank: credit notes and invoices with nothing to pay go there too (EINV-B05)"});
    if (out.how.by == channel::bank) run.bank_takes_credits = takes_credits;
    return out;
}

}  // namespace

invoice_settings read_invoices(table_reader& of, const tenant& who) {
    invoice_settings out;
    out.with.run.tenant = who.id;
    read_seller(of, who, out.with.issuer.seller);
    read_account(of, who, out.with);
    of.text("payment_terms", out.with.issuer.payment_terms,
            {.meaning = "on invoices that say none themselves", .example = "Betalas senast på förfallodagen"});
    read_times(of, out.with.run);
    of.number("einvoice_bank_days", out.with.bank_days_before_due, {0, most_bank_days},
              {.meaning = "bank days before the due date that banks want an e-invoice (EINV-B06)"});
    of.texts("after", out.after,
             {.meaning = "ids of the companies whose run of the month must be closed before this one's begins (BILL-R03)",
              .example = "[]"});
    of.tables("channel",
              {.meaning = "A channel that invoices go by, with the operator that takes them; what none of them "
                          "takes is held for a person."},
              [&](table_reader& each) {
                  invoice_channel next = read_one_channel(each, who, out.with.run);
                  const bool is_later = out.channels.empty() || out.channels.back().how.by < next.how.by;
                  if (!is_later) each.fault("by", "must come in the order bank, network, mailbox, email, print, each once");
                  out.channels.push_back(std::move(next));
              });
    out.with.run.offered.clear();
    for (const invoice_channel& each : out.channels)
        out.with.run.offered.push_back(each.how.by);
    return out;
}

}  // namespace brygga::config::detail
