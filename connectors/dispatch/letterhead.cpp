#include "connectors/dispatch/letterhead.hpp"

#include <fmt/format.h>

#include "formats/inspection/keyed_hash.hpp"
#include "formats/print/address/postcode.hpp"

namespace brygga::dispatch {

namespace {

constexpr std::size_t max_logo_bytes = std::size_t{4} << 20;

std::vector<std::vector<std::string>> footer_of(const einvoice::party& of, print::language in) {
    const bool swedish = in == print::language::swedish;
    const std::string postcode = print::swedish_postcode(of.postcode).value_or(of.postcode);
    std::vector<std::vector<std::string>> out = {{of.name, of.street, fmt::format("{} {}", postcode, of.town)}, {}, {}};
    if (!of.telephone.empty()) out[1].push_back(fmt::format("{} {}", swedish ? "Telefon" : "Telephone", of.telephone));
    if (!of.email.empty()) out[1].push_back(of.email);
    const std::string& number = of.organisation_number;
    const std::string shown = number.size() == 10 ? fmt::format("{}-{}", number.substr(0, 6), number.substr(6)) : number;
    out[2].push_back(fmt::format("{} {}", swedish ? "Org.nr" : "Company no.", shown));
    out[2].push_back(fmt::format("{} {}", swedish ? "Momsreg.nr" : "VAT no.", of.vat_number));
    if (of.has_f_tax) out[2].emplace_back(swedish ? "Godk\xC3\xA4nd f\xC3\xB6r F-skatt" : "Approved for F-tax");
    if (!of.seat.empty()) out[2].push_back(fmt::format("{}: {}", swedish ? "S\xC3\xA4te" : "Seat", of.seat));
    return out;
}

}  // namespace

result<letterhead> letterhead_of(const config::tenant& who, filedrop::file_system& files) {
    const config::letter_settings& with = who.letters;
    const outbound::invoice_issuer& issuer = who.invoices->with.issuer;
    print::look look = with.look;
    look.company = issuer.seller.name;
    look.organisation_number = issuer.seller.organisation_number;
    look.footer = footer_of(issuer.seller, with.in);
    if (!with.logo.empty()) {
        auto logo = filedrop::read_all(files, with.logo, max_logo_bytes);
        if (!logo) return fail(logo.error().code, fmt::format("the logo of [tenant.letters]: {}", logo.error().text));
        look.logo = std::move(*logo);
    }
    auto drawn_by = print::renderer::make(std::move(look));
    if (!drawn_by) return tl::unexpected(std::move(drawn_by.error()));
    letterhead out;
    out.drawn_by = std::make_shared<const print::renderer>(std::move(*drawn_by));
    out.terms.issuer = issuer;
    out.terms.in = out.batch.in = with.in;
    out.terms.has_slip = with.has_slip;
    out.terms.has_qr = with.has_qr;
    out.terms.ordinary_days = who.invoices->with.run.min_terms_days;
    if (who.protected_persons) out.terms.forwarding_days = who.protected_persons->extra_days;
    out.terms.can_print = [by = out.drawn_by](std::string_view text) { return by->can_print(text); };
    if (who.print) {
        out.batch.sender = outbound::sender_of(issuer.seller, who.print->tenant_ref);
        out.batch.how = who.print->how;
        out.batch.matches_mailboxes = who.print->matches_mailboxes;
    }
    if (who.protected_persons && who.protected_persons->hash_key.given()) {
        const auto key = secrets::read(who.protected_persons->hash_key, files);
        if (!key) return fail(key.error().code, fmt::format("hash_key of [tenant.protected]: {}", key.error().text));
        const auto hash = std::make_shared<inspection::keyed_hash>(key->text());
        out.terms.hashed = [hash](std::string_view id) { return inspection::hashed_id(*hash, id); };
    }
    return out;
}

}  // namespace brygga::dispatch
