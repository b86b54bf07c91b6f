#include "formats/iso20022/camt/detail/reading.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "formats/core/currency.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::camt::detail {

namespace {

constexpr std::array<std::string_view, 3> container_names = {"Rpt", "Stmt", "Ntfctn"};
constexpr std::array<std::string_view, 3> message_names = {"BkToCstmrAcctRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"};

constexpr std::string_view message_id_path = "GrpHdr/MsgId";

std::string below_document(std::size_t which) {
    return fmt::format("Document/{}", message_names[which]);
}

struct header_value {
    std::string_view path;
    value entry::*member;
};
constexpr std::array<header_value, entry_header_size> header_values = {{{"NtryRef", &entry::reference},
                                                                        {"Amt", &entry::amount},
                                                                        {"Amt/@Ccy", &entry::currency},
                                                                        {"CdtDbtInd", &entry::indicator},
                                                                        {"RvslInd", &entry::reversal},
                                                                        {"Sts", &entry::status},
                                                                        {"Sts/Prtry", &entry::status_proprietary},
                                                                        {"BookgDt", &entry::booking_day},
                                                                        {"BookgDt/DtTm", &entry::booking_moment},
                                                                        {"ValDt", &entry::value_day},
                                                                        {"ValDt/DtTm", &entry::value_moment}}};

entry_header_presence presence_of(const entry& item) noexcept {
    entry_header_presence out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = (item.*header_values[i].member).present;
    return out;
}

// Numbers may be written with leading zeros.
bool is_number(std::string_view text, std::uint64_t wanted) noexcept {
    std::uint64_t found = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
    return error == std::errc{} && end == text.data() + text.size() && found == wanted;
}

bool is_true(const value& flag) noexcept {
    return inner(flag.text) == "true" || inner(flag.text) == "1";
}

}  // namespace

position reading::at_container() const noexcept {
    return {container_name_, container_no_, 0, 0, 0, {}};
}

position reading::at_entry() const noexcept {
    return {container_name_, container_no_, entry_.entry_no, entry_in_container_, 0, {}};
}

position reading::at_payment() const noexcept {
    return {container_name_, container_no_, entry_.entry_no, entry_in_container_, ordinal_, place_};
}

position reading::at_details() const noexcept {
    return {container_name_, container_no_, entry_.entry_no, entry_in_container_, 0, {place_.details, 0}};
}

position reading::at_innermost() const noexcept {
    switch (inside_) {
        case level::report:
        case level::statement:
        case level::notification:
            break;
        case level::container:
            return at_container();
        case level::entry:
            return at_entry();
        case level::details:
            return at_details();
        case level::payment:
        case level::direct_payment: {
            position at = at_payment();
            ++at.ordinal;  // it counts when it has ended
            return at;
        }
    }
    return {};
}

std::size_t reading::place_of(const value& item, const position& at) const noexcept {
    if (item.present) return item.offset;
    return at.entry != 0 ? entry_.begin : container_begin_;
}

void reading::opened(std::uint16_t which, std::size_t offset) {
    inside_ = static_cast<level>(which);
    switch (static_cast<level>(which)) {
        case level::report:
        case level::statement:
        case level::notification:
            if (saw_message_)
                report_.tell(rule::R01, severity::error, {}, below_document(which), offset, message_names[which],
                             "one message below Document");
            saw_message_ = true;
            kind_ = static_cast<message_kind>(which);
            container_name_ = container_names[which];
            if (file_.version.kind != kind_)
                report_.tell(rule::R01, severity::error, {}, below_document(which), offset, message_names[which],
                             "the message that the namespace names");
            if (kind_ == message_kind::report)
                report_.tell(rule::R05, severity::info, {}, below_document(which), offset, "camt.052", "camt.053 or camt.054");
            break;
        case level::container:
            ++container_no_;
            container_begin_ = offset;
            entry_in_container_ = 0;
            sums_ = {};
            break;
        case level::entry:
            entry_ = {};
            entry_.begin = offset;
            entry_.container_no = container_no_;
            entry_.entry_no = static_cast<std::uint32_t>(++file_.records["Ntry"]);
            ++entry_in_container_;
            entry_open_ = false;
            not_ours_told_ = false;
            details_in_entry_ = direct_payments_ = 0;
            break;
        case level::details:
            settle_waiting(false);
            open_entry();
            batch_ = {};
            place_ = {++details_in_entry_, 0};
            break;
        case level::payment:
            settle_waiting(false);
            open_entry();
            ++place_.in_details;
            break;
        case level::direct_payment:
            settle_waiting(false);
            open_entry();
            place_ = {0, ++direct_payments_};
            break;
    }
}

