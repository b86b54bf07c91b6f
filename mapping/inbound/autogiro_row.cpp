#include "mapping/inbound/autogiro_row.hpp"

#include "formats/core/sha256.hpp"
#include "formats/layout/digits.hpp"
#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

namespace {

constexpr char autogiro_channel = '4';                 // as in BgMax, 5.2
constexpr char correct_ocr = '2', checked_text = '3';  // as in BgMax, 5.1

}  // namespace

void fill_autogiro_row(const autogiro::payment_record& record, const autogiro::record_place& at, ledger::payment_kind kind,
                       std::uint32_t section_ordinal, const section_facts& section, ledger::payment& row) {
    row = {};
    row.batch_id = section.batch_id;
    row.deposit_id = section.deposit_id;
    row.ordinal = at.ordinal;
    row.section_ordinal = section_ordinal;
    row.kind = kind;
    row.amount_ore = record.amount_ore;
    row.currency = section.currency;
    row.value_date = section.value_date;
    if (at.section->layout == autogiro::layout_id::payspec_old)
        row.value_date = parse_ccyymmdd(record.payment_day).value_or(section.value_date);
    row.bankgiro = section.bankgiro;
    row.channel = autogiro_channel;
    row.reference = trimmed(record.reference.utf8());
    row.reference_code = !row.reference.empty() && layout::all_digits(row.reference) ? correct_ocr : checked_text;
    if (kind == ledger::payment_kind::deduction) row.deduction_code = ledger::unknown_deduction;
    sha256 hash;
    hash.add(layout::right_trimmed(at.bytes));
    row.content_hash = hash.hex();
}

}  // namespace brygga::inbound
