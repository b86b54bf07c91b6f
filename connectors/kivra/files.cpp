#include "connectors/kivra/files.hpp"

#include <utility>

#include <fmt/format.h>

namespace brygga::kivra {

namespace {

using transfer::failed;
using transfer::fault;
using transfer::outcome;

class kivra_files final : public transfer::remote_files, public transfer::whole_upload {
 public:
    kivra_files(client_settings with, client::clock now, std::stop_token stop, pause wait)
        : client_(std::move(with), std::move(now), stop), stop_(std::move(stop)), wait_(std::move(wait)) {}

    outcome<std::vector<transfer::remote_entry>> list(const std::string&) override { return nothing_there(); }
    outcome<std::optional<transfer::remote_facts>> facts(const std::string&) override { return std::nullopt; }
    outcome<std::unique_ptr<transfer::remote_reader>> read(const std::string&, std::uint64_t) override { return nothing_there(); }
    outcome<void> remove(const std::string&) override { return {}; }
    transfer::upload_way uploads() noexcept override { return static_cast<transfer::whole_upload*>(this); }

    outcome<std::string> put(const std::string&, std::string_view bytes, const std::string& sha256,
                             const before_part& before) override {
        const auto what = read_content(bytes);
        if (!what) return failed(fault::refused_request, what.error().text);
        if (auto there = has_mailbox(what->to); !there) return tl::unexpected(there.error());
        if (auto noted = before(true); !noted) return tl::unexpected(noted.error());
        job content{.json = std::string(bytes), .sha256 = sha256};
        for (unsigned repeats = 0;; ++repeats) {
            const auto sent = client_.send(content);
            if (sent) return sha256;
            const bool is_repeated = sent.error().outcome_unknown && repeats < repeats_here && !stop_.stop_requested();
            if (!is_repeated) return tl::unexpected(fault_of(sent.error()));
            wait_(repeat_pauses[repeats]);
        }
    }

 private:
    static constexpr unsigned repeats_here = 3;  // 1, 5 and 30 seconds

    static tl::unexpected<transfer::transfer_error> nothing_there() {
        return failed(fault::not_supported, "Kivra takes contents and gives none");
    }

    outcome<void> has_mailbox(const recipient& to) {
        const match_kind kind = !to.ssn.empty()     ? match_kind::ssn
                                : !to.email.empty() ? match_kind::verified_email
                                                    : match_kind::vat_number;
        const std::string& identifier = !to.ssn.empty() ? to.ssn : !to.email.empty() ? to.email : to.vat_number;
        const match_candidate asked[] = {{identifier, false}};
        const auto matched = client_.match(kind, asked);
        if (!matched) return tl::unexpected(fault_of(matched.error()));
        if (matched->matched.empty()) return failed(fault::no_recipient, "the recipient has no mailbox");
        return {};
    }

    // What may have been taken is never printed, whatever Kivra says of it afterwards.
    static transfer::transfer_error fault_of(const failure& why) {
        const std::string text = why.code == 0 ? why.text : fmt::format("{} ({})", why.text, why.code);
        if (why.outcome_unknown) return {fault::unanswered, text};
        switch (why.what_to_do) {
            case action::print:
                return {fault::no_recipient, text};
            case action::retry:
                return {fault::try_later, text};
            case action::auth:
                return {fault::login, text};
            case action::conf:
                return {fault::settings, text};
            case action::fix:
            case action::hold:
            case action::ask_tenant:
                return {fault::refused_request, text};
        }
        return {fault::refused_request, text};
    }

    client client_;
    std::stop_token stop_;
    pause wait_;
};

}  // namespace

std::unique_ptr<transfer::remote_files> connect(client_settings with, client::clock now, std::stop_token stop, pause wait) {
    return std::make_unique<kivra_files>(std::move(with), std::move(now), std::move(stop), std::move(wait));
}

}  // namespace brygga::kivra
