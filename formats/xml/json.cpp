#include "formats/xml/json.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/layout/lines.hpp"
#include "formats/xml/detail/characters.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::xml {

namespace {

using json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> verbs = {"element", "open", "within", "close"};
constexpr std::size_t rest_line_bytes = 65'536;  // of a document that is not well-formed, in one line of JSON

std::string_view verb(piece_kind is) noexcept {
    return verbs[static_cast<std::size_t>(is)];
}

class json_writer : public document_visitor {
 public:
    explicit json_writer(const output& to) : to_(to) {}

    void file(const document_facts& facts) override {
        facts_ = facts;
        put({{"file", 1},
             {"format", facts.format_id},
             {"version", facts.version},
             {"encoding", name(facts.in)},
             {"byte_order_mark", facts.byte_order_mark},
             {"prefix", facts.prefix}});
    }

    void part(const piece& item, std::string_view bytes) override {
        json out;
        out[std::string(verb(item.is))] = item.element;
        for (const field& each : item.fields)
            out[each.path] = each.value;
        const bool doubled = out.size() != item.fields.size() + 1;  // an attribute of one name in two namespaces
        if (item.begin == 0 && facts_.byte_order_mark) bytes.remove_prefix(utf8_byte_order_mark.size());
        if (doubled || bytes != canonical(item, facts_.prefix)) out["xml"] = text_of(bytes);
        put(out);
    }

    void rest(std::string_view bytes, std::uint64_t, const fault& why) override {
        if (facts_.byte_order_mark && bytes.starts_with(utf8_byte_order_mark)) bytes.remove_prefix(utf8_byte_order_mark.size());
        const bool converted = facts_.in == form::utf_16_little || facts_.in == form::utf_16_big;
        const std::size_t step = converted ? bytes.size() : rest_line_bytes;  // characters must not be cut
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            json out;
            out["rest"] = to_utf8(bytes.substr(at, step), encoding::iso_8859_1);
            if (at == 0) out["why"] = why.text;
            put(out);
        }
    }

 private:
    [[nodiscard]] std::string text_of(std::string_view bytes) const {
        return to_utf8(bytes, facts_.in == form::iso_8859_1 ? encoding::iso_8859_1 : encoding::utf_8);
    }
    void put(const json& object) { to_(object.dump() + '\n'); }

    const output& to_;
    document_facts facts_;
};

// The values of pieces that are given as text.
class value_collector : public document_visitor {
 public:
    // Text of the element itself counts only when the element is whole: around children it is white space.
    value_collector(std::size_t begin, std::size_t end, bool own_text) : begin_(begin), end_(end), own_text_(own_text) {}

    void file(const document_facts&) override {}
    void part(const piece& item, std::string_view) override {
        for (const field& each : item.fields) {
            const std::size_t at = item.begin + each.offset;
            if (at < begin_ || at >= end_ || (each.path == "." && !own_text_)) continue;
            fields.push_back(each);
            fields.back().offset = at - begin_;
        }
    }
    void rest(std::string_view, std::uint64_t, const fault&) override { whole = false; }

    std::vector<field> fields;
    bool whole = true;

 private:
    std::size_t begin_, end_;
    bool own_text_;
};

class json_reader {
 public:
    json_reader(const document_type& type, const output& to) : type_(type), to_(to) {}

    result<void> take(const json& object) {
        if (!object.is_object()) return fail(error_code::invalid_content, "not a JSON object");
        if (object.contains("file")) return begin(object);
        if (object.contains("rest")) return rest(object);
        piece item;
        const auto named = std::find_if(verbs.begin(), verbs.end(), [&](std::string_view each) { return object.contains(each); });
        if (named == verbs.end())
            return fail(error_code::invalid_content, "none of \"element\", \"open\", \"within\", \"close\"");
        item.is = static_cast<piece_kind>(named - verbs.begin());
        item.element = object.at(std::string(*named)).get<std::string>();
        for (const auto& [key, value] : object.items()) {
            if (key == *named || key == "xml") continue;
            if (!value.is_string()) return fail(error_code::invalid_content, fmt::format("\"{}\" is not text", key));
            item.fields.push_back({key, nullptr, value.get<std::string>(), 0, 0, key.find('@') != std::string::npos});
        }
        const bool inside = item.is == piece_kind::within || item.is == piece_kind::close;
        if (inside && (open_.empty() || open_.back() != item.element))
            return fail(error_code::invalid_content, fmt::format("{} is not the element that is open", item.element));
        item.depth = open_.size() - (inside ? 1 : 0);
        auto text = object.contains("xml") ? edited(item, object.at("xml").get<std::string>())
                                           : result<std::string>(canonical(item, prefix_));
        if (!text) return tl::unexpected(text.error());
        if (item.is == piece_kind::open) {
            if (open_.empty()) root_ = *text;
            open_.push_back(item.element);
        } else if (item.is == piece_kind::close) {
            open_.pop_back();
        }
        return put(*text);
    }