void reading::closed(std::uint16_t which, std::size_t begin, std::size_t end) {
    switch (static_cast<level>(which)) {
        case level::report:
        case level::statement:
        case level::notification:
            file_.id = document_.message.id.text;
            file_.created = document_.message.created.text;
            file_.page = inner(document_.message.page.text);
            if (file_.id.empty()) report_.tell(rule::R01, severity::warning, {}, message_id_path, begin, {}, "a message id");
            break;
        case level::container:
            container_closed(begin);
            inside_ = static_cast<level>(kind_);
            break;
        case level::entry:
            settle_waiting(entry_.payments == 0);
            open_entry();
            close_entry(begin, end);
            inside_ = level::container;
            break;
        case level::details:
            batch_rules();
            inside_ = level::entry;
            break;
        case level::payment:
            close_payment(entry_here().details.payment, begin, end);
            inside_ = level::details;
            break;
        case level::direct_payment:
            close_payment(entry_here().direct, begin, end);
            inside_ = level::entry;
            break;
    }
}

// Which of two would count is a guess: what decides over money is not guessed.
void reading::repeated(std::string_view name, std::size_t offset) {
    constexpr std::array deciding = std::to_array<std::string_view>(
        {"Amt",    "AmtDtls", "TxAmt", "CdtDbtInd", "Sts",  "RvslInd", "RmtdAmt", "CdtNoteAmt", "RfrdDocAmt",
         "TtlAmt", "Btch",    "ValDt", "BookgDt",   "Dt",   "DtTm",    "NtryRef", "RltdPties",  "CdtrAcct",
         "Id",     "Othr",    "IBAN",  "BBAN",      "Prxy", "Ref",     "Nb",      "CdtrRefInf", "CpyDplctInd"});
    const bool of_message = inside_ <= level::notification;
    const bool decides = std::find(deciding.begin(), deciding.end(), name) != deciding.end();
    if (!decides && !(of_message && name == "MsgId")) return;
    report_.tell(rule::R01, severity::error, at_innermost(), of_message ? message_id_path : name, offset, {},
                 "one element of this name");
}

// What is passed over may be payments.
void reading::foreign(std::string_view name, std::size_t offset) {
    report_.tell(rule::R01, severity::error, at_innermost(), name, offset, "another namespace", "that of Document");
}

std::optional<std::int64_t> reading::amount(const value& text, const value& currency, const position& at, std::string_view path) {
    const auto parsed = decimal_amount(text);
    if (text.present && !parsed && has_three_decimals(inner(currency.text)) && is_finer_than_ore(text)) {
        report_.tell(rule::R02, severity::warning, at, path, place_of(text, at), text.text, "two decimals: it is not counted");
        return std::nullopt;
    }
    if (!text.present || !parsed) {
        report_.tell(rule::R02, severity::error, at, path, place_of(text, at), text.text,
                     text.present ? parsed.error().text : "an amount");
        return std::nullopt;
    }
    if (*parsed < 0)
        report_.tell(rule::R02, severity::error, at, path, place_of(text, at), text.text, "an amount that is not negative");
    if (!is_currency(inner(currency.text)))
        report_.tell(rule::R02, severity::error, at, fmt::format("{}/@Ccy", path), place_of(text, at), currency.text,
                     "a currency");
    return *parsed < 0 ? std::nullopt : std::optional(*parsed);
}

bool reading::is_credit(const value& indicator, const position& at, std::string_view path, bool otherwise) {
    const std::string_view text = inner(indicator.text);
    if (text == "CRDT") return true;
    if (text == "DBIT") return false;
    report_.tell(rule::R03, severity::error, at, path, place_of(indicator, at), text, "CRDT or DBIT");
    return otherwise;
}

void reading::compare_currency(const value& found, std::string_view expected, const position& at, std::string_view path) {
    const std::string_view text = inner(found.text);
    if (is_currency(text) && is_currency(expected) && text != expected)
        report_.tell(rule::R10, severity::warning, at, path, found.offset, text, expected);
}

// ---- entries ----

