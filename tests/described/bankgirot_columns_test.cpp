// The layouts of Bankgirot's formats under fixtures/layouts have the columns of the built-in ones: each record, each field with
// its name and who may see it, each filler.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/layout/language/parser.hpp"
#include "tests/described/shipped.hpp"

namespace brygga::layout::described::test {
namespace {

struct pair_of_formats {
    std::string name;  // of the layout
    const document_layout* built_in;
};

language::description description_of(const std::string& name) {
    auto made = language::parse_layout(bytes_of_fixture("layouts/" + name + ".layout"), name + ".layout", {});
    if (!made) throw std::runtime_error("a faulty layout: " + name);
    return std::move(*made);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view name_of(filler holds) {
    switch (holds) {
        case filler::anything:
            return "reserved";
        case filler::blank:
            return "blank";
        case filler::blank_or_zeros:
            return "zeros";
        case filler::constant:
            return "constant";
    }
    return {};
}

std::string_view name_of(language::filler_kind holds) {
    switch (holds) {
        case language::filler_kind::reserved:
            return "reserved";
        case language::filler_kind::blank:
            return "blank";
        case language::filler_kind::zeros:
            return "zeros";
        case language::filler_kind::constant:
            return "constant";
    }
    return {};
}

// By first column; neighbouring blanks are one filler. The title of a record is its own matter.
using columns_text = std::map<unsigned, std::string>;

struct filler_columns {
    unsigned first{}, last{};
    std::string holds;
};

void add_fillers(const std::vector<filler_columns>& in_order, columns_text& into) {
    unsigned first = 0, last = 0;
    for (const filler_columns& each : in_order) {
        const bool goes_on = each.holds == "blank " && last != 0 && last + 1 == each.first;
        if (!goes_on) first = each.first;
        last = each.holds == "blank " ? each.last : 0;
        into[first] = fmt::format("{}-{} {}", first, each.last, each.holds);
    }
}

columns_text columns_of(const record_info& record, unsigned code_width) {
    columns_text out;
    if (record.code_columns != 0 && record.code_columns != code_width)  // the layout has it as a constant
        out[1] = fmt::format("1-{} constant {}", record.code_columns, record.code);
    for (const field_info& each : record.fields)
        out[each.first] = fmt::format("{}-{} {} {}", each.first, each.last, each.name, static_cast<int>(each.guard));
    std::vector<filler_columns> fillers;
    for (const filler_info& each : record.fillers)
        fillers.push_back({each.first, each.last, fmt::format("{} {}", name_of(each.holds), each.constant)});
    add_fillers(fillers, out);
    return out;
}

columns_text columns_of(const language::described_record& record) {
    columns_text out;
    for (const language::described_field& each : record.fields)
        out[each.first] = fmt::format("{}-{} {} {}", each.first, each.last, each.name, static_cast<int>(each.guard));
    std::vector<filler_columns> fillers;
    for (const language::described_filler& each : record.fillers)
        fillers.push_back({each.first, each.last, fmt::format("{} {}", name_of(each.holds), each.constant)});
    add_fillers(fillers, out);
    return out;
}

// The records that may stand in the section of this id; those outside all sections where it has none.
std::vector<const language::described_record*> records_of(const language::description& of, std::string_view section) {
    std::vector<bool> within(of.records.size());
    std::vector<const language::described_record*> out;
    for (const language::described_section& each : of.sections) {
        std::vector<std::size_t> all = each.records;
        all.push_back(each.opens);
        if (each.closes != language::none) all.push_back(each.closes);
        for (const std::size_t record : all) {
            within[record] = true;
            if (each.name == section) out.push_back(&of.records[record]);
        }
    }
    for (std::size_t i = 0; section.empty() && i != within.size(); ++i)
        if (!within[i]) out.push_back(&of.records[i]);
    return out;
}

class bankgirot_layout : public testing::TestWithParam<pair_of_formats> {};

TEST_P(bankgirot_layout, has_the_columns_of_the_built_in_format) {
    const language::description made = description_of(GetParam().name);
    EXPECT_EQ(made.width, GetParam().built_in->width);
    for (const section_layout& section : GetParam().built_in->sections) {
        const auto here = records_of(made, lower(section.id));
        EXPECT_EQ(here.size(), section.records.size()) << section.id;
        for (const record_info& record : section.records) {
            const columns_text wanted = columns_of(record, GetParam().built_in->code_width);
            const bool found = std::any_of(here.begin(), here.end(), [&](const language::described_record* each) {
                return (each->code == record.code || each->code.empty()) && columns_of(*each) == wanted;
            });
            EXPECT_TRUE(found) << section.id << ' ' << record.code << ' ' << record.title << testing::PrintToString(wanted);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(all, bankgirot_layout,
                         testing::Values(pair_of_formats{"bankgirot-autogiro", &autogiro::document()},
                                         pair_of_formats{"bankgirot-bgmax", &bgmax::document()},
                                         pair_of_formats{"bankgirot-lb", &supplier_payment::document()}),
                         [](const auto& each) {
                             std::string name = each.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace brygga::layout::described::test
