#include "connectors/service/alarm_channel.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "connectors/notify/post.hpp"
#include "connectors/service/alarm_hook.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::service {

namespace {

class command_channel final : public alarm_channel {
 public:
    explicit command_channel(const config::alarm_settings& how) : words_(how.command), within_(how.command_within) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "command"; }
    [[nodiscard]] std::string address() const override { return fmt::format("command {}", fmt::join(words_, " ")); }
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token& stop) override {
        return run_hook(words_, to_json(item, over) + '\n', within_, stop);
    }

 private:
    std::vector<std::string> words_;
    std::chrono::milliseconds within_;
};

class webhook_channel final : public alarm_channel {
 public:
    webhook_channel(config::alarm_webhook to, filedrop::file_system& files) : to_(std::move(to)), files_(files) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "webhook"; }
    [[nodiscard]] std::string address() const override { return fmt::format("webhook {}", to_.url); }
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token& stop) override {
        const auto token = secrets::read(to_.token, files_);
        if (!token) return tl::unexpected(token.error());
        notify::post_settings post;
        post.url = to_.url;
        post.ca_file = to_.ca_file;
        post.token = token->text();
        return notify::post_json(post, to_json(item, over), stop);
    }

 private:
    config::alarm_webhook to_;
    filedrop::file_system& files_;
};

// What it is made of are names and ids of ours: this only makes sure.
std::string in_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

class mail_channel final : public alarm_channel {
 public:
    mail_channel(config::alarm_mail to, filedrop::file_system& files) : to_(std::move(to)), files_(files) {}
    [[nodiscard]] std::string_view name() const noexcept override { return "mail"; }
    [[nodiscard]] std::string address() const override { return fmt::format("mail {}", fmt::join(to_.to, " ")); }
    [[nodiscard]] result<void> tell(const alarm& item, bool over, const std::stop_token& stop) override {
        const auto password = secrets::read(to_.password, files_);
        if (!password) return tl::unexpected(password.error());
        notify::post_settings by;
        by.url = to_.server;
        by.ca_file = to_.ca_file;
        by.user = to_.user;
        by.password = password->text();
        return notify::send_mail(by, text_of(item, over), stop);
    }

 private:
    [[nodiscard]] notify::mail_text text_of(const alarm& item, bool over) const {
        using namespace std::chrono;
        const auto now = system_clock::now();
        const auto unique = fmt::format("{} {}", to_json(item, over), now.time_since_epoch().count());
        notify::mail_text out;
        out.from = to_.from;
        out.to = to_.to;
        out.subject = in_one_line(fmt::format("[brygga] {} {}: {} {}", item.tenant, service::name(item.kind), item.subject,
                                              over ? "is over" : "begins"));
        out.body = fmt::format("{}\n\nCompany: {}\nAlarm: {}\nAbout: {}\nState: {}\n\nbrygga status tells what holds now.\n",
                               item.text, item.tenant, service::name(item.kind), item.subject, over ? "over" : "begins");
        out.date = fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(system_clock::to_time_t(now)));
        out.id = sha256_hex(unique).substr(0, 32) + to_.from.substr(to_.from.find('@'));
        return out;
    }

    config::alarm_mail to_;
    filedrop::file_system& files_;
};

}  // namespace

std::string to_json(const alarm& item, bool over) {
    return nlohmann::ordered_json{{"alarm", name(item.kind)},
                                  {"state", over ? "over" : "begins"},
                                  {"tenant", item.tenant},
                                  {"subject", item.subject},
                                  {"text", item.text}}
        .dump();
}

std::vector<std::unique_ptr<alarm_channel>> open_channels(const config::alarm_settings& how, filedrop::file_system& files) {
    std::vector<std::unique_ptr<alarm_channel>> out;
    if (!how.command.empty()) out.push_back(std::make_unique<command_channel>(how));
    if (how.webhook) out.push_back(std::make_unique<webhook_channel>(*how.webhook, files));
    if (how.mail) out.push_back(std::make_unique<mail_channel>(*how.mail, files));
    return out;
}

}  // namespace brygga::service
