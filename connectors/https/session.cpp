#include "connectors/https/session.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "connectors/https/detail/answer.hpp"
#include "connectors/https/detail/line.hpp"
#include "connectors/https/status.hpp"

namespace brygga::https {

using detail::line;
using detail::request;
using transfer::failed;
using transfer::fault;
using transfer::outcome;
using transfer::remote_entry;
using transfer::remote_facts;

namespace {

constexpr long status_ok = 200, first_refusal = 300, status_partial = 206, bad_request = 400, unauthorized = 401, bad_range = 416;
constexpr long bad_gateway = 502, gateway_timed_out = 504;
constexpr std::size_t block_bytes = std::size_t{64} << 10;

bool good(long status) noexcept {
    return status >= status_ok && status < first_refusal;
}

// As the answer tells it; empty when it does not.
outcome<std::string> hash_in(const request& of) {
    std::string told = of.answer_header("Repr-Digest");
    if (told.empty()) told = of.answer_header("Digest");
    return detail::read_digest(told);
}

class reader final : public transfer::remote_reader {
 public:
    // `skipped` bytes come first that nobody asked for. Without a request the file ends here.
    reader(std::unique_ptr<request> of, std::uint64_t skipped) : of_(std::move(of)), skipped_(skipped) {}

    outcome<std::size_t> read(std::span<char> into) override {
        if (!of_) return std::size_t{0};
        std::array<char, block_bytes> unwanted;
        while (skipped_ != 0) {
            const auto got = of_->read(std::span(unwanted).first(std::min<std::uint64_t>(skipped_, unwanted.size())));
            if (!got || *got == 0) return got;
            skipped_ -= *got;
        }
        return of_->read(into);
    }

 private:
    std::unique_ptr<request> of_;
    std::uint64_t skipped_;
};

class session final : public transfer::remote_files, public transfer::whole_upload {
 public:
    session(const settings& with, std::stop_token stop) : on_(with, std::move(stop)) {}

    outcome<void> reach() {
        request look(on_, "connect", on_.with().url + "/");
        look.look();
        const auto status = look.finish();
        if (!status) return tl::unexpected(status.error());
        // Many a server has nothing to show there. What matters is whether it knows us (some say 400 to who shows no
        // certificate), and whether it is one.
        if (*status == bad_request || *status == unauthorized || (*status >= bad_gateway && *status <= gateway_timed_out))
            return tl::unexpected(look.refusal(*status));
        return {};
    }

    outcome<std::vector<remote_entry>> list(const std::string& folder) override {
        request of(on_, "list", on_.url_of(folder) + "/");
        of.header("Accept: application/json");
        const auto status = of.answered();
        if (!status) return tl::unexpected(status.error());
        if (*status != status_ok) return tl::unexpected(of.refusal(*status));
        std::string text;
        std::array<char, block_bytes> block;
        while (true) {
            const auto got = of.read(block);
            if (!got) return tl::unexpected(got.error());
            if (*got == 0) return detail::read_listing(text);
            if (text.size() + *got > max_listing_bytes)
                return failed(fault::too_large, fmt::format("the listing of the folder is beyond {} bytes", max_listing_bytes));
            text.append(block.data(), *got);
        }
    }

    outcome<std::optional<remote_facts>> facts(const std::string& path) override {
        request of(on_, "look", on_.url_of(path));
        of.look();
        of.header("Want-Repr-Digest: sha-256=10");
        const auto status = of.finish();
        if (!status) return tl::unexpected(status.error());
        if (fault_of_status(*status) == fault::not_found) return std::nullopt;
        if (*status != status_ok) return tl::unexpected(of.refusal(*status));
        const std::int64_t size = of.number(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T), modified = of.number(CURLINFO_FILETIME_T);
        if (size < 0) return failed(fault::not_supported, "look: the server does not tell the size of a file");
        if (modified < 0) return failed(fault::not_supported, "look: the server does not tell when a file was changed");
        auto hash = hash_in(of);
        if (!hash) return tl::unexpected(hash.error());
        return remote_facts{true, static_cast<std::uint64_t>(size), modified, std::move(*hash)};
    }

