#include "formats/xml/diff.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"
#include "formats/inspection/differences.hpp"
#include "formats/inspection/printable.hpp"

namespace brygga::xml {

namespace {

using inspection::printable;
using inspection::record_key;

constexpr std::string_view rest_code = "rest";

bool is_declaration(const field& item) noexcept {
    const std::size_t at = item.path.rfind('@');
    return at != std::string::npos && std::string_view(item.path).substr(at).starts_with("@xmlns");
}

// Hands on the pieces that carry something, numbered from 0.
class numbered_visitor : public document_visitor {
 public:
    void file(const document_facts&) override {}
    void part(const piece& item, std::string_view) override {
        const bool ends = item.is == piece_kind::within || item.is == piece_kind::close;
        if (!ends || !item.fields.empty()) take(count_++, item);
    }
    void rest(std::string_view bytes, std::uint64_t line, const fault&) override {
        piece made;
        made.element = rest_code;
        made.line = line;
        made.fields.push_back({"bytes", nullptr, sha256_hex(bytes), 0, 0, false});
        take(count_++, made);
    }

 private:
    virtual void take(std::size_t index, const piece& item) = 0;
    std::size_t count_ = 0;
};

class key_collector : public numbered_visitor {
 public:
    std::vector<record_key> keys;
    std::vector<std::uint16_t> codes;

    explicit key_collector(std::map<std::string, std::uint16_t>& names) : names_(names) {}

 private:
    void take(std::size_t, const piece& item) override {
        put(item.element);
        for (const field& each : item.fields) {
            if (is_declaration(each)) continue;
            put(each.path);
            put(each.value);
        }
        const auto digest = hash_.bytes();
        record_key key{};
        std::copy_n(digest.begin(), key.size(), key.begin());
        keys.push_back(key);
        codes.push_back(names_.try_emplace(item.element, static_cast<std::uint16_t>(names_.size())).first->second);
    }
    void put(std::string_view value) {
        hash_.add(value);
        hash_.add(std::string_view("\0", 1));  // in no document: "ab","c" and "a","bc" differ
    }

    std::map<std::string, std::uint16_t>& names_;
    sha256 hash_;
};

// Fetches the pieces that differ.
class piece_collector : public numbered_visitor {
 public:
    std::map<std::size_t, piece> pieces;  // asked for by their numbers

 private:
    void take(std::size_t index, const piece& item) override {
        if (const auto found = pieces.find(index); found != pieces.end()) found->second = item;
    }
};

constexpr std::size_t none = static_cast<std::size_t>(-1);

class difference_collector : public inspection::difference_listener {
 public:
    difference_collector(const key_collector& before, const key_collector& after) : before_(before), after_(after) {}

    std::string code_before(std::size_t index) override { return std::to_string(before_.codes[index]); }
    std::string code_after(std::size_t index) override { return std::to_string(after_.codes[index]); }
    void only_before(std::size_t index) override { differences.emplace_back(index, none); }
    void only_after(std::size_t index) override { differences.emplace_back(none, index); }
    void changed(std::size_t before, std::size_t after) override { differences.emplace_back(before, after); }

    std::vector<std::pair<std::size_t, std::size_t>> differences;

 private:
    const key_collector& before_;
    const key_collector& after_;
};

class difference_printer {
 public:
    explicit difference_printer(const output& to) : to_(to) {}

    void one_sided(char mark, const piece& item) {
        ++(mark == '-' ? only_before_ : only_after_);
        std::string out = fmt::format("{} line {}  {}\n", mark, item.line, printable(item.path));
        for (const field& each : item.fields)
            if (!is_declaration(each)) out += fmt::format("    {}: {}\n", printable(each.path), printable(each.value));
        to_(out);
    }

    void changed(const piece& before, const piece& after) {
        ++changed_;
        std::string out = fmt::format("~ line {} | {}  {}\n", before.line, after.line, printable(before.path));
        const places in_before = places_of(before);
        const places in_after = places_of(after);
        std::size_t next = 0;
        for (const field& each : before.fields) {
            if (is_declaration(each)) continue;
            const auto found = in_after.find(each.path);
            if (found == in_after.end()) {
                out += fmt::format("    {}: {}  ->  (none)\n", printable(each.path), printable(each.value));
                continue;
            }
            const field& same = after.fields[found->second];
            if (same.value != each.value)
                out += fmt::format("    {}: {}  ->  {}\n", printable(each.path), printable(each.value), printable(same.value));
            else if (found->second < next)
                out += fmt::format("    {}: in another place\n", printable(each.path));
            next = found->second;
        }
        for (const field& each : after.fields)
            if (!is_declaration(each) && !in_before.contains(each.path))
                out += fmt::format("    {}: (none)  ->  {}\n", printable(each.path), printable(each.value));
        to_(out);
    }

    void namespaces(std::string_view before, std::string_view after) {
        if (before == after) return;
        ++changed_;
        to_(fmt::format("~ namespace: {}  ->  {}\n", printable(before), printable(after)));
    }

    [[nodiscard]] bool summary() const {
        if (changed_ + only_before_ + only_after_ == 0) return true;
        to_(fmt::format("{} changed, {} only in the first, {} only in the second\n", changed_, only_before_, only_after_));
        return false;
    }

 private:
    using places = std::unordered_map<std::string_view, std::size_t>;  // the first field of each path

    static places places_of(const piece& item) {
        places out;
        for (std::size_t i = 0; i < item.fields.size(); ++i)
            out.try_emplace(item.fields[i].path, i);
        return out;
    }

    const output& to_;
    std::uint64_t changed_ = 0, only_before_ = 0, only_after_ = 0;
};

}  // namespace

bool diff(std::string_view before, std::string_view after, const document_type& type, const document_options& options,
          const output& to) {
    std::map<std::string, std::uint16_t> names;
    key_collector first(names);
    key_collector second(names);
    visit(before, type, options, first);
    visit(after, type, options, second);
    difference_collector found(first, second);
    inspection::tell_differences(first.keys, second.keys, found);

    piece_collector old_pieces;
    piece_collector new_pieces;
    for (const auto& [old_index, new_index] : found.differences) {
        if (old_index != none) old_pieces.pieces.try_emplace(old_index);
        if (new_index != none) new_pieces.pieces.try_emplace(new_index);
    }
    if (!old_pieces.pieces.empty()) visit(before, type, options, old_pieces);
    if (!new_pieces.pieces.empty()) visit(after, type, options, new_pieces);

    difference_printer printer(to);
    printer.namespaces(look_at_root(before).uri, look_at_root(after).uri);
    for (const auto& [old_index, new_index] : found.differences) {
        if (new_index == none)
            printer.one_sided('-', old_pieces.pieces.at(old_index));
        else if (old_index == none)
            printer.one_sided('+', new_pieces.pieces.at(new_index));
        else
            printer.changed(old_pieces.pieces.at(old_index), new_pieces.pieces.at(new_index));
    }
    return printer.summary();
}

}  // namespace brygga::xml
