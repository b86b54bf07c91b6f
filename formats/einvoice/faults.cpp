#include "formats/einvoice/faults.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

namespace brygga::einvoice {

namespace {

struct place_in_tree {
    item* at{};
    const syntax_node* syntax{};
};

struct step {
    element_name is{};
    std::size_t number = 1;
};

tl::unexpected<error> wrong(std::string_view what, std::string_view where) {
    return fail(error_code::invalid_argument, fmt::format("{}: {}", what, where));
}

result<std::vector<step>> steps_of(const std::string& path) {
    std::vector<step> out;
    std::istringstream words(path);
    for (std::string word; std::getline(words, word, '/');) {
        const std::size_t bracket = word.find('[');
        step made{name_of(word.substr(0, bracket)), 1};
        if (bracket != std::string::npos) made.number = static_cast<std::size_t>(word[bracket + 1] - '0');
        if (made.is == element_name::other) return wrong("no element", word);
        out.push_back(made);
    }
    return out;
}

const syntax_node& syntax_below(const syntax_node* of, element_name which) {
    static const syntax_node unknown;
    const syntax_node* const known = of == nullptr ? nullptr : of->child(which);
    return known == nullptr ? unknown : *known;
}

item& made(place_in_tree in, element_name which) {
    item& out = in.at->add(*in.syntax, which);
    for (const syntax_attribute& each : syntax_below(in.syntax, which).attributes)
        if (each.name == "currencyID" || each.name == "amountCurrencyID") out.set(each.name, "SEK");
    return out;
}

item* found(item& in, const step& which) {
    std::size_t number = 0;
    for (item& each : in.children)
        if (each.is == which.is && ++number == which.number) return &each;
    return nullptr;
}

// The element of the last step but `left_out`, made where it is not there and `makes`; no place where it is not.
place_in_tree walk(item& root, const syntax_node& syntax, const std::vector<step>& steps, std::size_t left_out, bool makes) {
    place_in_tree out{&root, &syntax};
    for (std::size_t i = 0; i + left_out != steps.size(); ++i) {
        item* next = found(*out.at, steps[i]);
        if (next == nullptr && !makes) return {};
        if (next == nullptr) next = &made(out, steps[i].is);
        out = {next, &syntax_below(out.syntax, steps[i].is)};
    }
    return out;
}

void erase(item& from, const item* which) {
    std::erase_if(from.children, [which](const item& each) { return &each == which; });
}

}  // namespace

result<void> carry_out(const std::string& edit, item& to, const syntax_node& syntax) {
    std::istringstream words(edit);
    std::string what, path, text;
    words >> what >> path;
    std::getline(words >> std::ws, text);
    const auto steps = steps_of(path);
    if (!steps) return tl::unexpected(steps.error());
    const bool makes = what == "set" || what == "add";
    const bool is_of_parent = what == "add" || what == "remove" || what == "last";
    const place_in_tree at = walk(to, syntax, *steps, is_of_parent ? 1 : 0, makes);
    if (at.at == nullptr) return wrong("no such element", edit);
    if (what == "set") {
        at.at->text = text;
    } else if (what == "add") {
        made(at, steps->back().is).text = text;
    } else if (what == "attribute") {
        const std::size_t blank = text.find(' ');
        at.at->set(text.substr(0, blank), blank == std::string::npos ? "" : text.substr(blank + 1));
    } else if (what == "bare") {
        std::erase_if(at.at->attributes, [&](const auto& each) { return each.first == text; });
    } else if (what == "remove" || what == "last") {
        item* const child = found(*at.at, steps->back());
        if (child == nullptr) return wrong("no such element", edit);
        item kept = *child;
        erase(*at.at, child);
        if (what == "last") at.at->children.push_back(std::move(kept));
    } else {
        return wrong("no edit", edit);
    }
    return {};
}

namespace {

// "fault RULE also RULE RULE"
planted_fault fault_in(const std::string& line, std::size_t number) {
    std::istringstream words(line);
    planted_fault out;
    out.line = number;
    std::string word;
    words >> word >> out.rule >> word;
    while (words >> word)
        out.also.insert(word);
    return out;
}

}  // namespace

result<fault_table> fault_table::read(std::string_view text, fault_bases bases, syntax_finder syntax) {
    fault_table out(std::move(bases), syntax);
    item* base = nullptr;
    std::istringstream in{std::string(text)};
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        std::istringstream words(line);
        std::string what, name, of;
        words >> what >> name >> of >> of;  // "base NAME of OTHER"
        if (what.empty() || what.starts_with('#')) continue;
        if (what == "base") {
            const auto other = out.bases_.find(of);
            if (other == out.bases_.end()) return wrong("no such base", line);
            base = &(out.bases_[name] = other->second);
        } else if (what == "fault") {
            base = nullptr;
            out.faults_.push_back(fault_in(line, number));
        } else if (base != nullptr) {
            if (auto done = carry_out(line, *base, *syntax(base->is)); !done) return tl::unexpected(std::move(done.error()));
        } else if (out.faults_.empty()) {
            return wrong("an edit of nothing", line);
        } else if (what == "on") {
            out.faults_.back().base = name;
        } else {
            out.faults_.back().edits.push_back(line);
        }
    }
    return out;
}

result<const planted_fault*> fault_table::fault_of(std::string_view rule) const {
    const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const planted_fault& each) { return each.rule == rule; });
    if (found == faults_.end()) return wrong("no document can be given the fault", rule);
    return &*found;
}

result<item> fault_table::document_with(const planted_fault& fault) const {
    const auto base = bases_.find(fault.base);
    if (base == bases_.end()) return wrong("no such base", fault.base);
    item out = base->second;
    for (const std::string& edit : fault.edits)
        if (auto done = carry_out(edit, out, *syntax_(out.is)); !done) return tl::unexpected(std::move(done.error()));
    return out;
}

}  // namespace brygga::einvoice
