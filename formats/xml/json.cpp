#include "formats/xml/json.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/lines.hpp"
#include "formats/xml/detail/characters.hpp"
#include "formats/xml/detail/open_tags.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::xml {

namespace {

using detail::open_tags;
using nlohmann::json;

constexpr std::array<std::string_view, 4> verbs = {"element", "open", "within", "close"};
// A path that is one of the words of the lines stands behind this, and so does one that stood before: no path begins so.
constexpr std::string_view path_mark = "./";
constexpr std::array<std::string_view, 8> reserved = {"file", "rest", "xml", "why", "element", "open", "within", "close"};
constexpr std::size_t rest_line_bytes = 65'536;  // of a document that is not well-formed, in one line of JSON

std::string_view verb(piece_kind is) noexcept {
    return verbs[static_cast<std::size_t>(is)];
}

// An object of one line, written member by member: the library's own looks up each key among all before.
class object_line {
 public:
    object_line& add(std::string_view key, const json& value) {
        out_ += out_.empty() ? '{' : ',';
        ((out_ += json(key).dump()) += ':') += value.dump();
        return *this;
    }
    [[nodiscard]] std::string done() const { return out_ + "}\n"; }

 private:
    std::string out_;
};

class json_writer : public document_visitor {
 public:
    json_writer(const document_options& options, std::size_t document_bytes, const output& to)
        : options_(options), document_bytes_(document_bytes), to_(to) {}

    void file(const document_facts& facts) override {
        facts_ = facts;
        to_(object_line()
                .add("file", 1)
                .add("format", facts.format_id)
                .add("version", facts.version)
                .add("encoding", name(facts.in))
                .add("byte_order_mark", facts.byte_order_mark)
                .add("prefix", facts.prefix)
                .done());
    }

    void part(const piece& item, std::string_view bytes) override {
        object_line out;
        out.add(verb(item.is), item.element);
        std::unordered_set<std::string> keys;
        for (const std::string_view each : reserved)
            keys.emplace(each);
        for (const field& each : item.fields) {
            std::string key = each.path;
            while (!keys.insert(key).second)
                key.insert(0, path_mark);
            out.add(key, each.value);
        }
        if (item.begin == 0 && facts_.byte_order_mark) bytes.remove_prefix(utf8_byte_order_mark.size());
        if (bytes != canonical(item, facts_.prefix, facts_.in)) out.add("xml", text_of(bytes));
        to_(out.done());
    }

    void rest(std::string_view bytes, std::uint64_t, const fault& why) override {
        if (facts_.byte_order_mark && bytes.starts_with(utf8_byte_order_mark)) bytes.remove_prefix(utf8_byte_order_mark.size());
        const bool converted = facts_.in == form::utf_16_little || facts_.in == form::utf_16_big;
        const std::size_t step = converted ? bytes.size() : rest_line_bytes;  // characters must not be cut
        std::size_t at = 0;
        do {  // once even for nothing: the line says that the elements stay open
            object_line out;
            out.add("rest", to_utf8(bytes.substr(at, step), encoding::iso_8859_1));
            if (at == 0) out.add("why", why.text);
            to_(out.done());
            at += step;
            if (options_.passed && !converted && at < bytes.size()) options_.passed(document_bytes_ - bytes.size() + at);
        } while (at < bytes.size());
    }

 private:
    [[nodiscard]] std::string text_of(std::string_view bytes) const {
        return to_utf8(bytes, facts_.in == form::iso_8859_1 ? encoding::iso_8859_1 : encoding::utf_8);
    }

    const document_options& options_;
    std::size_t document_bytes_;
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

struct member {
    std::string key;
    std::optional<std::string> text;  // nothing for a number or a truth value
    bool yes = false;
};

// The members of one flat object in their order. Keys that stand twice are refused.
class object_reader : public nlohmann::json_sax<json> {
 public:
    std::vector<member> members;
    std::string wrong = "not JSON";

