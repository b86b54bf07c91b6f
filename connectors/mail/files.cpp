#include "connectors/mail/files.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "connectors/https/status.hpp"
#include "connectors/mail/replies.hpp"

namespace brygga::mail {

namespace {

using transfer::failed;
using transfer::fault;
using transfer::outcome;
using transfer::transfer_error;

struct free_easy {
    void operator()(CURL* one) const noexcept { curl_easy_cleanup(one); }
};
struct free_list {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

std::string_view domain_of(std::string_view address) {
    return address.substr(address.rfind('@') + 1);
}

// What libcurl can count, and at least one.
long seconds_of(std::chrono::milliseconds time) {
    return std::max(1L, static_cast<long>(std::chrono::ceil<std::chrono::seconds>(time).count()));
}

// One message on its way: what libcurl takes of it, and what it hears.
struct conversation {
    std::string_view left;
    const transfer::whole_upload::before_part* before{};
    std::optional<transfer_error> broken;  // by what `before` said
    bool is_all_given = false;
    smtp_stage at = smtp_stage::greeting;
    smtp_reply last;
    bool is_over = false;  // libcurl takes its leave

    static std::size_t give(char* into, std::size_t size, std::size_t count, void* self) {
        conversation& of = *static_cast<conversation*>(self);
        const std::size_t given = std::min(of.left.size(), size * count);
        const bool is_last = given == of.left.size();
        if (!of.is_all_given) {
            if (auto noted = (*of.before)(is_last); !noted) {
                of.broken = noted.error();
                return CURL_READFUNC_ABORT;
            }
        }
        of.is_all_given = is_last;
        std::copy_n(of.left.data(), given, into);
        of.left.remove_prefix(given);
        return given;
    }

    static int hear(CURL*, curl_infotype kind, char* text, std::size_t size, void* self) {
        conversation& of = *static_cast<conversation*>(self);
        const std::string_view said(text, size);
        of.is_over = of.is_over || (kind == CURLINFO_HEADER_OUT && said.starts_with("QUIT"));
        if (of.is_over) return 0;
        if (kind == CURLINFO_HEADER_OUT) {
            of.at = stage_after(said, of.at);
            of.last = {};
        } else if (kind == CURLINFO_HEADER_IN) {
            const std::string_view line = said.substr(0, said.find_first_of("\r\n"));
            if (smtp_reply reply = reply_of(line); reply.code != 0) of.last = std::move(reply);
        }
        return 0;
    }
};

int go_on(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

// Once per process, before any thread makes a handle.
CURL* new_handle() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    return once == CURLE_OK ? curl_easy_init() : nullptr;
}

class mail_files final : public transfer::remote_files, public transfer::whole_upload {
 public:
    mail_files(server_settings with, std::stop_token stop) : with_(std::move(with)), stop_(std::move(stop)), one_(new_handle()) {
        const bool at_once = with_.tls == tls_begins::at_once;
        // The path is the name that we greet with.
        const std::string url =
            fmt::format("{}://{}:{}/{}", at_once ? "smtps" : "smtp", with_.host, with_.port, domain_of(with_.from.address));
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, at_once ? "smtps" : "smtp");
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
        if (!with_.ca_file.empty()) {
            set(CURLOPT_CAINFO, with_.ca_file.c_str());
            set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        if (!with_.user.empty()) {
            set(CURLOPT_USERNAME, with_.user.c_str());
            set(CURLOPT_PASSWORD, with_.password.c_str());
        }
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(with_.connect_within.count()));
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds_of(with_.answer_within));
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, seconds_of(with_.answer_within));
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &go_on);
        set(CURLOPT_XFERINFODATA, &stop_);
        set(CURLOPT_WRITEFUNCTION, &drop);
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_READFUNCTION, &conversation::give);
        set(CURLOPT_DEBUGFUNCTION, &conversation::hear);
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_ERRORBUFFER, &text_[0]);
    }

    outcome<std::vector<transfer::remote_entry>> list(const std::string&) override { return nothing_there(); }
    outcome<std::optional<transfer::remote_facts>> facts(const std::string&) override { return std::nullopt; }
    outcome<std::unique_ptr<transfer::remote_reader>> read(const std::string&, std::uint64_t) override { return nothing_there(); }
    outcome<void> remove(const std::string&) override { return {}; }
    transfer::upload_way uploads() noexcept override { return static_cast<transfer::whole_upload*>(this); }

    outcome<std::string> put(const std::string&, std::string_view bytes, const std::string& sha256,
                             const before_part& before) override {
        const auto what = read_message(bytes);
        if (!what) return failed(fault::refused_request, "it is no message that was made here: " + what.error().text);
        const std::string from = '<' + with_.bounces + '>', to = '<' + what->to.address + '>';
        const std::unique_ptr<curl_slist, free_list> receivers(curl_slist_append(nullptr, to.c_str()));
        conversation on;
        on.left = bytes;
        on.before = &before;
        set(CURLOPT_MAIL_FROM, from.c_str());
        set(CURLOPT_MAIL_RCPT, receivers.get());
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
        set(CURLOPT_READDATA, &on);
        set(CURLOPT_DEBUGDATA, &on);
        text_[0] = '\0';
        const CURLcode code = set_ == CURLE_OK && receivers ? curl_easy_perform(one_.get()) : CURLE_OUT_OF_MEMORY;
        if (code == CURLE_OK && on.is_all_given) return sha256;
        return tl::unexpected(why(code, on));
    }

 private:
    template <class T>
    void set(CURLoption which, T value) {
        const CURLcode code = one_ ? curl_easy_setopt(one_.get(), which, value) : CURLE_OUT_OF_MEMORY;
        if (set_ == CURLE_OK) set_ = code;
    }

    static tl::unexpected<transfer_error> nothing_there() {
        return failed(fault::not_supported, "a mail server takes messages and gives none");
    }

    [[nodiscard]] transfer_error why(CURLcode code, const conversation& on) const {
        if (on.broken) return *on.broken;
        if (on.last.refuses()) {
            const fault what = fault_of_reply(on.at, on.last);
            return {what, fmt::format("the mail server refused {}", told_at(on.at, on.last))};
        }
        if (on.is_all_given) return {fault::unanswered, "the mail server got the message and did not say whether it took it"};
        const fault what = https::refined(https::fault_of_code(code), text_);
        return {what, fmt::format("the message did not go: {}", curl_easy_strerror(code))};
    }

    server_settings with_;
    std::stop_token stop_;
    CURLcode set_ = CURLE_OK;
    char text_[CURL_ERROR_SIZE] = "";
    std::unique_ptr<CURL, free_easy> one_;  // keeps the connection from message to message
};

}  // namespace

result<message_ids> ids_of(const server_settings& with, std::string key) {
    return message_ids::under(std::move(key), std::string(domain_of(with.bounces)));
}

std::unique_ptr<transfer::remote_files> connect(server_settings with, std::stop_token stop) {
    return std::make_unique<mail_files>(std::move(with), std::move(stop));
}

}  // namespace brygga::mail