// The header of an entry is whole when its details begin.
void reading::open_entry() {
    if (entry_open_) return;
    entry_open_ = true;
    const entry& data = entry_here();
    header_ = presence_of(data);
    entry_.container = &here();
    entry_.data = &data;
    const std::string_view status = inner(data.status.text);
    const std::string_view own_status = inner(data.status_proprietary.text);
    entry_.booked = status == "BOOK" || (!own_status.empty() && options_.policy.profile.booked_statuses.contains(own_status));
    if (!entry_.booked) {
        // Money that nobody knows to be booked or not must not pass in silence.
        const bool known = status == "PDNG" || status == "INFO" || status == "FUTR";
        report_.tell(rule::R04, known ? severity::info : severity::warning, at_entry(), "Sts",
                     place_of(data.status.present ? data.status : data.status_proprietary, at_entry()),
                     status.empty() ? own_status : status, known ? "BOOK" : "BOOK, PDNG, INFO or FUTR: compare with the bank");
    }
    entry_.credit = is_credit(data.indicator, at_entry(), "CdtDbtInd", true);
    entry_.reversal = is_true(data.reversal);
    entry_.currency = inner(data.currency.text);
    const auto stated = amount(data.amount, data.currency, at_entry(), "Amt");
    entry_.has_amount = stated.has_value();
    entry_.amount_ore = stated.value_or(0);
    compare_currency(data.currency, inner(here().account.currency.text), at_entry(), "Amt/@Ccy");
    sums_.amounts_known = sums_.amounts_known && stated.has_value();
    entry_.booking_date = day_of(data.booking_day, data.booking_moment);
    entry_.value_date = day_of(data.value_day, data.value_moment);
    if (!entry_.value_date) entry_.value_date = entry_.booking_date;
    if (entry_.booked) {
        plausible_date(data.booking_day, data.booking_moment, "BookgDt");
        plausible_date(data.value_day, data.value_moment, "ValDt");
    }
    entry_.from_reference = parse_entry_reference(inner(data.reference.text));
    if (into_ != nullptr) into_->entry_opened(entry_);
}

// The window is that of BgMax deposits (BGMAX-R35).
void reading::plausible_date(const value& day, const value& moment, std::string_view path) {
    constexpr date first_date{std::chrono::year(1997), std::chrono::January, std::chrono::day(1)};
    constexpr int most_days_ahead = 10;
    const value& told = day.present ? day : moment;
    if (!told.present) return;
    const std::string child = fmt::format("{}/{}", path, day.present ? "Dt" : "DtTm");
    const auto warn = [&](std::string_view expected) {
        report_.tell(rule::R04, severity::warning, at_entry(), child, told.offset, told.text, expected);
    };
    const auto read = day_of(day, moment);
    if (!read)
        warn("a date");
    else if (*read < first_date)
        warn("1997-01-01 or later");
    else if (options_.today && days_between(*options_.today, *read) > most_days_ahead)
        warn("at most ten days ahead");
}

void reading::close_entry(std::size_t begin, std::size_t end) {
    entry_.begin = begin;
    entry_.end = end;
    header_order();
    entry_rules();
    const std::int64_t ore = entry_.amount_ore;
    (entry_.credit ? sums_.credit_count : sums_.debit_count) += 1;
    (entry_.credit ? sums_.credits : sums_.debits) += ore;
    (entry_.credit ? file_.credits_ore : file_.debits_ore) += ore;
    if (entry_.booked) sums_.booked_net += entry_.credit ? ore : -ore;
    if (sums_.currency.empty()) sums_.currency = entry_.currency;
    sums_.one_currency = sums_.one_currency && sums_.currency == entry_.currency;
    if (into_ != nullptr) into_->entry_closed(entry_);
    if (options_.passed) options_.passed(begin);
}

// What stands behind the payments was not there when they were handed on.
void reading::header_order() {
    const entry_header_presence now = presence_of(entry_here());
    for (std::size_t i = 0; i < now.size(); ++i)
        if (now[i] && !header_[i])
            report_.tell(rule::R01, severity::error, at_entry(), header_values[i].path,
                         (entry_here().*header_values[i].member).offset, {}, "elements in order: this one before the payments");
}

