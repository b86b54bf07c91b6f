#include "formats/einvoice/item.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace brygga::einvoice {

namespace {

std::size_t rank(const syntax_node& syntax, element_name which) {
    const auto found = std::find_if(syntax.children.begin(), syntax.children.end(),
                                    [which](const syntax_node& each) { return each.is == which; });
    return static_cast<std::size_t>(found - syntax.children.begin());
}

void append_escaped(std::string& to, std::string_view text, bool in_attribute) {
    for (const char c : text)
        switch (c) {
            case '&':
                to += "&amp;";
                break;
            case '<':
                to += "&lt;";
                break;
            case '>':
                to += "&gt;";
                break;
            case '"':
                to += in_attribute ? "&quot;" : "\"";
                break;
            case '\r':
                to += "&#13;";
                break;
            case '\n':
            case '\t':
                if (in_attribute)
                    to += fmt::format("&#{};", static_cast<int>(c));
                else
                    to += c;
                break;
            default:
                to += c;
        }
}

std::string_view prefix_of(vocabulary_part part) {
    if (part == vocabulary_part::root) return "";
    return part == vocabulary_part::aggregate ? "cac:" : "cbc:";
}

class writer {
 public:
    [[nodiscard]] std::string whole(const item& root, const language& in) {
        out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        out_ += fmt::format("<{} xmlns=\"{}\"", local(root.is), in.documents[root.is == "CreditNote"_el ? 1 : 0]);
        for (const auto& [prefix, uri] : {std::pair("cac", in.aggregate), std::pair("cbc", in.basic)})
            if (!uri.empty()) out_ += fmt::format("\n  xmlns:{}=\"{}\"", prefix, uri);
        out_ += ">\n";
        for (const item& each : root.children)
            write(each, 1);
        out_ += fmt::format("</{}>\n", local(root.is));
        return std::move(out_);
    }

 private:
    static std::string_view local(element_name which) { return detail::vocabulary[static_cast<std::size_t>(which) - 1]; }

    void write(const item& each, std::size_t depth) {
        const std::string_view prefix = prefix_of(each.part);
        out_.append(2 * depth, ' ');
        out_ += fmt::format("<{}{}", prefix, local(each.is));
        for (const auto& [name, value] : each.attributes) {
            out_ += fmt::format(" {}=\"", name);
            append_escaped(out_, value, true);
            out_ += '"';
        }
        out_ += '>';
        if (each.children.empty()) {
            append_escaped(out_, each.text, false);
        } else {
            out_ += '\n';
            for (const item& inner : each.children)
                write(inner, depth + 1);
            out_.append(2 * depth, ' ');
        }
        out_ += fmt::format("</{}{}>\n", prefix, local(each.is));
    }

    std::string out_;
};

}  // namespace

item& item::child(const syntax_node& syntax, element_name which) {
    const auto found = std::find_if(children.begin(), children.end(), [which](const item& each) { return each.is == which; });
    return found == children.end() ? add(syntax, which) : *found;
}

item& item::add(const syntax_node& syntax, element_name which) {
    const std::size_t own = rank(syntax, which);
    // From the end: most are added in the order of the schema, and there may be very many lines.
    const auto last =
        std::find_if(children.rbegin(), children.rend(), [&](const item& each) { return rank(syntax, each.is) <= own; });
    item made;
    made.is = which;
    const syntax_node* const known = syntax.child(which);
    made.part = known == nullptr ? vocabulary_part::basic : known->part;
    return *children.insert(last.base(), std::move(made));
}

void item::set(std::string_view attribute, std::string_view value) {
    const auto found =
        std::find_if(attributes.begin(), attributes.end(), [&](const auto& each) { return each.first == attribute; });
    if (found == attributes.end())
        attributes.emplace_back(attribute, value);
    else
        found->second = value;
}

item item_of(element from) {
    item out;
    out.is = from.is();
    out.part = from.part();
    out.text = from.raw();
    for (const auto& [name, value] : from.attributes())
        out.attributes.emplace_back(name, value);
    for (element at = from.first_child(); at; at = at.next())
        if (at.is() != element_name::other) out.children.push_back(item_of(at));
    return out;
}

std::string written(const item& root, const language& in) {
    return writer().whole(root, in);
}

}  // namespace brygga::einvoice
