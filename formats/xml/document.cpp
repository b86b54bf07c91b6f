#include "formats/xml/document.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "formats/xml/detail/characters.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::xml {

namespace {

std::string with_index(std::string_view name, std::uint32_t index) {
    return index < 2 ? std::string(name) : fmt::format("{}[{}]", name, index);
}

// Follows the tags and cuts the document.
class walk {
 public:
    walk(reader& in, const document_type& type, const document_options& options, document_visitor& to)
        : in_(in), bytes_(in.document()), type_(type), options_(options), to_(to) {}

    void run() {
        for (;;) {
            switch (in_.next()) {
                case event::start:
                    start();
                    break;
                case event::end:
                    end();
                    break;
                case event::finished:
                    return emit(piece_kind::close, bytes_.size());
                case event::failed:
                    return to_.rest(bytes_.substr(cut_), line_, in_.why());
            }
            if (now_.fields.size() > max_values)
                return to_.rest(bytes_.substr(cut_), line_, {"an element holds more values than the limit", in_.offset()});
        }
    }

 private:
    struct place {
        const table* of{};
        const table::node* at{};  // nothing when no table knows the element
        std::string name;
        std::size_t path{};                                       // size of the path within the piece, without this element
        std::unordered_map<std::string, std::uint32_t> children;  // within the piece at hand
        std::unordered_map<std::string, std::uint32_t> streamed;  // that head a piece
        bool heads_piece = false;
        bool opened = false;  // a piece of it was handed out
        bool empty = true;    // no children so far
    };

    void start() {
        place made;
        made.name = in_.foreign() ? in_.which().qualified : std::string(in_.name());
        if (open_.empty()) {
            made.of = type_.root;
            made.at = &type_.root->at(0);
            made.heads_piece = true;
        } else if (const place& parent = open_.back(); parent.at != nullptr && is_known()) {
            made.of = parent.of;
            made.at = parent.of->child(*parent.at, in_.name());
        }
        if (made.at != nullptr && made.at->inside != nullptr) {
            const row& inside = *made.at->inside;
            made.heads_piece = inside.is == row::kind::stream;
            made.of = inside.inner;
            made.at = &inside.inner->at(0);
        }
        std::uint32_t index = 1;
        if (!open_.empty()) {
            place& parent = open_.back();
            parent.empty = false;
            index = ++(made.heads_piece ? parent.streamed : parent.children)[made.name];
        }
        if (made.heads_piece)
            open_piece(with_index(made.name, index));
        else
            (path_ += path_.empty() ? "" : "/") += with_index(made.name, index);
        made.path = made.heads_piece ? 0 : path_.size() - with_index(made.name, index).size();
        open_.push_back(std::move(made));
        attributes();
    }

    [[nodiscard]] bool is_known() const {
        return !in_.foreign() ||
               std::find(type_.namespaces.begin(), type_.namespaces.end(), in_.namespace_uri()) != type_.namespaces.end();
    }

    void open_piece(const std::string& step) {
        if (!pieces_.empty()) {
            std::size_t at = in_.offset();
            while (at > cut_ && (bytes_[at - 1] == ' ' || bytes_[at - 1] == '\t'))
                --at;
            place& parent = open_[pieces_.back()];
            emit(parent.opened ? piece_kind::within : piece_kind::open, at);
            parent.opened = true;
            parent.children.clear();
        }
        paths_.push_back(step);
        pieces_.push_back(open_.size());
        path_.clear();
    }

    void attributes() {
        const place& of = open_.back();
        for (const attribute& each : in_.attributes()) {
            const row* known = nullptr;
            if (of.at != nullptr && each.prefix.empty())
                for (const auto& [name, to] : of.at->attributes)
                    if (name == each.name) known = to;
            std::string step =
                each.prefix.empty() ? fmt::format("@{}", each.name) : fmt::format("@{}:{}", each.prefix, each.name);
            // The offset of a value ends where its size as written is not told: up to the quote.
            const char quote = bytes_[each.offset - 1];
            const std::size_t size = bytes_.find(quote, each.offset) - each.offset;
            add({path_.empty() ? step : path_ + '/' + step, known, std::string(each.value), each.offset, size, true});
        }
    }

