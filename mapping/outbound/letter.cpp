#include "mapping/outbound/letter.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/print/address/check.hpp"
#include "mapping/ledger/receivables.hpp"
#include "mapping/outbound/autogiro_run.hpp"

namespace brygga::outbound {

namespace {

using einvoice::decimal;
using json = nlohmann::json;
using ledger::utility;

constexpr std::size_t identity_digits = 12;
constexpr std::size_t months_shown = 13;

struct utility_words {
    std::string_view swedish, english;
};
constexpr std::array<utility_words, 5> titles = {{{"El", "Electricity"},
                                                  {"Fj\xC3\xA4rrv\xC3\xA4rme", "District heating"},
                                                  {"Fiber", "Fibre"},
                                                  {"Vatten och avlopp", "Water and sewerage"},
                                                  {"Renh\xC3\xA5llning", "Waste collection"}}};

std::string_view in_language(print::language in, std::string_view swedish, std::string_view english) {
    return in == print::language::swedish ? swedish : english;
}

std::string title_of(utility kind, print::language in) {
    const utility_words& words = titles[static_cast<std::size_t>(kind)];
    return std::string(in_language(in, words.swedish, words.english));
}

std::string period_text(const std::optional<einvoice::period>& of) {
    return of ? fmt::format("{} \xE2\x80\x93 {}", format_iso_date(of->from), format_iso_date(of->to)) : std::string();
}

// What of a line's own properties a protected person's letter may have: readings of a meter, and nothing about where it is.
bool is_reading(std::string_view property) {
    return property.starts_with("M\xC3\xA4tarst\xC3\xA4llning") || property.starts_with("Meter reading");
}

// ---- meter values ----

struct metered_line {
    date from{}, to{};
    decimal quantity;
    std::string unit;
};

std::optional<metered_line> metered(const ledger::invoice_line& of) {
    const json members = of.document.empty() ? json::object() : json::parse(of.document, nullptr, false);
    const auto text = [&](const char* member) {
        const auto found = members.find(member);
        return found != members.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto from = parse_iso_date(text("from")), to = parse_iso_date(text("to"));
    const auto quantity = decimal::parse(text("quantity"));
    if (text("value_kind").empty() || !from || !to || !quantity) return std::nullopt;
    return metered_line{*from, *to, *quantity, text("unit")};
}

date month_of(date day) {
    return day.year() / day.month() / 1;
}

// By month, for the chart. The same amount of the same period on two lines is one reading with two prices.
std::vector<print::consumption> history_of(std::vector<metered_line> lines, const std::string& unit) {
    std::erase_if(lines, [&](const metered_line& each) { return each.unit != unit; });
    std::sort(lines.begin(), lines.end(), [](const metered_line& a, const metered_line& b) {
        return std::tie(a.from, a.to, a.quantity) < std::tie(b.from, b.to, b.quantity);
    });
    const auto same = [](const metered_line& a, const metered_line& b) {
        return a.from == b.from && a.to == b.to && a.quantity == b.quantity;
    };
    lines.erase(std::unique(lines.begin(), lines.end(), same), lines.end());
    std::map<date, decimal> months;
    for (const metered_line& each : lines)
        months[month_of(each.to)] += each.quantity;
    std::vector<print::consumption> out;
    for (const auto& [month, quantity] : months) {
        const auto value = ore_of((quantity * decimal(10)).rounded(2));
        if (value) out.push_back({month, *value});
    }
    if (out.size() > months_shown) out.erase(out.begin(), out.end() - months_shown);
    return out;
}

// ---- the letter ----

class letter_maker {
 public:
    letter_maker(const letter_terms& terms, ledger::transaction& from) : terms_(terms), from_(from) { out_.letter.in = terms.in; }

    result<made_letter> of_invoice(ledger::row_id id) {
        const auto found = from_.find_invoice(id);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return fail(error_code::not_found, fmt::format("no invoice has the id {}", ledger::format_id(id)));
        const ledger::invoice& of = **found;
        if (auto known = customer(of.customer_id); !known) return tl::unexpected(std::move(known.error()));
        const auto drawn = payer_number_of(of, from_);
        if (!drawn) return tl::unexpected(drawn.error());
        out_.mandate = drawn->value_or("");
        auto made = document_of_invoice(id, terms_.issuer, route(), from_);
        if (!made) return tl::unexpected(std::move(made.error()));
        say(*made);
        for (std::size_t i = 0; i != of.lines.size(); ++i)
            if (auto added = add_row(of.lines[i].kind, of.lines[i].supply_point, made->document.lines[i], of.lines[i].amount_ore);
                !added)
                return tl::unexpected(std::move(added.error()));
        if (auto added = add_histories(of, id); !added) return tl::unexpected(std::move(added.error()));
        out_.letter.rounding_ore = of.rounding_ore;
        const auto advance_ore = advance_used_by(id, from_);
        if (!advance_ore) return tl::unexpected(advance_ore.error());
        out_.letter.prepaid_ore = *advance_ore;
        finish(of.total_ore - *advance_ore);
        return std::move(out_);
    }

    result<made_letter> of_credit_note(ledger::row_id id) {
        const auto found = from_.find_credit_note(id);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return fail(error_code::not_found, fmt::format("no credit note has the id {}", ledger::format_id(id)));
        const ledger::credit_note& of = **found;
        if (auto known = customer(of.customer_id); !known) return tl::unexpected(std::move(known.error()));
        auto made = document_of_credit_note(id, terms_.issuer, route(), from_);
        if (!made) return tl::unexpected(std::move(made.error()));
        out_.letter.kind = print::letter_kind::credit_invoice;
        say(*made);
        std::int64_t left_ore = -of.amount_ore;
        for (const einvoice::invoice_line& each : made->document.lines) {
            const decimal with_tax = each.net() + (each.net() * each.tax.rate.value_or(decimal())).over_100();
            const std::int64_t amount_ore = -ore_of(with_tax).value_or(0);
            left_ore -= amount_ore;
            if (auto added = add_row(of.kind, of.supply_point, each, amount_ore); !added)
                return tl::unexpected(std::move(added.error()));
        }
        out_.letter.rounding_ore = left_ore;
        finish(-of.amount_ore);
        return std::move(out_);
    }

 private:
    void gap(std::string_view rule, std::string place, std::string expected) {
        out_.gaps.push_back({rule, std::move(place), std::move(expected)});
    }
    [[nodiscard]] std::string_view word(std::string_view swedish, std::string_view english) const {
        return in_language(terms_.in, swedish, english);
    }
    [[nodiscard]] invoice_route route() const {
        invoice_route out;
        out.tells_arrears = terms_.tells_arrears;
        out.by_tax_agency = is_protected_;
        return out;
    }

    result<void> customer(const std::string& id) {
        auto who = from_.find_customer(id);
        if (!who) return tl::unexpected(std::move(who.error()));
        out_.customer_id = id;
        if (!*who) return {};  // document_of_invoice() tells
        const ledger::customer& of = **who;
        is_protected_ = of.protected_identity;
        out_.identity_number = of.identity_number;
        out_.is_person = of.category == ledger::customer_category::consumer && !of.estate;
        if (is_protected_)
            add_number(of);
        else
            add_address(of);
        return {};
    }

    // All that stands behind the window of a letter that the tax agency forwards.
    void add_number(const ledger::customer& of) {
        if (of.identity_number.size() != identity_digits || of.identity_number.starts_with("16"))
            return gap("PRO-R04", "customer/identity_number", "the 12 digits of a person: the tax agency forwards by them");
        out_.letter.window = {fmt::format("{}-{}", of.identity_number.substr(0, 8), of.identity_number.substr(8))};
    }

    void add_address(const ledger::customer& of) {
        print::address_parts parts;
        parts.name = out_.name = of.name;
        (of.street.starts_with("Box ") ? parts.box : parts.street) = of.street;
        parts.postcode = of.postcode;
        parts.town = of.town;
        if (!of.country_code.empty()) parts.country = of.country_code;
        const auto block = print::address_lines(parts);
        if (!block) return gap("ADR-R04", "customer/country_code", "a country of ISO 3166-1");
        print::address_demands demands;
        demands.customer_number = of.customer_id;
        for (const print::address_finding& each : print::check_address(*block, demands)) {
            const rule_info& rule = print::address_rules()[static_cast<std::size_t>(each.rule)];
            if (rule.severities == "error") gap(rule.id, fmt::format("customer/address/{}", each.line), each.expected);
        }
        for (std::size_t i = 0; terms_.can_print && i != block->lines.size(); ++i)
            if (!terms_.can_print(block->lines[i]))
                gap("ADR-R06", fmt::format("customer/address/{}", i + 1), "characters that the letter's font has");
        out_.letter.window = out_.address = block->lines;
        out_.country = block->country;
    }

    // What the document says once.
    void say(made_document& made) {
        out_.gaps.insert(out_.gaps.end(), made.gaps.begin(), made.gaps.end());
        const einvoice::invoice& of = made.document;
        print::letter& to = out_.letter;
        to.number = of.number;
        to.issued = of.issued;
        to.due = of.due;
        to.customer_number = of.customer_number;
        to.reference = of.payment_reference;
        if (of.credited) to.details.emplace_back(word("Avser faktura", "Credits invoice"), of.credited->first);
        if (!is_protected_ && of.buyer_reference != of.customer_number)
            to.details.emplace_back(word("Er referens", "Your reference"), of.buyer_reference);
        if (!of.payment_terms.empty()) to.details.emplace_back(word("Betalningsvillkor", "Terms of payment"), of.payment_terms);
        if (!of.note.empty()) to.paragraphs.push_back(of.note);
        if (of.currency != "SEK") gap("PRB-R01", "currency", "SEK: a payment slip knows no other");
        if (is_protected_ && of.due) {
            const auto least =
                std::chrono::sys_days(of.issued) + std::chrono::days(terms_.ordinary_days + terms_.forwarding_days);
            if (std::chrono::sys_days(*of.due) < least)
                out_.told.push_back({"PRO-R21", "due_date", fmt::format("{} or later", format_iso_date(date(least)))});
        }
        for (const einvoice::vat_row& each : totals_of(of).rows) {
            const auto base = ore_of(each.base), amount = ore_of(each.amount);
            if (!base || !amount) continue;  // so large that compare() of the document has told
            const std::int64_t sign = of.is_credit_note ? -1 : 1;
            const bool has_rate = each.tax.category == "S" && each.tax.rate;
            to.vat.push_back({has_rate ? each.tax.rate->text() : "", each.tax.reason, sign * *base, sign * *amount});
        }
    }

    result<void> add_row(utility kind, const std::string& supply_point, const einvoice::invoice_line& line,
                         std::int64_t amount_ore) {
        auto group = group_of(kind, supply_point);
        if (!group) return tl::unexpected(std::move(group.error()));
        print::charge_row row;
        row.text = line.name;
        row.period = period_text(line.during);
        row.quantity = line.quantity.text();
        row.unit = line.unit;
        row.price = line.price.text();
        row.amount_ore = amount_ore;
        if (line.base_quantity != decimal(1))
            row.notes.push_back(fmt::format("{} {}", word("Priset g\xC3\xA4ller", "The price is of"), line.base_quantity.text()));
        if (!line.note.empty() && !is_protected_) row.notes.push_back(line.note);
        for (const auto& [name, value] : line.properties)
            if (name != "Anl\xC3\xA4ggningsadress" && (!is_protected_ || is_reading(name)))
                row.notes.push_back(fmt::format("{} {}", name, value));
        (*group)->rows.push_back(std::move(row));
        return {};
    }

    result<print::charge_group*> group_of(utility kind, const std::string& supply_point) {
        std::vector<print::charge_group>& all = out_.letter.groups;
        for (std::size_t i = 0; i != keys_.size(); ++i)
            if (keys_[i] == std::pair(kind, supply_point)) return &all[i];
        const auto facility = from_.find_facility(supply_point);
        if (!facility) return tl::unexpected(facility.error());
        print::charge_group made;
        made.title = title_of(kind, terms_.in);
        made.place = place_of(supply_point, *facility);
        keys_.emplace_back(kind, supply_point);
        return &all.emplace_back(std::move(made));
    }

    // The store gives no address of a protected person's facility.
    [[nodiscard]] std::string place_of(const std::string& supply_point, const std::optional<ledger::facility>& known) const {
        std::string id = known && !known->gsrn.empty() ? known->gsrn : supply_point;
        if (is_protected_) id = terms_.hashed ? terms_.hashed(id) : std::string();
        if (id.empty()) return id;
        std::string out = fmt::format("{} {}", word("anl\xC3\xA4ggning", "facility"), id);
        if (!is_protected_ && known && !known->supply_address.empty()) out += ", " + known->supply_address;
        return out;
    }

    // Where this invoice has meter values: those of the months before beside them. How much is used tells who is at home, so
    // that a protected person's letter has none.
    result<void> add_histories(const ledger::invoice& of, ledger::row_id id) {
        for (std::size_t i = 0; !is_protected_ && i != keys_.size(); ++i) {
            const auto& [kind, supply_point] = keys_[i];
            std::vector<metered_line> lines;
            for (const ledger::invoice_line& each : of.lines)
                if (each.kind == kind && each.supply_point == supply_point)
                    if (auto own = metered(each)) lines.push_back(std::move(*own));
            if (lines.empty()) continue;
            print::charge_group& group = out_.letter.groups[i];
            group.unit = lines.front().unit;
            const date first =
                date(std::chrono::sys_days((of.issue_date.year() - std::chrono::years(1)) / of.issue_date.month() / 1) -
                     std::chrono::days(62));
            const auto earlier = from_.metered_lines(of.customer_id, supply_point, first, of.issue_date, id);
            if (!earlier) return tl::unexpected(earlier.error());
            for (const ledger::invoice_line& each : *earlier)
                if (auto known = each.kind == kind ? metered(each) : std::nullopt) lines.push_back(std::move(*known));
            group.history = history_of(std::move(lines), group.unit);
        }
        return {};
    }

    void finish(std::int64_t payable_ore) {
        print::letter& to = out_.letter;
        to.payable_ore = payable_ore;
        if (payable_ore <= 0) return;
        to.is_drawn = !out_.mandate.empty();
        if (to.is_drawn || !terms_.has_slip || terms_.issuer.accounts.empty()) return;
        print::code_line line{to.reference, payable_ore, terms_.issuer.accounts.front().id, print::giro::bankgiro};
        if (const auto written = print::write_code_line(line); !written) return gap("PRB-R10", "reference", written.error().text);
        to.slip = std::move(line);
        to.has_qr = terms_.has_qr;
    }

    const letter_terms& terms_;
    ledger::transaction& from_;
    bool is_protected_ = false;
    std::vector<std::pair<utility, std::string>> keys_;  // of the groups
    made_letter out_;
};

}  // namespace

result<made_letter> letter_of_invoice(ledger::row_id invoice_id, const letter_terms& terms, ledger::transaction& from) {
    return letter_maker(terms, from).of_invoice(invoice_id);
}

result<made_letter> letter_of_credit_note(ledger::row_id credit_note_id, const letter_terms& terms, ledger::transaction& from) {
    return letter_maker(terms, from).of_credit_note(credit_note_id);
}

}  // namespace brygga::outbound
