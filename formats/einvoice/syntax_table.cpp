#include "formats/einvoice/syntax_table.hpp"

#include <set>

#include <fmt/format.h>

namespace brygga::einvoice {

namespace {

xml::holds kind_of(std::string_view name) {
    if (name.ends_with("Amount")) return xml::holds::amount;
    if (name.ends_with("DateTime")) return xml::holds::moment;
    if (name.ends_with("Date")) return xml::holds::day;
    if (name == "EncodedData" || name == "EmbeddedDocumentBinaryObject") return xml::holds::binary;
    for (const std::string_view number : {"Quantity", "Percent", "Numeric", "Rate"})
        if (name.ends_with(number)) return xml::holds::number;
    if (name.ends_with("Code")) return xml::holds::token;
    return name == "ChargeIndicator" ? xml::holds::flag : xml::holds::text;
}

std::string meaning_of(const syntax_node& node) {
    return node.terms.empty() ? std::string(node.meaning) : fmt::format("{} {}", node.terms, node.meaning);
}

// Of any number, each read by itself.
bool is_line(element_name which) {
    return which == "InvoiceLine"_el || which == "CreditNoteLine"_el;
}

}  // namespace

syntax_table::syntax_table(std::initializer_list<const syntax_node*> roots, guard_of_element guard) : guard_(std::move(guard)) {
    std::vector<xml::row> rows;
    std::set<std::string_view> known;
    for (const syntax_node* root : roots)
        for (const xml::row& each : rows_of(*root))
            if (known.insert(each.path).second) rows.push_back(each);
    whole_.emplace(std::move(rows));
}

std::vector<xml::row> syntax_table::rows_of(const syntax_node& of) {
    std::vector<xml::row> out;
    add(of, "", out);
    return out;
}

void syntax_table::add(const syntax_node& of, const std::string& before, std::vector<xml::row>& to) {
    for (const syntax_node& each : of.children) {
        const std::string_view local = detail::vocabulary[static_cast<std::size_t>(each.is) - 1];
        const std::string path = before.empty() ? std::string(local) : fmt::format("{}/{}", before, local);
        if (is_line(each.is)) {
            const xml::table& inner = lines_.emplace_back(rows_of(each));
            to.push_back({kept(path), xml::row::kind::stream, {}, &inner, 1});
            continue;
        }
        const privacy guard = guard_(each, path);
        for (const syntax_attribute& attribute : each.attributes) {
            const bool is_text = attribute.name == "filename" || attribute.name == "name";
            const bool is_code = !is_text && attribute.name != "mimeCode" && attribute.name != "listVersionID";
            to.push_back({kept(fmt::format("{}/@{}", path, attribute.name)),
                          xml::row::kind::one,
                          {.meaning = attribute.meaning,
                           .what = is_code ? xml::holds::token : xml::holds::text,
                           .guard = is_text ? privacy::free_text : privacy::open}});
        }
        if (each.children.empty())
            to.push_back(
                {kept(path), xml::row::kind::one, {.meaning = kept(meaning_of(each)), .what = kind_of(local), .guard = guard}});
        add(each, path, to);
    }
}

}  // namespace brygga::einvoice
