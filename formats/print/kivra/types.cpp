#include "formats/print/kivra/types.hpp"

#include <array>
#include <cstddef>

namespace brygga::kivra {

namespace {

using enum content_type;

constexpr bool person = true, company = true, retained = true, no = false;

// clang-format off
constexpr std::array table = {
    type_info{letter,                       "letter",                        person, company, payment_need::none,           no},
    type_info{letter_creditnotice,          "letter.creditnotice",           person, company, payment_need::none,           retained},
    type_info{letter_salary,                "letter.salary",                 person, company, payment_need::none,           retained},
    type_info{salaryslip,                   "salaryslip",                    person, no,      payment_need::none,           retained},
    type_info{letter_form,                  "letter.form",                   person, no,      payment_need::none,           no},
    type_info{letter_signed,                "letter.signed",                 person, no,      payment_need::none,           retained},
    type_info{booking,                      "booking",                       person, no,      payment_need::none,           no},
    type_info{registered_letter,            "registered.letter",             person, no,      payment_need::none,           no},
    type_info{ticket_event,                 "ticket.event",                  person, no,      payment_need::none,           no},
    type_info{invite_research,              "invite.research",               person, company, payment_need::none,           no},
    type_info{invite_kyc,                   "invite.kyc",                    person, company, payment_need::none,           no},
    type_info{invite_gift,                  "invite.gift",                   person, no,      payment_need::none,           no},
    type_info{invite_voucher,               "invite.voucher",                person, no,      payment_need::none,           no},
    type_info{invite_sign,                  "invite.sign",                   person, no,      payment_need::none,           retained},
    type_info{invoice,                      "invoice",                       person, company, payment_need::required,       no},
    type_info{invoice_reminder,             "invoice.reminder",              person, no,      payment_need::required,       no},
    type_info{invoice_debtcollection,       "invoice.debtcollection",        person, no,      payment_need::required,       no},
    type_info{invoice_debtcampaign,         "invoice.debtcampaign",          person, no,      payment_need::required,       no},
    type_info{invoice_renewal,              "invoice.renewal",               person, no,      payment_need::required,       no},
    type_info{invoice_donation,             "invoice.donation",              person, no,      payment_need::required,       no},
    type_info{invoice_paymentnotice,        "invoice.paymentnotice",         person, no,      payment_need::required,       no},
    type_info{accounting_invoice,           "accounting.invoice",            no,     company, payment_need::invoice_object, no},
    type_info{accounting_invoicereminder,   "accounting.invoicereminder",    no,     company, payment_need::invoice_object, no},
    type_info{accounting_invoicecreditnote, "accounting.invoicecreditnote",  no,     company, payment_need::invoice_object, no},
};
// clang-format on

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].type) != i) return false;
    return true;
}
static_assert(in_order());

}  // namespace

std::span<const type_info> content_types() noexcept {
    return table;
}

const type_info& info_of(content_type type) noexcept {
    return table[static_cast<std::size_t>(type)];
}

std::optional<content_type> parse_content_type(std::string_view name) noexcept {
    for (const type_info& each : table)
        if (each.name == name) return each.type;
    return std::nullopt;
}

}  // namespace brygga::kivra
