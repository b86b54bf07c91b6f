// Files of test cases as the authors of EN 16931 publish them (testSet): documents and fragments, and which rules must say what
// of each.
//
//     <testSet xmlns="http://difi.no/xsd/vefa/validator/1.0">
//       <assert><scope>BR-27</scope></assert>
//       <test><assert><success>BR-27</success></assert><Invoice xmlns="...">...</Invoice></test>
//     </testSet>
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace brygga::einvoice::testing {

struct expected_verdict {
    std::string rule;
    bool holds{};  // success; otherwise error, fatal or warning
};

struct set_test {
    std::string file;
    std::size_t number{};  // in its file, from 1
    std::string document;
    std::vector<expected_verdict> verdicts;
};

[[nodiscard]] std::vector<set_test> tests_in(const std::filesystem::path& file);
// Of each *.xml in it, in the order of names; none when there is no such folder.
[[nodiscard]] std::vector<set_test> tests_of_folder(const std::filesystem::path& folder);

}  // namespace brygga::einvoice::testing
