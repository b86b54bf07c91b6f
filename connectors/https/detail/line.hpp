// One request after another to a partner's server, over libcurl. Internal.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "connectors/https/session.hpp"

namespace brygga::https::detail {

struct free_multi {
    void operator()(CURLM* all) const noexcept { curl_multi_cleanup(all); }
};
struct free_easy {
    void operator()(CURL* one) const noexcept { curl_easy_cleanup(one); }
};
struct free_list {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

// Keeps the connection between requests.
class line {
 public:
    line(settings with, std::stop_token stop);

    [[nodiscard]] CURLM* handle() const noexcept { return all_.get(); }
    [[nodiscard]] const settings& with() const noexcept { return with_; }
    [[nodiscard]] bool stopped() const noexcept { return stop_.stop_requested(); }
    // Of a path below the address, each part of it escaped.
    [[nodiscard]] std::string url_of(std::string_view path) const;

 private:
    settings with_;
    std::stop_token stop_;
    std::unique_ptr<CURLM, free_multi> all_;
    std::stop_callback<std::function<void()>> on_stop_;  // wakes what waits
};

// What is sent with a request, in parts. `before` may end it.
struct outgoing_body {
    std::string_view bytes;
    const transfer::whole_upload::before_part* before{};
};

// One request. `what` names it in texts. Ends when it goes.
class request {
 public:
    request(line& on, std::string_view what, const std::string& url);
    request(const request&) = delete;
    request& operator=(const request&) = delete;
    ~request();

    // Before anything else.
    void method(const char* name) { set(CURLOPT_CUSTOMREQUEST, name); }
    void header(const std::string& text);
    void from(std::uint64_t offset);
    void send(const outgoing_body& body);  // by PUT
    void look();                           // by HEAD
    // By POST; the bytes stay the caller's until the request ends. A refusal's text is read like any other answer.
    void post(std::string_view body);
    void within(std::chrono::milliseconds whole);  // the whole request

    // The status, as soon as it is known and the first bytes of the content are there.
    [[nodiscard]] transfer::outcome<long> answered();
    // Content, after answered(); 0 at its end.
    [[nodiscard]] transfer::outcome<std::size_t> read(std::span<char> into);
    // To the end; content is of no interest.
    [[nodiscard]] transfer::outcome<long> finish();

    // The server cannot lack a byte of what was to be sent.
    [[nodiscard]] bool all_sent() const;
    // Of the answer; empty when absent.
    [[nodiscard]] std::string answer_header(const char* name) const;
    [[nodiscard]] std::int64_t number(CURLINFO which) const;
    [[nodiscard]] transfer::transfer_error refusal(long status) const;

 private:
    template <class T>
    void set(CURLoption which, T value) {
        if (const CURLcode code = curl_easy_setopt(one_.get(), which, value); code != CURLE_OK && !ended_) ended_ = code;
    }
    void set_up(const std::string& url);
    void identify();
    transfer::outcome<void> round();
    [[nodiscard]] transfer::outcome<void> ending() const;
    [[nodiscard]] transfer::transfer_error why(CURLcode code) const;
    void alive();
    [[nodiscard]] long status() const;

    static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t give(char* into, std::size_t size, std::size_t count, void* self);
    static int connected(void* self, char*, char*, int, int);

    line& on_;
    std::string_view what_;
    std::unique_ptr<CURL, free_easy> one_;
    std::unique_ptr<curl_slist, free_list> headers_;
    char text_[CURL_ERROR_SIZE] = "";
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
    bool begun_ = false, paused_ = false, alive_ = false;
    std::optional<CURLcode> ended_;
    std::optional<transfer::transfer_error> broken_;  // by us, or by what `before` said
    std::string content_;
    std::size_t used_ = 0, thrown_away_ = 0;
    bool wanted_ = true;         // the content
    bool refusals_too_ = false;  // and that of a refusal
    outgoing_body body_;
    std::size_t given_ = 0;
};

}  // namespace brygga::https::detail
