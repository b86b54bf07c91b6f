// Documents that are wrong in one way: edits of a valid one, from a text file.
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

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "formats/einvoice/item.hpp"

namespace brygga::einvoice::testing {

struct planted_fault {
    std::string rule;
    std::set<std::string> also;  // rules that cannot but speak with it
    std::string base;
    std::vector<std::string> edits;
    std::size_t line{};
};

struct fault_file {
    std::map<std::string, item> bases;
    std::vector<planted_fault> faults;
};

// Of the root element with this name.
using syntax_finder = const syntax_node* (*)(element_name root);

// With bases that the file does not make itself: one has no name.
[[nodiscard]] fault_file read_faults(const std::filesystem::path& file, std::map<std::string, item> bases, syntax_finder syntax);

// Throws on an edit that is none, or whose element is not there.
void carry_out(const std::string& edit, item& to, const syntax_node& syntax);

}  // namespace brygga::einvoice::testing
