#include "connectors/notify/post.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace brygga::notify {

namespace {

struct free_easy {
    void operator()(CURL* one) const noexcept { curl_easy_cleanup(one); }
};
struct free_list {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct free_url {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using list = std::unique_ptr<curl_slist, free_list>;

constexpr long first_success = 200, first_beyond = 300;

std::string part_of(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
    std::string out = text;
    curl_free(text);
    return out;
}

bool is_this_machine(std::string_view host) {
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

std::string host_of(const std::string& url) {
    const std::unique_ptr<CURLU, free_url> parsed(curl_url());
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) return {};
    return part_of(parsed.get(), CURLUPART_HOST);
}

bool append(list& to, const std::string& text) {
    curl_slist* const longer = curl_slist_append(to.get(), text.c_str());
    if (longer == nullptr) return false;
    static_cast<void>(to.release());
    to.reset(longer);
    return true;
}

struct outgoing {
    std::string_view left;
};
std::size_t give(char* into, std::size_t size, std::size_t count, void* self) {
    outgoing& from = *static_cast<outgoing*>(self);
    const std::size_t given = std::min(from.left.size(), size * count);
    std::copy_n(from.left.data(), given, into);
    from.left.remove_prefix(given);
    return given;
}
std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}
int go_on(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

// One request. Its texts name what libcurl says, never what was sent.
class request {
 public:
    request(const post_settings& to, const std::stop_token& stop) : one_(curl_easy_init()) {
        const bool here = is_this_machine(host_of(to.url));
        set(CURLOPT_URL, to.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "https,http,smtps,smtp");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_USE_SSL, static_cast<long>(here ? CURLUSESSL_TRY : CURLUSESSL_ALL));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(to.within.count()));
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &go_on);
        set(CURLOPT_XFERINFODATA, const_cast<std::stop_token*>(&stop));  // the interface is older than const
        set(CURLOPT_WRITEFUNCTION, &drop);
        if (!to.ca_file.empty()) {
            set(CURLOPT_CAINFO, to.ca_file.c_str());
            set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        if (!to.user.empty()) {
            set(CURLOPT_USERNAME, to.user.c_str());
            set(CURLOPT_PASSWORD, to.password.c_str());
        }
        if (!to.token.empty()) {
            set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
            set(CURLOPT_XOAUTH2_BEARER, to.token.c_str());
        }
    }

    template <class T>
    void set(CURLoption which, T value) {
        if (code_ == CURLE_OK) code_ = one_ ? curl_easy_setopt(one_.get(), which, value) : CURLE_OUT_OF_MEMORY;
    }

    [[nodiscard]] result<long> perform() {
        if (code_ == CURLE_OK) code_ = curl_easy_perform(one_.get());
        if (code_ == CURLE_ABORTED_BY_CALLBACK) return fail(error_code::busy, "not sent, for the service ends");
        long status = 0;
        if (one_) static_cast<void>(curl_easy_getinfo(one_.get(), CURLINFO_RESPONSE_CODE, &status));
        if (code_ != CURLE_OK)
            return fail(error_code::io, fmt::format("not sent: {} (libcurl code {}, the server's answer {})",
                                                    curl_easy_strerror(code_), static_cast<int>(code_), status));
        return status;
    }

 private:
    std::unique_ptr<CURL, free_easy> one_;
    CURLcode code_ = CURLE_OK;
};

}  // namespace

std::string fault_of_address(const std::string& url, const std::vector<std::string>& schemes) {
    const std::unique_ptr<CURLU, free_url> parsed(curl_url());
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return "is no address";
    const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
    if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end())
        return fmt::format("must begin with {}://", fmt::join(schemes, ":// or "));
    if (!part_of(parsed.get(), CURLUPART_USER).empty() || !part_of(parsed.get(), CURLUPART_PASSWORD).empty())
        return "must not hold a user or password";
    if (scheme == "http" && !is_this_machine(part_of(parsed.get(), CURLUPART_HOST)))
        return "must begin with https:// unless it is on this machine";
    return {};
}

result<void> post_json(const post_settings& to, const std::string& body, const std::stop_token& stop) {
    request asks(to, stop);
    list headers;
    if (!append(headers, "Content-Type: application/json") || !append(headers, "Expect:"))
        return fail(error_code::io, "no memory for a request");
    asks.set(CURLOPT_HTTPHEADER, headers.get());
    asks.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    asks.set(CURLOPT_POSTFIELDS, body.c_str());
    const auto status = asks.perform();
    if (!status) return tl::unexpected(status.error());
    if (*status >= first_success && *status < first_beyond) return {};
    return fail(error_code::io, fmt::format("the server answers with status {}", *status));
}

result<void> send_mail(const post_settings& by, const mail_text& what, const std::stop_token& stop) {
    request asks(by, stop);
    list to;
    for (const std::string& each : what.to)
        if (!append(to, '<' + each + '>')) return fail(error_code::io, "no memory for a mail");
    const std::string text = written(what), from = '<' + what.from + '>';
    outgoing body{text};
    asks.set(CURLOPT_MAIL_FROM, from.c_str());
    asks.set(CURLOPT_MAIL_RCPT, to.get());
    asks.set(CURLOPT_UPLOAD, 1L);
    asks.set(CURLOPT_READFUNCTION, &give);
    asks.set(CURLOPT_READDATA, &body);
    const auto status = asks.perform();
    if (!status) return tl::unexpected(status.error());
    return {};
}

std::string written(const mail_text& what) {
    std::string out = fmt::format(
        "Date: {}\r\nFrom: Brygga <{}>\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}>\r\nAuto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        what.date, what.from, fmt::join(what.to, ", "), what.subject, what.id);
    for (const char c : what.body) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

}  // namespace brygga::notify
