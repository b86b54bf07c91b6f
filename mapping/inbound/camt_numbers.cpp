#include "mapping/inbound/camt_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/iso20022/camt/meaning.hpp"
#include "mapping/inbound/sections.hpp"

namespace brygga::inbound {

namespace {

constexpr std::size_t max_digits = 18;  // Number in the schema

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || number < 0 || text.size() > max_digits) return std::nullopt;
    return number;
}

// In Sweden.
std::optional<date> made_on(const camt::container_facts& report, std::string_view message_created) {
    return camt::swedish_day(report.created.empty() ? message_created : std::string_view(report.created));
}

// The day that the report is about, else that on which it was made.
std::optional<date> day_of(const camt::container_facts& report, std::string_view message_created) {
    if (report.about) return report.about;
    return made_on(report, message_created);
}

// "20260302" or "260302", with whatever follows: no series in which one could be missing.
bool is_made_from(std::string_view number, std::optional<date> day) {
    if (!day) return false;
    const std::string whole = format_ccyymmdd(*day);
    return number.starts_with(whole) || number.starts_with(std::string_view(whole).substr(2));
}

std::string_view name(ledger::number_series series) noexcept {
    switch (series) {
        case ledger::number_series::electronic:
            return "ElctrncSeqNb";
        case ledger::number_series::legal:
            return "LglSeqNb";
    }
    return {};
}

class comparer {
 public:
    comparer(camt_plan& plan, std::string_view bytes, ledger::transaction& into) : plan_(plan), bytes_(bytes), into_(into) {}

    result<void> compare(const ledger::report_number& item, const camt::container_facts& facts) {
        auto bearer = into_.other_bearer(item);
        if (!bearer) return tl::unexpected(bearer.error());
        if (*bearer) {
            // Where nothing is booked nothing can wait.
            const bool books = books_any(item.container_no);
            if (tell(item, facts, books ? severity::hold : severity::info,
                     fmt::format("no other with this number; batch {} holds one{}", ledger::format_id(**bearer),
                                 books ? "" : "; nothing of this one is booked, so nothing waits")))
                hold(item.container_no);
            return {};
        }
        auto highest = into_.highest_number(item);
        if (!highest) return tl::unexpected(highest.error());
        if (*highest && item.number > **highest + 1)
            tell(item, facts, severity::warning, fmt::format("number {}", **highest + 1));
        return {};
    }

 private:
    bool tell(const ledger::report_number& item, const camt::container_facts& facts, severity level, std::string expected) {
        const entry_place place{item.container_no, 0, facts.begin, true};
        const auto passed = bytes_.substr(0, facts.begin);
        const auto line = static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n')) + 1;
        return report(plan_, camt::rule::R21, level, {&place, 0, line, {}, facts.begin, name(item.series), {}},
                      fmt::format("number {} of {}", item.number, item.year), std::move(expected));
    }

    [[nodiscard]] bool books_any(std::uint32_t container_no) const {
        for (std::size_t i = 0; i < plan_.sections.size(); ++i)
            if (plan_.places[i].container_no == container_no && plan_.sections[i].already_in == 0) return true;
        return false;
    }

    void hold(std::uint32_t container_no) {
        for (std::size_t i = 0; i < plan_.sections.size(); ++i)
            if (plan_.places[i].container_no == container_no) add_once(plan_.sections[i].held_by, camt::info(camt::rule::R21).id);
    }

    camt_plan& plan_;
    std::string_view bytes_;
    ledger::transaction& into_;
};

}  // namespace

result<void> compare_numbers(camt_plan& plan, std::string_view bytes, std::string_view format, ledger::row_id batch_id,
                             ledger::transaction& into) {
    comparer compared(plan, bytes, into);
    ledger::report_number item;
    item.batch_id = batch_id;
    item.format = format;
    item.message_id = plan.file.id;
    for (const camt::container_facts& each : plan.file.containers) {
        ++item.container_no;
        const auto day = day_of(each, plan.file.created);
        if (each.copy || !day) continue;
        item.account = each.account;
        item.currency = each.currency;
        item.year = static_cast<int>(day->year());
        item.container_id = each.id;
        item.page = each.page.empty() ? plan.file.page : each.page;
        for (const auto& [series, text] : {std::pair(ledger::number_series::electronic, std::string_view(each.electronic_number)),
                                           std::pair(ledger::number_series::legal, std::string_view(each.legal_number))}) {
            const auto number = number_of(text);
            if (!number || is_made_from(text, day) || is_made_from(text, made_on(each, plan.file.created))) continue;
            item.series = series;
            item.number = *number;
            auto done = compared.compare(item, each);
            if (done) done = into.add_number(item);
            if (!done) return done;
        }
    }
    return {};
}

}  // namespace brygga::inbound