    void add(field made) {
        made.offset -= cut_;
        now_.fields.push_back(std::move(made));
    }

    void end() {
        const place ends = std::move(open_.back());
        open_.pop_back();
        const bool self_closed = in_.text_offset() > in_.offset();
        if (ends.empty && (!ends.heads_piece || !in_.text().empty())) {
            const std::size_t offset = self_closed ? in_.offset() : in_.text_offset();
            add({ends.heads_piece ? "." : path_, ends.at == nullptr ? nullptr : ends.at->leaf, std::string(in_.text()), offset,
                 self_closed ? 0 : in_.text_size(), false});
        }
        if (!ends.heads_piece) {
            path_.resize(ends.path == 0 ? 0 : ends.path - 1);
            return;
        }
        if (open_.empty()) {  // what follows the root belongs to its last piece
            root_opened_ = ends.opened;
            return;
        }
        std::size_t at = in_.end_offset();
        if (bytes_.substr(at, 2) == "\r\n")
            at += 2;
        else if (bytes_.substr(at, 1) == "\n")
            at += 1;
        emit(ends.opened ? piece_kind::close : piece_kind::whole, at);
        paths_.pop_back();
        pieces_.pop_back();
        open_[pieces_.back()].opened = true;
        path_ = path_within();
    }

    // Of the innermost open element, from the element of the piece that it is in.
    [[nodiscard]] std::string path_within() const {
        std::string out;
        for (std::size_t i = pieces_.back() + 1; i < open_.size(); ++i) {
            const auto known = open_[i - 1].children.find(open_[i].name);
            (out += out.empty() ? "" : "/") +=
                with_index(open_[i].name, known == open_[i - 1].children.end() ? 1 : known->second);
        }
        return out;
    }

    void emit(piece_kind is, std::size_t until) {
        if (is == piece_kind::close && open_.empty() && !root_opened_) is = piece_kind::whole;
        const std::string_view bytes = bytes_.substr(cut_, until - cut_);
        if (is == piece_kind::within && bytes.empty()) return;
        now_.is = is;
        now_.path = fmt::format("{}", fmt::join(paths_, "/"));
        now_.element = paths_.back().substr(0, paths_.back().find('['));
        now_.depth = paths_.size() - 1;
        now_.begin = cut_;
        const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
        now_.line = line_ + lines_in(bytes.substr(0, first));
        to_.part(now_, bytes);
        now_.fields.clear();
        line_ += lines_in(bytes);
        cut_ = until;
        if (options_.passed && !in_.converted()) options_.passed(cut_);
    }

    [[nodiscard]] static std::uint64_t lines_in(std::string_view bytes) {
        return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    }

    reader& in_;
    std::string_view bytes_;
    const document_type& type_;
    const document_options& options_;
    document_visitor& to_;
    std::vector<place> open_;
    std::vector<std::size_t> pieces_;  // which of the open elements head a piece
    std::vector<std::string> paths_;   // their steps
    std::string path_;                 // of the innermost open element, within its piece
    piece now_;
    std::size_t cut_ = 0;
    std::uint64_t line_ = 1;
    bool root_opened_ = false;
};

}  // namespace

std::string_view name(form which) noexcept {
    switch (which) {
        case form::utf_8:
            return "UTF-8";
        case form::iso_8859_1:
            return "ISO 8859-1";
        case form::utf_16_little:
            return "UTF-16LE";
        case form::utf_16_big:
            return "UTF-16BE";
    }
    return {};
}

void visit(std::string_view bytes, const document_type& type, const document_options& options, document_visitor& visitor) {
    const root_tag root = look_at_root(bytes);
    reader in(bytes, type.within);
    document_facts facts{type.format_id, type.version(root), form::utf_8, false, root.prefix};
    if (in.converted())
        facts.in = detail::utf16_form_of(bytes) == detail::utf16_form::big ? form::utf_16_big : form::utf_16_little;
    else if (in.in() == encoding::iso_8859_1)
        facts.in = form::iso_8859_1;
    facts.byte_order_mark = in.document().starts_with(utf8_byte_order_mark);
    visitor.file(facts);
    walk(in, type, options, visitor).run();
}

