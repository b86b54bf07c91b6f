// The record layouts of Autogiro (autogiro.md section 3), one definition each, and the sections they stand in.
#pragma once

#include <array>
#include <span>
#include <type_traits>

#include "formats/bankgirot/autogiro/records.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/record.hpp"

namespace brygga::autogiro::layouts {

using namespace brygga::layout;

// clang-format off

inline constexpr unsigned width = 80;

// ---- outside all sections ----

using seal_opening = record<"00", "seal opening record (sigillstartpost)", seal_opening_record, width,
                            field<"date", &seal_opening_record::date, 3, 8, digits>,
                            field<"method", &seal_opening_record::method, 9, 12, text>,
                            blank<13, 80>>;
using section_seal = record<"08", "section seal (avsnittssigill)", section_seal_record, width,
                            field<"content", &section_seal_record::content, 3, 80, text>>;
using seal_closing = record<"99", "seal closing record (sigillslutpost)", seal_closing_record, width,
                            field<"date", &seal_closing_record::date, 3, 8, digits>,
                            field<"content", &seal_closing_record::content, 9, 80, text>>;

// ---- opening records ----

using opening_to_bankgirot = record<"01", "opening record (öppningspost)", opening_record, width,
                                    field<"written", &opening_record::written, 3, 10, digits>,
                                    constant<"AUTOGIRO", 11, 18>,
                                    blank<19, 62>,
                                    field<"customer_number", &opening_record::customer_number, 63, 68, digits>,
                                    field<"bankgiro", &opening_record::bankgiro, 69, 78, digits, privacy::own_account>,
                                    blank<79, 80>>;

template <class... Written>
using opening_new = record<"01", "opening record (öppningspost)", opening_record, width,
                           constant<"AUTOGIRO            ", 3, 22>,
                           blank<23, 24>,
                           Written...,
                           field<"content", &opening_record::content, 45, 64, text>,
                           field<"customer_number", &opening_record::customer_number, 65, 70, digits>,
                           field<"bankgiro", &opening_record::bankgiro, 71, 80, digits, privacy::own_account>>;
using opening_with_time = opening_new<field<"written", &opening_record::written, 25, 44, digits>>;
using opening_with_date = opening_new<field<"written", &opening_record::written, 25, 32, digits>, blank<33, 44>>;

using opening_old = record<"01", "opening record (öppningspost)", opening_record, width,
                           field<"written", &opening_record::written, 3, 10, digits>,
                           constant<"AUTOGIRO", 11, 18>,
                           constant<"9900", 19, 22>,
                           field<"content", &opening_record::content, 23, 62, text>,
                           field<"customer_number", &opening_record::customer_number, 63, 68, digits>,
                           field<"bankgiro", &opening_record::bankgiro, 69, 78, digits, privacy::own_account>,
                           blank<79, 80>>;

template <fixed_text Code>
using opening_without_customer = record<Code, "opening record (öppningspost)", opening_record, width,
                                        field<"written", &opening_record::written, 3, 10, digits>,
                                        constant<"9900", 11, 14>,
                                        field<"bankgiro", &opening_record::bankgiro, 15, 24, digits, privacy::own_account>,
                                        field<"content", &opening_record::content, 25, 44, text>,
                                        blank<45, 80>>;

// ---- to Bankgirot ----

using cancel_mandate = record<"03", "cancel mandate (makulering av medgivande)", mandate_request_record, width,
                              field<"bankgiro", &mandate_request_record::bankgiro, 3, 12, digits, privacy::own_account>,
                              field<"payer_number", &mandate_request_record::payer_number, 13, 28, digits, privacy::reference>,
                              blank<29, 80>>;
using new_mandate = record<"04", "new mandate, or answer to one from an internet bank (medgivande)", mandate_request_record, width,
                           field<"bankgiro", &mandate_request_record::bankgiro, 3, 12, digits, privacy::own_account>,
                           field<"payer_number", &mandate_request_record::payer_number, 13, 28, digits, privacy::reference>,
                           field<"account", &mandate_request_record::account, 29, 44, optional_digits, privacy::account>,
                           field<"identity", &mandate_request_record::identity, 45, 56, optional_digits, privacy::identity>,
                           blank<57, 76>,
                           field<"answer", &mandate_request_record::answer, 77, 78, text>,
                           blank<79, 80>>;
using change_payer_number =
    record<"05", "change payer number (byte av betalarnummer)", mandate_request_record, width,
           field<"bankgiro", &mandate_request_record::bankgiro, 3, 12, digits, privacy::own_account>,
           field<"payer_number", &mandate_request_record::payer_number, 13, 28, digits, privacy::reference>,
           field<"new_bankgiro", &mandate_request_record::new_bankgiro, 29, 38, digits, privacy::own_account>,
           field<"new_payer_number", &mandate_request_record::new_payer_number, 39, 54, digits, privacy::reference>,
           blank<55, 80>>;

// TK82 and TK32 as far as column 43, and in most layouts to 69.
template <fixed_text Code, fixed_text Title, class Day, class... Tail>
using payment_like = record<Code, Title, payment_record, width,
                            field<"payment_day", &payment_record::payment_day, 3, 10, Day>,
                            field<"period", &payment_record::period, 11, 11, code>,
                            field<"recurrences", &payment_record::recurrences, 12, 14, optional_digits>,
                            blank<15, 15>,
                            field<"payer_number", &payment_record::payer_number, 16, 31, digits, privacy::reference>,
                            field<"amount_ore", &payment_record::amount_ore, 32, 43, number>,
                            Tail...>;
using payee_bankgiro = field<"bankgiro", &payment_record::bankgiro, 44, 53, digits, privacy::own_account>;
using payment_reference = field<"reference", &payment_record::reference, 54, 69, text, privacy::reference>;

template <fixed_text Code, fixed_text Title>
using instruction = payment_like<Code, Title, text, payee_bankgiro, payment_reference, blank<70, 80>>;
using collection = instruction<"82", "collection (inbetalning)">;
using payout = instruction<"32", "payout (utbetalning)">;

struct absent {};  // columns that this record code leaves blank
template <class Field, unsigned First, unsigned Last>
using field_or_blank = std::conditional_t<std::is_same_v<Field, absent>, blank<First, Last>, Field>;

using change_payer = field<"payer_number", &change_record::payer_number, 13, 28, digits, privacy::reference>;
using change_day = field<"payment_day", &change_record::payment_day, 29, 36, digits>;
using change_amount = field<"amount_ore", &change_record::amount_ore, 37, 48, number>;
using change_direction = field<"direction", &change_record::direction, 49, 50, text>;
using change_new_day = field<"new_day", &change_record::new_day, 51, 58, digits>;
using change_reference = field<"reference", &change_record::reference, 59, 74, text, privacy::reference>;

template <fixed_text Code, fixed_text Title, class Payer, class Day, class Amount, class Direction, class NewDay, class Reference>
using change = record<Code, Title, change_record, width,
                      field<"bankgiro", &change_record::bankgiro, 3, 12, digits, privacy::own_account>,
                      field_or_blank<Payer, 13, 28>,
                      field_or_blank<Day, 29, 36>,
                      field_or_blank<Amount, 37, 48>,
                      field_or_blank<Direction, 49, 50>,
                      field_or_blank<NewDay, 51, 58>,
                      field_or_blank<Reference, 59, 74>,
                      blank<75, 80>>;
using cancel_payer = change<"23", "cancel all payments of a payer (makulering)", change_payer, absent, absent, absent, absent, absent>;
using cancel_payer_day =
    change<"24", "cancel a payer's payments of one day (makulering)", change_payer, change_day, absent, absent, absent, absent>;
using cancel_payment = change<"25", "cancel one payment (makulering)", change_payer, change_day, change_amount, change_direction,
                              absent, change_reference>;
using move_all = change<"26", "move all payments (datumändring)", absent, absent, absent, absent, change_new_day, absent>;
using move_day = change<"27", "move all payments of one day (datumändring)", absent, change_day, absent, absent, change_new_day, absent>;
using move_payer_day =
    change<"28", "move a payer's payments of one day (datumändring)", change_payer, change_day, absent, absent, change_new_day, absent>;
using move_payment = change<"29", "move one payment (datumändring)", change_payer, change_day, change_amount, change_direction,
                            change_new_day, change_reference>;

// ---- payment specification ----

template <fixed_text Code, fixed_text Title>
using entry = record<Code, Title, entry_record, width,
                     field<"bank_account", &entry_record::bank_account, 3, 37, digits, privacy::own_account>,
                     field<"payment_day", &entry_record::payment_day, 38, 45, digits>,
                     field<"serial", &entry_record::serial, 46, 50, digits>,
                     field<"amount_ore", &entry_record::amount_ore, 51, 68, number>,
                     field<"currency", &entry_record::currency, 69, 71, text>,
                     field<"payments", &entry_record::payments, 72, 79, number>,
                     blank<80, 80>>;
using deposit = entry<"15", "deposit (insättning)">;
using withdrawal = entry<"16", "withdrawal (uttag)">;
using refund_withdrawal = entry<"17", "withdrawal for refunds (återbetalning)">;

template <fixed_text Code, fixed_text Title>
using reported = payment_like<Code, Title, digits, payee_bankgiro, payment_reference, blank<70, 79>,
                              field<"status", &payment_record::status, 80, 80, code>>;
using reported_collection = reported<"82", "collection (inbetalning)">;
using reported_payout = reported<"32", "payout (utbetalning)">;

template <fixed_text Name, auto Member, unsigned First, unsigned Last, class Form, privacy Guard = privacy::open>
struct original_field : field<Name, Member, First, Last, Form, Guard> {
    using base = field<Name, Member, First, Last, Form, Guard>;
    [[nodiscard]] static bool read(const columns& line, refund_record& into) noexcept { return base::read(line, into.original); }
    static void write(char* line, const refund_record& from) noexcept { base::write(line, from.original); }
};
using refund = record<"77", "refund to the payer (återbetalning)", refund_record, width,
                      original_field<"payment_day", &payment_record::payment_day, 3, 10, digits>,
                      original_field<"period", &payment_record::period, 11, 11, code>,
                      original_field<"recurrences", &payment_record::recurrences, 12, 14, optional_digits>,
                      blank<15, 15>,
                      original_field<"payer_number", &payment_record::payer_number, 16, 31, digits, privacy::reference>,
                      original_field<"amount_ore", &payment_record::amount_ore, 32, 43, number>,
                      original_field<"bankgiro", &payment_record::bankgiro, 44, 53, digits, privacy::own_account>,
                      original_field<"reference", &payment_record::reference, 54, 69, text, privacy::reference>,
                      field<"refund_day", &refund_record::refund_day, 70, 77, digits>,
                      field<"refund_code", &refund_record::refund_code, 78, 79, digits>,
                      blank<80, 80>>;

// ---- other reports ----

template <class Filler, class ValidFrom>
using advice_like = record<"73", "mandate advice (medgivandeavisering)", advice_record, width,
                           field<"bankgiro", &advice_record::bankgiro, 3, 12, digits, privacy::own_account>,
                           field<"payer_number", &advice_record::payer_number, 13, 28, digits, privacy::reference>,
                           field<"account", &advice_record::account, 29, 44, optional_digits, privacy::account>,
                           field<"identity", &advice_record::identity, 45, 56, optional_digits, privacy::identity>,
                           Filler,
                           field<"information", &advice_record::information, 62, 63, digits>,
                           field<"comment", &advice_record::comment, 64, 65, digits>,
                           field<"action_day", &advice_record::action_day, 66, 73, optional_digits>,
                           ValidFrom,
                           blank<80, 80>>;
using advice = advice_like<blank<57, 61>, blank_or_zeros<74, 79>>;
using advice_old = advice_like<blank_or_zeros<57, 61>, field<"valid_from", &advice_record::valid_from, 74, 79, optional_digits>>;

template <fixed_text Code, fixed_text Title>
using rejected = record<Code, Title, payment_record, width,
                        field<"payment_day", &payment_record::payment_day, 3, 10, text>,
                        field<"period", &payment_record::period, 11, 11, code>,
                        field<"recurrences", &payment_record::recurrences, 12, 14, text>,
                        field<"payer_number", &payment_record::payer_number, 15, 30, text, privacy::reference>,
                        field<"amount_ore", &payment_record::amount_ore, 31, 42, number>,
                        field<"reference", &payment_record::reference, 43, 58, text, privacy::reference>,
                        field<"comment", &payment_record::comment, 59, 60, digits>,
                        blank<61, 80>>;
using rejected_collection = rejected<"82", "rejected collection (avvisad inbetalning)">;
using rejected_payout = rejected<"32", "rejected payout (avvisad utbetalning)">;

template <fixed_text Code, fixed_text Title>
using amendment = record<Code, Title, amendment_record, width,
                         field<"payment_day", &amendment_record::payment_day, 3, 10, text>,
                         field<"payer_number", &amendment_record::payer_number, 11, 26, text, privacy::reference>,
                         field<"direction", &amendment_record::direction, 27, 28, text>,
                         field<"amount_ore", &amendment_record::amount_ore, 29, 40, number>,
                         field<"marker", &amendment_record::marker, 41, 48, text>,
                         field<"new_day", &amendment_record::new_day, 49, 56, text>,
                         field<"reference", &amendment_record::reference, 57, 72, text, privacy::reference>,
                         field<"comment", &amendment_record::comment, 73, 74, digits>,
                         blank<75, 80>>;

template <fixed_text Code, fixed_text Title>
using watched = payment_like<Code, Title, digits, blank<44, 53>, payment_reference, blank<70, 80>>;
using watched_collection = watched<"82", "watched collection (bevakad inbetalning)">;
using watched_payout = watched<"32", "watched payout (bevakad utbetalning)">;

using internet_mandate =
    record<"52", "mandate from an internet bank (medgivande)", internet_mandate_record, width,
           field<"bankgiro", &internet_mandate_record::bankgiro, 3, 12, digits, privacy::own_account>,
           field<"payer_number", &internet_mandate_record::payer_number, 13, 28, digits, privacy::reference>,
           field<"account", &internet_mandate_record::account, 29, 44, digits, privacy::account>,
           field<"identity", &internet_mandate_record::identity, 45, 56, digits, privacy::identity>,
           blank<57, 61>,
           field<"message", &internet_mandate_record::message, 62, 62, code>,
           blank<63, 80>>;
using payer_text = record<"53", "text from the payer", text_record, width,
                          field<"text", &text_record::text, 3, 38, text, privacy::free_text>,
                          blank<39, 80>>;
template <fixed_text Code, fixed_text Title, fixed_text First, fixed_text Second>
using address = record<Code, Title, address_record, width,
                       field<First, &address_record::first, 3, 38, text, privacy::address>,
                       field<Second, &address_record::second, 39, 74, text, privacy::address>,
                       blank<75, 80>>;
using address_upper = address<"54", "name and address (namn och adress)", "address_1", "address_2">;
using address_lower = address<"55", "address (adress)", "address_3", "address_4">;
using town = record<"56", "postcode and town (postnummer och ort)", town_record, width,
                    field<"postcode", &town_record::postcode, 3, 7, digits, privacy::address>,
                    field<"town", &town_record::town, 8, 38, text, privacy::address>,
                    blank<39, 80>>;

template <fixed_text Name, unsigned LastUsed, unsigned Rest, class... Tail>
using register_like =
    record_without_code<Name, "mandate (medgivande)", register_record, width,
                        field<"bankgiro", &register_record::bankgiro, 1, 10, digits, privacy::own_account>,
                        field<"identity", &register_record::identity, 11, 22, digits, privacy::identity>,
                        field<"payer_number", &register_record::payer_number, 23, 38, digits, privacy::reference>,
                        field<"origin", &register_record::origin, 39, 39, code>,
                        field<"last_used", &register_record::last_used, 40, LastUsed, digits>,
                        field<"created", &register_record::created, Rest, Rest + 7, digits>,
                        field<"changed", &register_record::changed, Rest + 8, Rest + 15, optional_digits>,
                        field<"state", &register_record::state, Rest + 16, Rest + 16, code>,
                        Tail...>;
using register_entry = register_like<"REG", 41, 42,
                                     blank<59, 59>, blank<60, 64>,
                                     field<"account", &register_record::account, 65, 80, optional_digits, privacy::account>>;
using register_entry_old = register_like<"REG", 40, 41,
                                         field<"stopped", &register_record::stopped, 58, 58, code>,
                                         field<"highest_amount", &register_record::highest_amount, 59, 63, optional_digits>,
                                         field<"account", &register_record::account, 64, 79, optional_digits, privacy::account>,
                                         blank<80, 80>>;

// ---- closing records ----

template <fixed_text Code, class... Counters>
using closing = record<Code, "closing record (slutpost)", closing_record, width,
                       field<"written", &closing_record::written, 3, 10, digits>,
                       constant<"9900", 11, 14>,
                       Counters...>;
using closing_payspec = closing<"09",
                                field<"deposits", &closing_record::deposits, 15, 20, number>,
                                field<"collections", &closing_record::collections, 21, 32, number>,
                                field<"withdrawals", &closing_record::withdrawals, 33, 38, number>,
                                field<"payouts", &closing_record::payouts, 39, 50, number>,
                                field<"refund_entries", &closing_record::refund_entries, 51, 56, number>,
                                field<"refunds", &closing_record::refunds, 57, 68, number>,
                                blank<69, 80>>;
template <fixed_text Code>
using closing_records = closing<Code, field<"records", &closing_record::records, 15, 21, number>, blank<22, 80>>;
using closing_rejected = closing<"09",
                                 field<"payouts", &closing_record::payouts, 15, 20, number>,
                                 field<"payouts_ore", &closing_record::payouts_ore, 21, 32, number>,
                                 field<"collections", &closing_record::collections, 33, 38, number>,
                                 field<"collections_ore", &closing_record::collections_ore, 39, 50, number>,
                                 blank<51, 80>>;
using closing_sums = closing<"09", blank<15, 28>,
                             field<"payouts_ore", &closing_record::payouts_ore, 29, 40, number>,
                             field<"payouts", &closing_record::payouts, 41, 46, number>,
                             field<"collections", &closing_record::collections, 47, 52, number>,
                             constant<"0000", 53, 56>,
                             field<"collections_ore", &closing_record::collections_ore, 57, 68, number>,
                             constant<"000000000000", 69, 80>>;

// clang-format on

}  // namespace brygga::autogiro::layouts

namespace brygga::autogiro {

// The records of one layout.
[[nodiscard]] const layout::section_layout& section_of(layout_id which) noexcept;
[[nodiscard]] layout_id id_of(const layout::section_layout& section) noexcept;

// The decision table, 3.1: which layout a line opens; nothing when it opens none. Rows 13 and 14 have no opening record: the line
// is the first of its register.
[[nodiscard]] std::optional<layout_id> opened_by(const layout::record_line& line) noexcept;

// A seal record by its form (TK00, TK99) or its code (TK08); nothing for any other line.
[[nodiscard]] const layout::record_info* delivery_record_of(const layout::record_line& line) noexcept;

[[nodiscard]] layout::line_place place_of(const layout::record_line& line, const layout::section_layout* now) noexcept;

[[nodiscard]] const layout::document_layout& document() noexcept;

}  // namespace brygga::autogiro
