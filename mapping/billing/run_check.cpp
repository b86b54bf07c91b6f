#include "mapping/billing/run_check.hpp"

#include <array>
#include <map>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"
#include "formats/core/sha256.hpp"
#include "mapping/ledger/json/line_reader.hpp"
#include "mapping/ledger/json/schema_check.hpp"

namespace brygga::billing {

namespace {

using json = nlohmann::json;
using ledger::record_type;
using ledger::utility;

constexpr std::string_view content_rule = "BILL-R01";
constexpr std::string_view price_rule = "BILL-R04";
constexpr std::array utilities = {utility::EL, utility::FV, utility::FI, utility::VA, utility::RE};

std::string text_of(const json& from, const char* member) {
    const auto found = from.find(member);
    return found == from.end() ? std::string() : found->get<std::string>();
}

date month_of(date day) {
    return day.year() / day.month() / std::chrono::day(1);
}

class run_checker {
 public:
    run_checker(const run_terms& terms, ledger::transaction& in) : terms_(terms), in_(in) {}

    result<checked_run> run(std::istream& lines) {
        sha256 hash;
        ledger::line_reader reader(lines, ledger::max_import_line);
        while (const auto line = reader.next()) {
            line_no_ = reader.number();
            hash.add(line->text);
            hash.add("\n");
            if (line->too_long)
                fault({}, content_rule, fmt::format("is longer than {} bytes", ledger::max_import_line));
            else if (line->text.find_first_not_of(" \t") == std::string_view::npos && line_no_ != 1)
                continue;
            else if (auto done = take(line->text); !done)
                return tl::unexpected(std::move(done.error()));
        }
        if (lines.bad()) return fail(error_code::io, "the lines of the run cannot be read to their end");
        out_.run.sha256 = hash.hex();
        compare();
        return std::move(out_);
    }

 private:
    void fault(std::string pointer, std::string_view rule, std::string text) {
        ++out_.faults_total;
        if (out_.faults.size() < ledger::max_import_notes)
            out_.faults.push_back({ledger::note_level::bad, line_no_, std::move(pointer), std::string(rule), std::move(text)});
    }

    result<void> take(std::string_view text) {
        const auto read = ledger::parse_strict(text);
        if (!read) {
            fault(read.error().pointer, content_rule, read.error().text);
            return {};
        }
        const auto type = read->is_object() ? read->find("type") : read->end();
        const bool is_typed = read->is_object() && type != read->end() && type->is_string();
        const auto known = is_typed ? ledger::parse_record_type(type->get_ref<const std::string&>()) : std::nullopt;
        if (line_no_ == 1 && known != record_type::run) {
            fault("/type", content_rule, "the first line of a run is its manifest, of type run");
            return {};
        }
        if (!known || !belongs(*known)) {
            fault("/type", content_rule, "a line of a run is a customer, a facility, an invoice or a credit note");
            return {};
        }
        const auto faults = schemas_.check(*known, *read);
        for (const ledger::json_fault& each : faults)
            fault(each.pointer, content_rule, each.text);
        return faults.empty() ? count(*known, *read) : result<void>{};
    }
    [[nodiscard]] bool belongs(record_type type) const {
        switch (type) {
            case record_type::run:
                return line_no_ == 1;
            case record_type::customer:
            case record_type::facility:
            case record_type::invoice:
            case record_type::credit_note:
            case record_type::facility_event:
                return true;
            case record_type::registration:
            case record_type::receipt:
                return false;
        }
        return false;
    }

    result<void> count(record_type type, const json& line) {
        switch (type) {
            case record_type::run:
                take_manifest(line);
                return {};
            case record_type::facility:
                kinds_[text_of(line, "facility_id")] = *ledger::parse_utility(text_of(line, "utility"));
                return {};
            case record_type::invoice:
                return count_invoice(line);
            case record_type::credit_note: {
                ++out_.run.credit_notes;
                const auto kind = utility_of(line, {});
                if (!kind) return tl::unexpected(kind.error());
                if (*kind) add(**kind, -line.at("amount_ore").get<std::int64_t>());
                return {};
            }
            case record_type::customer:
            case record_type::registration:
            case record_type::receipt:
            case record_type::facility_event:
                return {};
        }
        return {};
    }

    void take_manifest(const json& line) {
        manifest_ = line;
        out_.run.manifest = line.dump();
        out_.run.key = text_of(line, "run_id");
        out_.run.kind = ledger::parse_run_kind(text_of(line, "kind")).value_or(ledger::run_kind::ordinary);
        out_.run.month = parse_iso_date(text_of(line, "invoice_month") + "-01").value_or(date{});
        if (text_of(line, "tenant") != terms_.tenant)
            fault("/tenant", content_rule, fmt::format("is another company's run: expected {}", terms_.tenant));
        const auto confirmed = line.find("prices_confirmed");
        if (confirmed != line.end()) confirmed_ = parse_iso_date(text_of(*confirmed, "at"));
        if (confirmed_ && *confirmed_ > terms_.today) fault("/prices_confirmed/at", price_rule, "is after today");
    }