    bool null() override { return put({}, false); }
    bool boolean(bool value) override { return put({}, value); }
    bool number_integer(json::number_integer_t) override { return put({}, false); }
    bool number_unsigned(json::number_unsigned_t) override { return put({}, false); }
    bool number_float(json::number_float_t, const std::string&) override { return put({}, false); }
    bool binary(json::binary_t&) override { return put({}, false); }
    bool string(std::string& value) override { return put(std::move(value), false); }
    bool start_object(std::size_t) override { return ++depth_ == 1 || refuse(); }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return refuse(); }
    bool end_array() override { return true; }
    bool key(std::string& value) override {
        if (!keys_.insert(value).second) {
            wrong = "a key stands twice";
            return false;
        }
        members.push_back({std::move(value), {}, false});
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
    bool put(std::optional<std::string> text, bool yes) {
        if (depth_ == 0) return refuse();
        members.back().text = std::move(text);
        members.back().yes = yes;
        return true;
    }
    bool refuse() {
        wrong = members.empty() ? "not a JSON object" : fmt::format("\"{}\" is not text", members.back().key);
        return false;
    }

    std::unordered_set<std::string> keys_;
    std::size_t depth_ = 0;
};

const member* find(const std::vector<member>& object, std::string_view key) {
    const auto found = std::find_if(object.begin(), object.end(), [&](const member& each) { return each.key == key; });
    return found == object.end() ? nullptr : &*found;
}

bool is_name(std::string_view text) {
    using namespace detail;
    if (text.empty() || text.size() > limits().name || std::count(text.begin(), text.end(), ':') > 1) return false;
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && (!is_name(text.substr(0, colon)) || !is_name(text.substr(colon + 1)))) return false;
    return (character_class(text[0]) & starts_name) != 0 && text != ":" &&
           std::all_of(text.begin(), text.end(), [](char c) { return (character_class(c) & in_name) != 0; });
}

// "RmtInf/Strd[2]/CdtrRefInf/Ref", "Amt/@Ccy" or "."; elements no deeper than that.
bool is_path(std::string_view path, std::size_t deepest) {
    if (path == ".") return true;
    for (std::size_t steps = 1;; ++steps) {
        const std::size_t size = std::min(path.find('/'), path.size());
        std::string_view step = path.substr(0, size);
        const bool last = size == path.size();
        if (step.starts_with('@')) return last && is_name(step.substr(1));
        if (step.ends_with(']')) {
            const std::size_t index = std::min(step.find('['), step.size());
            const std::string_view digits = step.substr(index + 1, step.size() - index - 2);
            if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
            step = step.substr(0, index);
        }
        if (!is_name(step) || steps > deepest) return false;
        if (last) return true;
        path.remove_prefix(size + 1);
    }
}

bool is_xml_text(std::string_view utf8) {
    return std::none_of(utf8.begin(), utf8.end(), [](char c) { return (detail::character_class(c) & detail::forbidden) != 0; }) &&
           !detail::has_noncharacters(utf8);
}

constexpr std::string_view broken_xml = "\"xml\" is not well-formed where it stands";
constexpr std::string_view broken_values = "the values make no well-formed XML where they stand";

class json_reader {
 public:
    json_reader(const document_type& type, const output& to) : type_(type), to_(to) {}

    result<void> take(std::string_view line) {
        object_reader object;
        if (!json::sax_parse(line, &object)) return fail(error_code::invalid_content, object.wrong);
        if (find(object.members, "file") != nullptr) return begin(object.members);
        if (const member* bytes = find(object.members, "rest")) return rest(*bytes);
        return part(object.members);
    }

    // Of the lines as a whole.
    [[nodiscard]] result<void> finish() const {
        if (open_.empty() || rest_seen_) return {};
        return fail(error_code::invalid_content, fmt::format("{} is still open at the end", open_.back()));
    }

