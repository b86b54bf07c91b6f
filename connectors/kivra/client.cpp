#include "connectors/kivra/client.hpp"

#include <utility>

#include <fmt/format.h>

#include "formats/core/base64.hpp"
#include "formats/core/sha256.hpp"
#include "formats/print/kivra/rules.hpp"

namespace brygga::kivra {

using https::service_answer;
using https::service_request;
using https::verb;
using transfer::fault;

namespace {

constexpr long first_good = 200, first_refusal = 300, first_error = 400, status_unauthorized = 401;
constexpr const char* correlation = "x-correlation-id";
constexpr const char* error_code_header = "x-error-code";
constexpr const char* retry_after = "retry-after";
constexpr const char* object_key = "kivra-objkey";
constexpr const char* retained = "kivra-retained";
constexpr std::size_t most_small_answer = std::size_t{1} << 20, most_match_answer = std::size_t{32} << 20,
                      longest_correlation = 128;
constexpr int too_large = 41'300;

bool good(const service_answer& answer) {
    return answer.status >= first_good && answer.status < first_refusal;
}

std::string header_of(const service_answer& answer, const char* name) {
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string() : found->second;
}

// Stored and shown: nothing but letters, digits and signs, and not longer than an id is.
std::string correlation_of(const service_answer& answer) {
    std::string kept;
    for (const char c : header_of(answer, correlation)) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
        if (plain && kept.size() < longest_correlation) kept += c;
    }
    return kept;
}

https::settings settings_of(const client_settings& with) {
    https::settings made;
    made.url = with.url;
    made.ca_file = with.ca_file;
    made.connect_within = with.connect_within;
    made.answer_within = with.answer_within;
    return made;
}

std::string json_header() {
    return "Content-Type: application/json";
}

failure another_answer(const service_answer& answer, std::string text) {
    return {action::hold, 0, std::move(text), std::nullopt, false, correlation_of(answer)};
}

}  // namespace

client::client(client_settings with, clock now, std::stop_token stop)
    : with_(std::move(with)),
      now_(std::move(now)),
      stop_(std::move(stop)),
      service_(settings_of(with_), with_.answer_within, stop_),
      limit_(with_.contents_in_a_minute) {}

answered<void> client::log_in() {
    const std::string form = token_form();
    service_request asks;
    asks.what = "log in to Kivra";
    asks.by = verb::post;
    asks.path = "v1/auth";
    asks.headers = {"Content-Type: application/x-www-form-urlencoded",
                    "Authorization: Basic " + in_base64(fmt::format("{}:{}", with_.client_id, with_.client_secret))};
    asks.body = form;
    asks.wanted_headers = {correlation, error_code_header, retry_after};
    const auto answer = service_.ask(asks);
    if (!answer) {
        failure why = not_answered(answer.error());
        why.outcome_unknown = false;  // no content was in it
        return tl::unexpected(std::move(why));
    }
    if (!good(*answer)) {
        failure why = refused(*answer);
        // A login that is refused is refused for every document.
        if (why.what_to_do != action::retry && why.what_to_do != action::conf) why.what_to_do = action::auth;
        return tl::unexpected(std::move(why));
    }
    auto read = read_token(answer->body);
    if (!read) return tl::unexpected(failure{action::auth, 0, std::move(read.error().text), {}, false, correlation_of(*answer)});
    constexpr int renew_tenths = 9, tenths = 10;
    token_ = token{std::move(read->text), now_() + read->expires_in * renew_tenths / tenths};
    return {};
}

answered<service_answer> client::call_once(service_request what) {
    if (!token_ || now_() >= token_->renew_at)
        if (auto known = log_in(); !known) return tl::unexpected(std::move(known.error()));
    what.headers.push_back("Authorization: Bearer " + token_->text);
    what.wanted_headers.insert(what.wanted_headers.end(), {correlation, error_code_header, retry_after});
    auto answer = service_.ask(what);
    if (!answer) return tl::unexpected(not_answered(answer.error()));
    return std::move(*answer);
}

answered<service_answer> client::call(const service_request& what) {
    auto answer = call_once(what);
    if (!answer || answer->status < first_error) return answer;
    // Kivra says 401 of a recipient without relation to the tenant as well.
    const action what_to_do = read_refusal(answer->status, answer->body, header_of(*answer, error_code_header)).what_to_do;
    const bool token_refused =
        what_to_do == action::auth || (answer->status == status_unauthorized && what_to_do != action::print);
    if (!token_refused) return answer;
    token_.reset();
    return call_once(what);
}

failure client::refused(const service_answer& answer) {
    const error_info said = read_refusal(answer.status, answer.body, header_of(answer, error_code_header));
    failure made{said.what_to_do,
                 said.code,
                 fmt::format("Kivra refuses with code {}: {}", said.code, said.meaning),
                 std::nullopt,
                 said.outcome_unknown,
                 correlation_of(answer)};
    if (made.what_to_do == action::retry) {
        const auto told = read_retry_after(header_of(answer, retry_after), now_());
        if (const auto wait = told.value_or(said.wait); wait.count() != 0) made.due = now_() + wait;
    }
    return made;
}

failure client::not_answered(const https::service_error& why) const {
    failure made{action::retry, 0, "Kivra did not answer: " + why.why.text, std::nullopt, why.maybe_done, {}};
    // What never heals by itself, such as a certificate that nobody trusts, stops the run.
    const bool unsure = why.maybe_done && (why.why.what == fault::bad_answer || why.why.what == fault::too_large);
    if (!transfer::retryable(why.why.what) && why.why.what != fault::stopped && !unsure) made.what_to_do = action::conf;
    return made;
}

