// An element that is filled, with its place in the schema: how writers make documents.
#pragma once

#include <string_view>

#include "formats/einvoice/item.hpp"

namespace brygga::einvoice {

class filling {
 public:
    filling(item& to, const syntax_node& of) noexcept : item_(&to), syntax_(&of) {}

    [[nodiscard]] filling in(element_name which) const { return {item_->child(*syntax_, which), *syntax_->child(which)}; }
    [[nodiscard]] filling another(element_name which) const { return {item_->add(*syntax_, which), *syntax_->child(which)}; }
    // Nothing where the text is empty: empty elements are not written.
    const filling& text(element_name which, std::string_view text) const {
        if (!text.empty()) item_->add(*syntax_, which).text = text;
        return *this;
    }
    const filling& text(element_name which, std::string_view text, std::string_view attribute, std::string_view value) const {
        if (text.empty()) return *this;
        item& made = item_->add(*syntax_, which);
        made.text = text;
        made.set(attribute, value);
        return *this;
    }
    void attribute(element_name which, std::string_view attribute, std::string_view value) const {
        item_->child(*syntax_, which).set(attribute, value);
    }

 private:
    item* item_;
    const syntax_node* syntax_;
};

}  // namespace brygga::einvoice
