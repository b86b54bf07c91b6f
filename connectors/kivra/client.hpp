// A client of Kivra's sender API (kivra.md): who has a mailbox, and content to one recipient.
//
//     kivra::client kivra({.url = "https://sender.api.kivra.com", .client_id = ..., .client_secret = ..., .tenant_key = ...});
//     kivra::job letter{.json = *kivra::write_content(content)};
//     const auto sent = kivra.send(letter);   // store letter.attempts and letter.sha256 with the document
//
// Never sleeps: what is to be tried again comes back with the moment when it is due, for the caller to keep.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "connectors/https/service.hpp"
#include "connectors/kivra/pauses.hpp"
#include "formats/print/kivra/answers.hpp"
#include "formats/print/kivra/content.hpp"
#include "formats/print/kivra/match.hpp"

namespace brygga::kivra {

struct client_settings {
    std::string url = "https://sender.api.kivra.com";
    std::filesystem::path ca_file;  // the system's authorities if empty; Kivra's certificates change often and are not pinned
    std::string client_id, client_secret;
    std::string tenant_key;
    std::chrono::milliseconds connect_within{10'000}, answer_within{60'000};  // the latter for a whole call
    match_limits matches;
    std::size_t contents_in_a_minute = 50;  // to one recipient
};

// Why something was not done.
struct failure {
    action what_to_do{};                          // never ask_tenant: the client has asked
    int code{};                                   // Kivra's, five digits; 0 where it did not answer
    std::string text;                             // one sentence without personal data
    std::optional<std::chrono::sys_seconds> due;  // of retry: not before
    bool outcome_unknown = false;                 // Kivra may have taken the content: never print it by itself (KIV-R11)
    std::string correlation_id;                   // x-correlation-id, to ask Kivra by; empty without an answer
};

template <class T>
using answered = tl::expected<T, failure>;

struct match_result {
    std::vector<std::string> matched;  // in the order in which they were asked for
    std::size_t asked{}, withheld{};   // protected candidates are withheld (KIV-R01)
    std::chrono::sys_seconds at;       // for KIV-R09
};

// One content with what must be stored beside it from the first attempt on.
struct job {
    std::string json;          // of write_content; repeats send these bytes (KIV-R10)
    std::string sha256{};      // of the json that was sent first; empty before
    unsigned attempts = 0;     // that led to "later"; once Kivra may have taken it, counted anew from that one
    bool maybe_taken = false;  // by one of these attempts
};

struct sent_content {
    delivery outcome{};
    std::string object_key;  // of the content; empty when unconfirmed (KIV-R13)
    std::string correlation_id;
};

// Not thread-safe: one connection with its token. Several at a time are several clients.
class client {
 public:
    using clock = std::function<std::chrono::sys_seconds()>;

    client(client_settings with, clock now, std::stop_token stop = {});

    // In as few requests as the limits allow; all of it or a failure.
    [[nodiscard]] answered<match_result> match(match_kind kind, std::span<const match_candidate> candidates);

    // One attempt. `what` is changed: store it before the next one. Refused here, without asking Kivra: more bytes than
    // max_content_bytes (KIV-R07: print), a text that read_content refuses (fix), other bytes than at first (KIV-R10: hold), more
    // than contents_in_a_minute (retry, not counted). What Kivra may have taken is hold after the last pause of KIV-R11; what it
    // has not is tried on, at that pause.
    [[nodiscard]] answered<sent_content> send(job& what);

 private:
    struct token {
        std::string text;
        std::chrono::sys_seconds renew_at;
    };

    answered<void> log_in();
    // With a token, which is renewed once when Kivra does not take it.
    answered<https::service_answer> call(const https::service_request& what);
    answered<https::service_answer> call_once(https::service_request what);
    failure refused(const https::service_answer& answer);
    failure not_answered(const https::service_error& why) const;
    failure later(job& what, failure why) const;
    std::optional<failure> stopped_here(const job& what, std::string& recipient);
    bool tenant_is_there();

    client_settings with_;
    clock now_;
    std::stop_token stop_;
    https::service service_;
    std::optional<token> token_;
    recipient_limit limit_;
};

}  // namespace brygga::kivra
