// The record tables against the page: positions.txt is a copy of its section 3 made by hand.
#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

std::vector<std::string> parts_of(const std::string& listed) {
    std::vector<std::string> out;
    std::istringstream parts(listed);
    for (std::string part; std::getline(parts, part, ',');)
        out.push_back(part);
    return out;
}

// "PAYSPEC_NEW 82 3-10 payment_day", one for each layout and record of a line.
std::vector<std::string> of_the_page() {
    std::vector<std::string> out;
    std::istringstream lines(file_bytes(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests" / "autogiro" / "positions.txt"));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string layouts, records, first, last, content;
        if (line.starts_with('#') || !(words >> layouts >> records >> first >> last >> content)) continue;
        for (const std::string& layout : parts_of(layouts))
            for (const std::string& record : parts_of(records))
                out.push_back(layout + " " + record + " " + first + "-" + last + " " + content);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string content_of(const layout::filler_info& columns) {
    switch (columns.holds) {
        case layout::filler::blank:
            return {};
        case layout::filler::blank_or_zeros:
            return "z";
        case layout::filler::constant:
            return "=" + std::string(columns.constant.substr(0, columns.constant.find(' ')));
        case layout::filler::anything:
            return "anything";
    }
    return {};
}

std::vector<std::string> of_the_tables() {
    std::vector<std::string> out;
    for (const layout::section_layout& section : document().sections) {
        if (section.id.empty()) continue;  // the seal has a page of its own
        for (const layout::record_info& record : section.records) {
            const auto add = [&](unsigned first, unsigned last, const std::string& content) {
                if (content.empty()) return;
                out.push_back(std::string(section.id) + " " + std::string(record.code) + " " + std::to_string(first) + "-" +
                              std::to_string(last) + " " + content);
            };
            for (const layout::field_info& field : record.fields)
                add(field.first, field.last, std::string(field.name));
            for (const layout::filler_info& columns : record.fillers)
                add(columns.first, columns.last, content_of(columns));
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST(autogiro_records, stand_in_the_columns_of_the_page) {
    EXPECT_EQ(of_the_tables(), of_the_page());
}

TEST(autogiro_records, guard_what_tells_of_a_person) {
    for (const layout::section_layout& section : document().sections)
        for (const layout::record_info& record : section.records)
            for (const layout::field_info& field : record.fields) {
                SCOPED_TRACE(std::string(section.id) + " " + std::string(record.code) + " " + std::string(field.name));
                if (field.name == "account") {
                    EXPECT_EQ(field.guard, privacy::account);
                }
                if (field.name == "identity") {
                    EXPECT_EQ(field.guard, privacy::identity);
                }
                if (field.name.ends_with("payer_number") || field.name == "reference") {
                    EXPECT_EQ(field.guard, privacy::reference);
                }
                if (field.name == "text") {
                    EXPECT_EQ(field.guard, privacy::free_text);
                }
                if (field.name.starts_with("address") || field.name == "postcode" || field.name == "town") {
                    EXPECT_EQ(field.guard, privacy::address);
                }
            }
}

}  // namespace

}  // namespace brygga::autogiro::testing
