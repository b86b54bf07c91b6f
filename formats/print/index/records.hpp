// The index of a print house's archive, ArchiveIndex.xml, in its two dialects (print-batch.md section 3.6): R1 until autumn 2025,
// R2 from October 2025. All texts UTF-8, as they stand; an element that is empty or absent is empty.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace brygga::print::index {

struct r1_entry {
    std::string filename, reminder, customer_number, soc_sec, invoice_type, invoice_no, invoice_date, due_date, agf,
        payment_reference;
    std::string total_amount, postage, name, care_of, street, zip_code, city, country, fui_name, payment_type, payment_no,
        currency;

    [[nodiscard]] bool operator==(const r1_entry&) const = default;
};

struct r2_entry {
    std::string customer_of_house, routine, filename, invoice_no, reference, amount, customer_id, invoice_date, due_date, name_1,
        name_2;
    std::string street, postcode, town, country, autogiro, autogiro_payer, returned, giro, bank_code, personal_number,
        payment_way;

    [[nodiscard]] bool operator==(const r2_entry&) const = default;
};

template <class Entry>
struct element {
    std::string_view name;
    std::string Entry::*value;
};

// clang-format off
inline constexpr std::array<element<r1_entry>, 22> r1_elements = {{
    {"filename",            &r1_entry::filename},
    {"Reminder",            &r1_entry::reminder},
    {"CustomerNumber",      &r1_entry::customer_number},
    {"SocSec",              &r1_entry::soc_sec},
    {"InvoiceType",         &r1_entry::invoice_type},
    {"InvoiceNo",           &r1_entry::invoice_no},
    {"InvoiceDate",         &r1_entry::invoice_date},
    {"DueDate",             &r1_entry::due_date},
    {"AGF",                 &r1_entry::agf},
    {"PaymentReference",    &r1_entry::payment_reference},
    {"TotalAmount",         &r1_entry::total_amount},
    {"Postage",             &r1_entry::postage},
    {"BuyerParty_Name",     &r1_entry::name},
    {"BuyerParty_CareOf",   &r1_entry::care_of},
    {"BuyerParty_Street",   &r1_entry::street},
    {"BuyerParty_ZipCode",  &r1_entry::zip_code},
    {"BuyerParty_City",     &r1_entry::city},
    {"BuyerParty_Country",  &r1_entry::country},
    {"FUI_name",            &r1_entry::fui_name},
    {"PaymentType",         &r1_entry::payment_type},
    {"PaymentNo",           &r1_entry::payment_no},
    {"Currency",            &r1_entry::currency},
}};

inline constexpr std::array<element<r2_entry>, 22> r2_elements = {{
    {"idatakundnr",         &r2_entry::customer_of_house},
    {"idatarutinnr",        &r2_entry::routine},
    {"filename",            &r2_entry::filename},
    {"fakturanr",           &r2_entry::invoice_no},
    {"ocrnr",               &r2_entry::reference},
    {"belopp_att_betala",   &r2_entry::amount},
    {"kundid",              &r2_entry::customer_id},
    {"fakturadatum",        &r2_entry::invoice_date},
    {"forfallodatum",       &r2_entry::due_date},
    {"kund_namn1",          &r2_entry::name_1},
    {"kund_namn2",          &r2_entry::name_2},
    {"kund_postadress",     &r2_entry::street},
    {"kund_postnummer",     &r2_entry::postcode},
    {"kund_postort",        &r2_entry::town},
    {"kund_land",           &r2_entry::country},
    {"autogiro",            &r2_entry::autogiro},
    {"ag_betalare",         &r2_entry::autogiro_payer},
    {"retur",               &r2_entry::returned},
    {"gironr",              &r2_entry::giro},
    {"bankkod",             &r2_entry::bank_code},
    {"personnummer",        &r2_entry::personal_number},
    {"betalningssatt",      &r2_entry::payment_way},
}};
// clang-format on

using entries = std::variant<std::vector<r1_entry>, std::vector<r2_entry>>;

}  // namespace brygga::print::index
