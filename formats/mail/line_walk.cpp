#include "formats/mail/detail/line_walk.hpp"

#include <array>

#include "formats/core/small_letters.hpp"

namespace brygga::mail::detail {

namespace {

constexpr std::size_t max_boundaries = 1'000, max_value_bytes = 10'000;
// What holds headers again: messages and headers that are given back.
constexpr std::array<std::string_view, 4> types_of_headers = {"message/rfc822", "message/global", "text/rfc822-headers",
                                                              "message/global-headers"};
constexpr std::array<std::string_view, 2> types_of_fields = {"message/delivery-status", "message/global-delivery-status"};

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

std::string boundary_in(std::string_view value) {
    const std::size_t at = in_small_letters(value).find("boundary=");
    if (at == std::string::npos) return {};
    value = trimmed(value.substr(at + 9));
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(trimmed(value.substr(0, value.find(';'))));
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& those, std::string_view text) noexcept {
    for (const std::string_view each : those)
        if (each == text) return true;
    return false;
}

}  // namespace

bool line_walk::is_boundary(std::string_view line) const {
    if (!line.starts_with("--")) return false;
    std::string_view mark = line.substr(2);
    while (mark.ends_with(' ') || mark.ends_with('\t'))
        mark.remove_suffix(1);
    if (boundaries_.contains(mark)) return true;
    return mark.ends_with("--") && boundaries_.contains(mark.substr(0, mark.size() - 2));
}

void line_walk::end_of_header() {
    if (name_ == "content-type") {
        type_ = in_small_letters(trimmed(std::string_view(value_).substr(0, value_.find(';'))));
        const std::string boundary = boundary_in(value_);
        if (!boundary.empty() && boundaries_.size() < max_boundaries) boundaries_.insert(boundary);
    } else if (name_ == "content-transfer-encoding") {
        transfer_encoding_ = in_small_letters(trimmed(value_));
    }
    name_.clear();
    value_.clear();
}

void line_walk::end_of_headers() {
    end_of_header();
    const bool is_encoded = transfer_encoding_ == "base64" || transfer_encoding_ == "quoted-printable";
    at_ = is_one_of(types_of_headers, type_) && !is_encoded  ? place::headers
          : is_one_of(types_of_fields, type_) && !is_encoded ? place::fields
                                                             : place::body;
    type_.clear();
    if (at_ != place::body) transfer_encoding_.clear();
}

walked_line line_walk::named(std::string_view line, line_kind is) {
    if (line.starts_with(' ') || line.starts_with('\t')) {
        if (value_.size() < max_value_bytes) value_ += line;
        return {is, true, name_};
    }
    end_of_header();
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        name_ = in_small_letters(trimmed(line.substr(0, colon)));
        value_ = line.substr(colon + 1);
    }
    return {is, false, name_};
}

walked_line line_walk::next(std::string_view line) {
    if (is_boundary(line)) {
        end_of_header();
        type_.clear();
        transfer_encoding_.clear();
        at_ = place::headers;
        return {line_kind::boundary, false, {}};
    }
    if (at_ == place::body) return {transfer_encoding_ == "base64" ? line_kind::encoded : line_kind::text, false, {}};
    if (!trimmed(line).empty()) return named(line, at_ == place::headers ? line_kind::header : line_kind::field);
    if (at_ == place::headers)
        end_of_headers();
    else
        end_of_header();
    return {line_kind::blank, false, {}};
}

}  // namespace brygga::mail::detail
