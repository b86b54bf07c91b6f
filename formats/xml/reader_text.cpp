// The reader's texts: character data, references, CDATA sections, and what is skipped.
#include <cstring>

#include "formats/xml/detail/bytes.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::xml {

using namespace detail;

// Text up to the next '<' or the end.
bool reader::content_run() {
    const char* const from = at_;
    const char* const far = open_.empty() ? end_ : no_further_than(most_written * within_.text);
    unsigned seen = 0;
    for (;; ++at_) {
        while (at_ != far && (character_class(*at_) & stops_text) == 0)
            ++at_;
        if (at_ == far && far != end_) return fail("a text is longer than the limit", from), false;
        if (at_ == end_ || *at_ == '<') break;
        seen |= character_class(*at_);
        if (*at_ == ']' && starts(at_, end_, "]]>")) return fail("]]> stands outside of a CDATA section", at_), false;
        if ((seen & forbidden) != 0) return fail("a control character is no XML", at_), false;
    }
    return from == at_ || keep(from, at_, seen);
}

// Whether a run of text, with characters of these classes, needs no copy.
bool reader::as_it_stands(std::string_view run, unsigned seen) const noexcept {
    if ((seen & resolved) != 0) return false;
    return (seen & beyond_ascii) == 0 || (in_ == encoding::utf_8 && is_valid_utf8(run) && !has_noncharacters(run));
}

// Adds to the text of the element, or checks that there is none where none may be.
bool reader::keep(const char* from, const char* to, unsigned seen) {
    const std::string_view run(from, to);
    if (open_.empty()) {
        if (is_blank(run)) return true;
        return fail(root_seen_ ? "text stands behind the root element" : "text stands before the root element", from), false;
    }
    blank_ = blank_ && is_blank(run);
    if (text_.empty() && !copied_ && as_it_stands(run, seen)) {
        text_ = run;
        if (text_.size() <= within_.text || blank_) return true;
        return fail("a text is longer than the limit", from), false;
    }
    if (!copied_) {
        buffer_.assign(text_);
        copied_ = true;
    }
    if (!append_decoded(buffer_, from, to, false)) return false;
    if (buffer_.size() > within_.text) return fail("a text is longer than the limit", from), false;
    text_ = buffer_;
    return true;
}

bool reader::append_plain(std::string& to, const char* from, const char* until) {
    const std::string_view run(from, until);
    if (in_ == encoding::iso_8859_1) {
        to += is_ascii(run) ? std::string(run) : to_utf8(run, in_);
    } else if (is_valid_utf8(run) && !has_noncharacters(run)) {
        to += run;
    } else {
        return fail("bytes are not valid UTF-8", from), false;
    }
    return true;
}

// Resolves references, normalises line ends, and in attribute values turns white space into blanks.
bool reader::append_decoded(std::string& to, const char* from, const char* until, bool attribute_value) {
    // Refused before it is copied: a text of a gigabyte must not be.
    if (static_cast<std::size_t>(until - from) > 8 * within_.text) return fail("a text is longer than the limit", from), false;
    const char* run = from;
    for (const char* at = from; at != until;) {
        if (*at != '&' && *at != '\r' && !(attribute_value && (*at == '\n' || *at == '\t'))) {
            ++at;
            continue;
        }
        if (!append_plain(to, run, at)) return false;
        if (*at == '&') {
            if (!append_reference(to, at, until)) return false;
        } else if (*at == '\r') {
            to += attribute_value ? ' ' : '\n';
            at += at + 1 != until && at[1] == '\n' ? 2 : 1;
        } else {
            to += ' ';
            ++at;
        }
        run = at;
    }
    return append_plain(to, run, until);
}

// &amp; &#229; &#xE5;
bool reader::append_reference(std::string& to, const char*& at, const char* until) {
    constexpr std::size_t longest = 12;
    const std::string_view rest(at, until);
    const std::size_t end = rest.substr(0, longest).find(';');
    if (end == std::string_view::npos) return fail("an & begins no reference", at), false;
    const std::string_view inner = rest.substr(1, end - 1);
    if (const char named = named_character(inner); named != '\0') {
        to += named;
    } else if (!inner.starts_with('#')) {
        return fail("an entity is used that XML itself does not define", at), false;
    } else if (const auto code = character_reference(inner.substr(1)); code) {
        append_utf8(to, *code);
    } else {
        return fail("a character reference names no character of XML", at), false;
    }
    at += end + 1;
    return true;
}

