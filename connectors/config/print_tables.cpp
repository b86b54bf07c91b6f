#include "connectors/config/detail/print_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/partner_tables.hpp"
#include "connectors/config/detail/secret_table.hpp"

namespace brygga::config::detail {

namespace {

constexpr std::int64_t most_micrometres = 100'000;
constexpr std::int64_t most_documents = 5'000;
constexpr std::int64_t most_permille = 1'000;
constexpr std::int64_t most_days = 60;
constexpr std::size_t longest_ref = 36;

std::optional<std::uint8_t> hexadecimal(std::string_view two) {
    unsigned out = 0;
    for (const char c : two) {
        const std::size_t digit =
            std::string_view("0123456789ABCDEF").find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
        if (digit == std::string_view::npos) return std::nullopt;
        out = out * 16 + static_cast<unsigned>(digit);
    }
    return static_cast<std::uint8_t>(out);
}

result<print::colour> parse_colour(std::string_view text) {
    if (text.size() == 7 && text.front() == '#') {
        const auto red = hexadecimal(text.substr(1, 2)), green = hexadecimal(text.substr(3, 2)),
                   blue = hexadecimal(text.substr(5, 2));
        if (red && green && blue) return print::colour{*red, *green, *blue};
    }
    return fail(error_code::invalid_argument, "is no colour such as \"#00466E\"");
}

// A-Z, a-z, 0-9, full stop, underscore and hyphen, as the manifest's schema has it.
bool is_reference(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= longest_ref && std::all_of(text.begin(), text.end(), fits) && text.front() != '.' &&
           text.front() != '_' && text.front() != '-';
}

void offer(tenant& who, ledger::channel by) {
    if (!who.invoices) return;
    std::vector<ledger::channel>& offered = who.invoices->with.run.offered;
    if (std::find(offered.begin(), offered.end(), by) == offered.end()) offered.push_back(by);
    std::sort(offered.begin(), offered.end());
}

}  // namespace

letter_settings read_letters(table_reader& of) {
    letter_settings out;
    of.choice("language", out.in, {{"swedish", print::language::swedish}, {"english", print::language::english}},
              {.meaning = "of the fixed words on letters"});
    of.path(
        "logo", out.logo,
        {.meaning = "picture in the upper left corner, PNG", .example = "energi/logo.png", .otherwise = "the company's name"});
    of.parsed("accent", "colour", "#00466E", out.look.accent, parse_colour, {.meaning = "of titles and lines"});
    of.text("font", out.look.font, {.meaning = "family of the letters, installed as TrueType", .example = "Liberation Sans"});
    of.text("code_line_font", out.look.code_line_font,
            {.meaning = "of the payment slip's code line, an OCR-B", .example = "OCR B"});
    of.texts("messages", out.look.words[static_cast<std::size_t>(out.in)].messages,
             {.meaning = "paragraphs on each letter",
              .example = R"(["Efter förfallodagen debiteras dröjsmålsränta enligt räntelagen."])"});
    of.text("slogan", out.look.words[static_cast<std::size_t>(out.in)].slogan,
            {.meaning = "beside the logo", .example = "Nära dig"});
    of.boolean("slip", out.has_slip, {.meaning = "a payment slip (inbetalningskort) at the foot of page 1"});
    of.boolean("qr", out.has_qr, {.meaning = "the invoice QR (usingQR) beside the slip"});
    of.number("slip_left_um", out.look.slip_left, {0, most_micrometres},
              {.meaning = "micrometres from the left edge to the code line's first position, as the bank or printer wants it"});
    of.number("slip_baseline_um", out.look.slip_baseline, {0, most_micrometres},
              {.meaning = "micrometres from the lower edge to the code line, likewise"});
    return out;
}

print_settings read_print(table_reader& of, tenant& who) {
    print_settings out;
    read_file_channel(of, who, "print-batch", out);
    of.text(
        "tenant_ref", out.tenant_ref,
        {.meaning = "the sender profile that is agreed with the print service", .required = true, .example = "exempel-energi"});
    if (!out.tenant_ref.empty() && !is_reference(out.tenant_ref))
        of.fault("tenant_ref",
                 "must have at most 36 letters, digits, full stops, underscores and hyphens, the first a letter or digit");
    of.boolean("mailboxes", out.matches_mailboxes,
               {.meaning = "the print service looks for a digital mailbox (Kivra) before it prints"});
    of.boolean("duplex", out.how.duplex, {.meaning = "both sides of each sheet"});
    of.boolean("colour", out.how.colour, {.meaning = "printed in colour"});
    of.choice("postage", out.how.postage,
              {{"economy", print::batch::postage::economy}, {"normal", print::batch::postage::normal}},
              {.meaning = "within four days, or about two"});
    of.number("documents", out.documents, {1, most_documents}, {.meaning = "of a batch, at most"});
    of.number("max_error_permille", out.max_error_permille, {0, most_permille},
              {.meaning = "so many documents of a thousand that cannot be made stop the batch for a person"});
    of.number("final_days", out.final_days, {1, most_days},
              {.meaning = "bank days after which a document whose end nobody has told is an alarm"});
    if (!who.invoices) of.fault("partner", "there is no [tenant.invoices] whose letters are to be printed");
    const bool is_operated =
        who.invoices && std::any_of(who.invoices->channels.begin(), who.invoices->channels.end(),
                                    [](const invoice_channel& each) { return each.how.by == ledger::channel::print; });
    if (is_operated) of.fault("partner", "a [[tenant.invoices.channel]] prints already: only one of them can");
    offer(who, ledger::channel::print);
    return out;
}

protected_settings read_protected(table_reader& of, tenant& who) {
    protected_settings out;
    of.choice(
        "print", out.by, {{"office", forwarding_by::office}, {"provider", forwarding_by::provider}},
        {.meaning = "who encloses twice and posts letters to protected persons: the office, or the print service where it has "
                    "confirmed that in writing"});
    of.path("folder", out.folder,
            {.meaning = "where the office finds these letters and the labels of their envelopes; for named persons only",
             .example = "energi/protected",
             .otherwise = "for print = \"office\""});
    if ((out.by == forwarding_by::office) == out.folder.empty())
        of.fault("folder", "must name the office's folder, for print = \"office\" only");
    if (out.by == forwarding_by::provider && !who.print) of.fault("print", "is \"provider\", and there is no [tenant.print]");
    of.boolean("inner_name", out.inner_name, {.meaning = "the name too on the inner envelope, beside the number"});
    of.number("extra_days", out.extra_days, {0, most_days},
              {.meaning = "days that forwarding takes: due dates are to leave them, and fees and interest wait for them"});
    std::vector<std::string> forwarder;
    of.texts("forwarder", forwarder,
             {.meaning = "lines of the outer envelope",
              .example = R"(["Skatteverket", "Box 2820", "403 20 Göteborg"])",
              .otherwise = "the tax agency's in Göteborg"});
    if (!forwarder.empty()) out.forwarder = std::move(forwarder);
    read_secret(of, "hash_key", out.hash_key, "protected-hash-key",
                {.meaning = "key of what stands for the ids of protected persons and their facilities",
                 .otherwise = "nothing stands for them"});
    offer(who, ledger::channel::forwarding);
    return out;
}

}  // namespace brygga::config::detail
