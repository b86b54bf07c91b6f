#include <algorithm>

#include "connectors/intake/detail/work.hpp"

namespace brygga::intake::detail {

namespace {

namespace fs = std::filesystem;

fs::path receipt_of(const fs::path& file) {
    fs::path out = file;
    out += filedrop::receipt_ending;
    return out;
}

enum class standing : std::uint8_t { free, ours, taken };

// May this claim use the name? Its own receipt there is an attempt that was cut off.
result<standing> standing_of(const desk& on, const fs::path& from, const fs::path& to, std::string_view claim) {
    const auto owner = claim_in_receipt(on, receipt_of(to));
    if (!owner) return tl::unexpected<error>(owner.error());
    const auto there = on.files().facts(to);
    if (!there && there.error().code != error_code::not_found) return tl::unexpected<error>(there.error());
    if (there) {
        const auto here = on.files().facts(from);
        if (!here) return tl::unexpected<error>(here.error());
        const bool same = there->device == here->device && there->inode == here->inode;
        return *owner == claim && same ? standing::ours : standing::taken;
    }
    if (*owner) return **owner == claim ? standing::ours : standing::taken;
    return standing::free;
}

// The receipt reserves the name: it is new, or our own from before.
result<bool> reserve(desk& on, const fs::path& from, const fs::path& to, std::string_view claim, std::string_view receipt) {
    const auto may = standing_of(on, from, to, claim);
    if (!may) return tl::unexpected<error>(may.error());
    if (*may == standing::taken) return false;
    const auto then = *may == standing::ours ? filedrop::if_there::replace : filedrop::if_there::refuse;
    const auto written = filedrop::write_durably(on.files(), receipt_of(to), claim, receipt, then);
    if (written) return true;
    if (written.error().code == error_code::already_exists) return false;
    return tl::unexpected<error>(written.error());
}

// The name in held/ may carry the claim; in another folder the delivered name may be free.
filedrop::claimed_name delivered_name(const held_file& item) {
    const auto parsed = filedrop::parse_claimed_name(item.name);
    const bool carries_claim = parsed && parsed->claim == item.claim;
    return {item.claim, carries_claim ? parsed->escaped : item.name};
}

result<void> remove_receipt(desk& on, const held_file& item) {
    const fs::path receipt = receipt_of(on.who->held() / item.name);
    if (auto removed = on.files().remove(receipt); !removed && removed.error().code != error_code::not_found) return removed;
    if (auto synced = on.files().sync_folder(on.who->held()); !synced) return synced;
    on.pass(step::decision_cleared);
    return {};
}

}  // namespace

result<std::optional<std::string>> claim_in_receipt(const desk& on, const fs::path& receipt) {
    const auto text = filedrop::read_all(on.files(), receipt, max_receipt_bytes);
    if (!text && text.error().code == error_code::not_found) return std::nullopt;
    if (!text) return tl::unexpected<error>(text.error());
    const auto content = read_receipt(*text);
    // Something is there that we did not write: an owner with no claim, so that nobody takes the name.
    return content ? content->claim : std::string();
}

result<fs::path> bring_to(desk& on, const fs::path& from, const fs::path& folder, const filedrop::claimed_name& name,
                          std::string_view receipt, step_names steps) {
    for (const std::string& each : {name.escaped, name.text()}) {
        const fs::path to = folder / each;
        const auto reserved = reserve(on, from, to, name.claim, receipt);
        if (!reserved) return tl::unexpected<error>(reserved.error());
        if (!*reserved) continue;
        on.pass(steps.receipt_written);
        if (auto moved = filedrop::move_durably(on.files(), from, to); !moved) return tl::unexpected<error>(moved.error());
        on.pass(steps.moved);
        return to;
    }
    return fail(error_code::already_exists, "both names that the file may have in its folder are taken");
}

result<held_folder> look_into_held(const desk& on) {
    const auto names = on.files().list(on.who->held());
    if (!names) return tl::unexpected<error>(names.error());
    held_folder out;
    for (const std::string& name : *names) {
        if (name.front() == '.' || !name.ends_with(filedrop::receipt_ending)) continue;
        const auto claim = claim_in_receipt(on, on.who->held() / name);
        if (!claim) {
            out.strange.push_back({name, claim.error()});
            continue;
        }
        if (!*claim || (*claim)->empty()) continue;
        const std::string file = name.substr(0, name.size() - filedrop::receipt_ending.size());
        const bool has_file = std::binary_search(names->begin(), names->end(), file);
        (has_file ? out.files : out.orphans).push_back({file, **claim});
    }
    return out;
}

result<ledger::file_outcome> move_decided(desk& on, const held_file& item) {
    const auto file = known_file(on, item.claim);
    if (!file) return tl::unexpected<error>(file.error());
    if (!*file) return fail(error_code::not_found, "the ledger does not know the held file");
    const auto known = decided_of(on, (*file)->id);
    if (!known) return tl::unexpected<error>(known.error());
    const ledger::file_outcome place = place_of(**file, known->holds);
    if (place == ledger::file_outcome::held) return place;
    const fs::path from = on.who->held() / item.name;
    const auto opened = on.files().open(from);
    if (!opened) return tl::unexpected<error>(opened.error());
    if (auto locked = (*opened)->lock(); !locked) return tl::unexpected<error>(locked.error());
    const std::string receipt = with_decisions((*file)->receipt, place, known->holds, known->handovers);
    const auto moved = bring_to(on, from, on.folder_of(place), delivered_name(item), receipt,
                                {step::decision_receipt_written, step::decision_moved});
    if (!moved) return tl::unexpected<error>(moved.error());
    if (auto cleared = remove_receipt(on, item); !cleared) return tl::unexpected<error>(cleared.error());
    return place;
}

result<void> clear_orphan(desk& on, const held_file& item) {
    const auto file = known_file(on, item.claim);
    if (!file) return tl::unexpected<error>(file.error());
    if (!*file) return {};
    const auto known = decided_of(on, (*file)->id);
    if (!known) return tl::unexpected<error>(known.error());
    if (place_of(**file, known->holds) == ledger::file_outcome::held) return {};
    // The file may be on its way: from work/ into held/, in this order. Then the receipt is waiting for it.
    for (const fs::path& path : {on.who->work() / delivered_name(item).text(), on.who->held() / item.name}) {
        const auto there = filedrop::exists(on.files(), path);
        if (!there) return tl::unexpected<error>(there.error());
        if (*there) return {};
    }
    return remove_receipt(on, item);
}

}  // namespace brygga::intake::detail