 private:
    result<void> begin(const json& object) {
        const std::string format = object.value("format", std::string(type_.format_id));
        if (format != type_.format_id)
            return fail(error_code::invalid_content, fmt::format("this is {}, not {}", format, type_.format_id));
        const std::string encoding = object.value("encoding", "UTF-8");
        constexpr std::array all = {form::utf_8, form::iso_8859_1, form::utf_16_little, form::utf_16_big};
        const auto found = std::find_if(all.begin(), all.end(), [&](form each) { return name(each) == encoding; });
        if (found == all.end())
            return fail(error_code::invalid_content, "unknown \"encoding\": UTF-8, ISO 8859-1, UTF-16LE or UTF-16BE");
        in_ = *found;
        prefix_ = object.value("prefix", "");
        open_.clear();
        return object.value("byte_order_mark", false) ? put(utf8_byte_order_mark) : result<void>();
    }

    result<void> rest(const json& object) {
        auto bytes = from_utf8(object.at("rest").get<std::string>(), encoding::iso_8859_1);
        if (!bytes) return fail(error_code::invalid_content, fmt::format("\"rest\": {}", bytes.error().text));
        if (in_ == form::utf_16_little || in_ == form::utf_16_big) return put(*bytes);
        to_(*bytes);
        return {};
    }

    // The piece as it was written, with the values that it has now.
    result<std::string> edited(const piece& item, std::string xml) const {
        std::string document;
        const bool opens_root = open_.empty();
        if (!opens_root) document = root_.substr(root_.starts_with("<?xml") ? root_.find("?>") + 2 : 0);
        for (std::size_t i = 1; i < open_.size(); ++i)
            document += tag_of("<", open_[i]);
        const std::size_t begin = document.size();
        document += opens_root && xml.starts_with("<?xml") ? xml.substr(xml.find("?>") + 2) : xml;
        const std::size_t cut = opens_root && xml.starts_with("<?xml") ? xml.find("?>") + 2 : 0;
        const std::size_t end = document.size();
        std::size_t still_open = open_.size();
        if (item.is == piece_kind::close) --still_open;
        if (item.is == piece_kind::open) document += tag_of("</", item.element);
        while (still_open != 0)
            document += tag_of("</", open_[--still_open]);
        value_collector seen(begin, end, item.is == piece_kind::whole);
        visit(document, type_, {}, seen);
        if (!seen.whole) return fail(error_code::invalid_content, "\"xml\" is not well-formed where it stands");
        const bool same_paths = std::equal(seen.fields.begin(), seen.fields.end(), item.fields.begin(), item.fields.end(),
                                           [](const field& a, const field& b) { return a.path == b.path; });
        if (!same_paths) return canonical(item, prefix_);
        for (std::size_t i = item.fields.size(); i-- > 0;) {
            const field& was = seen.fields[i];
            const std::string& value = item.fields[i].value;
            if (was.value == value) continue;
            if (!was.attribute && document[begin + was.offset] == '<' && document[begin + was.offset + 1] != '/' &&
                document.compare(begin + was.offset, 9, "<![CDATA[") != 0)
                return canonical(item, prefix_);  // <Nm/>
            xml.replace(cut + was.offset, was.size, was.attribute ? escaped_attribute(value) : escaped(value));
        }
        return xml;
    }

    [[nodiscard]] std::string tag_of(std::string_view opens, const std::string& element) const {
        const bool own = prefix_.empty() || element.find(':') != std::string::npos;
        return fmt::format("{}{}{}{}>", opens, own ? "" : prefix_, own ? "" : ":", element);
    }

    result<void> put(std::string_view utf8) {
        switch (in_) {
            case form::utf_8:
                to_(utf8);
                return {};
            case form::iso_8859_1: {
                auto bytes = detail::utf8_to_latin_1(utf8);
                if (!bytes) return fail(error_code::invalid_content, "text that is no UTF-8");
                to_(*bytes);
                return {};
            }
            case form::utf_16_little:
            case form::utf_16_big: {
                auto bytes =
                    detail::utf8_to_utf16(utf8, in_ == form::utf_16_big ? detail::utf16_form::big : detail::utf16_form::little);
                if (!bytes) return fail(error_code::invalid_content, "text that is no UTF-8");
                to_(*bytes);
                return {};
            }
        }
        return {};
    }

    const document_type& type_;
    const output& to_;
    form in_ = form::utf_8;
    std::string prefix_;
    std::string root_;               // the first piece: its start tag binds the prefixes
    std::vector<std::string> open_;  // by "open" lines
};

// The JSON library throws on a member of the wrong type: here that becomes an error of the line.
result<void> take_line(json_reader& reader, std::string_view line) {
    const json object = json::parse(line, nullptr, false);
    if (object.is_discarded()) return fail(error_code::invalid_content, "not JSON");
    try {
        return reader.take(object);
    } catch (const json::exception&) {
        return fail(error_code::invalid_content, "a member is of the wrong type");
    }
}

}  // namespace

void to_json(std::string_view bytes, const document_type& type, const document_options& options, const output& to) {
    json_writer writer(to);
    visit(bytes, type, options, writer);
}

result<void> from_json(std::string_view json_lines, const document_type& type, const output& to) {
    json_reader reader(type, to);
    layout::line_cutter lines(json_lines);
    layout::physical_line line;
    while (lines.next(line)) {
        if (line.bytes.find_first_not_of(" \t") == std::string_view::npos) continue;
        auto taken = take_line(reader, line.bytes);
        if (!taken) return fail(taken.error().code, fmt::format("line {}: {}", line.number, taken.error().text));
    }
    return {};
}

}  // namespace brygga::xml
