#include "formats/print/kivra/payment_event.hpp"

#include "formats/core/swedish_time.hpp"
#include "formats/print/kivra/detail/members.hpp"

namespace brygga::kivra {

namespace {

using detail::faults;
using detail::members;

// A time without zone is read as UTC (section 2).
std::optional<std::chrono::sys_seconds> moment(members& of, const char* name, bool needed) {
    const auto text = of.text(name, needed);
    if (!text) return std::nullopt;
    const auto read = parse_moment(*text);
    if (!read) {
        of.fault(name, "is no time");
        return std::nullopt;
    }
    return read->clock - read->ahead_of_utc.value_or(std::chrono::minutes(0));
}

event_type type_of(std::string_view name) {
    if (name == "payment_callback" || name == "payment_callback_retry") return event_type::payment_callback;
    return name == "invoice_declined" ? event_type::invoice_declined : event_type::unknown;
}

void read_callback(members& of, payment_event& into) {
    const std::string way = of.needed_text("payment_type"), progress = of.needed_text("payment_event");
    if (way == "instant") into.way = payment_way::instant;
    if (way == "bank") into.way = payment_way::bank;
    if (way == "autogiro") into.way = payment_way::autogiro;
    if (!into.way) of.fault("payment_type", "is unknown");
    if (progress == "scheduled") into.progress = payment_progress::scheduled;
    if (progress == "settled") into.progress = payment_progress::settled;
    if (progress == "failed") into.progress = payment_progress::failed;
    if (!into.progress) of.fault("payment_event", "is unknown");
    into.amount_ore = of.amount("amount", true);
    into.currency = of.needed_text("currency");
    into.pay_date = of.day("pay_date");
    into.destination_account_type = of.text_or_empty("destination_account_type");
    into.destination_account = of.text_or_empty("destination_account");
    into.option_title = of.text_or_empty("option_title");
    into.option_id = of.text_or_empty("option_id");
    into.swish_alias = of.text_or_empty("swish_alias");
    into.swish_payment_reference = of.text_or_empty("swish_payment_reference");
}

void read_data(members of, payment_event& into) {
    into.content_key = of.needed_text("content_key");
    into.event_time = moment(of, "event_time", true);
    into.due_date = of.day("due_date");
    into.remittance_type = of.text_or_empty("remittance_type");
    into.remittance_string = of.text_or_empty("remittance_string");
    if (into.type == event_type::payment_callback)
        read_callback(of, into);
    else
        into.content_type = of.text_or_empty("content_type");
}

}  // namespace

result<payment_event> read_payment_event(std::string_view body) {
    if (body.size() > max_event_bytes) return fail(error_code::limit_exceeded, "a payment event is larger than what is read");
    const nlohmann::json all = nlohmann::json::parse(body, nullptr, false);
    if (all.is_discarded()) return fail(error_code::invalid_content, "a payment event is no JSON");
    faults found;
    members of(all, "", found);
    payment_event made;
    made.id = of.needed_text("id");
    if (made.id.empty()) of.fault("id", "is empty");
    made.timestamp = moment(of, "timestamp", true).value_or(std::chrono::sys_seconds{});
    made.type = type_of(of.needed_text("type"));
    const nlohmann::json* const data = of.find("data", true);
    if (data != nullptr && made.type != event_type::unknown) read_data(members(*data, "/data", found), made);
    if (found.first) return tl::unexpected(found.as_error("a payment event"));
    return made;
}

}  // namespace brygga::kivra
