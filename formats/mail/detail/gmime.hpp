// GMime with owners and limits. Internal to reading messages.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

namespace brygga::mail::detail {

inline constexpr std::size_t max_read_bytes = std::size_t{64} << 20;
// Each costs the parser an object, however small it is in the file: a message of nothing else would take a hundred times its
// size.
inline constexpr std::size_t max_header_lines = 20'000, max_boundary_lines = 20'000;
inline constexpr std::size_t max_parts = 500, max_depth = 20;

struct unref {
    void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <class T>
using owned = std::unique_ptr<T, unref>;

struct parsed_message {
    owned<GMimeMessage> message;  // none when `fault` says why it was not read at all
    bool is_cut = false;          // by a limit: the rest cannot be relied on either
    std::string fault;            // what is wrong with it, one sentence without a word of it; empty for a good one
};

// Parts of a broken message are there as far as they could be told apart.
[[nodiscard]] parsed_message parse(std::string_view bytes);

// Each part that holds no others, in its order; a message within the message is one. Returns false beyond max_parts or max_depth.
[[nodiscard]] bool each_part(GMimeMessage* of, const std::function<void(GMimeObject* part)>& take);

// "text/plain", in small letters.
[[nodiscard]] std::string media_type(GMimeObject* part);

// Without its transfer encoding.
[[nodiscard]] std::string content(GMimePart* part);

// Decoded; nothing when it is not there.
[[nodiscard]] std::optional<std::string> header(GMimeObject* of, const char* name);

// A text with LF for CRLF.
[[nodiscard]] std::string with_plain_line_ends(std::string_view text);

}  // namespace brygga::mail::detail
