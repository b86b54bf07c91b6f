// The record layouts of BgMax (bgmax.md section 3), one definition each.
#pragma once

#include "formats/bankgirot/bgmax/records.hpp"
#include "formats/layout/record.hpp"

namespace brygga::bgmax {

inline constexpr std::string_view opening_mark = "01BGMAX";  // a line that begins so always opens a logical file

}

namespace brygga::bgmax::layouts {

using namespace brygga::layout;

inline constexpr unsigned width = 80;

using start = record<"01", "start record (startpost)", start_record, width,
                     field<"layout_name", &start_record::layout_name, 3, 22, text>,      //
                     field<"version", &start_record::version, 23, 24, digits>,           //
                     field<"written_at", &start_record::written_at, 25, 44, digits>,     //
                     field<"marker", &start_record::kind, 45, 45, code>,                 //
                     reserve<46, 80>>;

using opening = record<"05", "opening record (öppningspost)", opening_record, width,
                       field<"bankgiro", &opening_record::bankgiro, 3, 12, digits, privacy::own_account>,            //
                       field<"plusgiro", &opening_record::plusgiro, 13, 22, optional_digits, privacy::own_account>,  //
                       field<"currency", &opening_record::currency, 23, 25, text>,              //
                       reserve<26, 80>>;

template <fixed_text Code, fixed_text Title, class Value, class... Tail>
using payment_like = record<Code, Title, Value, width,
                            field<"payer_bankgiro", &payment_record::payer_bankgiro, 3, 12, digits, privacy::account>,  //
                            field<"reference", &payment_record::reference, 13, 37, text, privacy::reference>,           //
                            field<"amount_ore", &payment_record::amount_ore, 38, 55, number>,                           //
                            field<"reference_code", &payment_record::code, 56, 56, code>,                               //
                            field<"channel", &payment_record::by, 57, 57, code>,                                        //
                            field<"serial", &payment_record::serial, 58, 69, optional_digits>,                          //
                            field<"image", &payment_record::image, 70, 70, code>,                                       //
                            Tail...>;

using payment = payment_like<"20", "payment record (betalningspost)", payment_record, reserve<71, 80>>;
using deduction = payment_like<"21", "deduction record (avdragspost)", deduction_record,
                               field<"deduction_code", &deduction_record::deduction, 71, 71, code>, reserve<72, 80>>;
using extra = payment_like<"22", "extra reference record (extra referensnummerpost)", payment_record, reserve<71, 80>>;
using negative_extra =
    payment_like<"23", "negative extra reference record (extra referensnummerpost)", payment_record, reserve<71, 80>>;

using information = record<"25", "information record (informationspost)", information_record, width,
                           field<"text", &information_record::text, 3, 52, text, privacy::free_text>,  //
                           reserve<53, 80>>;

using name = record<"26", "name record (namnpost)", name_record, width,
                    field<"name", &name_record::name, 3, 37, text, privacy::name>,               //
                    field<"extra_name", &name_record::extra_name, 38, 72, text, privacy::name>,  //
                    reserve<73, 80>>;

using street = record<"27", "address record 1 (adresspost 1)", street_record, width,
                      field<"street", &street_record::street, 3, 37, text, privacy::address>,       //
                      field<"postcode", &street_record::postcode, 38, 46, text, privacy::address>,  //
                      reserve<47, 80>>;

using town = record<"28", "address record 2 (adresspost 2)", town_record, width,
                    field<"town", &town_record::town, 3, 37, text, privacy::address>,         //
                    field<"country", &town_record::country, 38, 72, text, privacy::address>,  //
                    field<"country_code", &town_record::country_code, 73, 74, text>,          //
                    reserve<75, 80>>;

using organisation = record<"29", "organisation number record (organisationsnummerpost)", organisation_record, width,
                            field<"organisation_number", &organisation_record::number, 3, 14, text, privacy::identity>,  //
                            reserve<15, 80>>;

using deposit = record<"15", "deposit record (insättningspost)", deposit_record, width,
                       field<"bank_account", &deposit_record::bank_account, 3, 37, digits, privacy::own_account>,  //
                       field<"payment_date", &deposit_record::payment_date, 38, 45, digits>,                   //
                       field<"deposit_serial", &deposit_record::serial, 46, 50, optional_digits>,              //
                       field<"amount_ore", &deposit_record::amount_ore, 51, 68, number>,                       //
                       field<"currency", &deposit_record::currency, 69, 71, text>,                             //
                       field<"payments", &deposit_record::payments, 72, 79, number>,                           //
                       field<"deposit_type", &deposit_record::deposit_type, 80, 80, text>>;

using end = record<"70", "end record (slutpost)", end_record, width,
                   field<"payments", &end_record::payments, 3, 10, number>,                   //
                   field<"deductions", &end_record::deductions, 11, 18, number>,              //
                   field<"extra_references", &end_record::extra_references, 19, 26, number>,  //
                   field<"deposits", &end_record::deposits, 27, 34, number>,                  //
                   reserve<35, 80>>;

}  // namespace brygga::bgmax::layouts
