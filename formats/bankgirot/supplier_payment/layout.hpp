// The record layouts of Leverantörsbetalningar (supplier-payments.md section 3), one definition each, and the sections they stand
// in.
#pragma once

#include <optional>
#include <string_view>

#include "formats/bankgirot/supplier_payment/records.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/record.hpp"

namespace brygga::supplier_payment::layouts {

using namespace brygga::layout;

inline constexpr unsigned width = 80;

// Ten digits: a bankgiro or plusgiro, or a payout number (0000, five digits and a check digit that may be missing).
struct payee_number {
    static constexpr form fills = form::text;  // a missing check digit is a blank at the end
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding in, std::string_view& value) noexcept {
        static_assert(Width == 10);
        if (digits::read<Width>(slice, in, value)) [[likely]]
            return true;
        const bool open = slice.size() == Width && slice[Width - 1] == ' ' && slice.starts_with("0000") &&
                          all_digits(slice.substr(0, Width - 1));
        value = open ? slice.substr(0, Width - 1) : std::string_view{};
        return open;
    }
    template <std::size_t Width>
    static void write(char* at, std::string_view value) noexcept {
        text::write<Width>(at, value);
    }
};

// clang-format off

// ---- outside all sections ----

using seal_opening = record<"00", "seal opening record (sigillstartpost)", seal_opening_record, width,
                            field<"date", &seal_opening_record::date, 3, 8, text>,
                            field<"method", &seal_opening_record::method, 9, 12, text>,
                            reserve<13, 80>>;
using section_seal = record<"28", "section seal (avsnittssigill)", section_seal_record, width,
                            field<"content", &section_seal_record::content, 3, 80, text>>;
using seal_closing = record<"99", "seal closing record (sigillslutpost)", seal_closing_record, width,
                            field<"date", &seal_closing_record::date, 3, 8, text>,
                            field<"content", &seal_closing_record::content, 9, 80, text>>;

// ---- to Bankgirot; the rejected report echoes these ----

using opening = record<"11", "opening record (öppningspost)", opening_record, width,
                       field<"bankgiro", &opening_record::bankgiro, 3, 12, digits, privacy::own_account>,
                       field<"written", &opening_record::written, 13, 18, text>,
                       field<"title", &opening_record::title, 19, 40, text>,
                       field<"payment_day", &opening_record::payment_day, 41, 46, text>,
                       field<"kind", &opening_record::kind, 47, 47, code>,
                       reserve<48, 59>,
                       field<"currency", &opening_record::currency, 60, 62, text>,
                       reserve<63, 80>>;
using fixed_text = record<"12", "fixed information (fast information)", fixed_text_record, width,
                          field<"text", &fixed_text_record::text, 3, 52, text, privacy::free_text>,
                          field<"last_day", &fixed_text_record::last_day, 53, 58, text>,
                          reserve<59, 80>>;
using heading = record<"13", "headings (rubrik)", heading_record, width,
                       field<"reference", &heading_record::reference, 3, 27, text>,
                       field<"amount", &heading_record::amount, 28, 39, text>,
                       reserve<40, 80>>;

template <layout::fixed_text Code, layout::fixed_text Title>
using payment_like = record<Code, Title, payment_record, width,
                            field<"payee", &payment_record::payee, 3, 12, payee_number, privacy::account>,
                            field<"reference", &payment_record::reference, 13, 37, text, privacy::reference>,
                            field<"amount_ore", &payment_record::amount_ore, 38, 49, number>,
                            field<"day", &payment_record::day, 50, 55, text>,
                            reserve<56, 60>,
                            field<"own_reference", &payment_record::own_reference, 61, 80, text, privacy::reference>>;
using payment = payment_like<"14", "payment (betalning)">;
using deduction = payment_like<"15", "deduction (avdrag)">;
using watched_credit = payment_like<"16", "credit invoice with watch (kreditfaktura med bevakning)">;
using credit = payment_like<"17", "credit invoice (kreditfaktura)">;
using plusgiro_payment = payment_like<"54", "payment to plusgiro (plusgirobetalning)">;

using information = record<"25", "information", text_record, width,
                           field<"payee", &text_record::payee, 3, 12, payee_number, privacy::account>,
                           field<"text", &text_record::text, 13, 62, text, privacy::free_text>,
                           reserve<63, 80>>;
using plusgiro_information = record<"65", "information to plusgiro", text_record, width,
                                    field<"payee", &text_record::payee, 3, 12, payee_number, privacy::account>,
                                    field<"text", &text_record::text, 13, 47, text, privacy::free_text>,
                                    reserve<48, 80>>;
using name = record<"26", "name (namn)", name_record, width,
                    field<"payee", &name_record::payee, 3, 12, payee_number, privacy::account>,
                    field<"name", &name_record::name, 13, 47, text, privacy::name>,
                    field<"extra", &name_record::extra, 48, 80, text, privacy::name>>;
