#include "formats/print/document_form.hpp"

#include <array>

#include "formats/core/swedish_time.hpp"
#include "formats/core/text.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::print {

namespace {

// The accents (combining marks) of Latin-1, and the letters that have one there.
struct accent {
    std::string_view mark, letters;
};
constexpr std::array<accent, 7> accents = {{
    {"\xCC\x80", "AEIOUaeiou"},    // grave
    {"\xCC\x81", "AEIOUYaeiouy"},  // acute
    {"\xCC\x82", "AEIOUaeiou"},    // circumflex
    {"\xCC\x83", "ANOano"},        // tilde
    {"\xCC\x88", "AEIOUaeiouy"},   // diaeresis
    {"\xCC\x8A", "Aa"},            // ring
    {"\xCC\xA7", "Cc"},            // cedilla
}};

// Of a processing instruction other than the declaration in front, in a well-formed document; npos where there is none.
std::size_t instruction_at(std::string_view bytes) noexcept {
    std::size_t at = bytes.starts_with("<?xml") ? 1 : 0;
    for (;;) {
        at = bytes.find('<', at);
        if (at == std::string_view::npos) return at;
        const std::string_view rest = bytes.substr(at);
        if (rest.starts_with("<?")) return at;
        if (rest.starts_with("<!--"))
            at = bytes.find("-->", at);
        else if (rest.starts_with("<![CDATA["))
            at = bytes.find("]]>", at);
        else
            ++at;
    }
}

}  // namespace

std::size_t decomposed_at(std::string_view utf8) noexcept {
    for (std::size_t at = utf8.find('\xCC', 1); at != std::string_view::npos && at != 0; at = utf8.find('\xCC', at + 1))
        for (const accent& each : accents)
            if (utf8.substr(at, 2) == each.mark && each.letters.find(utf8[at - 1]) != std::string_view::npos) return at - 1;
    return std::string_view::npos;
}

bool has_zone(std::string_view moment) noexcept {
    const auto known = parse_moment(moment);
    return known && known->ahead_of_utc;
}

std::vector<form_fault> form_faults_of(std::string_view bytes) {
    xml::reader in(bytes);
    xml::event what = in.next();
    while (what == xml::event::start || what == xml::event::end)
        what = in.next();
    if (what == xml::event::failed) return {{in.source_offset(in.why().offset), in.why().text, "a well-formed XML document"}};
    std::vector<form_fault> faults;
    const auto fault_at = [&](std::size_t offset, std::string_view found, std::string_view expected) {
        if (offset != std::string_view::npos) faults.push_back({offset, found, expected});
    };
    if (in.converted() || in.in() != encoding::utf_8) fault_at(0, in.converted() ? "UTF-16" : name(in.in()), "UTF-8");
    if (in.converted()) return faults;
    if (bytes.starts_with(utf8_byte_order_mark)) fault_at(0, "a byte order mark", "UTF-8 without it");
    fault_at(bytes.find('\r'), "CR", "LF at line ends");
    fault_at(instruction_at(bytes.substr(bytes.starts_with(utf8_byte_order_mark) ? utf8_byte_order_mark.size() : 0)),
             "a processing instruction", "none");
    fault_at(decomposed_at(bytes), "a letter and its accent apart", "normalised text (NFC)");
    return faults;
}

}  // namespace brygga::print