bool client::tenant_is_there() {
    service_request asks;
    asks.what = "look for the tenant";
    asks.path = "v2/tenant/" + with_.tenant_key;
    const auto answer = call(asks);
    return answer && good(*answer);
}

answered<match_result> client::match(match_kind kind, std::span<const match_candidate> candidates) {
    const auto lists = match_requests_for(candidates, with_.matches);
    if (!lists) return tl::unexpected(failure{action::fix, 0, lists.error().text, {}, false, {}});
    match_result made;
    made.withheld = lists->withheld;
    made.at = now_();
    for (const match_request& each : lists->requests) {
        service_request asks;
        asks.what = "match";
        asks.by = verb::post;
        asks.path = fmt::format("v2/tenant/{}/{}", with_.tenant_key, path_of(kind));
        asks.headers = {json_header()};
        asks.body = each.json;
        asks.most_answer_bytes = most_match_answer;
        const auto answer = call(asks);
        if (!answer || !good(*answer)) {
            failure why = answer ? refused(*answer) : answer.error();
            why.outcome_unknown = false;  // a question changes nothing
            // It is asked below the tenant's address: what is not found is the tenant.
            if (why.what_to_do == action::ask_tenant) why.what_to_do = action::conf;
            return tl::unexpected(std::move(why));
        }
        const auto matched = read_match_answer(answer->body, each.asked);
        if (!matched) return tl::unexpected(another_answer(*answer, matched.error().text));
        made.matched.insert(made.matched.end(), matched->begin(), matched->end());
        made.asked += each.asked.size();
    }
    return made;
}

// What is refused before Kivra is asked. `recipient` becomes whom it goes to.
std::optional<failure> client::stopped_here(const job& what, std::string& recipient) {
    if (const auto large = check_size(what.json))
        return failure{action::print,    too_large, fmt::format("the content has {} (KIV-R07)", large->found), {},
                       what.maybe_taken, {}};
    const auto read = read_content(what.json);
    if (!read) return failure{action::fix, 0, read.error().text, {}, what.maybe_taken, {}};
    if (!what.sha256.empty() && what.sha256 != sha256_hex(what.json))
        return failure{action::hold, 0, "the content is not the one that was sent first (KIV-R10)", {}, what.maybe_taken, {}};
    if (what.maybe_taken && !pause_after(what.attempts))
        return failure{action::hold, 0, "the content was tried as often as it may be (KIV-R11)", {}, what.maybe_taken, {}};
    recipient = read->to.ssn + read->to.email + read->to.vat_number;
    const auto due = limit_.due(recipient, now_());
    if (due) return failure{action::retry, 0, "the recipient has got what Kivra allows in a minute", due, what.maybe_taken, {}};
    return std::nullopt;
}

// After an attempt that Kivra did not decide. What it certainly has not taken is tried for as long as that lasts: an hour without
// Kivra is not a thousand letters for a person. From the first attempt on whose outcome nobody knows, the repeats are counted.
failure client::later(job& what, failure why) const {
    if (why.outcome_unknown && !what.maybe_taken) what.attempts = 0;
    ++what.attempts;
    what.maybe_taken = what.maybe_taken || why.outcome_unknown;
    why.outcome_unknown = what.maybe_taken;
    const auto pause = pause_after(what.attempts);
    if (!pause && what.maybe_taken) {
        why.what_to_do = action::hold;
        why.due.reset();
        why.text += "; tried as often as it may be (KIV-R11)";
    } else if (!why.due) {
        why.due = now_() + pause.value_or(repeat_pauses.back());
    }
    return why;
}

answered<sent_content> client::send(job& what) {
    std::string recipient;
    if (auto stopped = stopped_here(what, recipient)) return tl::unexpected(std::move(*stopped));
    what.sha256 = sha256_hex(what.json);
    service_request asks;
    asks.what = "send";
    asks.by = verb::post;
    asks.path = fmt::format("v2/tenant/{}/content", with_.tenant_key);
    asks.headers = {json_header()};
    asks.body = what.json;
    asks.wanted_headers = {object_key, retained};
    asks.most_answer_bytes = most_small_answer;
    const auto answer = call(asks);
    if (answer || answer.error().outcome_unknown) limit_.sent(recipient, now_());
    if (!answer) {
        // The answer can be lost to something that does not heal: what may have been taken is still not printed.
        failure why = answer.error();
        if (why.outcome_unknown) why.what_to_do = action::retry;
        if (why.what_to_do != action::retry) {
            why.outcome_unknown = what.maybe_taken;
            return tl::unexpected(std::move(why));
        }
        return tl::unexpected(later(what, std::move(why)));
    }
    if (good(*answer)) {
        const content_answer told{header_of(*answer, object_key), header_of(*answer, retained) == "true"};
        const delivery outcome = judge(told);
        return sent_content{outcome, outcome == delivery::sent_unconfirmed ? "" : told.object_key, correlation_of(*answer)};
    }
    failure why = refused(*answer);
    if (why.what_to_do == action::retry) return tl::unexpected(later(what, std::move(why)));
    if (why.what_to_do == action::ask_tenant) why.what_to_do = tenant_is_there() ? action::print : action::conf;
    why.outcome_unknown = what.maybe_taken;
    // Kivra may have taken it before, when nobody heard the answer: paper would be a second letter.
    if (why.what_to_do == action::print && what.maybe_taken) why.what_to_do = action::hold;
    return tl::unexpected(std::move(why));
}

}  // namespace brygga::kivra
