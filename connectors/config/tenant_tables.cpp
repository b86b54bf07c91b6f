#include "connectors/config/detail/tenant_tables.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/config/detail/autogiro_table.hpp"
#include "connectors/config/detail/einvoice_table.hpp"
#include "connectors/config/detail/invoices_table.hpp"
#include "connectors/config/detail/partner_tables.hpp"
#include "connectors/config/detail/payouts_table.hpp"
#include "connectors/config/detail/print_tables.hpp"
#include "connectors/config/detail/secret_table.hpp"
#include "formats/bankgirot/seal/places.hpp"
#include "formats/convert/conversions.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::config::detail {

namespace {

void claim_once(std::map<std::string, std::uint32_t>& known, const std::string& value, table_reader& reader,
                std::string_view key) {
    const auto [at, fresh] = known.emplace(value, reader.line());
    if (!fresh) reader.fault(key, fmt::format("is already used by the table of line {}", at->second));
}

std::string as_folder(const std::filesystem::path& path) {
    return (path / "").lexically_normal().string();
}

void read_ocr(table_reader& of, ocr_agreement& into) {
    const bool known = of.number("level", into.level, {0, 4},
                                 {.meaning = "0 free text, 1 soft, 2 hard, 3 with the length as a digit, 4 of fixed lengths",
                                  .required = true,
                                  .example = "4"});
    of.numbers("lengths", into.lengths, {min_ocr_digits, max_ocr_digits},
               {.meaning = "lengths of the references, check digit included",
                .example = "[10, 12]",
                .otherwise = "for level 4, and for no other"});
    const bool fixed = into.level == ocr_level::fixed_length;
    if (known && fixed && into.lengths.empty()) of.fault("lengths", "must name at least one length for level 4");
    if (known && !fixed && !into.lengths.empty()) of.fault("lengths", "belongs to level 4 only");
}

inbound::receiver read_bankgiro(table_reader& of, seen& unique) {
    inbound::receiver out;
    std::string number;
    of.text("number", number,
            {.meaning = "bankgiro number of the company, with or without hyphen", .required = true, .example = "991-2346"});
    const std::optional<std::string> digits = normalise_bankgiro(number);
    if (digits && bankgiro_valid(*digits)) {
        out.bankgiro = *digits;
        claim_once(unique.bankgiros, *digits, of, "number");
    } else if (!number.empty()) {
        of.fault("number", "is no bankgiro number: 7 or 8 digits, the last by modulus 10 (REF-R01)");
    }
    of.inline_table("ocr", {.meaning = "control of references agreed with the bank; without it free text (level 0)"},
                    [&](table_reader& ocr) { read_ocr(ocr, out.ocr); });
    of.boolean("extended_slip_registration", out.extended_slip_registration,
               {.meaning = "agreed with the bank (utökad blankettregistrering)"});
    return out;
}

bool looks_like_rule(std::string_view id) {
    const auto allowed = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return id.find("-R") != std::string_view::npos && std::all_of(id.begin(), id.end(), allowed);
}

void read_severities(const toml::table& table, deviation_profile& into, table_reader& of) {
    for (const auto& [key, value] : table) {
        const auto text = value.value_exact<std::string>();
        const auto level = text ? parse_severity(*text) : std::nullopt;
        if (!looks_like_rule(key.str()))
            of.fault_at(key.source().begin.line, fmt::format("{} in severities is no rule id such as BGMAX-R12", key.str()));
        else if (!level)
            of.fault_at(value.source().begin.line,
                        fmt::format("{} in severities must be \"info\", \"warning\", \"hold\" or \"error\"", key.str()));
        else
            into.severities.emplace(key.str(), *level);
    }
}

bool overlap(const tenant_profile& a, const tenant_profile& b) {
    if (a.formats.empty() || b.formats.empty()) return true;
    return std::any_of(a.formats.begin(), a.formats.end(), [&b](const std::string& format) {
        return std::find(b.formats.begin(), b.formats.end(), format) != b.formats.end();
    });
}

void read_profile(table_reader& of, tenant& into) {
    tenant_profile next;
    of.text("name", next.rules.name, {.meaning = "of the agreement, for the reports", .required = true, .example = "bank-2026"});
    of.texts(
        "formats", next.formats,
        {.meaning = "formats that it is for; one profile per format", .example = R"(["bgmax"])", .otherwise = "all without it"});
    if (const toml::table* const severities =
            of.entries("severities", R"({RULE = "info", "warning", "hold" or "error"})",
                       {.meaning = "rules that are judged otherwise than by their own severity; brygga rules FORMAT lists them",
                        .required = true,
                        .example = R"({"BGMAX-R12" = "info"})"}))
        read_severities(*severities, next.rules, of);
    for (const tenant_profile& other : into.profiles)
        if (overlap(other, next))
            of.fault_at(of.line(), "[[tenant.profile]] has a format that an earlier profile of the tenant has");
    into.profiles.push_back(std::move(next));
}

bool converts(std::string_view from, std::string_view to) {
    const auto all = convert::conversions();
    return std::any_of(all.begin(), all.end(), [&](const convert::conversion& each) {
        return each.to == to && each.by_section && std::find(each.from.begin(), each.from.end(), from) != each.from.end();
    });
}

route read_route(table_reader& of) {
    route out;
    of.texts("from", out.from,
             {.meaning = "all formats that can bring the same money: it is booked from what comes first",
              .required = true,
              .example = R"(["camt.053", "camt.054"])",
              .missing = "must name the formats that are converted"});
    of.text("to", out.to, {.meaning = "format that is handed on", .required = true, .example = "bgmax"});
    of.path("folder", out.folder, {.meaning = "where the other system takes it", .required = true, .example = "energi/bgmax"});
    for (const std::string& each : out.from)
        if (!out.to.empty() && !converts(each, out.to))
            of.fault("from", fmt::format("{} cannot be handed on as {}", each, out.to));
    return out;
}

// Whether it lies at or below a folder that the intake itself reads and writes.
bool is_of_intake(const tenant& who, const std::filesystem::path& folder) {
    const std::string wanted = as_folder(folder);
    const std::array own = {who.inbox(), who.work(), who.archive(), who.held(), who.rejected()};
    return std::any_of(own.begin(), own.end(),
                       [&](const std::filesystem::path& each) { return wanted.starts_with(as_folder(each)); });
}

// The same money comes in several formats and is booked from the one that comes first: a format that no route takes would swallow
// what the other system waits for.
void expect_all_formats(std::uint32_t line, const tenant& who, std::string_view to, table_reader& of) {
    const auto taken = [&](std::string_view from) {
        return std::any_of(who.routes.begin(), who.routes.end(),
                           [&](const route& way) { return way.to == to && way.takes(from); });
    };
    std::vector<std::string_view> missing;
    for (const convert::conversion& each : convert::conversions())
        for (const std::string_view from : each.from)
            if (each.to == to && each.by_section && !taken(from)) missing.push_back(from);
    if (!missing.empty())
        of.fault_at(line,
                    fmt::format("[[tenant.route]] to {} must name {} too: a deposit that comes in it first is booked from it, "
                                "and would never be handed on",
                                to, fmt::join(missing, " and ")));
}

// A file is handed on once as one format.
void read_routes(table_reader& reader, tenant& into) {
    std::map<std::string, std::uint32_t> first_of;  // line, by format
    const auto one = [&](table_reader& of) {
        route next = read_route(of);
        for (const route& other : into.routes)
            if (other.to == next.to &&
                std::any_of(next.from.begin(), next.from.end(), [&](const auto& each) { return other.takes(each); }))
                of.fault_at(of.line(), fmt::format("[[tenant.route]] to {} has a format that an earlier one has", next.to));
        if (!next.folder.empty() && !into.folder.empty() && is_of_intake(into, next.folder))
            of.fault_at(of.line(), "folder in [[tenant.route]] must not be one of the intake's own");
        first_of.emplace(next.to, of.line());
        into.routes.push_back(std::move(next));
    };
    reader.tables("route",
                  {.meaning = "What is booked from files of some formats is handed on, once, to a system that reads another."},
                  one);
    for (const auto& [to, line] : first_of)
        expect_all_formats(line, into, to, reader);
}

expectation read_expectation(table_reader& of) {
    expectation out;
    of.text("format", out.format, {.meaning = "format of the file that is waited for", .required = true, .example = "camt.054"});
    if (!out.format.empty() && inbound::find_mapping(out.format) == nullptr)
        of.fault("format", fmt::format("names {}, which the ledger does not read", out.format));
    read_schedule(of, "by", out.by,
                  {.meaning = "when it must have come since the time before", .required = true, .example = "bankday 17:30"});
    return out;
}

// A file lies in one outbox, and is nobody else's there.
void read_partner_of(table_reader& of, tenant& into, seen& unique) {
    partners::partner next = read_partner(of, into.partners);
    for (const partners::send_rule& rule : next.sends) {
        if (rule.outbox.empty()) continue;
        const auto [at, fresh] = unique.folders.emplace(as_folder(rule.outbox), of.line());
        if (!fresh || (!into.folder.empty() && is_of_intake(into, rule.outbox)))
            of.fault_at(of.line(), "outbox in [[tenant.partner.send]] must be a folder of its own");
    }
    into.partners.push_back(std::move(next));
}

void read_day(table_reader& of, std::string_view key, std::optional<date>& into, const about& what) {
    of.parsed(
        key, "date", "", into,
        [](std::string_view text) -> result<date> {
            if (const auto day = parse_iso_date(text)) return *day;
            return fail(error_code::invalid_argument, "is no date such as \"2026-12-01\"");
        },
        what);
}

sealing::key_settings read_seal_key(table_reader& of, const tenant& before, run_mode mode) {
    sealing::key_settings out;
    of.text("customer", out.customer,
            {.meaning = "customer number that the key was issued to", .required = true, .example = "471117"});
    read_secret(of, "secret", out.from, "seal-key", {.meaning = "the seal key, 32 hexadecimal digits", .required = true});
    const bool told =
        of.parsed("kvv", "32 hexadecimal digits", "", out.kvv,
                  [](std::string_view text) -> result<seal::mac> {
                      if (const auto read = seal::parse_mac(text)) return *read;
                      return fail(error_code::invalid_argument, "must be 32 hexadecimal digits, as the bank's letter has them");
                  },
                  {.meaning = "key verification value of the bank's letter: another key is refused",
                   .required = true,
                   .example = "1C53FD715A183AC598D3FEF45719C96F"});
    if (told && mode == run_mode::production && out.kvv == seal::published_test_kvv())
        of.fault("kvv", "is that of the key that Bankgirot published for tests: not in production");
    const auto same = [&](const sealing::key_settings& each) { return each.kvv == out.kvv; };
    if (told && std::any_of(before.seal_keys.begin(), before.seal_keys.end(), same)) of.fault("kvv", "is another key's");
    read_day(
        of, "valid_from", out.valid_from,
        {.meaning = "first day that files are sealed with it", .example = "2026-12-01", .otherwise = "ever since without it"});
    read_day(of, "valid_until", out.valid_until,
             {.meaning = "last day", .example = "2027-12-31", .otherwise = "until another begins without it"});
    if (out.valid_from && out.valid_until && *out.valid_until < *out.valid_from) of.fault("valid_until", "is before valid_from");
    return out;
}

void check_seals(table_reader& of, const tenant& who) {
    for (const partners::partner& to : who.partners)
        for (const partners::send_rule& rule : to.sends) {
            const auto of_customer = [&](const sealing::key_settings& each) { return each.customer == rule.seal; };
            if (!rule.seal.empty() && std::none_of(who.seal_keys.begin(), who.seal_keys.end(), of_customer))
                of.fault_at(
                    of.line(),
                    fmt::format("seal in [[tenant.partner.send]] names {}, which no [[tenant.seal_key]] is for", rule.seal));
        }
}

void read_company(table_reader& of, tenant& into, seen& unique) {
    if (of.id("id", into.id, {.meaning = "for commands, reports and the ledger", .required = true, .example = "energi"}))
        claim_once(unique.ids, into.id, of, "id");
    of.text("name", into.name, {.meaning = "for reports", .required = true, .example = "Exempel Energi AB"});
    if (of.path("folder", into.folder,
                {.meaning = "inbox, work, archive, held and rejected are below it", .required = true, .example = "energi"}))
        claim_once(unique.folders, as_folder(into.folder), of, "folder");
    of.parsed("encoding", "ISO 8859-1, CP850, UTF-8 or ISO 646-SE", "", into.force_encoding,
              [](std::string_view text) -> result<encoding> {
                  if (const auto known = parse_encoding(text)) return *known;
                  return fail(error_code::invalid_argument, "is no known encoding: ISO 8859-1, CP850, UTF-8, ISO 646-SE");
              },
              {.meaning = "of its BgMax files, where it must be forced",
               .example = "ISO 8859-1",
               .otherwise = "found out from each file without it"});
    of.texts("sealed", into.sealed,
             {.meaning = "formats of which nothing is taken without a right seal",
              .example = R"(["autogiro"])",
              .otherwise = "a seal that is there must be right, and none need be there, without it"});
    for (const std::string& each : into.sealed)
        if (std::find(seal::sealed_formats.begin(), seal::sealed_formats.end(), each) == seal::sealed_formats.end())
            of.fault("sealed", fmt::format("names {}, which bears no seal of Bankgirot's", each));
    of.boolean("advance_covers_overdue", into.advance_covers_overdue,
               {.meaning = "what is paid too much pays the customer's overdue invoices first (BILL-R23)"});
}

}  // namespace

