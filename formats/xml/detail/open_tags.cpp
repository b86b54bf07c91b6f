#include "formats/xml/detail/open_tags.hpp"

namespace brygga::xml::detail {

namespace {

std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
    const std::size_t at = text.find(end, from);
    return at == std::string_view::npos ? 0 : at + end.size();
}

std::size_t tag_end(std::string_view text) {
    char quote = 0;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (quote != 0)
            quote = text[at] == quote ? '\0' : quote;
        else if (text[at] == '"' || text[at] == '\'')
            quote = text[at];
        else if (text[at] == '>')
            return at + 1;
    }
    return 0;
}

}  // namespace

bool open_tags::take(std::string_view tag) {
    if (tag[1] == '!' || tag[1] == '?' || tag.ends_with("/>")) return true;
    const bool ends = tag[1] == '/';
    const std::size_t from = ends ? 2 : 1;
    const std::string_view name = tag.substr(from, tag.find_first_of(" \t\r\n>", from) - from);
    if (!ends) {
        open_.emplace_back(name, tag);
        return true;
    }
    if (open_.empty() || open_.back().first != name) return false;
    open_.pop_back();
    return true;
}

bool open_tags::follow(std::string_view xml) {
    for (std::size_t at = 0; (at = xml.find('<', at)) != std::string_view::npos;) {
        const std::string_view rest = xml.substr(at);
        std::size_t size = 0;
        if (rest.starts_with("<!--"))
            size = behind(rest, "-->", 4);
        else if (rest.starts_with("<![CDATA["))
            size = behind(rest, "]]>", 9);
        else if (rest.starts_with("<?"))
            size = behind(rest, "?>", 2);
        else
            size = tag_end(rest);
        if (size == 0 || !take(rest.substr(0, size))) return false;
        at += size;
    }
    return true;
}

std::string open_tags::starts() const {
    std::string out;
    for (const auto& [name, tag] : open_)
        out += tag;
    return out;
}

std::string open_tags::ends() const {
    std::string out;
    for (std::size_t i = open_.size(); i-- > 0;)
        out += "</" + open_[i].first + '>';
    return out;
}

}  // namespace brygga::xml::detail