bool reader::character_section() {
    constexpr std::string_view opening = "<![CDATA[";
    constexpr std::string_view ending = "]]>";
    const char* const from = at_ + opening.size();
    const char* const far = no_further_than(opening.size() + within_.text + ending.size());
    const std::string_view rest(from, far);
    const std::size_t size = rest.find(ending);
    if (size == std::string_view::npos)
        return fail(far == end_ ? "a CDATA section does not end" : "a text is longer than the limit", at_), false;
    if (open_.empty()) return fail("a CDATA section stands outside of the root element", at_), false;
    if (!skip(opening.size() + ending.size(), rest, {})) return false;  // sections of nothing are no text
    if (size > within_.text) return fail("a text is longer than the limit", at_), false;
    if (!check_characters(rest.substr(0, size))) return false;
    if (!copied_) {
        buffer_.assign(text_);
        copied_ = true;
    }
    // Nothing is resolved in a section but line ends.
    const char* run = from;
    for (const char* at = from; at != from + size; ++at) {
        if (*at != '\r') continue;
        if (!append_plain(buffer_, run, at)) return false;
        buffer_ += '\n';
        run = at + (at[1] == '\n' ? 2 : 1);
        if (at[1] == '\n') ++at;
    }
    if (!append_plain(buffer_, run, from + size)) return false;
    blank_ = blank_ && is_blank({from, size});
    if (buffer_.size() > within_.text) return fail("a text is longer than the limit", from), false;
    text_ = buffer_;
    at_ = from + size + 3;
    return true;
}

// Of what is skipped: it must be XML all the same.
bool reader::check_characters(std::string_view skipped) {
    unsigned seen = 0;
    for (const char& each : skipped) {
        seen |= character_class(each);
        if ((seen & forbidden) != 0) return fail("a control character is no XML", &each), false;
    }
    if ((seen & beyond_ascii) == 0 || in_ != encoding::utf_8) return true;
    if (is_valid_utf8(skipped) && !has_noncharacters(skipped)) return true;
    return fail("bytes are not valid UTF-8", skipped.data()), false;
}

// What may be skipped yet, of what begins at at_.
std::string_view reader::to_skip() const noexcept {
    return {at_, no_further_than(within_.skipped - skipped_)};
}

// Counts what is skipped from at_ on: `size` bytes of it, or more than were looked at.
bool reader::skip(std::size_t size, std::string_view looked_at, std::string_view no_end) {
    if (size == std::string_view::npos && looked_at.data() + looked_at.size() == end_) return fail(no_end, at_), false;
    if (size > within_.skipped - skipped_)
        return fail("comments and processing instructions are longer than the limit", at_), false;
    skipped_ += size;
    return true;
}

bool reader::comment() {
    constexpr std::string_view opening = "<!--";
    constexpr std::string_view ending = "-->";
    const std::string_view rest = to_skip();
    const std::size_t size = rest.find("--", opening.size());
    if (!skip(size == std::string_view::npos ? size : size + ending.size(), rest, "a comment does not end")) return false;
    if (!rest.substr(size).starts_with(ending)) return fail("-- stands within a comment", rest.data() + size), false;
    at_ += size + ending.size();
    return check_characters(rest.substr(opening.size(), size - opening.size()));
}

bool reader::processing_instruction() {
    constexpr std::string_view opening = "<?";
    constexpr std::string_view ending = "?>";
    const std::string_view looked_at = to_skip();
    const std::size_t end = looked_at.find(ending, opening.size());
    if (!skip(end == std::string_view::npos ? end : end + ending.size(), looked_at, "a processing instruction does not end"))
        return false;
    const std::string_view rest = looked_at.substr(opening.size());
    const std::size_t size = end - opening.size();
    const std::string_view whole = rest.substr(0, size);
    const auto name_end = std::find_if(whole.begin(), whole.end(), [](char c) { return (character_class(c) & in_name) == 0; });
    const std::string_view target = whole.substr(0, static_cast<std::size_t>(name_end - whole.begin()));
    const bool named =
        !target.empty() && (character_class(target[0]) & starts_name) != 0 && target.find(':') == std::string_view::npos;
    if (!named || (target.size() != whole.size() && !blank(whole[target.size()])))
        return fail("a processing instruction has no name", at_), false;
    if (target == "xml") return fail("an XML declaration stands behind the beginning", at_), false;
    at_ = rest.data() + size + ending.size();
    return check_characters(whole);
}

}  // namespace brygga::xml