using address = record<"27", "address (adress)", address_record, width,
                       field<"payee", &address_record::payee, 3, 12, payee_number, privacy::account>,
                       field<"street", &address_record::street, 13, 47, text, privacy::address>,
                       field<"postcode", &address_record::postcode, 48, 52, text, privacy::address>,
                       field<"town", &address_record::town, 53, 72, text, privacy::address>,
                       reserve<73, 80>>;
using account = record<"40", "account (kontoinsättning)", account_record, width,
                       field<"payee", &account_record::payee, 3, 12, payee_number, privacy::account>,
                       field<"clearing", &account_record::clearing, 13, 16, digits>,
                       field<"account", &account_record::account, 17, 28, digits, privacy::account>,
                       field<"statement_text", &account_record::statement_text, 29, 40, text, privacy::free_text>,
                       field<"salary", &account_record::salary, 41, 41, code>,
                       reserve<42, 80>>;
using closing = record<"29", "closing record (slutpost)", closing_record, width,
                       field<"bankgiro", &closing_record::bankgiro, 3, 12, digits, privacy::own_account>,
                       field<"payments", &closing_record::payments, 13, 20, number>,
                       field<"sum_ore", &closing_record::sum_ore, 21, 32, number>,
                       field<"sign", &closing_record::sign, 33, 33, code>,
                       reserve<34, 80>>;

// ---- payment specification ----

template <layout::fixed_text Code, layout::fixed_text Title>
using reported = record<Code, Title, payment_record, width,
                        field<"payee", &payment_record::payee, 3, 12, payee_number, privacy::account>,
                        field<"reference", &payment_record::reference, 13, 37, text, privacy::reference>,
                        field<"amount_ore", &payment_record::amount_ore, 38, 49, number>,
                        field<"code", &payment_record::code, 50, 50, code>,
                        field<"redirected_to", &payment_record::redirected_to, 51, 60, optional_digits, privacy::account>,
                        field<"own_reference", &payment_record::own_reference, 61, 80, text, privacy::reference>>;
using reported_payment = reported<"14", "payment (betalning)">;
using reported_plusgiro_payment = reported<"54", "payment to plusgiro (plusgirobetalning)">;
// What stands in 50-60 of TK15 and TK17 the page does not say.
template <layout::fixed_text Code, layout::fixed_text Title>
using reported_bare = record<Code, Title, payment_record, width,
                             field<"payee", &payment_record::payee, 3, 12, payee_number, privacy::account>,
                             field<"reference", &payment_record::reference, 13, 37, text, privacy::reference>,
                             field<"amount_ore", &payment_record::amount_ore, 38, 49, number>,
                             reserve<50, 60>,
                             field<"own_reference", &payment_record::own_reference, 61, 80, text, privacy::reference>>;
using reported_deduction = reported_bare<"15", "deduction (avdrag)">;
using reported_credit = reported_bare<"17", "credit invoice (kreditfaktura)">;
using reported_watched_credit = record<"16", "credit invoice with watch, amount netted now (kreditfaktura med bevakning)", payment_record, width,
                                       field<"payee", &payment_record::payee, 3, 12, payee_number, privacy::account>,
                                       field<"reference", &payment_record::reference, 13, 37, text, privacy::reference>,
                                       field<"amount_ore", &payment_record::amount_ore, 38, 49, number>,
                                       field<"day", &payment_record::day, 50, 55, text>,
                                       field<"code", &payment_record::code, 56, 56, code>,
                                       reserve<57, 60>,
                                       field<"own_reference", &payment_record::own_reference, 61, 80, text, privacy::reference>>;
using credit_rest = record<"20", "rest of a credit (kvarstående kredit)", credit_rest_record, width,
                           field<"payee", &credit_rest_record::payee, 3, 12, payee_number, privacy::account>,
                           field<"registered", &credit_rest_record::registered, 13, 18, text>,
                           field<"original_ore", &credit_rest_record::original_ore, 19, 30, number>,
                           field<"remaining_ore", &credit_rest_record::remaining_ore, 31, 42, number>,
                           reserve<43, 80>>;
using credit_use = record<"21", "earlier use of a credit (tidigare avräkningar)", credit_use_record, width,
                          field<"payee", &credit_use_record::payee, 3, 12, payee_number, privacy::account>,
                          field<"first_day", &credit_use_record::first_day, 13, 18, text>,
                          field<"first_ore", &credit_use_record::first_ore, 19, 30, number>,
                          field<"second_day", &credit_use_record::second_day, 31, 36, text>,
                          field<"second_ore", &credit_use_record::second_ore, 37, 48, number>,
                          field<"third_day", &credit_use_record::third_day, 49, 54, text>,
                          field<"third_ore", &credit_use_record::third_ore, 55, 66, number>,
                          reserve<67, 80>>;

