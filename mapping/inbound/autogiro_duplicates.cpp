#include "mapping/inbound/autogiro_duplicates.hpp"

#include <fmt/format.h>

#include "formats/core/digits.hpp"
#include "formats/core/sha256.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::inbound {

namespace {

std::string hash_of(std::string_view bytes) {
    sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

// A letter and so many digits.
bool is_part(std::string_view text, char letter, std::size_t digits) noexcept {
    return text.size() == digits + 1 && text.front() == letter && layout::all_digits(text.substr(1));
}

}  // namespace

std::string autogiro_identity(std::string_view bytes) {
    return hash_of(bytes);
}

std::string autogiro_identity(std::string_view bytes, const autogiro_plan& plan, const ledger::exchanged_file& file) {
    return plan.is_register() ? fmt::format("{}:{}", hash_of(bytes), ledger::format_id(file.id)) : hash_of(bytes);
}

bool is_data_set_name(std::string_view name) noexcept {
    constexpr std::size_t product = 5, customer = 8, day = 7, time = 7;
    if (name.size() != product + customer + day + time + 3) return false;
    return name.starts_with("UAG") && name[product] == '.' && is_part(name.substr(product + 1, customer), 'K', customer - 1) &&
           name[product + 1 + customer] == '.' && is_part(name.substr(product + customer + 2, day), 'D', day - 1) &&
           name[product + customer + day + 2] == '.' && is_part(name.substr(product + customer + day + 3), 'T', time - 1);
}

result<std::optional<std::string>> autogiro_duplicates::batch(std::string_view identity, std::string found) {
    auto known = before_.find_batch(autogiro_source, identity);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::nullopt;
    plan_.ledger_findings.add(static_cast<std::size_t>(autogiro::rule::R19), severity::error, [&] {
        finding made;
        made.where = {1, 0, 0, 0};
        made.found = std::move(found);
        made.expected = fmt::format("not imported before; batch {} holds it", ledger::format_id((*known)->id));
        return made;
    });
    return (*known)->file_name;
}

result<std::optional<std::string>> autogiro_duplicates::file(std::string_view bytes, const ledger::exchanged_file& file) {
    const std::string identity = autogiro_identity(bytes, plan_, file);
    auto same = batch(identity, fmt::format("file {}", identity.substr(0, 12)));
    if (!same || *same) return same;
    for (const std::string& each : plan_.specifications) {
        auto known = batch(hash_of(each), each);
        if (!known || *known) return known;
    }
    if (!is_data_set_name(file.name)) return std::nullopt;
    const auto named = before_.files_named(file.name, 2);
    if (!named) return tl::unexpected(named.error());
    for (const ledger::exchanged_file& each : *named) {
        if (each.id == file.id || each.outcome == ledger::file_outcome::rejected) continue;
        plan_.ledger_findings.add(static_cast<std::size_t>(autogiro::rule::R19), severity::error, [&] {
            finding made;
            made.where = {1, 0, 0, 0};
            made.found = file.name;
            made.expected = fmt::format("a data set that was not imported before; delivery {} was it", each.claim);
            return made;
        });
        return each.name;
    }
    return std::nullopt;
}

bool autogiro_duplicates::report(severity level, const section_plan& section, std::string expected) {
    const auto in_force = plan_.ledger_findings.add(static_cast<std::size_t>(autogiro::rule::R19), level, [&] {
        finding made;
        made.where = {section.line, 0, 0, 0};
        made.found = section.row.serial;
        made.expected = std::move(expected);
        made.section = section.row.section_no;
        return made;
    });
    return in_force && *in_force >= severity::hold;
}

void autogiro_duplicates::is_there(section_plan& section, const ledger::known_deposit& earlier) {
    section.already_in = earlier.id;
    report(severity::info, section,
           fmt::format("not booked again: deposit {} holds it, by {}", ledger::format_id(earlier.id), earlier.source));
}

void autogiro_duplicates::wait(section_plan& section, std::string expected, ledger::row_id may_be) {
    if (!report(severity::hold, section, expected)) return;
    section.held_by.push_back(autogiro::info(autogiro::rule::R19).id);
    section.may_repeat = std::move(expected);
    section.may_be = may_be;
}

// The serial number of an entry begins anew each day and is no number of the deposit at the bank: the day, the amount and the
// references tell.
result<void> autogiro_duplicates::part(autogiro_part_plan& part) {
    section_plan& section = part.section;
    if (!moves_money(part.kind) || !section.has_date || section.row.payments == 0) return {};
    const auto twins = deposits_.twins_of(section);
    if (!twins) return tl::unexpected(twins.error());
    const auto same = same_by_our_references(section, *twins, true, before_);
    if (!same) return tl::unexpected(same.error());
    if (*same) {
        is_there(section, **same);
        return {};
    }
    if (!twins->empty()) {
        wait(section, may_be_one_of(*twins), twins->front().id);
        return {};
    }
    const auto holds_some = payments_.that_holds_some_of(section);
    if (!holds_some) return tl::unexpected(holds_some.error());
    if (*holds_some) wait(section, of_the_day(section, **holds_some), **holds_some);
    return {};
}

}  // namespace brygga::inbound
