#include "connectors/https/detail/line.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include "connectors/https/status.hpp"
#include "connectors/transfer/tcp.hpp"

namespace brygga::https::detail {

using transfer::failed;
using transfer::fault;
using transfer::outcome;
using transfer::transfer_error;
using clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t most_content = std::size_t{256} << 10;  // read ahead of who asks
constexpr long part_bytes = long{64} << 10;
constexpr std::size_t most_thrown_away = std::size_t{64} << 10;  // of an answer's text that nobody reads
constexpr long first_final_status = 200, first_refusal = 300;
constexpr std::chrono::milliseconds longest_sleep{60'000};

// Once per process, before any thread makes a handle.
void initialise() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(once);
}

std::string escaped(std::string_view part) {
    char* const text = curl_easy_escape(nullptr, part.data(), static_cast<int>(part.size()));
    std::string out = text == nullptr ? std::string() : std::string(text);
    curl_free(text);
    return out;
}

}  // namespace

line::line(settings with, std::stop_token stop)
    : with_(std::move(with)),
      stop_(std::move(stop)),
      all_((initialise(), curl_multi_init())),
      on_stop_(stop_, [this] { static_cast<void>(curl_multi_wakeup(all_.get())); }) {
    while (!with_.url.empty() && with_.url.back() == '/')
        with_.url.pop_back();
}

std::string line::url_of(std::string_view path) const {
    std::string url = with_.url;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end != 0) url.append("/").append(escaped(path.substr(0, end)));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return url;
}

request::request(line& on, std::string_view what, const std::string& url) : on_(on), what_(what), one_(curl_easy_init()) {
    if (!one_ || on.handle() == nullptr)
        broken_ = transfer_error{fault::ours, "no memory for a connection"};
    else
        set_up(url);
}

request::~request() {
    if (begun_) curl_multi_remove_handle(on_.handle(), one_.get());
}

void request::set_up(const std::string& url) {
    set(CURLOPT_ERRORBUFFER, text_);
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // what counts stands in Brygga's configuration
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(on_.with().connect_within.count()));
    set(CURLOPT_FILETIME, 1L);
    set(CURLOPT_WRITEFUNCTION, &request::take);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_PREREQFUNCTION, &request::connected);
    set(CURLOPT_PREREQDATA, this);
    identify();
    header("Accept-Encoding: identity");  // sizes and hashes are of the file itself
}

void request::identify() {
    const settings& with = on_.with();
    if (!with.ca_file.empty()) {
        set(CURLOPT_CAINFO, with.ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // and no others
    }
    if (!with.certificate_file.empty()) {
        set(CURLOPT_SSLCERT, with.certificate_file.c_str());
        set(CURLOPT_SSLKEY, with.key_file.c_str());
        set(CURLOPT_KEYPASSWD, with.passphrase.c_str());  // empty too, or OpenSSL asks at the terminal
    }
    if (!with.user.empty()) {
        set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        set(CURLOPT_USERNAME, with.user.c_str());
        set(CURLOPT_PASSWORD, with.password.c_str());
    }
    if (!with.token.empty()) {
        set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        set(CURLOPT_XOAUTH2_BEARER, with.token.c_str());
    }
}

void request::header(const std::string& text) {
    curl_slist* const longer = curl_slist_append(headers_.get(), text.c_str());
    if (longer == nullptr) {
        ended_ = CURLE_OUT_OF_MEMORY;
        return;
    }
    static_cast<void>(headers_.release());
    headers_.reset(longer);
    set(CURLOPT_HTTPHEADER, longer);
}

void request::from(std::uint64_t offset) {
    set(CURLOPT_RANGE, fmt::format("{}-", offset).c_str());
}

void request::send(const outgoing_body& body) {
    body_ = body;
    wanted_ = false;
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.bytes.size()));
    set(CURLOPT_UPLOAD_BUFFERSIZE, part_bytes);
    set(CURLOPT_READFUNCTION, &request::give);
    set(CURLOPT_READDATA, this);
    // libcurl repeats a request that a kept connection gave no answer to. It cannot rewind ours, but an empty one needs no
    // rewinding; and the first may have been done.
    if (body.bytes.empty()) set(CURLOPT_FRESH_CONNECT, 1L);
}

void request::post(std::string_view body) {
    body_ = {body, nullptr};
    refusals_too_ = true;
    header("Expect:");  // a server that does not know it costs a second
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.data());
}

void request::within(std::chrono::milliseconds whole) {
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(whole.count()));
}

void request::look() {
    wanted_ = false;
    set(CURLOPT_NOBODY, 1L);
}

void request::alive() {
    alive_ = true;
    deadline_ = clock::now() + on_.with().answer_within;
}

