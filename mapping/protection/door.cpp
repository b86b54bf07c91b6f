#include "mapping/protection/door.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace brygga::protection {

namespace {

using canary::value_kind;
using ledger::sealed_kind;

// Postcode and town are everybody's there.
std::optional<value_kind> kind_of(sealed_kind kind) noexcept {
    switch (kind) {
        case sealed_kind::name:
            return value_kind::name;
        case sealed_kind::street:
            return value_kind::street;
        case sealed_kind::telephone:
            return value_kind::telephone;
        case sealed_kind::email:
            return value_kind::email;
        case sealed_kind::facility_address:
        case sealed_kind::property:
            return value_kind::place;
        case sealed_kind::identity_number:
            return value_kind::identity_number;
        case sealed_kind::town:
            break;
    }
    return std::nullopt;
}

bool is_place(value_kind kind) noexcept {
    return kind == value_kind::street || kind == value_kind::place;
}

}  // namespace

result<door> door::open(std::string_view why, ledger::transaction& into) {
    door out;
    auto read = into.protections().each_sealed("door", why, [&](const ledger::sealed_value& each) -> result<void> {
        if (out.customers_.empty() || out.customers_.back() != each.customer_id) out.customers_.push_back(each.customer_id);
        const auto kind = kind_of(each.kind);
        const auto subject = static_cast<std::uint32_t>(out.customers_.size() - 1);
        if (kind) static_cast<void>(out.sealed_.add(*kind, subject, each.text));  // too short: nothing to be told from anything
        return {};
    });
    if (!read) return tl::unexpected(std::move(read.error()));
    return out;
}

result<std::vector<door::objection>> door::objections(std::string_view bytes, std::string_view customer_id, bool is_reviewed,
                                                      ledger::transaction& in) const {
    std::vector<objection> out;
    if (sealed_.empty()) return out;
    const auto who = in.find_customer(customer_id);
    if (!who) return tl::unexpected(who.error());
    const auto shares = in.protections().is_co_located(customer_id);
    if (!shares) return tl::unexpected(shares.error());
    const bool may_name_places = !*shares || is_reviewed;
    std::set<std::size_t> expected;
    const auto expect = [&](value_kind kind, std::string_view text) {
        const auto own = sealed_.equal_to(kind, text);
        expected.insert(own.begin(), own.end());
    };
    if (*who && (*who)->protected_identity) {
        expect(value_kind::identity_number, (*who)->identity_number);
    } else if (*who) {
        expect(value_kind::name, (*who)->name);
        expect(value_kind::telephone, (*who)->telephone);
        expect(value_kind::email, (*who)->email);
        expect(value_kind::email, (*who)->wishes.email);
        if (may_name_places) {
            expect(value_kind::street, (*who)->street);
            expect(value_kind::place, (*who)->street);
        }
    }
    if (*shares && is_reviewed)
        for (std::size_t i = 0; i != sealed_.all().size(); ++i)
            if (is_place(sealed_.all()[i].kind)) expected.insert(i);
    const canary::report told = canary::scan(bytes, sealed_, expected);
    for (const canary::sighting& each : told.seen) {
        const value_kind kind = sealed_.all()[each.needle].kind;
        const bool is_shared = *shares && is_place(kind);
        out.push_back({is_shared ? "PRO-R09" : "PRO-R03",
                       fmt::format("{}{}{}", canary::name(kind), each.where.empty() ? "" : " in ", each.where)});
    }
    for (const std::string& each : told.unreadable)
        out.push_back({"PRO-R03", fmt::format("what cannot be looked into{}{}", each.empty() ? "" : ": ", each)});
    return out;
}

}  // namespace brygga::protection