void reading::entry_rules() {
    const entry& data = entry_here();
    if (entry_.payments != 0 && entry_.has_amounts && !(entry_.net_ore == entry_.amount_ore))
        report_.hold(rule::R10, at_entry(), "Amt", place_of(data.amount, at_entry()), fmt::format("{} öre", entry_.amount_ore),
                     fmt::format("{} öre, the sum of the payments", entry_.net_ore.text()));
    if (entry_.reversal && entry_.payments == 0)
        report_.hold(rule::R30, at_entry(), "RvslInd", place_of(data.reversal, at_entry()), "true",
                     "an entry that is no reversal");
}

void reading::batch_rules() {
    const details& data = entry_here().details;
    const std::string_view count = inner(data.batch_count.text);
    const std::uint64_t payments = batch_.payments + (waiting_.data != nullptr ? 1U : 0U);
    if (!count.empty() && payments != 0 && !is_number(count, payments))
        report_.hold(rule::R11, at_details(), "Btch/NbOfTxs", data.batch_count.offset, count,
                     fmt::format("{} payments", payments));
    if (!data.batch_total.present) return;
    const auto total = amount(data.batch_total, data.batch_currency, at_details(), "Btch/TtlAmt");
    if (!total || payments == 0 || !batch_.amounts_known || waiting_.data != nullptr) return;
    const bool as_entry = !data.batch_indicator.present ||
                          is_credit(data.batch_indicator, at_details(), "Btch/CdtDbtInd", entry_.credit) == entry_.credit;
    if (!(batch_.net == (as_entry ? *total : -*total)))
        report_.hold(rule::R11, at_details(), "Btch/TtlAmt", data.batch_total.offset, fmt::format("{} öre", *total),
                     fmt::format("{} öre, the sum of the payments", batch_.net.text()));
}

// ---- containers ----

// What says that this is one page of several; nothing when nothing does.
const value* reading::sign_of_pages(const value& page, const value& last) noexcept {
    if (last.present && !is_true(last)) return &last;
    return page.present && !is_number(inner(page.text), 1) ? &page : nullptr;
}

// Of the whole message it is told once, of a container for each.
bool reading::one_of_several_pages() {
    const message& whole = document_.message;
    const auto tell = [&](const value& found, const position& at, std::string_view pagination, bool last) {
        report_.tell(rule::R23, severity::warning, at, fmt::format("{}/{}", pagination, last ? "LastPgInd" : "PgNb"),
                     found.offset, "one page of several", "a whole message");
    };
    if (const value* const found = sign_of_pages(whole.page, whole.last_page); found != nullptr) {
        if (container_no_ == 1) tell(*found, {}, "GrpHdr/MsgPgntn", found == &whole.last_page);
        return true;
    }
    const value* const found = sign_of_pages(here().page, here().last_page);
    if (found != nullptr) tell(*found, at_container(), fmt::format("{}Pgntn", container_name_), found == &here().last_page);
    return found != nullptr;
}

void reading::container_closed(std::size_t begin) {
    const container& item = here();
    if (file_.containers.size() == max_containers) {
        report_.tell(rule::R01, severity::error, at_container(), {}, begin, "more accounts than the limit",
                     fmt::format("at most {}", max_containers));
    } else if (file_.containers.size() < max_containers) {
        const camt::account& of = item.account;
        const value& number = of.iban.present ? of.iban : of.bban.present ? of.bban : of.other;
        file_.containers.push_back({std::string(inner(item.id.text)), std::string(inner(number.text)),
                                    std::string(inner(of.currency.text)), std::string(inner(item.electronic_number.text)),
                                    std::string(inner(item.legal_number.text)), std::string(inner(item.created.text)),
                                    std::string(inner(item.page.text)), day_about(item), is_copy(item), begin});
    }
    if (is_copy(item))
        report_.tell(rule::R20, severity::info, at_container(), "CpyDplctInd", item.copy.offset, item.copy.text,
                     "an original: nothing of a copy is booked");
    ++file_.records[std::string(container_name_)];
    if (one_of_several_pages()) return;
    summary_rules();
    if (kind_ == message_kind::statement) balance_rule();
}

void reading::summary_count(const value& stated, std::uint64_t counted, std::string_view path) {
    if (stated.present && !is_number(inner(stated.text), counted))
        report_.hold(rule::R12, at_container(), path, stated.offset, stated.text, fmt::format("{} entries", counted));
}

// Sums have no currency of their own.
bool reading::may_be_finer_than_ore() const noexcept {
    return !sums_.one_currency || has_three_decimals(sums_.currency);
}