 private:
    result<void> begin(const std::vector<member>& object) {
        if (begun_) return fail(error_code::invalid_content, "a second \"file\"");
        begun_ = true;
        const auto text_at = [&](std::string_view key, std::string_view otherwise) {
            const member* const found = find(object, key);
            return std::string(found == nullptr ? otherwise : found->text.value_or(""));
        };
        const std::string format = text_at("format", type_.format_id);
        if (format != type_.format_id)
            return fail(error_code::invalid_content, fmt::format("this is {}, not {}", format, type_.format_id));
        const std::string encoding = text_at("encoding", "UTF-8");
        constexpr std::array all = {form::utf_8, form::iso_8859_1, form::utf_16_little, form::utf_16_big};
        const auto found = std::find_if(all.begin(), all.end(), [&](form each) { return name(each) == encoding; });
        if (found == all.end())
            return fail(error_code::invalid_content, "unknown \"encoding\": UTF-8, ISO 8859-1, UTF-16LE or UTF-16BE");
        in_ = *found;
        prefix_ = text_at("prefix", "");
        if (!prefix_.empty() && (!is_name(prefix_) || prefix_.find(':') != std::string::npos))
            return fail(error_code::invalid_content, "\"prefix\" is no XML name");
        const member* const mark = find(object, "byte_order_mark");
        if (mark == nullptr || !mark->yes) return {};
        if (in_ != form::iso_8859_1) return put(utf8_byte_order_mark);
        to_(utf8_byte_order_mark);  // it is none of the letters of the document
        return {};
    }

    result<void> rest(const member& object) {
        rest_seen_ = true;
        if (!object.text) return fail(error_code::invalid_content, "\"rest\" is not text");
        auto bytes = from_utf8(*object.text, encoding::iso_8859_1);
        if (!bytes) return fail(error_code::invalid_content, fmt::format("\"rest\": {}", bytes.error().text));
        if (in_ == form::utf_16_little || in_ == form::utf_16_big) return put(*bytes);
        to_(*bytes);
        return {};
    }

    result<void> part(std::vector<member>& object) {
        piece item;
        const member* xml = nullptr;
        auto read = read_piece(object, item, xml);
        if (!read) return read;
        auto text = xml == nullptr ? written(item) : edited(item, *xml->text);
        if (!text) return tl::unexpected(text.error());
        if (item.is == piece_kind::open)
            open_.push_back(item.element);
        else if (item.is == piece_kind::close)
            open_.pop_back();
        if (!tags_.follow(*text) || tags_.depth() != open_.size())
            return fail(error_code::invalid_content, std::string(xml != nullptr ? broken_xml : broken_values));
        root_seen_ = true;
        return put(*text);
    }

    result<void> read_piece(std::vector<member>& object, piece& item, const member*& xml) {
        const member* named = nullptr;
        std::size_t count = 0;
        for (std::size_t i = 0; i < verbs.size(); ++i) {
            const member* const found = find(object, verbs[i]);
            if (found == nullptr) continue;
            ++count;
            named = found;
            item.is = static_cast<piece_kind>(i);
        }
        if (count != 1)
            return fail(error_code::invalid_content, "none or several of \"element\", \"open\", \"within\", \"close\"");
        if (rest_seen_) return fail(error_code::invalid_content, "an element behind the \"rest\"");
        for (const member& each : object)
            if (!each.text) return fail(error_code::invalid_content, fmt::format("\"{}\" is not text", each.key));
        item.element = *named->text;
        const bool inside = item.is == piece_kind::within || item.is == piece_kind::close;
        if (!is_name(item.element)) return fail(error_code::invalid_content, "an element has no XML name");
        if (inside && (open_.empty() || open_.back() != item.element))
            return fail(error_code::invalid_content, fmt::format("{} is not the element that is open", item.element));
        if (!inside && open_.empty() && root_seen_) return fail(error_code::invalid_content, "a second root element");
        item.depth = open_.size() - (inside ? 1 : 0);
        if (item.depth >= limits().depth) return fail(error_code::invalid_content, "elements are nested deeper than the limit");
        xml = find(object, "xml");
        return read_fields(object, named, xml, item);
    }

    static result<void> read_fields(const std::vector<member>& object, const member* named, const member* xml, piece& item) {
        const std::size_t deepest = limits().depth - item.depth - 1;
        for (const member& each : object) {
            if (&each == named || &each == xml) continue;
            std::string_view path = each.key;
            while (path.starts_with(path_mark))
                path.remove_prefix(path_mark.size());
            if (!is_path(path, deepest)) return fail(error_code::invalid_content, "a key is no path of XML names");
            if (!is_xml_text(*each.text)) return fail(error_code::invalid_content, "a value holds a character that no XML has");
            item.fields.push_back({std::string(path), nullptr, *each.text, 0, 0, path.find('@') != std::string_view::npos});
        }
        return {};
    }

