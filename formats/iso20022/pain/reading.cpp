#include "formats/iso20022/pain/detail/reading.hpp"

#include <charconv>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"

namespace brygga::pain::detail {

namespace {

using iso20022::inner;

// Where a field stands; the payment itself where it does not.
std::size_t offset_of(payment_field field, const payment_view& item) noexcept {
    const transfer& data = *item.data;
    const value* found = nullptr;
    switch (field) {
        case payment_field::id:
            found = &data.end_to_end_id;
            break;
        case payment_field::amount:
            found = &data.amount;
            break;
        case payment_field::execution_date:
            found = &item.group->execution_day;
            break;
        case payment_field::creditor_name:
            found = &data.creditor.name;
            break;
        case payment_field::creditor_address:
            found = data.creditor.town.present ? &data.creditor.town : &data.creditor.country;
            break;
        case payment_field::account:
            found = data.creditor_account.iban.present ? &data.creditor_account.iban : &data.creditor_account.other;
            break;
        case payment_field::ocr:
            found = data.remittances.empty() ? nullptr : &data.remittances[0].reference;
            break;
        case payment_field::text:
            found = data.unstructured.empty() ? nullptr : &data.unstructured[0];
            break;
    }
    return found != nullptr && found->present ? found->offset : item.begin;
}

}  // namespace

std::string reading::in_group(std::string_view path) const {
    return fmt::format("PmtInf[{}]{}{}", group_no_, path.empty() ? "" : "/", path);
}

std::string reading::in_payment(std::string_view path) const {
    return in_group(fmt::format("CdtTrfTxInf[{}]{}{}", of_group_.count, path.empty() ? "" : "/", path));
}

void reading::opened(std::uint16_t which, std::size_t offset) {
    switch (static_cast<level>(which)) {
        case level::initiation:
            saw_message_ = true;
            break;
        case level::instruction:
            ++group_no_;
            ++file_.records["PmtInf"];
            of_group_ = {};
            break;
        case level::transfer:
            break;
        case level::report:
            report_.tell(rule::R01, severity::error, {}, offset, "CstmrPmtStsRpt", "CstmrCdtTrfInitn");
            break;
        case level::instruction_status:
        case level::transaction_status:
            break;
    }
}

void reading::closed(std::uint16_t which, std::size_t begin, std::size_t end) {
    switch (static_cast<level>(which)) {
        case level::initiation:
            close_message(begin);
            break;
        case level::instruction:
            close_group(begin);
            break;
        case level::transfer:
            close_payment(begin, end);
            break;
        case level::report:
        case level::instruction_status:
        case level::transaction_status:
            break;
    }
}

void reading::close_payment(std::size_t begin, std::size_t end) {
    ++file_.records["CdtTrfTxInf"];
    ++of_message_.count;
    ++of_group_.count;
    payment_view item;
    item.ordinal = static_cast<std::uint32_t>(of_message_.count);
    item.group_no = group_no_;
    item.group_ordinal = static_cast<std::uint32_t>(of_group_.count);
    item.group = &group();
    item.data = &group().transfer;
    item.begin = begin;
    item.end = end;
    item.what = payment_of(*item.data, *item.group);
    item.currency = inner(item.data->currency.text);
    amount(item);
    judge(item);
    if (into_ != nullptr) into_->payment(item);
}

void reading::amount(payment_view& item) {
    const value& stated = item.data->amount;
    const auto ore = parse_decimal_amount(inner(stated.text));
    item.has_amount = stated.present && ore.has_value() && *ore >= 0;
    if (!stated.present)
        report_.tell(rule::R01, severity::error, in_payment("Amt/InstdAmt"), item.begin, {}, "an amount");
    else if (!ore)
        report_.tell(rule::R01, severity::error, in_payment("Amt/InstdAmt"), stated.offset, stated.text, ore.error().text);
    else if (*ore < 0)
        report_.tell(rule::R01, severity::error, in_payment("Amt/InstdAmt"), stated.offset, stated.text, "no sign");
    if (stated.present && item.currency.size() != 3)
        report_.tell(rule::R01, severity::error, in_payment("Amt/InstdAmt"), stated.offset, item.currency, "a currency");
    for (totals* each : {&of_message_, &of_group_})
        each->amounts_known = each->amounts_known && item.has_amount;
    if (!item.has_amount) return;
    item.what.amount_ore = *ore;
    of_message_.sum += *ore;
    of_group_.sum += *ore;
}

// An amount or a day that cannot be read breaks R01, which has told of it.
void reading::judge(payment_view& item) {
    for (const payment_fault& each : faults_of(item.what, options_.limits)) {
        if (each.field == payment_field::execution_date || (each.field == payment_field::amount && !item.has_amount)) continue;
        const auto told = report_.tell(rule::R02, each.level, in_payment(path_of(each.field)), offset_of(each.field, item),
                                       each.found, each.expected);
        if (told != severity::hold) continue;
        if (!item.held) file_.holds.push_back({item.ordinal, rule::R02});
        item.held = true;
    }
}

void reading::close_group(std::size_t begin) {
    const instruction& item = group();
    compare(item.count, item.sum, of_group_, in_group({}));
    const value& day = item.execution_day.present ? item.execution_day : item.execution_moment;
    if (!execution_date_of(item))
        report_.tell(rule::R01, severity::error, in_group("ReqdExctnDt"), day.present ? day.offset : begin, day.text,
                     "a day as 2026-11-26");
    const std::string_view method = inner(item.method.text);
    if (method != "TRF" && method != "TRA" && method != "CHK")
        report_.tell(rule::R01, severity::error, in_group("PmtMtd"), item.method.present ? item.method.offset : begin, method,
                     "TRF");
    if (group_no_ == max_groups + 1)
        report_.tell(rule::R01, severity::error, in_group({}), begin, "more PmtInf", fmt::format("at most {}", max_groups));
    if (group_no_ <= max_groups && !group_ids_.emplace(inner(item.id.text)).second)
        report_.tell(rule::R01, severity::error, in_group("PmtInfId"), item.id.offset, inner(item.id.text),
                     "an id that no other PmtInf of the message has");
}

void reading::close_message(std::size_t begin) {
    const initiation& item = message();
    file_.id = inner(item.id.text);
    file_.created = inner(item.created.text);
    file_.payments_ore = of_message_.sum;
    if (of_message_.count == 0) report_.tell(rule::R01, severity::error, {}, begin, {}, "a payment");
    compare(item.count, item.sum, of_message_, "GrpHdr");
}

// NbOfTxs and CtrlSum of the message or of a group, where they stand.
void reading::compare(const value& count, const value& sum, const totals& counted, const std::string& within) {
    if (count.present) {
        const std::string_view text = inner(count.text);
        std::uint64_t stated = 0;
        const auto done = std::from_chars(text.data(), text.data() + text.size(), stated);
        const bool number = all_digits(text) && done.ec == std::errc();
        if (!number || stated != counted.count)
            report_.tell(rule::R01, severity::error, within + "/NbOfTxs", count.offset, text,
                         fmt::format("{}, the number of payments", counted.count));
    }
    if (!sum.present) return;
    const auto stated = parse_decimal_amount(inner(sum.text));
    if (!stated)
        report_.tell(rule::R01, severity::error, within + "/CtrlSum", sum.offset, sum.text, stated.error().text);
    else if (counted.amounts_known && !(counted.sum == *stated))
        report_.tell(rule::R01, severity::error, within + "/CtrlSum", sum.offset, sum.text,
                     fmt::format("{}, the sum of the payments", format_decimal_amount(counted.sum)));
}

}  // namespace brygga::pain::detail
