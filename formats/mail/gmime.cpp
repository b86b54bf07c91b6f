#include "formats/mail/detail/gmime.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "formats/core/small_letters.hpp"

namespace brygga::mail::detail {

namespace {

void initialise() {
    static const bool once = (g_mime_init(), true);
    static_cast<void>(once);
}

bool is_header_name(char c) noexcept {
    return c > ' ' && c < 0x7F && c != ':';
}

// "Name:", wherever it stands.
bool looks_like_header(std::string_view line) noexcept {
    std::size_t at = 0;
    while (at < line.size() && is_header_name(line[at]))
        ++at;
    return at != 0 && at < line.size() && line[at] == ':';
}

std::string fault_of_size(std::string_view bytes) {
    if (bytes.size() > max_read_bytes) return fmt::format("it is beyond {} bytes", max_read_bytes);
    std::size_t headers = 0, boundaries = 0;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view line = bytes.substr(0, end);
        if (line.starts_with("--"))
            ++boundaries;
        else if (looks_like_header(line))
            ++headers;
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    if (headers > max_header_lines) return fmt::format("it has more than {} lines of headers", max_header_lines);
    if (boundaries > max_boundary_lines)
        return fmt::format("it has more than {} lines that may begin a part", max_boundary_lines);
    return {};
}

// What other software may understand otherwise, or what is missing. Of the rest mail is full.
std::string_view fault_of_warning(GMimeParserWarning code) noexcept {
    switch (code) {
        case GMIME_CRIT_INVALID_HEADER_NAME:
            return "a header has no name";
        case GMIME_CRIT_CONFLICTING_PARAMETER:
            return "a parameter stands twice and says two things";
        case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
            return "a message of parts does not say what stands between them";
        case GMIME_CRIT_NESTING_OVERFLOW:
            return "parts stand within parts without end";
        case GMIME_CRIT_PART_WITHOUT_HEADERS_OR_CONTENT:
            return "a part has neither headers nor content";
        case GMIME_WARN_MALFORMED_MULTIPART:
            return "a message of parts has none";
        case GMIME_WARN_TRUNCATED_MESSAGE:
            return "its end is missing";
        case GMIME_WARN_MALFORMED_MESSAGE:
            return "it has no headers";
        case GMIME_CRIT_CONFLICTING_HEADER:
        case GMIME_WARN_DUPLICATED_HEADER:
        case GMIME_WARN_DUPLICATED_PARAMETER:
        case GMIME_WARN_UNENCODED_8BIT_HEADER:
        case GMIME_WARN_INVALID_CONTENT_TYPE:
        case GMIME_WARN_INVALID_RFC2047_HEADER_VALUE:
        case GMIME_WARN_INVALID_PARAMETER:
        case GMIME_WARN_INVALID_ADDRESS_LIST:
        case GMIME_WARN_PART_WITHOUT_CONTENT:
            return {};
    }
    return {};
}

void note(gint64, GMimeParserWarning code, const gchar*, gpointer into) {
    parsed_message& of = *static_cast<parsed_message*>(into);
    if (of.fault.empty()) of.fault = fault_of_warning(code);
    of.is_cut = of.is_cut || code == GMIME_CRIT_NESTING_OVERFLOW;
}

struct free_options {
    void operator()(GMimeParserOptions* options) const noexcept { g_mime_parser_options_free(options); }
};

struct waiting {
    GMimeObject* part;
    std::size_t depth;
};

}  // namespace

parsed_message parse(std::string_view bytes) {
    if (std::string fault = fault_of_size(bytes); !fault.empty()) return {nullptr, true, std::move(fault)};
    initialise();
    parsed_message made;
    const std::unique_ptr<GMimeParserOptions, free_options> options(g_mime_parser_options_new());
    g_mime_parser_options_set_warning_callback(options.get(), &note, &made);
    const owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    made.message.reset(g_mime_parser_construct_message(parser.get(), options.get()));
    if (!made.message && made.fault.empty()) made.fault = "it has no headers";
    return made;
}

bool each_part(GMimeMessage* of, const std::function<void(GMimeObject* part)>& take) {
    std::vector<waiting> stack;
    const auto push = [&stack](GMimeObject* part, std::size_t depth) {
        if (part != nullptr) stack.push_back({part, depth});
    };
    push(g_mime_message_get_mime_part(of), 1);
    std::size_t seen = 0;
    while (!stack.empty()) {
        const waiting next = stack.back();
        stack.pop_back();
        if (++seen > max_parts || next.depth > max_depth) return false;
        if (GMIME_IS_MULTIPART(next.part)) {
            GMimeMultipart* const parts = GMIME_MULTIPART(next.part);
            for (int left = g_mime_multipart_get_count(parts); left != 0; --left)
                push(g_mime_multipart_get_part(parts, left - 1), next.depth + 1);
            continue;
        }
        take(next.part);
    }
    return true;
}

std::string media_type(GMimeObject* part) {
    GMimeContentType* const type = g_mime_object_get_content_type(part);
    if (type == nullptr) return {};
    char* const text = g_mime_content_type_get_mime_type(type);
    std::string out = text == nullptr ? std::string() : in_small_letters(text);
    g_free(text);
    return out;
}

std::string content(GMimePart* part) {
    GMimeDataWrapper* const from = g_mime_part_get_content(part);
    if (from == nullptr) return {};
    const owned<GMimeStream> into(g_mime_stream_mem_new());
    if (g_mime_data_wrapper_write_to_stream(from, into.get()) < 0) return {};
    const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(into.get()));
    if (bytes == nullptr || bytes->data == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::optional<std::string> header(GMimeObject* of, const char* name) {
    const char* const value = g_mime_object_get_header(of, name);
    if (value == nullptr) return std::nullopt;
    return std::string(value);
}

std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] != '\r' || at + 1 == text.size() || text[at + 1] != '\n') out += text[at];
    return out;
}

}  // namespace brygga::mail::detail