std::size_t request::take(char* bytes, std::size_t size, std::size_t count, void* self) {
    request& of = *static_cast<request*>(self);
    of.alive();
    if (!of.wanted_ || (of.status() >= first_refusal && !of.refusals_too_)) {
        of.thrown_away_ += size * count;
        return size * count;
    }
    if (of.content_.size() - of.used_ >= most_content) {
        of.paused_ = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    of.content_.append(bytes, size * count);
    return size * count;
}

std::size_t request::give(char* into, std::size_t size, std::size_t count, void* self) {
    request& of = *static_cast<request*>(self);
    of.alive();
    const std::string_view left = of.body_.bytes.substr(of.given_);
    const std::size_t given = std::min(left.size(), size * count);
    if (given == 0) return 0;
    if (auto allowed = (*of.body_.before)(given == left.size()); !allowed) {
        of.broken_ = allowed.error();
        return CURL_READFUNC_ABORT;
    }
    std::copy_n(left.data(), given, into);
    of.given_ += given;
    return given;
}

// Until now the time for connecting has counted.
int request::connected(void* self, char*, char*, int, int) {
    static_cast<request*>(self)->alive();
    return CURL_PREREQFUNC_OK;
}

// Goes on until something has happened.
outcome<void> request::round() {
    if (!begun_ && !broken_ && !ended_) {
        begun_ = curl_multi_add_handle(on_.handle(), one_.get()) == CURLM_OK;
        if (!begun_) broken_ = transfer_error{fault::ours, "no memory for a connection"};
    }
    alive_ = false;
    while (!broken_ && !ended_ && !alive_) {
        int running = 0;
        if (curl_multi_perform(on_.handle(), &running) != CURLM_OK)
            broken_ = transfer_error{fault::ours, "libcurl does not go on"};
        int more = 0;
        while (const CURLMsg* const said = curl_multi_info_read(on_.handle(), &more))
            if (said->msg == CURLMSG_DONE && said->easy_handle == one_.get()) ended_ = said->data.result;
        if (broken_ || ended_ || alive_) break;
        const auto now = clock::now();
        if (on_.stopped())
            broken_ = transfer_error{fault::stopped, fmt::format("{}: not answered", what_)};
        else if (now >= deadline_)
            broken_ = transfer_error{fault::timed_out, fmt::format("{}: not answered", what_)};
        else
            curl_multi_poll(
                on_.handle(), nullptr, 0,
                static_cast<int>(std::min<clock::duration>(deadline_ - now, longest_sleep) / std::chrono::milliseconds(1) + 1),
                nullptr);
    }
    if (broken_) return tl::unexpected(*broken_);
    return {};
}

// A refusal stands, however the connection ended behind it.
outcome<void> request::ending() const {
    if (ended_ && *ended_ != CURLE_OK && status() < first_refusal) return tl::unexpected(why(*ended_));
    return {};
}

outcome<long> request::answered() {
    while (!ended_ && content_.empty() && thrown_away_ == 0)
        if (auto gone_on = round(); !gone_on) return tl::unexpected(gone_on.error());
    if (content_.empty())
        if (auto good = ending(); !good) return tl::unexpected(good.error());
    return status();
}

outcome<std::size_t> request::read(std::span<char> into) {
    if (used_ == content_.size()) {
        content_.clear();
        used_ = 0;
        alive();
        if (std::exchange(paused_, false)) curl_easy_pause(one_.get(), CURLPAUSE_CONT);
    }
    while (content_.empty() && !ended_)
        if (auto gone_on = round(); !gone_on) return tl::unexpected(gone_on.error());
    if (content_.empty())
        if (auto good = ending(); !good) return tl::unexpected(good.error());
    const std::size_t given = std::min(into.size(), content_.size() - used_);
    std::copy_n(content_.data() + used_, given, into.data());
    used_ += given;
    return given;
}

outcome<long> request::finish() {
    while (!ended_ && thrown_away_ < most_thrown_away)
        if (auto gone_on = round(); !gone_on) return tl::unexpected(gone_on.error());
    if (auto good = ending(); !good) return tl::unexpected(good.error());
    return status();
}

bool request::all_sent() const {
    return number(CURLINFO_SIZE_UPLOAD_T) == static_cast<std::int64_t>(body_.bytes.size());
}

std::string request::answer_header(const char* name) const {
    curl_header* found = nullptr;
    if (curl_easy_header(one_.get(), name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
    return found->value;
}

std::int64_t request::number(CURLINFO which) const {
    curl_off_t value = 0;
    return curl_easy_getinfo(one_.get(), which, &value) == CURLE_OK ? value : -1;
}

long request::status() const {
    long value = 0;
    static_cast<void>(curl_easy_getinfo(one_.get(), CURLINFO_RESPONSE_CODE, &value));
    return value < first_final_status ? 0 : value;
}

transfer_error request::refusal(long status) const {
    const fault said = fault_of_status(status);
    if (status >= first_refusal && status < 400)
        return {said,
                fmt::format("{}: the server points to another address, which is not followed (HTTP status {})", what_, status)};
    return {said, fmt::format("{}: the server answers {} (HTTP status {})", what_, info(said).name, status)};
}

transfer_error request::why(CURLcode code) const {
    fault said = refined(fault_of_code(code), text_);
    if (code == CURLE_COULDNT_CONNECT) {
        long number = 0;
        static_cast<void>(curl_easy_getinfo(one_.get(), CURLINFO_OS_ERRNO, &number));
        said = transfer::fault_of_connect(static_cast<int>(number));
    }
    if (said != fault::certificate)
        return {said, fmt::format("{}: {} (libcurl code {})", what_, info(said).name, static_cast<int>(code))};
    long result = 0;
    static_cast<void>(curl_easy_getinfo(one_.get(), CURLINFO_SSL_VERIFYRESULT, &result));
    // Nothing is wrong with it but its name.
    if (result == X509_V_OK || result == X509_V_ERR_UNSPECIFIED)
        return {said, "the server's certificate is not one for this host"};
    return {said, fmt::format("the server's certificate is not trusted: {}", X509_verify_cert_error_string(result))};
}

}  // namespace brygga::https::detail
