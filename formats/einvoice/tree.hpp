// An e-invoice as a tree of elements, whatever it holds: rules look at documents that are wrong. Elements are handles that live
// no longer than their tree; one that is none answers every question with nothing.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/einvoice/language.hpp"
#include "formats/einvoice/names.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::einvoice {

inline constexpr std::size_t max_document_bytes = std::size_t{100} << 20;

class tree;

class element {
 public:
    element() = default;

    [[nodiscard]] explicit operator bool() const noexcept { return in_ != nullptr; }
    [[nodiscard]] bool operator==(const element&) const = default;

    [[nodiscard]] element_name is() const noexcept;
    [[nodiscard]] std::string_view local_name() const noexcept;
    [[nodiscard]] vocabulary_part part() const noexcept;
    [[nodiscard]] std::string_view raw() const noexcept;   // UTF-8, as it stands; nothing of an element with children
    [[nodiscard]] std::string_view text() const noexcept;  // without blanks around it
    [[nodiscard]] bool has_children() const noexcept;
    [[nodiscard]] bool has_attributes() const noexcept;
    [[nodiscard]] bool has_stray_text() const noexcept;  // beside its children
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view local_name) const noexcept;
    [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> attributes() const;
    [[nodiscard]] std::size_t offset() const noexcept;                   // of its '<' in the document
    [[nodiscard]] std::size_t index() const noexcept { return index_; }  // in its tree, where parents stand before children
    // "Invoice/InvoiceLine[3]/Price": local names, a number behind the second and later ones of a name.
    [[nodiscard]] std::string path() const;

    [[nodiscard]] element parent() const noexcept;
    [[nodiscard]] element child(element_name which) const noexcept;  // the first
    [[nodiscard]] element first_child() const noexcept;
    [[nodiscard]] element next() const noexcept;  // sibling

    template <class Each>
    void children(element_name which, const Each& each) const {
        for (element at = first_child(); at; at = at.next())
            if (at.is() == which) each(at);
    }

 private:
    friend class tree;
    element(const tree* in, std::uint32_t index) noexcept : in_(in), index_(index) {}

    const tree* in_ = nullptr;
    std::uint32_t index_ = 0;
};

[[nodiscard]] xml::limits limits_of_documents();
inline constexpr std::size_t max_elements = 5'000'000;

class tree {
 public:
    // Reads what `bytes`, which must outlive the tree, hold of a language. What follows a fault is missing.
    explicit tree(std::string_view bytes, const language& of = ubl_2_1);
    tree(const tree&) = delete;
    tree& operator=(const tree&) = delete;

    [[nodiscard]] element root() const noexcept { return nodes_.empty() ? element() : element(this, 0); }
    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] element at(std::size_t index) const noexcept { return {this, static_cast<std::uint32_t>(index)}; }
    [[nodiscard]] const std::optional<xml::fault>& fault() const noexcept { return fault_; }
    [[nodiscard]] std::string_view root_namespace() const noexcept { return root_namespace_; }

 private:
    friend class element;
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    struct node {
        element_name is{};
        vocabulary_part part{};
        bool has_stray_text = false;
        std::string_view local_name, text;
        std::uint32_t parent = none, first_child = none, last_child = none, next = none;
        std::uint32_t first_attribute{}, attributes{};
        std::size_t offset{};
    };
    struct kept_attribute {
        std::string_view name, value;
    };

    void read(xml::reader& in, const language& of);
    void open(xml::reader& in, const language& of);
    [[nodiscard]] std::string_view kept(std::string_view text);

    std::pmr::monotonic_buffer_resource texts_;
    std::vector<node> nodes_;
    std::vector<kept_attribute> attributes_;
    std::vector<std::uint32_t> open_;
    std::string_view root_namespace_;
    std::optional<xml::fault> fault_;
};

}  // namespace brygga::einvoice
