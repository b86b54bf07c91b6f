// The names that a layout can give are those of the ledger's schemas.
#include "formats/layout/language/ledger_names.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

using json = nlohmann::json;

std::string_view json_type(ledger_kind kind) {
    switch (kind) {
        case ledger_kind::text:
        case ledger_kind::day:
            return "string";
        case ledger_kind::amount:
            return "integer";
        case ledger_kind::flag:
            return "boolean";
    }
    return {};
}

// What the paper says beyond the books no layout can say: it has members of its own (value added tax, meters).
bool is_of_the_document(const std::string& member, const std::string& prefix) {
    constexpr std::array of_head = {"buyer_reference", "note", "payment_terms", "cycle", "invoices", "deviations"};
    constexpr std::array of_line = {"quantity", "unit",       "price",      "price_quantity", "vat", "from",        "to",
                                    "note",     "value_kind", "properties", "product",        "fee", "late_invoice"};
    return prefix.empty() ? std::find(of_head.begin(), of_head.end(), member) != of_head.end()
                          : std::find(of_line.begin(), of_line.end(), member) != of_line.end();
}

void compare(const json& schema, std::string_view type, const std::string& prefix, std::size_t& seen) {
    for (const auto& [member, what] : schema.at("properties").items()) {
        if (member == "type" || member == "prepaid") continue;  // a reservation has no place in a customer system's file
        if (is_of_the_document(member, prefix) || member == "fields") continue;
        if (member == "lines") {
            if (type == "credit_note") continue;
            compare(what.at("items"), type, "lines.", seen);
            continue;
        }
        const std::string name = prefix + member;
        const auto known = ledger_names(type);
        const auto found = std::find_if(known.begin(), known.end(), [&](const ledger_name& each) { return each.name == name; });
        ASSERT_NE(found, known.end()) << type << " " << name;
        ++seen;
        EXPECT_EQ(what.at("type"), json_type(found->holds)) << name;
        const bool is_day = what.value("pattern", "").starts_with("^[0-9]{4}-");
        EXPECT_EQ(is_day, found->holds == ledger_kind::day) << name;
        const auto& required = schema.at("required");
        EXPECT_EQ(std::find(required.begin(), required.end(), member) != required.end(), found->required) << name;
    }
}

TEST(ledger_names, are_those_of_the_schemas) {
    std::size_t schemas = 0;
    for (const auto& each : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/mapping/ledger/schema")) {
        const std::string file = each.path().filename().string();
        const std::string type = file.substr(0, file.find('.'));
        if (type == "run") continue;  // the manifest of lines that a customer system writes
        std::size_t seen = 0;
        compare(json::parse(file_text(each.path())), type, "", seen);
        EXPECT_EQ(seen, ledger_names(type).size()) << type;
        ++schemas;
    }
    EXPECT_EQ(schemas, 7U);
}

}  // namespace
}  // namespace brygga::layout::language::testing