    // Nothing where it cannot be told, which is a fault.
    result<std::optional<utility>> utility_of(const json& line, const std::string& pointer) {
        if (line.contains("utility")) return ledger::parse_utility(text_of(line, "utility"));
        const std::string point = text_of(line, "supply_point");
        if (const auto found = kinds_.find(point); found != kinds_.end()) return std::optional(found->second);
        const auto known = in_.find_facility(point);
        if (!known) return tl::unexpected(known.error());
        if (!*known) {
            fault(pointer + "/utility", content_rule, "is not told, and no such facility is there");
            return std::optional<utility>{};
        }
        return std::optional((*known)->kind);
    }

    result<void> count_invoice(const json& line) {
        ++out_.run.invoices;
        if (line.value("currency", "SEK") != "SEK") fault("/currency", content_rule, "the sums of a run are in SEK");
        ledger::invoice item;
        item.rounding_ore = line.value("rounding_ore", std::int64_t{});
        const auto issued = parse_iso_date(text_of(line, "issue_date")), due = parse_iso_date(text_of(line, "due_date"));
        for (std::size_t i = 0; i != line.at("lines").size(); ++i) {
            const json& each = line.at("lines")[i];
            const std::string pointer = fmt::format("/lines/{}", i);
            const auto kind = utility_of(each, pointer);
            if (!kind) return tl::unexpected(kind.error());
            if (!*kind) return {};
            item.lines.push_back({**kind, text_of(each, "supply_point"), {}, each.at("amount_ore").get<std::int64_t>(), {}});
            if (**kind == utility::EL && text_of(each, "product") == "supply")
                check_price(each, pointer, issued.value_or(date{}));
        }
        for (const ledger::invoice_part& each : parts_of(item))
            add(each.kind, each.amount_ore);
        const bool is_dated = due && out_.run.month.ok() && terms_.due == due_rule::last_bank_day;
        if (is_dated && month_of(*due) != out_.run.month)
            fault("/due_date", content_rule,
                  fmt::format("is of another month than the run's, {:%Y-%m}", std::chrono::sys_days(out_.run.month)));
        return {};
    }

    // BILL-R04: the price of a month is known when the month has begun.
    void check_price(const json& line, const std::string& pointer, date issued) {
        const date last = parse_iso_date(text_of(line, "to")).value_or(issued);
        if (!last.ok() || (confirmed_ && *confirmed_ >= month_of(last))) return;
        const std::string month = fmt::format("{:%Y-%m}", std::chrono::sys_days(last));
        if (confirmed_)
            fault(pointer, price_rule,
                  fmt::format("is electricity supply of {}, and the prices were confirmed before that month began, on {}", month,
                              format_iso_date(*confirmed_)));
        else
            fault(pointer, price_rule,
                  fmt::format("is electricity supply of {}, and the manifest has no prices_confirmed", month));
    }

    void add(utility kind, std::int64_t amount_ore) {
        sums_[kind] += amount_ore;
        total_ += amount_ore;
    }

    void compare_sum(const char* member, const ore_sum& counted) {
        const json& told = manifest_.at("sum_ore");
        const std::int64_t stated = told.value(member, std::int64_t{});
        if (counted == stated) return;
        fault(fmt::format("/sum_ore/{}", member), content_rule,
              fmt::format("the manifest says {}, and the lines come to {}", stated, counted.text()));
    }
    void compare_count(const char* member, std::uint64_t counted) {
        const auto stated = manifest_.at(member).get<std::uint64_t>();
        if (stated != counted)
            fault(fmt::format("/{}", member), content_rule,
                  fmt::format("the manifest says {}, and there are {}", stated, counted));
    }

    // Only where every line could be read: the sums of others mean nothing.
    void compare() {
        line_no_ = 1;
        if (manifest_.is_null() && out_.faults_total == 0)
            fault({}, content_rule, "there is no line: a run begins with its manifest");
        if (manifest_.is_null() || out_.faults_total != 0) return;
        compare_count("invoices", out_.run.invoices);
        compare_count("credit_notes", out_.run.credit_notes);
        for (const utility each : utilities)
            compare_sum(std::string(name(each)).c_str(), sums_[each]);
        compare_sum("total", total_);
    }

    const run_terms& terms_;
    ledger::transaction& in_;
    ledger::schema_checker schemas_;
    checked_run out_;
    json manifest_;
    std::optional<date> confirmed_;
    std::map<std::string, utility> kinds_;
    std::map<utility, ore_sum> sums_;
    ore_sum total_;
    std::uint64_t line_no_ = 0;
};

}  // namespace

result<checked_run> check_run(std::istream& lines, const run_terms& terms, ledger::transaction& in) {
    return run_checker(terms, in).run(lines);
}

}  // namespace brygga::billing