    outcome<std::unique_ptr<transfer::remote_reader>> read(const std::string& path, std::uint64_t offset) override {
        auto of = std::make_unique<request>(on_, "read", on_.url_of(path));
        if (offset != 0) of->from(offset);
        const auto status = of->answered();
        if (!status) return tl::unexpected(status.error());
        // The end, or the file has become shorter; the size tells.
        if (*status == bad_range && offset != 0) return std::make_unique<reader>(nullptr, 0);
        if (*status != status_ok && (*status != status_partial || offset == 0)) return tl::unexpected(of->refusal(*status));
        if (*status == status_partial && !begins_at(of->answer_header("Content-Range"), offset))
            return failed(fault::bad_answer, "read: the server gives another part of the file than what was asked for");
        return std::make_unique<reader>(std::move(of), *status == status_ok ? offset : 0);
    }

    outcome<void> remove(const std::string& path) override {
        request of(on_, "remove", on_.url_of(path));
        of.method("DELETE");
        const auto status = of.finish();
        if (!status) return tl::unexpected(status.error());
        if (!good(*status)) return tl::unexpected(of.refusal(*status));
        return {};
    }

    outcome<std::string> put(const std::string& path, std::string_view bytes, const std::string& sha256,
                             const before_part& before) override {
        // Nothing is read for an empty file.
        if (bytes.empty())
            if (auto allowed = before(true); !allowed) return tl::unexpected(allowed.error());
        request of(on_, "upload", on_.url_of(path));
        of.header("If-None-Match: *");
        of.header("Content-Type: application/octet-stream");
        of.header("Repr-Digest: " + detail::digest_of(sha256));
        of.send({bytes, &before});
        const auto status = of.finish();
        if (!status) {
            if (!of.all_sent()) return tl::unexpected(status.error());
            return failed(fault::unanswered, fmt::format("{}; all bytes had been sent", status.error().text));
        }
        if (good(*status)) return hash_in(of).value_or("");
        // What stands between has got no answer from the server itself.
        if (*status == bad_gateway || *status == gateway_timed_out)
            return failed(fault::unanswered, fmt::format("{}; all bytes had been sent", of.refusal(*status).text));
        return tl::unexpected(of.refusal(*status));
    }

    transfer::upload_way uploads() noexcept override { return static_cast<transfer::whole_upload*>(this); }

 private:
    // "bytes 500-999/1000"
    static bool begins_at(std::string_view range, std::uint64_t offset) {
        constexpr std::string_view unit = "bytes ";
        if (range.substr(0, unit.size()) != unit) return false;
        range.remove_prefix(unit.size());
        std::uint64_t begin = 0;
        const auto read = std::from_chars(range.data(), range.data() + range.size(), begin);
        return read.ec == std::errc() && begin == offset;
    }

    line on_;
};

struct free_url {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

}  // namespace

std::string fault_of_url(const std::string& url) {
    const std::unique_ptr<CURLU, free_url> parsed(curl_url());
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "is no address";
    const auto has = [&](CURLUPart part) {
        char* text = nullptr;
        const bool found = curl_url_get(parsed.get(), part, &text, 0) == CURLUE_OK;
        curl_free(text);
        return found;
    };
    if (url.substr(0, 8) != "https://") return "must begin with https://";
    if (has(CURLUPART_USER) || has(CURLUPART_PASSWORD)) return "must not hold a user or password";
    if (has(CURLUPART_QUERY) || has(CURLUPART_FRAGMENT)) return "must end with the path";
    return {};
}

outcome<std::unique_ptr<transfer::remote_files>> connect(const settings& with, std::stop_token stop) {
    if (const std::string wrong = fault_of_url(with.url); !wrong.empty())
        return failed(fault::settings, fmt::format("the url {}", wrong));
    auto made = std::make_unique<session>(with, std::move(stop));
    if (auto reached = made->reach(); !reached) return tl::unexpected(reached.error());
    return made;
}

}  // namespace brygga::https
