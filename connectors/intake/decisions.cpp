#include "connectors/intake/decisions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/intake/detail/routes.hpp"
#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/kept_original.hpp"

namespace brygga::intake {

namespace {

using detail::desk;
using ledger::hold_verdict;

bool is_plain_name(std::string_view name) noexcept {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

// By claim, by file id, or by the receipt beside the name in held/.
result<ledger::exchanged_file> find_file(const desk& on, const std::string& text) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    auto found = (*in)->file_with_claim(text);
    if (found && !*found)
        if (const auto id = ledger::parse_id(text)) found = (*in)->file_with_id(*id);
    if (found && !*found && is_plain_name(text)) {
        const auto claim = detail::claim_in_receipt(on, on.who->held() / (text + std::string(filedrop::receipt_ending)));
        if (!claim) return tl::unexpected<error>(claim.error());
        if (*claim) found = (*in)->file_with_claim(**claim);
    }
    if (!found) return tl::unexpected<error>(found.error());
    if (!*found) return fail(error_code::not_found, "no file of this tenant has that claim, id or name in held/");
    return std::move(**found);
}

result<ledger::held_item> find_hold(ledger::transaction& in, const ledger::exchanged_file& file, inbound::section_key section) {
    const auto holds = in.holds_of_file(file.id);
    if (!holds) return tl::unexpected<error>(holds.error());
    for (const ledger::held_item& each : *holds)
        if (section.is_held_by(each.row)) return each;
    return fail(error_code::not_found, fmt::format("section {} of logical file {} of file {} was not held", section.section_no,
                                                   section.logical_no, ledger::format_id(file.id)));
}

// Books from our own copy of the original: the file in held/ may be touched by people.
result<void> book_section(desk& on, const ledger::exchanged_file& file, const section_decision& what, byte_source& source,
                          std::vector<detail::staged_route> staged, ledger::transaction& into, decision_outcome& out) {
    const inbound::section_key section = what.section;
    const inbound::mapping* const mapping = on.how->find_mapping(file.format);
    if (mapping == nullptr) return fail(error_code::not_found, "no mapping brings this format into the ledger");
    const auto with = settings_for(on, file.format, source);
    if (!with) return tl::unexpected<error>(with.error());
    const auto booked = mapping->book_released(source.bytes(), file, *with, {section, what.other_than}, into);
    if (!booked) return tl::unexpected<error>(booked.error());
    std::vector<inbound::section_result> released;
    for (const inbound::section_result& each : booked->sections) {
        if (each.section_no != section.section_no) continue;
        if (each.state != inbound::section_state::booked) return fail(error_code::conflict, "the section still cannot be booked");
        out.currency = each.currency;
        released.push_back(each);
    }
    out.booked = totals_of(*booked);
    auto routes = detail::record_routes(std::move(staged), file, section, released, into);
    if (!routes) return tl::unexpected<error>(routes.error());
    out.routes = std::move(*routes);
    return {};
}

// What a release books from, opened and converted before the ledger is kept from others.
struct material {
    std::unique_ptr<byte_source> source;  // null for a refusal
    std::vector<detail::staged_route> staged;
};

result<material> prepare(desk& on, const ledger::exchanged_file& file, inbound::section_key section, hold_verdict verdict) {
    material out;
    if (verdict == hold_verdict::refused) return out;
    {
        const auto in = on.books->begin_read(on.who->id);
        if (!in) return tl::unexpected<error>(in.error());
        const auto hold = find_hold(**in, file, section);
        if (!hold) return tl::unexpected<error>(hold.error());
        if (hold->verdict) return out;
    }
    auto source = open_original(*on.originals, *on.books, on.who->id, {file.sha256, static_cast<std::uint64_t>(file.size_bytes)});
    if (!source) return tl::unexpected<error>(source.error());
    out.source = std::make_unique<byte_source>(std::move(*source));
    auto staged = detail::stage_routes(on, file, *out.source, section, detail::section_set{section.section_no});
    if (!staged) return tl::unexpected<error>(staged.error());
    out.staged = std::move(*staged);
    return out;
}

// Decision and booking in one transaction. False when this decision was there before.
result<bool> decide_into(desk& on, const ledger::exchanged_file& file, const section_decision& what, hold_verdict verdict,
                         const material& from, ledger::transaction& into, decision_outcome& out) {
    const auto hold = find_hold(into, file, what.section);
    if (!hold) return tl::unexpected<error>(hold.error());
    if (hold->verdict == verdict) return false;
    if (hold->verdict) return fail(error_code::conflict, "the other decision on this section was made before");
    const auto decided = into.decide_hold(hold->row.id, verdict, what.actor, what.reason);
    if (!decided) return tl::unexpected<error>(decided.error());
    on.pass(step::decision_made);
    if (verdict == hold_verdict::released)
        if (auto booked = book_section(on, file, what, *from.source, from.staged, into, out); !booked)
            return tl::unexpected<error>(booked.error());
    on.pass(step::decision_booked);
    return true;
}

result<void> decide_once(desk& on, const ledger::exchanged_file& file, const section_decision& what, hold_verdict verdict,
                         decision_outcome& out) {
    const auto from = prepare(on, file, what.section, verdict);
    if (!from) return tl::unexpected<error>(from.error());
    const auto open = on.books->begin(on.who->id);
    if (!open) return tl::unexpected<error>(open.error());
    const auto done = decide_into(on, file, what, verdict, *from, **open, out);
    if (!done || !*done) {
        detail::drop_staged(on, from->staged);
        if (!done) return tl::unexpected<error>(done.error());
        out.repeated = true;
        return {};
    }
    if (auto committed = (*open)->commit(); !committed) return committed;
    on.warn_of_head();
    return {};
}

// An error from commit is an unknown outcome: the ledger knows.
bool is_decided(const desk& on, const ledger::exchanged_file& file, inbound::section_key section, hold_verdict verdict) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return false;
    const auto hold = find_hold(**in, file, section);
    return hold && hold->verdict == verdict;
}

void move_if_done(desk& on, decision_outcome& out) {
    const auto file = detail::known_file(on, out.claim);
    const auto known = file && *file ? detail::decided_of(on, (*file)->id) : result<detail::decided_rows>();
    if (!file || !*file || !known) {
        out.move_failed = "the ledger could not be read again";
        return;
    }
    out.place = place_of(**file, known->holds);
    if (out.place == ledger::file_outcome::held) return;
    const auto held = detail::look_into_held(on);
    if (!held) {
        out.move_failed = held.error().text;
        return;
    }
    for (const detail::held_file& item : held->files) {
        if (item.claim != out.claim) continue;
        if (const auto moved = detail::move_decided(on, item); !moved) out.move_failed = moved.error().text;
    }
}

result<decision_outcome> decide(const config::settings& with, ledger::store& books, const options& how,
                                const section_decision& what, hold_verdict verdict) {
    const config::tenant* const who = with.find_tenant(what.tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    if (what.actor.empty() || what.reason.empty())
        return fail(error_code::invalid_argument, "a decision needs an actor and a reason");
    const auto originals = open_originals(*how.files, with.originals, with.original_keys);
    if (!originals) return tl::unexpected<error>(originals.error());
    desk on{&with, who, &books, originals->get(), &how, "decide"};
    const auto file = find_file(on, what.file);
    if (!file) return tl::unexpected<error>(file.error());
    decision_outcome out;
    out.claim = file->claim;
    if (auto done = decide_once(on, *file, what, verdict, out); !done)
        if (!is_decided(on, *file, what.section, verdict)) return tl::unexpected<error>(done.error());
    on.pass(step::decision_committed);
    on.log(logging::log_level::info, "decided",
           {{"tenant", who->id},
            {"claim", out.claim},
            {"logical_no", what.section.logical_no},
            {"section_no", what.section.section_no},
            {"verdict", verdict == hold_verdict::released ? "released" : "refused"},
            {"payments", out.booked.payments}});
    out.not_handed_on = detail::hand_over_all(on);
    for (const routed& each : out.routes)
        on.log(each.left_out.empty() ? logging::log_level::info : logging::log_level::warning, "handed-on",
               {{"tenant", who->id},
                {"claim", out.claim},
                {"to", each.to},
                {"sections", each.sections},
                {"left_out", each.left_out.size()}});
    move_if_done(on, out);
    if (!out.move_failed.empty())
        on.log(logging::log_level::warning, "not-moved", {{"tenant", who->id}, {"claim", out.claim}, {"text", out.move_failed}});
    return out;
}

}  // namespace

result<decision_outcome> release(const config::settings& with, ledger::store& books, const options& how,
                                 const section_decision& what) {
    return decide(with, books, how, what, hold_verdict::released);
}

result<decision_outcome> refuse(const config::settings& with, ledger::store& books, const options& how,
                                const section_decision& what) {
    return decide(with, books, how, what, hold_verdict::refused);
}

}  // namespace brygga::intake
