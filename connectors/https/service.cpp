#include "connectors/https/service.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "connectors/https/detail/line.hpp"

namespace brygga::https {

using transfer::fault;
using transfer::transfer_error;

namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10;

// Of a request without a body nobody can know how far it came.
service_error not_answered(const detail::request& of, transfer_error why, bool has_body) {
    return {std::move(why), !has_body || of.all_sent()};
}

tl::expected<std::string, transfer_error> whole_answer(detail::request& of, std::size_t most) {
    std::string text;
    std::array<char, block_bytes> block;
    while (true) {
        const auto got = of.read(block);
        if (!got) return tl::unexpected(got.error());
        if (*got == 0) return text;
        if (text.size() + *got > most)
            return tl::unexpected(transfer_error{fault::too_large, fmt::format("the server's answer is beyond {} bytes", most)});
        text.append(block.data(), *got);
    }
}

}  // namespace

service::service(const settings& with, std::chrono::milliseconds within, std::stop_token stop)
    : on_(std::make_unique<detail::line>(with, std::move(stop))), within_(within) {}
service::service(service&&) noexcept = default;
service& service::operator=(service&&) noexcept = default;
service::~service() = default;

tl::expected<service_answer, service_error> service::ask(const service_request& what) {
    const bool has_body = what.by == verb::post && !what.body.empty();
    detail::request of(*on_, what.what, on_->url_of(what.path));
    of.within(within_);
    for (const std::string& each : what.headers)
        of.header(each);
    if (what.by == verb::post) of.post(what.body);
    const auto status = of.answered();
    if (!status) return tl::unexpected(not_answered(of, status.error(), has_body));
    auto text = whole_answer(of, what.most_answer_bytes);
    if (!text) return tl::unexpected(not_answered(of, std::move(text.error()), has_body));
    service_answer made{*status, std::move(*text), {}};
    for (const std::string& each : what.wanted_headers)
        if (std::string value = of.answer_header(each.c_str()); !value.empty()) made.headers.emplace(each, std::move(value));
    return made;
}

}  // namespace brygga::https
