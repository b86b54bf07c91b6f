// Prints a libFuzzer dictionary of a format: the lines of a generated file and, for fixed-width records, each code at a line's
// beginning and one line of each record's canonical form.
// For the seal, which is no format, the lines of a sealed file.
//
//     fuzz_dictionary bgmax > bgmax.dict
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "formats/bankgirot/autogiro/format.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "formats/layout/document.hpp"
#include "formats/registry.hpp"

namespace {

void print_entry(std::string_view name, std::string_view bytes) {
    std::printf("%.*s=\"", static_cast<int>(name.size()), name.data());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
        if (byte < 0x20 || byte > 0x7E || c == '"' || c == '\\')
            std::printf("\\x%02X", byte);
        else
            std::putchar(c);
    }
    std::printf("\"\n");
}

std::string sample_value(const brygga::layout::field_info& field) {
    switch (field.fills) {
        case brygga::layout::form::number:
        case brygga::layout::form::digits:
        case brygga::layout::form::optional_digits:
            return std::string(field.width(), '0');
        case brygga::layout::form::code:
            return "2";
        case brygga::layout::form::text:
            return "A";
    }
    return {};
}

void print_records(const brygga::layout::document_layout& layout) {
    for (const auto& section : layout.sections)
        for (const auto& record : section.records) {
            const std::string name = std::string(section.id) + std::string(record.code);
            const std::string code(record.code.substr(0, record.code_columns));
            print_entry("code_" + name, "\n" + code);
            const auto line = brygga::layout::canonical_line(record, brygga::encoding::iso_8859_1, sample_value);
            if (line) print_entry("line_" + name, "\n" + *line);
        }
}

void print_lines(std::string_view bytes, const std::string& name = "generated") {
    brygga::line_cutter lines(bytes);
    brygga::physical_line line;
    while (lines.next(line))
        print_entry(name + "_" + std::to_string(line.number), line.bytes);
}

void print_special() {
    int number = 0;
    for (const std::string_view special : {"\t", "\r\n", "\r", "\x1A", "\xEF\xBB\xBF", "\xC3\xA5", "\xE5", "\x84"})
        print_entry("bytes_" + std::to_string(++number), special);
}

int print_seal() {
    const auto key = brygga::seal::key::published_test_key();
    const brygga::date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    std::string sealed;
    const auto take = [&](std::string_view part) { sealed += part; };
    if (!key || !brygga::seal::seal_file("01" + std::string(78, ' ') + "\r\n", *key, {.day = day}, take)) return 2;
    print_lines(sealed);
    print_entry("older_seal", "SAK1");
    print_special();
    return 0;
}

void print_generated(const brygga::format& format, std::string_view layout) {
    std::string generated;
    brygga::generate_settings settings;
    settings.count = 2;
    settings.layout = layout;
    if (format.generate(settings, [&](std::string_view part) { generated += part; }))
        print_lines(generated, "generated_" + std::string(layout));
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 2 && arguments[1] == std::string_view("seal")) return print_seal();
    const brygga::format* format = count == 2 ? brygga::find_format(arguments[1]) : nullptr;
    if (format == nullptr) {
        std::fprintf(stderr, "usage: fuzz_dictionary FORMAT\n");
        return 2;
    }
    if (format == &brygga::autogiro::registered_format()) print_records(brygga::autogiro::document());
    if (format == &brygga::bgmax::registered_format()) print_records(brygga::bgmax::document());
    if (format->layouts().empty()) print_generated(*format, "");
    for (const std::string_view layout : format->layouts())
        print_generated(*format, layout);
    print_special();
    return 0;
}
