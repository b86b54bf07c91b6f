// The tables that the generic commands (show, json, diff, mask) read by, from the syntax of a document.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "formats/einvoice/syntax.hpp"
#include "formats/xml/document.hpp"

namespace brygga::einvoice {

// Whose an element is; the path is from its root, or from the line that it is of: "Item/Name".
using guard_of_element = std::function<privacy(const syntax_node& of, std::string_view path)>;

// Owns the table, which holds what each of some documents may hold: a path that two of them have stands once.
class syntax_table {
 public:
    syntax_table(std::initializer_list<const syntax_node*> roots, guard_of_element guard);
    syntax_table(const syntax_table&) = delete;
    syntax_table& operator=(const syntax_table&) = delete;

    [[nodiscard]] const xml::table& whole() const noexcept { return *whole_; }

 private:
    [[nodiscard]] std::string_view kept(std::string text) { return texts_.emplace_back(std::move(text)); }
    void add(const syntax_node& of, const std::string& before, std::vector<xml::row>& to);
    [[nodiscard]] std::vector<xml::row> rows_of(const syntax_node& of);

    guard_of_element guard_;
    std::deque<std::string> texts_;
    std::deque<xml::table> lines_;
    std::optional<xml::table> whole_;
};

}  // namespace brygga::einvoice
