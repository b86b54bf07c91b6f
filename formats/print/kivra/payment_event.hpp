// Payment events that Kivra posts to our webhook (kivra.md section 3.4). An event is information: the ledger books money from
// files of the bank.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"

namespace brygga::kivra {

enum class event_type : std::uint8_t {
    payment_callback,  // and payment_callback_retry, which is deprecated
    invoice_declined,
    unknown,  // a type that Kivra has added: to be acknowledged, and nothing else
};

enum class payment_way : std::uint8_t { instant, bank, autogiro };

enum class payment_progress : std::uint8_t { scheduled, settled, failed };

// What is not there is empty.
struct payment_event {
    std::string id;  // events come at least once: the same id is the same event
    std::chrono::sys_seconds timestamp;
    event_type type{};
    std::string content_key;
    std::optional<payment_way> way;            // of payment_callback
    std::optional<payment_progress> progress;  // of payment_callback
    std::optional<std::chrono::sys_seconds> event_time;
    std::optional<std::int64_t> amount_ore;  // of payment_callback
    std::string currency;
    std::optional<date> due_date, pay_date;
    std::string destination_account_type, destination_account;
    std::string remittance_type, remittance_string;
    std::string option_title, option_id;
    std::string swish_alias, swish_payment_reference;
    std::string content_type;  // of invoice_declined
};

inline constexpr std::size_t max_event_bytes = std::size_t{64} << 10;

// Of the raw body, after webhook.hpp has verified it. Members that are unknown are nobody's business. invalid_content with the
// path of the member, never its value; limit_exceeded.
[[nodiscard]] result<payment_event> read_payment_event(std::string_view body);

}  // namespace brygga::kivra