namespace {

// Elements put together from paths.
struct element {
    std::string step;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string text;
    std::vector<element> children;

    std::unordered_map<std::string, std::size_t> places;  // of the children, once there are many
    static constexpr std::size_t few = 16;

    element& child(std::string_view wanted) {
        if (children.size() < few) {
            for (element& each : children)
                if (each.step == wanted) return each;
        } else {
            for (std::size_t i = places.size(); i < children.size(); ++i)
                places.emplace(children[i].step, i);
            if (const auto known = places.find(std::string(wanted)); known != places.end()) return children[known->second];
        }
        children.emplace_back().step = wanted;
        return children.back();
    }
    [[nodiscard]] std::string name(std::string_view prefix) const {
        std::string out = step.substr(0, step.find('['));
        if (!prefix.empty() && out.find(':') == std::string::npos) out.insert(0, std::string(prefix) + ':');
        return out;
    }
};

// Nothing when an element would have both text and children.
std::optional<element> as_tree(const piece& item) {
    element root;
    root.step = item.element;
    for (const field& each : item.fields) {
        element* at = &root;
        std::string_view rest = each.path == "." ? std::string_view() : std::string_view(each.path);
        while (!rest.empty()) {
            const std::size_t size = std::min(rest.find('/'), rest.size());
            const std::string_view step = rest.substr(0, size);
            rest.remove_prefix(std::min(size + 1, rest.size()));
            if (step.starts_with('@')) {
                at->attributes.emplace_back(step.substr(1), each.value);
                at = nullptr;
                break;
            }
            if (!at->text.empty()) return std::nullopt;
            at = &at->child(step);
        }
        if (at == nullptr) continue;
        if (!each.value.empty() && !at->children.empty()) return std::nullopt;
        at->text = each.value;
    }
    return root;
}

void put_start(const element& item, std::size_t depth, std::string_view prefix, std::string& to) {
    to.append(2 * depth, ' ');
    (to += '<') += item.name(prefix);
    for (const auto& [name, value] : item.attributes)
        (((to += ' ') += name) += "=\"") += escaped_attribute(value) + '"';
}

void put(const element& item, std::size_t depth, std::string_view prefix, std::string& to) {
    put_start(item, depth, prefix, to);
    if (item.children.empty() && item.text.empty()) {
        to += "/>\n";
        return;
    }
    to += '>';
    if (item.children.empty()) {
        to += escaped(item.text);
    } else {
        to += '\n';
        for (const element& each : item.children)
            put(each, depth + 1, prefix, to);
        to.append(2 * depth, ' ');
    }
    ((to += "</") += item.name(prefix)) += ">\n";
}

// As an XML declaration says it.
std::string_view label(form in) noexcept {
    switch (in) {
        case form::utf_8:
            return "UTF-8";
        case form::iso_8859_1:
            return "ISO-8859-1";
        case form::utf_16_little:
        case form::utf_16_big:
            return "UTF-16";
    }
    return {};
}

}  // namespace

std::optional<std::string> canonical(const piece& item, std::string_view prefix, form in) {
    const std::optional<element> made = as_tree(item);
    if (!made) return std::nullopt;
    const element& tree = *made;
    if (item.is != piece_kind::whole && !tree.text.empty()) return std::nullopt;
    std::string out;
    if (item.depth == 0 && (item.is == piece_kind::open || item.is == piece_kind::whole))
        out += fmt::format("<?xml version=\"1.0\" encoding=\"{}\"?>\n", label(in));
    switch (item.is) {
        case piece_kind::whole:
            put(tree, item.depth, prefix, out);
            return out;
        case piece_kind::open:
            put_start(tree, item.depth, prefix, out);
            out += ">\n";
            break;
        case piece_kind::within:
        case piece_kind::close:
            break;
    }
    for (const element& each : tree.children)
        put(each, item.depth + 1, prefix, out);
    if (item.is == piece_kind::close) {
        out.append(2 * item.depth, ' ');
        ((out += "</") += tree.name(prefix)) += ">\n";
    }
    return out;
}

}  // namespace brygga::xml