    // The piece from its values alone.
    [[nodiscard]] result<std::string> written(const piece& item) const {
        auto text = canonical(item, prefix_, in_);
        if (!text) return fail(error_code::invalid_content, "a value stands on an element that has children");
        // Names without prefix, each once, cannot make it wrong.
        std::unordered_set<std::string_view> paths;
        const bool sure = std::all_of(item.fields.begin(), item.fields.end(), [&](const field& each) {
            return each.path.find(':') == std::string::npos && paths.insert(each.path).second;
        });
        if (!sure || item.element.find(':') != std::string::npos || item.fields.size() > limits().attributes) {
            std::vector<field> ignored;
            std::size_t begin = 0;
            if (!values_of(item, *text, ignored, begin)) return fail(error_code::invalid_content, std::string(broken_values));
        }
        return *std::move(text);
    }

    static std::size_t declaration_size(std::string_view xml) {
        const std::size_t end = xml.starts_with("<?xml") ? xml.find("?>") : std::string_view::npos;
        return end == std::string_view::npos ? 0 : end + 2;
    }

    // The values of a piece that is written so where it stands, and how much of it was left out in front; false when it is not
    // well-formed there.
    bool values_of(const piece& item, std::string_view xml, std::vector<field>& values, std::size_t& cut) const {
        cut = open_.empty() ? declaration_size(xml) : 0;
        std::string document = tags_.starts();
        const std::size_t begin = document.size();
        document += xml.substr(cut);
        const std::size_t end = document.size();
        open_tags after = tags_;
        if (!after.follow(xml)) return false;
        document += after.ends();
        value_collector seen(begin, end, item.is == piece_kind::whole);
        visit(document, type_, {}, seen);
        values = std::move(seen.fields);
        return seen.whole;
    }

    // The piece as it was written, with the values that it has now.
    [[nodiscard]] result<std::string> edited(const piece& item, const std::string& xml) const {
        std::vector<field> seen;
        std::size_t cut = 0;
        if (!values_of(item, xml, seen, cut)) return fail(error_code::invalid_content, std::string(broken_xml));
        const bool same_paths = std::equal(seen.begin(), seen.end(), item.fields.begin(), item.fields.end(),
                                           [](const field& a, const field& b) { return a.path == b.path; });
        if (!same_paths) return written(item);
        std::string out;
        std::size_t done = 0;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const field& was = seen[i];
            const std::string& value = item.fields[i].value;
            if (was.value == value) continue;
            const std::string_view there = std::string_view(xml).substr(cut + was.offset);
            if (!was.attribute && there[0] == '<' && there[1] != '/' && !there.starts_with("<![CDATA["))
                return written(item);  // <Nm/>
            out.append(xml, done, cut + was.offset - done);
            out += was.attribute ? escaped_attribute(value) : escaped(value);
            done = cut + was.offset + was.size;
        }
        return out.append(xml, done, std::string::npos);
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
    std::vector<std::string> open_;  // by "open" lines
    open_tags tags_;                 // the same as they were written
    bool begun_ = false, root_seen_ = false, rest_seen_ = false;
};

}  // namespace

void to_json(std::string_view bytes, const document_type& type, const document_options& options, const output& to) {
    json_writer writer(options, bytes.size(), to);
    visit(bytes, type, options, writer);
}

result<void> from_json(std::string_view json_lines, const document_type& type, const output& to) {
    json_reader reader(type, to);
    line_cutter lines(json_lines);
    physical_line line;
    auto last = line.number;
    while (lines.next(line)) {
        if (line.bytes.find_first_not_of(" \t") == std::string_view::npos) continue;
        auto taken = reader.take(line.bytes);
        if (!taken) return fail(taken.error().code, fmt::format("line {}: {}", line.number, taken.error().text));
        last = line.number;
    }
    auto finished = reader.finish();
    if (!finished) return fail(finished.error().code, fmt::format("line {}: {}", last, finished.error().text));
    return {};
}

}  // namespace brygga::xml
