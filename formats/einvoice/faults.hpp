// Documents that are wrong in one way: edits of a valid one, from a table (fixtures/einvoice/faults). Internal to the generators.
//
//     base rich                          another one that is right, of the base without a name
//     set DueDate 2026-12-01             the element, made where it is not there
//     base richer of rich
//     fault BR-27 also PEPPOL-EN16931-R120
//     on rich
//     set InvoiceLine[2]/Price/PriceAmount -1
//
// Edits: set PATH TEXT, add PATH TEXT (another one), remove PATH, last PATH (behind its siblings), attribute PATH NAME VALUE,
// bare PATH NAME (without the attribute).
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/einvoice/item.hpp"

namespace brygga::einvoice {

struct planted_fault {
    std::string rule;
    std::set<std::string> also;  // rules that cannot but speak with it
    std::string base;
    std::vector<std::string> edits;
    std::size_t line{};  // of the table
};

// An error for an edit that is none, or whose element is not there.
[[nodiscard]] result<void> carry_out(const std::string& edit, item& to, const syntax_node& syntax);

using fault_bases = std::map<std::string, item, std::less<>>;

class fault_table {
 public:
    // Of the root element with this name.
    using syntax_finder = const syntax_node* (*)(element_name root);

    // With bases that the table does not make itself: one has no name.
    [[nodiscard]] static result<fault_table> read(std::string_view text, fault_bases bases, syntax_finder syntax);

    [[nodiscard]] const fault_bases& bases() const noexcept { return bases_; }
    [[nodiscard]] std::span<const planted_fault> faults() const noexcept { return faults_; }
    // An error for a rule that has none.
    [[nodiscard]] result<const planted_fault*> fault_of(std::string_view rule) const;
    [[nodiscard]] result<item> document_with(const planted_fault& fault) const;

 private:
    explicit fault_table(fault_bases bases, syntax_finder syntax) : bases_(std::move(bases)), syntax_(syntax) {}

    fault_bases bases_;
    std::vector<planted_fault> faults_;
    syntax_finder syntax_;
};

[[nodiscard]] std::string_view peppol_fault_text() noexcept;
[[nodiscard]] std::string_view svefaktura_fault_text() noexcept;

}  // namespace brygga::einvoice
