// What the formats of e-invoices answer alike: recognised by their root, judged by their rules, mapped to the ledger.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "formats/einvoice/tree.hpp"
#include "formats/xml/document_format.hpp"

namespace brygga::einvoice {

// One format, as its tables and functions.
struct document_kind {
    std::string_view version;
    bool (*is_document)(const xml::root_tag& root) noexcept;
    std::array<std::string_view, 2> namespaces;  // of its documents
    const language& (*in)(std::string_view bytes);
    std::span<const rule_info> (*rules)();
    void (*evaluate)(const tree& document, std::string_view bytes, finding_list& to);
    std::string (*id)(element root);
    std::string (*payable)(element root);
    std::vector<element_name> counted;  // elements of the root
    void (*rows)(const tree& document, const std::function<void(const ledger_row&)>& each);
};

class invoice_format : public xml::document_format {
 public:
    [[nodiscard]] direction flows() const noexcept final { return direction::both; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept final { return kind_.is_document(xml::look_at_root(head)); }
    // Behind a prolog that breaks, for one a DTD.
    [[nodiscard]] bool refuses(std::string_view head) const noexcept final;
    [[nodiscard]] std::span<const rule_info> rules() const noexcept final { return kind_.rules(); }
    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const final;
    [[nodiscard]] bool feeds_ledger() const noexcept final { return true; }
    void to_ledger(std::string_view bytes, const read_settings& with,
                   const std::function<void(const ledger_row&)>& each) const final;

 protected:
    // `type` lives for ever.
    invoice_format(const xml::document_type& type, document_kind kind) : document_format(type), kind_(std::move(kind)) {}

 private:
    document_kind kind_;
};

}  // namespace brygga::einvoice
