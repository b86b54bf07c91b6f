#include "tests/kivra/kivra_double.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "formats/core/base64.hpp"
#include "tests/transfer/certificates.hpp"

namespace brygga::kivra::test {

using nlohmann::json;

kivra_double::kivra_double(client::clock now) : now_(std::move(now)) {
    using transfer::test::made_out;
    const auto& shown = transfer::test::test_certificate(made_out::to_server);
    server_ = std::make_unique<httplib::SSLServer>(shown.chain.c_str(), shown.key.c_str());
    server_->set_payload_max_length(std::size_t{64} << 20);
    server_->set_pre_routing_handler([this](const httplib::Request& asks, httplib::Response& answer) {
        const std::lock_guard held(lock_);
        answer.set_header("x-correlation-id", "corr-" + std::to_string(++count_));
        requests_.push_back(asks.method + " " + asks.path);
        return httplib::Server::HandlerResponse::Unhandled;
    });
    using handler = void (kivra_double::*)(const httplib::Request&, httplib::Response&);
    const auto with_trouble = [this](handler does) {
        return [this, does](const httplib::Request& asks, httplib::Response& answer) {
            const auto by = trouble_for(asks.path);
            if (!by || by->how != trouble::refuses) (this->*does)(asks, answer);
            if (by) spoil(*by, answer);
        };
    };
    server_->Post("/v1/auth", with_trouble(&kivra_double::log_in));
    server_->Post(R"(/v2/tenant/(\w+)/(usermatch|companymatch)/(\w+))", with_trouble(&kivra_double::match));
    server_->Post(R"(/v2/tenant/(\w+)/content)", with_trouble(&kivra_double::take));
    server_->Get(R"(/v2/tenant/(\w+))", [this](const httplib::Request& asks, httplib::Response& answer) {
        if (comes_in(asks, answer)) answer.set_content(R"({"name":"Provstads Energi"})", "application/json");
    });
    port_ = server_->bind_to_any_port("127.0.0.1");
    thread_ = std::jthread([this] { server_->listen_after_bind(); });
    while (!server_->is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

kivra_double::~kivra_double() {
    {
        const std::lock_guard held(lock_);
        closing_ = true;
    }
    closing_changed_.notify_all();
    server_->stop();
}

client_settings kivra_double::settings() const {
    client_settings made;
    made.url = fmt::format("https://127.0.0.1:{}", port_);
    made.ca_file = transfer::test::test_certificate(transfer::test::made_out::to_authority).chain;
    made.client_id = "provstad";
    made.client_secret = "top-secret";
    made.tenant_key = tenant;
    return made;
}

void kivra_double::plan(planned next) {
    const std::lock_guard held(lock_);
    plans_.push_back(std::move(next));
}

void kivra_double::revoke_tokens() {
    const std::lock_guard held(lock_);
    tokens_.clear();
}

std::vector<kivra_double::letter> kivra_double::delivered() const {
    const std::lock_guard held(lock_);
    std::vector<letter> all;
    for (const auto& [content, each] : letters_)
        all.push_back(each);
    return all;
}

std::vector<std::string> kivra_double::requests() const {
    const std::lock_guard held(lock_);
    return requests_;
}

std::optional<planned> kivra_double::trouble_for(const std::string& path) {
    const std::lock_guard held(lock_);
    const auto found = std::find_if(plans_.begin(), plans_.end(), [&](const planned& each) { return path.ends_with(each.path); });
    if (found == plans_.end()) return std::nullopt;
    const planned by = *found;
    if (--found->times == 0) plans_.erase(found);
    return by;
}

void kivra_double::spoil(const planned& by, httplib::Response& answer) {
    switch (by.how) {
        case trouble::refuses:
            answer.status = by.status;
            answer.set_content(by.body, "application/json");
            if (!by.retry_after.empty()) answer.set_header("Retry-After", by.retry_after);
            break;
        case trouble::hangs: {
            std::unique_lock held(lock_);
            closing_changed_.wait_for(held, std::chrono::seconds(10), [this] { return closing_; });
            break;
        }
        case trouble::half_answer:
            answer.body.clear();
            answer.headers.erase("Content-Type");
            answer.set_content_provider(1000, "application/json", [](std::size_t, std::size_t, httplib::DataSink& to) {
                to.write("{\"", 2);
                return false;
            });
            break;
        case trouble::no_key:
            answer.headers.erase("kivra-objkey");
            break;
        case trouble::retains:
            answer.set_header("kivra-retained", "true");
            break;
    }
}

void kivra_double::refuse(httplib::Response& answer, int code, const std::string& retry_after) const {
    answer.status = code / 100;
    json body = {{"short_message", "no"}, {"long_message", "Refused for 191212121212 Anna Exempel"}};
    if (codes_as_text)
        body["code"] = std::to_string(code);
    else
        body["code"] = code;
    answer.set_content(body.dump(), "application/json");
    answer.set_header("x-error-code", std::to_string(code));
    if (!retry_after.empty()) answer.set_header("Retry-After", retry_after);
}

void kivra_double::log_in(const httplib::Request& asks, httplib::Response& answer) {
    if (asks.get_header_value("Authorization") != "Basic " + in_base64("provstad:top-secret")) return refuse(answer, 40104);
    if (asks.body != "grant_type=client_credentials") return refuse(answer, 40001);
    const std::lock_guard held(lock_);
    const std::string made = fmt::format("token-{}", tokens_.size() + requests_.size());
    tokens_[made] = now_() + token_life;
    answer.set_content(
        json{{"state", ""}, {"access_token", made}, {"expires_in", token_life.count()}, {"token_type", "bearer"}}.dump(),
        "application/json");
}

bool kivra_double::comes_in(const httplib::Request& asks, httplib::Response& answer) {
    std::string token = asks.get_header_value("Authorization");
    {
        const std::lock_guard held(lock_);
        const auto known = token.starts_with("Bearer ") ? tokens_.find(token.substr(7)) : tokens_.end();
        if (known == tokens_.end() || known->second <= now_()) {
            refuse(answer, 40100);
            return false;
        }
    }
    if (asks.matches[1] == tenant) return true;
    refuse(answer, 40400);
    return false;
}

void kivra_double::match(const httplib::Request& asks, httplib::Response& answer) {
    if (!comes_in(asks, answer)) return;
    if (asks.body.size() > 10'000'000) return refuse(answer, 41300);
    const json all = json::parse(asks.body, nullptr, false);
    if (!all.is_object() || !all.contains("list")) return refuse(answer, 40000);
    json found = json::array();
    // The other way round: the order is not promised.
    for (auto each = all["list"].rbegin(); each != all["list"].rend(); ++each)
        if (mailboxes.contains(each->get<std::string>())) found.push_back(*each);
    answer.set_content(json{{"list", found}}.dump(), "application/json");
}

void kivra_double::take(const httplib::Request& asks, httplib::Response& answer) {
    if (!comes_in(asks, answer)) return;
    if (asks.body.size() > 1'000'000) return refuse(answer, 41300);
    json all = json::parse(asks.body, nullptr, false);
    if (all.is_discarded()) return refuse(answer, 40008);
    if (!all.is_object()) return refuse(answer, 40026);
    const auto read = read_content(asks.body);
    if (!read) return refuse(answer, 40059);
    const std::string recipient = read->to.ssn + read->to.email + read->to.vat_number;
    if (!mailboxes.contains(recipient)) return refuse(answer, 40400);
    const std::lock_guard held(lock_);
    auto& lately = minute_[recipient];
    while (!lately.empty() && lately.front() + std::chrono::seconds(60) <= now_())
        lately.pop_front();
    if (lately.size() >= contents_in_a_minute) return refuse(answer, 42900);
    lately.push_back(now_());
    all.erase("generated_at");
    const auto [at, first] =
        letters_.emplace(all.dump(), letter{recipient, fmt::format("1796011811{:032x}", letters_.size() + 1)});
    if (!first) ++at->second.times;
    answer.status = 201;
    answer.set_header("kivra-objkey", at->second.key);
    answer.set_content(json{{"subject", all["subject"]}, {"type", all["type"]}}.dump(), "application/json");
}

}  // namespace brygga::kivra::test