void reading::summary_sum(const value& stated, const ore_sum& counted, std::string_view path) {
    if (!stated.present) return;
    const auto parsed = decimal_amount(stated);
    if (!parsed) {
        if (may_be_finer_than_ore() && is_finer_than_ore(stated)) return;
        report_.tell(rule::R02, severity::error, at_container(), path, stated.offset, stated.text, parsed.error().text);
    } else if (sums_.amounts_known && sums_.one_currency && !(counted == *parsed)) {
        report_.hold(rule::R12, at_container(), path, stated.offset, stated.text,
                     fmt::format("{} öre, the sum of the entries", counted.text()));
    }
}

void reading::summary_rules() {
    const summary& stated = here().summary;
    ore_sum all = sums_.credits;
    all += sums_.debits;
    summary_count(stated.count, sums_.credit_count + sums_.debit_count, "TxsSummry/TtlNtries/NbOfNtries");
    summary_sum(stated.sum, all, "TxsSummry/TtlNtries/Sum");
    summary_count(stated.credit_count, sums_.credit_count, "TxsSummry/TtlCdtNtries/NbOfNtries");
    summary_sum(stated.credit_sum, sums_.credits, "TxsSummry/TtlCdtNtries/Sum");
    summary_count(stated.debit_count, sums_.debit_count, "TxsSummry/TtlDbtNtries/NbOfNtries");
    summary_sum(stated.debit_sum, sums_.debits, "TxsSummry/TtlDbtNtries/Sum");
    if (!stated.net.present) return;
    // The net is written without sign, its direction beside it.
    const auto net = decimal_amount(stated.net);
    const bool credit =
        !stated.net_indicator.present || is_credit(stated.net_indicator, at_container(), "TxsSummry/TtlNtries", true);
    ore_sum counted = credit ? sums_.credits : sums_.debits;
    ore_sum off = credit ? sums_.debits : sums_.credits;
    if (!net) {
        if (may_be_finer_than_ore() && is_finer_than_ore(stated.net)) return;
        report_.tell(rule::R02, severity::error, at_container(), "TxsSummry/TtlNtries", stated.net.offset, stated.net.text,
                     net.error().text);
        return;
    }
    off += *net;
    if (sums_.amounts_known && sums_.one_currency && !(counted == off))
        report_.hold(rule::R12, at_container(), "TxsSummry/TtlNtries", stated.net.offset, stated.net.text, "credits less debits");
}

std::string reading::path_of(const balance& item, std::string_view child) const {
    return fmt::format("Bal[{}]/{}", &item - here().balances.begin() + 1, child);
}

std::optional<std::int64_t> reading::signed_balance(const balance& item) {
    const auto ore = amount(item.amount, item.currency, at_container(), path_of(item, "Amt"));
    if (!ore) return std::nullopt;
    return is_credit(item.indicator, at_container(), path_of(item, "CdtDbtInd"), true) ? *ore : -*ore;
}

// The first opening and the last closing balance of each currency.
void reading::balance_rule() {
    struct pair {
        const balance* opening = nullptr;
        const balance* closing = nullptr;
    };
    std::map<std::string_view, pair> by_currency;
    for (const balance& each : here().balances) {
        const std::string_view type = inner(each.type.text);
        pair& of = by_currency[inner(each.currency.text)];
        if (type == "OPBD" && of.opening == nullptr) of.opening = &each;
        if (type == "CLBD") of.closing = &each;
    }
    for (const auto& [currency, of] : by_currency)
        if (of.opening != nullptr && of.closing != nullptr) balance_rule(*of.opening, *of.closing);
}

// Both of one currency.
void reading::balance_rule(const balance& opening, const balance& closing) {
    const auto before = signed_balance(opening);
    const auto after = signed_balance(closing);
    if (!before || !after || !sums_.amounts_known) return;
    ore_sum reached = sums_.booked_net;
    reached += *before;
    const bool comparable = sums_.currency.empty() || (sums_.one_currency && sums_.currency == inner(opening.currency.text));
    if (comparable && !(reached == *after))
        report_.hold(rule::R13, at_container(), path_of(closing, "Amt"), closing.amount.offset, closing.amount.text,
                     fmt::format("{} öre, the opening balance with the entries", reached.text()));
}

}  // namespace brygga::camt::detail
