// Types of content at Kivra (kivra.md section 5.1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace brygga::kivra {

enum class content_type : std::uint8_t {
    letter,
    letter_creditnotice,
    letter_salary,  // deprecated from 2026-10-01
    salaryslip,
    letter_form,
    letter_signed,
    booking,
    registered_letter,
    ticket_event,
    invite_research,
    invite_kyc,
    invite_gift,
    invite_voucher,
    invite_sign,
    invoice,
    invoice_reminder,
    invoice_debtcollection,
    invoice_debtcampaign,
    invoice_renewal,
    invoice_donation,
    invoice_paymentnotice,
    accounting_invoice,
    accounting_invoicereminder,
    accounting_invoicecreditnote,
};

enum class payment_need : std::uint8_t {
    none,
    required,        // payment_multiple_options
    invoice_object,  // `invoice` of the accounting types, a trial that is off; not written here
};

struct type_info {
    content_type type{};
    std::string_view name;  // as Kivra writes it
    bool to_person{}, to_company{};
    payment_need payment = payment_need::none;
    bool retainable{};  // may wait for a recipient who is not there yet
};

// Indexed by the enum.
[[nodiscard]] std::span<const type_info> content_types() noexcept;
[[nodiscard]] const type_info& info_of(content_type type) noexcept;
[[nodiscard]] std::optional<content_type> parse_content_type(std::string_view name) noexcept;

}  // namespace brygga::kivra