tenant read_tenant(table_reader& of, seen& unique, run_mode mode) {
    tenant out;
    read_company(of, out, unique);
    of.tables("bankgiro", {.meaning = "A bankgiro number that money comes to."},
              [&](table_reader& each) { out.receivers.push_back(read_bankgiro(each, unique)); });
    of.tables("profile", {.meaning = "What files of a bank may deviate in, by agreement."},
              [&](table_reader& each) { read_profile(each, out); });
    read_routes(of, out);
    of.tables("expect", {.meaning = "An alarm when no file of the format has come by its time."},
              [&](table_reader& each) { out.expects.push_back(read_expectation(each)); });
    of.tables("partner", {.meaning = "A server that files are fetched from and sent to."},
              [&](table_reader& each) { read_partner_of(each, out, unique); });
    of.tables(
        "seal_key",
        {.meaning = "A key of Bankgirot's seal: what is sent can be sealed with it, and what comes sealed is verified. While a "
                    "key changes there are two."},
        [&](table_reader& each) { out.seal_keys.push_back(read_seal_key(each, out, mode)); });
    check_seals(of, out);
    if (!out.sealed.empty() && out.seal_keys.empty()) of.fault("sealed", "names formats, and there is no [[tenant.seal_key]]");
    of.table("autogiro",
             {.meaning = "Collecting by Autogiro: on each bank day mandates and invoices that fall due are sent to Bankgirot."},
             [&](table_reader& each) { out.autogiro = read_autogiro(each, out); });
    of.table("payouts",
             {.meaning = "Paying back what customers have paid too much: drafts that one person makes and another approves."},
             [&](table_reader& each) { out.payouts = read_payouts(each, out); });
    of.table("einvoice", {.meaning = "E-invoices to internet banks."},
             [&](table_reader& each) { out.einvoice = read_einvoice(each); });
    of.table("invoices",
             {.meaning = "Invoice runs: what the company says of itself on invoices, and how they reach its customers."},
             [&](table_reader& each) { out.invoices = read_invoices(each, out); });
    of.table("letters", {.meaning = "How the company's letters look."},
             [&](table_reader& each) { out.letters = read_letters(each); });
    of.table(
        "print",
        {.meaning = "Invoices on paper: drawn here, and sent in batches to a print service that looks for digital mailboxes."},
        [&](table_reader& each) { out.print = read_print(each, out); });
    of.table(
        "protected",
        {.meaning = "Letters to persons whose identity is protected, which only the tax agency forwards (förmedlingsuppdrag); "
                    "without this table they are held for a person."},
        [&](table_reader& each) { out.protected_persons = read_protected(each, out); });
    return out;
}

}  // namespace brygga::config::detail
