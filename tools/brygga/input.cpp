#include "tools/brygga/input.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/settings.hpp"
#include "formats/bankgirot/recognise.hpp"
#include "formats/core/lines.hpp"
#include "formats/layout/segments.hpp"
#include "formats/registry.hpp"

namespace brygga::command {

namespace {

// What reading begins with: blank lines at the beginning say nothing about the format.
std::string_view head_of(std::string_view bytes) {
    return layout::without_head(bytes).substr(0, sniffed_bytes);
}

struct title_lines {
    const format* which{};
    std::uint64_t line{};  // where the format begins
};

constexpr std::uint64_t most_title_lines = 100;  // each is looked at as if a file began there

// A format that begins at a later line, as published examples with a heading do.
title_lines sniff_later_lines(std::string_view head) {
    line_cutter lines(head);
    physical_line line;
    while (lines.next(line) && line.number <= most_title_lines)
        if (const format* found = sniff(head.substr(line.offset)); found != nullptr) return {found, line.number};
    return {};
}

std::string known_formats() {
    std::string out;
    for (const format* each : formats())
        out += fmt::format("{}{}", out.empty() ? "" : ", ", each->id());
    return out;
}

// What somebody sees who looks at bytes that no format knows; never the bytes themselves.
std::string likeness_of(std::string_view bytes, std::string_view head) {
    if (head.empty()) return "it holds nothing but blanks";
    if (const std::string_view other = bankgirot::recognise_other_format(head); !other.empty())
        return fmt::format("it looks like {}, which is not among them", other);
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 0x09; });
    if (controls != 0) return "it is binary data";
    const title_lines later = sniff_later_lines(bytes.substr(0, sniffed_bytes));
    if (later.which != nullptr)
        return fmt::format("{} begins at its line {}: --profile sample skips what stands before", later.which->id(), later.line);
    return "it is text that begins like none of them";
}

}  // namespace

const format* sniff_anywhere(std::string_view bytes) {
    return sniff(head_of(bytes));
}

result<byte_source> open_input(const std::string& name) {
    if (name == standard_input_name) {
        reading("standard input");
        return byte_source::from_descriptor(0, "standard input");
    }
    reading(name);
    return byte_source::open(name);
}

void reading_options::add_format(CLI::App& command) {
    command
        .add_option("--format", format,
                    "Read as this format instead of telling it by the first bytes ('brygga formats' lists them)")
        ->type_name("FORMAT");
}

void reading_options::add_encoding(CLI::App& command) {
    command
        .add_option("--encoding", encoding, "Text encoding, when detection gets it wrong: ISO 8859-1, CP850, UTF-8 or ISO 646-SE")
        ->type_name("NAME");
}

void reading_options::add_profile(CLI::App& command) {
    command.add_option("--profile", profile, "Deviation profile; 'sample' skips the title lines of published example files")
        ->type_name("NAME");
}

void reading_options::add_profile_config(CLI::App& command) {
    command.add_option("--config", config, "Configuration whose deviation profiles --profile can name")
        ->envname("BRYGGA_CONFIG")
        ->type_name("FILE");
}

result<const format*> named_format(std::string_view id) {
    const format* const found = find_format(id);
    if (found == nullptr)
        return fail(error_code::not_found, fmt::format("no format is called '{}'; there is {}", id, known_formats()));
    return found;
}

result<const format*> choose_format(const reading_options& how, std::string_view bytes, std::string_view name) {
    if (!how.format.empty()) return named_format(how.format);
    if (const format* const found = sniff_anywhere(bytes); found != nullptr) return found;
    if (how.profile == sample_profile().name)
        if (const format* const found = sniff_later_lines(bytes.substr(0, sniffed_bytes)).which; found != nullptr) return found;
    if (bytes.empty())
        return fail(error_code::invalid_content, fmt::format("{} is empty; --format says what it should have been", name));
    return fail(error_code::invalid_content, fmt::format("cannot tell the format of {} (known: {}): {}. --format names one", name,
                                                         known_formats(), likeness_of(bytes, head_of(bytes))));
}

namespace {

// The built-in profile, or one that the configuration gives to any of its companies.
result<deviation_profile> named_profile(const reading_options& how, const std::optional<config::settings>& config) {
    if (how.profile == sample_profile().name) return sample_profile();
    if (!config)
        return fail(error_code::not_found,
                    fmt::format("no profile is called '{}'; there is sample, and those of --config", how.profile));
    for (const config::tenant& who : config->tenants)
        for (const config::tenant_profile& each : who.profiles)
            if (each.rules.name == how.profile) return each.rules;
    return fail(error_code::not_found, fmt::format("{} has no profile '{}'", how.config, how.profile));
}

}  // namespace

result<read_settings> settings_of(const reading_options& how, const format& which, session& with) {
    read_settings out;
    out.today = with.today();
    out.test_system = how.test_system;
    if (!how.encoding.empty()) {
        out.force_encoding = parse_encoding(how.encoding);
        if (!out.force_encoding)
            return fail(error_code::invalid_argument, fmt::format("no encoding is called '{}'", how.encoding));
    }
    // A configuration that is named and cannot be read is a mistake to be told, also when nothing of it is needed.
    std::optional<config::settings> config;
    if (!how.config.empty()) {
        auto read = config::load(how.config);
        if (!read) return tl::unexpected(read.error());
        config = std::move(*read);
    }
    if (!how.profile.empty()) {
        auto profile = named_profile(how, config);
        if (!profile) return tl::unexpected(profile.error());
        out.policy.profile = std::move(*profile);
    }
    for (const std::string& id : how.rules) {
        const auto known = which.rules();
        if (std::none_of(known.begin(), known.end(), [&](const rule_info& each) { return each.id == id; }))
            return fail(error_code::invalid_argument,
                        fmt::format("{} has no rule '{}'; see brygga rules {}", which.id(), id, which.id()));
        out.policy.only.insert(id);
    }
    return out;
}

void follow(read_settings& settings, byte_source& from, progress& shown) {
    settings.passed = [&from, &shown](std::size_t offset) {
        from.release_before(offset);
        shown.at(offset);
    };
}

}  // namespace brygga::command