// ---- rejected ----

using rejection = record<"49", "rejection (avvisning)", rejection_record, width,
                         field<"mark", &rejection_record::mark, 3, 6, text>,
                         field<"code", &rejection_record::code, 7, 10, text>,
                         field<"text", &rejection_record::text, 11, 80, text, privacy::free_text>>;

// ---- payments on watch ----

template <layout::fixed_text Code, layout::fixed_text Title>
using watch_total = record<Code, Title, watch_total_record, width,
                           field<"first_ore", &watch_total_record::first_ore, 3, 15, number>,
                           field<"first_sign", &watch_total_record::first_sign, 16, 16, code>,
                           field<"second_ore", &watch_total_record::second_ore, 17, 29, number>,
                           field<"second_sign", &watch_total_record::second_sign, 30, 30, code>,
                           field<"third_ore", &watch_total_record::third_ore, 31, 43, number>,
                           field<"third_sign", &watch_total_record::third_sign, 44, 44, code>,
                           field<"fourth_ore", &watch_total_record::fourth_ore, 45, 57, number>,
                           field<"fourth_sign", &watch_total_record::fourth_sign, 58, 58, code>,
                           reserve<59, 80>>;
using watched_before = watch_total<"40", "on watch before">;
using watched_taken = watch_total<"41", "taken out for payment">;
using watched_left = watch_total<"42", "left on watch">;
using watched_day = record<"43", "on watch for one payment day", watched_day_record, width,
                           field<"day", &watched_day_record::day, 3, 8, text>,
                           field<"debits_ore", &watched_day_record::debits_ore, 9, 27, digits>,
                           field<"debits_sign", &watched_day_record::debits_sign, 28, 28, code>,
                           field<"credits_ore", &watched_day_record::credits_ore, 29, 41, number>,
                           field<"credits_sign", &watched_day_record::credits_sign, 42, 42, code>,
                           field<"code", &watched_day_record::code, 43, 44, text>,
                           reserve<45, 80>>;

// ---- returned money orders ----

using returned_opening = record<"1", "returned money orders (återförda kontantutbetalningar)", returned_opening_record, width,
                                field<"first_date", &returned_opening_record::first_date, 2, 7, text>,
                                field<"second_date", &returned_opening_record::second_date, 8, 13, text>,
                                field<"bankgiro", &returned_opening_record::bankgiro, 14, 23, digits, privacy::own_account>,
                                reserve<24, 80>>;
using returned_order = record<"2", "returned money order (återförd kontantutbetalning)", returned_order_record, width,
                              field<"order_number", &returned_order_record::order_number, 2, 10, text>,
                              field<"code", &returned_order_record::code, 11, 11, code>,
                              field<"sender_text", &returned_order_record::sender_text, 12, 31, text, privacy::reference>,
                              field<"first_date", &returned_order_record::first_date, 32, 37, text>,
                              field<"second_date", &returned_order_record::second_date, 38, 43, text>,
                              field<"amount_ore", &returned_order_record::amount_ore, 44, 55, number>,
                              reserve<56, 80>>;
using returned_closing = record<"3", "sum of the returned money orders", returned_closing_record, width,
                                reserve<2, 28>,
                                field<"date", &returned_closing_record::date, 29, 34, text>,
                                reserve<35, 40>,
                                field<"sum_ore", &returned_closing_record::sum_ore, 41, 52, number>,
                                reserve<53, 80>>;

// clang-format on

}  // namespace brygga::supplier_payment::layouts

namespace brygga::supplier_payment {

// The records of one layout.
[[nodiscard]] const layout::section_layout& section_of(layout_id which) noexcept;
[[nodiscard]] layout_id id_of(const layout::section_layout& section) noexcept;

// The decision table, 3.0: which layout a line opens; nothing when it opens none. That a record 2 or 3 follows the opening of
// returned money orders is the caller's to see.
[[nodiscard]] std::optional<layout_id> opened_by(const layout::record_line& line) noexcept;

// Row 7: the opening record of a SUS file.
[[nodiscard]] bool opens_sus(const layout::record_line& line) noexcept;

// A seal record by its form (TK00, TK99) or its code (TK28); nothing for any other line.
[[nodiscard]] const layout::record_info* delivery_record_of(const layout::record_line& line) noexcept;

[[nodiscard]] layout::line_place place_of(const layout::record_line& line, const layout::section_layout* now) noexcept;

[[nodiscard]] const layout::document_layout& document() noexcept;

// The encoding that the Ö of a TK11 is in, ISO 8859-1 among them; nothing where the line is no TK11.
[[nodiscard]] std::optional<encoding> title_encoding(const layout::record_line& line) noexcept;

}  // namespace brygga::supplier_payment
