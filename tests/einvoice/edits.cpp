#include "tests/einvoice/edits.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace brygga::einvoice::testing {

namespace {

struct place_in_tree {
    item* at{};
    const syntax_node* syntax{};
};

struct step {
    element_name is{};
    std::size_t number = 1;
};

std::vector<step> steps_of(const std::string& path) {
    std::vector<step> out;
    std::istringstream words(path);
    for (std::string word; std::getline(words, word, '/');) {
        const std::size_t bracket = word.find('[');
        step made{name_of(word.substr(0, bracket)), 1};
        if (bracket != std::string::npos) made.number = static_cast<std::size_t>(word[bracket + 1] - '0');
        if (made.is == element_name::other) throw std::runtime_error("no element: " + word);
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

// The element of the last step but `left_out`; made where it is not there and `makes`.
place_in_tree walk(item& root, const syntax_node& syntax, const std::vector<step>& steps, std::size_t left_out, bool makes) {
    place_in_tree out{&root, &syntax};
    for (std::size_t i = 0; i + left_out != steps.size(); ++i) {
        item* next = found(*out.at, steps[i]);
        if (next == nullptr && !makes) throw std::runtime_error("no such element");
        if (next == nullptr) next = &made(out, steps[i].is);
        out = {next, &syntax_below(out.syntax, steps[i].is)};
    }
    return out;
}

void erase(item& from, const item* which) {
    std::erase_if(from.children, [which](const item& each) { return &each == which; });
}

}  // namespace

void carry_out(const std::string& edit, item& to, const syntax_node& syntax) {
    std::istringstream words(edit);
    std::string what, path, text;
    words >> what >> path;
    std::getline(words >> std::ws, text);
    const std::vector<step> steps = steps_of(path);
    if (what == "set") {
        walk(to, syntax, steps, 0, true).at->text = text;
    } else if (what == "add") {
        made(walk(to, syntax, steps, 1, true), steps.back().is).text = text;
    } else if (what == "attribute") {
        const std::size_t blank = text.find(' ');
        walk(to, syntax, steps, 0, false)
            .at->set(text.substr(0, blank), blank == std::string::npos ? "" : text.substr(blank + 1));
    } else if (what == "bare") {
        std::erase_if(walk(to, syntax, steps, 0, false).at->attributes, [&](const auto& each) { return each.first == text; });
    } else if (what == "remove" || what == "last") {
        item& around = *walk(to, syntax, steps, 1, false).at;
        item* const at = found(around, steps.back());
        if (at == nullptr) throw std::runtime_error("no such element");
        item kept = *at;
        erase(around, at);
        if (what == "last") around.children.push_back(std::move(kept));
    } else {
        throw std::runtime_error("no edit");
    }
}

fault_file read_faults(const std::filesystem::path& file, std::map<std::string, item> bases, syntax_finder syntax) {
    fault_file out;
    out.bases = std::move(bases);
    item* base = nullptr;
    std::ifstream in(file, std::ios::binary);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        std::istringstream words(line);
        std::string what, name, word;
        words >> what >> name;
        if (what.empty() || what.starts_with('#')) continue;
        try {
            if (what == "base") {
                if (words >> word) words >> word;  // "of OTHER"
                base = &(out.bases[name] = out.bases.at(word));
            } else if (what == "fault") {
                base = nullptr;
                out.faults.push_back({name, {}, {}, {}, number});
                for (words >> word; words >> word;)
                    out.faults.back().also.insert(word);
            } else if (what == "on") {
                out.faults.back().base = name;
            } else if (base != nullptr) {
                carry_out(line, *base, *syntax(base->is));
            } else {
                out.faults.back().edits.push_back(line);
            }
        } catch (const std::exception& wrong) {
            throw std::runtime_error("line " + std::to_string(number) + ": " + wrong.what());
        }
    }
    return out;
}

}  // namespace brygga::einvoice::testing
