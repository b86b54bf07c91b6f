#include "connectors/intake/redelivery.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/kept_original.hpp"
#include "connectors/intake/swedish_day.hpp"

namespace brygga::intake {

using detail::desk;

namespace {

namespace fs = std::filesystem;

result<ledger::exchanged_file> find_file(ledger::transaction& in, std::string_view wanted) {
    auto by_claim = in.file_with_claim(wanted);
    if (!by_claim) return tl::unexpected<error>(by_claim.error());
    if (*by_claim) return std::move(**by_claim);
    if (const auto id = ledger::parse_id(wanted)) {
        auto by_id = in.file_with_id(*id);
        if (!by_id) return tl::unexpected<error>(by_id.error());
        if (*by_id) return std::move(**by_id);
    }
    auto named = in.files_named(wanted, 2);
    if (!named) return tl::unexpected<error>(named.error());
    if (named->empty()) return fail(error_code::not_found, "no file of this name, claim or id came");
    if (named->size() > 1)
        return fail(error_code::invalid_argument, "several files have this name: say the claim, brygga status lists it");
    return std::move(named->front());
}

result<std::string> lay_into_inbox(const desk& on, const ledger::exchanged_file& file, std::string_view bytes) {
    const std::string plain = filedrop::inbox_name(file.name);
    for (const std::string& name : {plain, file.claim + "-" + plain}) {
        auto laid = filedrop::write_durably(on.files(), on.who->inbox() / name, file.claim, bytes, filedrop::if_there::refuse);
        if (laid) return name;
        if (laid.error().code != error_code::already_exists) return tl::unexpected<error>(laid.error());
    }
    return fail(error_code::already_exists, "it lies in the inbox already");
}

// What a receipt says of the file beside it.
struct receipt_of_file {
    std::string claim, sha256;
    bool handed_on = false;
};

bool names_a_file(const nlohmann::json& object) {
    const auto routes = object.find("routes");
    return routes != object.end() && routes->is_array() &&
           std::any_of(routes->begin(), routes->end(), [](const nlohmann::json& each) {
               const auto file = each.is_object() ? each.find("file") : each.end();
               return file != each.end() && *file != "";
           });
}

std::optional<receipt_of_file> read_claim_and_hash(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto text_of = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    receipt_of_file out{text_of("claim"), text_of("sha256"), names_a_file(json)};
    if (!filedrop::time_of_claim(out.claim) || out.sha256.empty()) return std::nullopt;
    if (const auto decisions = json.find("decisions"); decisions != json.end() && decisions->is_array())
        out.handed_on = out.handed_on || std::any_of(decisions->begin(), decisions->end(), names_a_file);
    return out;
}

class rebuilding {
 public:
    rebuilding(desk& on, const day_to_rebuild& what) : on_(on), what_(what) {}

    result<rebuilt_day> run() {
        for (const auto place : {ledger::file_outcome::archived, ledger::file_outcome::held, ledger::file_outcome::rejected}) {
            const fs::path folder = on_.folder_of(place);
            const auto names = on_.files().list(folder);
            if (!names) return tl::unexpected<error>(names.error());
            for (const std::string& each : *names)
                if (each.front() != '.' && each.ends_with(filedrop::receipt_ending))
                    if (auto looked = look_at(place, folder, each); !looked) return tl::unexpected<error>(looked.error());
        }
        std::sort(told_.taken.begin(), told_.taken.end());
        return std::move(told_);
    }

 private:
    result<void> look_at(ledger::file_outcome place, const fs::path& folder, const std::string& receipt) {
        const auto text = filedrop::read_all(on_.files(), folder / receipt, max_receipt_bytes);
        if (!text) return tl::unexpected<error>(text.error());
        const auto says = read_claim_and_hash(*text);
        if (!says) {
            told_.foreign.push_back(receipt);
            return {};
        }
        if (swedish_day(*filedrop::time_of_claim(says->claim)) != what_.day) return {};
        const auto known = detail::known_file(on_, says->claim);
        if (!known) return tl::unexpected<error>(known.error());
        if (*known) {
            const auto decided = detail::decided_of(on_, (*known)->id);
            if (!decided) return tl::unexpected<error>(decided.error());
            ++told_.known;
            if (place_of(**known, decided->holds) != place) told_.foreign.push_back(receipt);
            return {};
        }
        return take(folder, receipt, *says);
    }

    result<void> take(const fs::path& folder, const std::string& receipt, const receipt_of_file& says) {
        const std::string name = receipt.substr(0, receipt.size() - filedrop::receipt_ending.size());
        const auto is = fingerprint_of(on_.files(), folder / name);
        if (!is && is.error().code != error_code::not_found) return tl::unexpected<error>(is.error());
        if (!is && is_at_work(says.claim)) return remove_receipt(folder / receipt);  // cut off before
        if (!is || is->sha256 != says.sha256) {
            told_.foreign.push_back(receipt);
            return {};
        }
        if (says.handed_on && !what_.hand_on_again) {
            told_.handed_on.push_back(says.claim);
            return {};
        }
        told_.taken.push_back(says.claim);
        if (what_.dry) return {};
        const auto claimed = filedrop::parse_claimed_name(name);
        const filedrop::claimed_name as{says.claim, claimed && claimed->claim == says.claim ? claimed->escaped : name};
        if (auto moved = filedrop::move_durably(on_.files(), folder / name, on_.who->work() / as.text()); !moved) return moved;
        on_.pass(step::rebuild_moved);
        return remove_receipt(folder / receipt);
    }

    [[nodiscard]] bool is_at_work(std::string_view claim) const {
        const auto names = on_.files().list(on_.who->work());
        return names && std::any_of(names->begin(), names->end(), [&](const std::string& each) {
                   const auto name = filedrop::parse_claimed_name(each);
                   return name && name->claim == claim;
               });
    }

    // Its file is in work/, and gets another.
    result<void> remove_receipt(const fs::path& path) { return what_.dry ? result<void>() : on_.files().remove(path); }

    desk& on_;
    const day_to_rebuild& what_;
    rebuilt_day told_;
};

}  // namespace

result<std::string> replay(const config::settings& with, ledger::store& books, const options& how, std::string_view tenant,
                           std::string_view wanted) {
    const config::tenant* const who = with.find_tenant(tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    const auto originals = open_originals(*how.files, with.originals, with.original_keys);
    if (!originals) return tl::unexpected<error>(originals.error());
    const desk on{&with, who, &books, originals->get(), &how, "replay"};
    auto into = books.begin(who->id);
    if (!into) return tl::unexpected<error>(into.error());
    const auto file = find_file(**into, wanted);
    if (!file) return tl::unexpected<error>(file.error());
    const auto holds = (*into)->holds_of_file(file->id);
    if (!holds) return tl::unexpected<error>(holds.error());
    if (place_of(*file, *holds) != ledger::file_outcome::rejected)
        return fail(error_code::conflict, "it was not rejected: what it brought is in the ledger, or waits for a decision");
    const fingerprint is{file->sha256, static_cast<std::uint64_t>(file->size_bytes)};
    const auto original = open_original(**originals, books, who->id, is);
    if (!original) return tl::unexpected<error>(original.error());
    const nlohmann::json logged{{"claim", file->claim}};
    if (auto added = (*into)->append_log("replayed", file->id, logged.dump()); !added)
        return tl::unexpected<error>(added.error());
    if (auto done = (*into)->commit(); !done) return tl::unexpected<error>(done.error());
    auto name = lay_into_inbox(on, *file, original->bytes());
    if (name) on.log(logging::log_level::info, "replayed", {{"tenant", who->id}, {"claim", file->claim}});
    return name;
}

result<rebuilt_day> rebuild(const config::settings& with, ledger::store& books, const options& how, const day_to_rebuild& what) {
    const config::tenant* const who = with.find_tenant(what.tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    desk on{&with, who, &books, nullptr, &how, "rebuild"};
    const auto lock = filedrop::take_lock(on.files(), who->work() / detail::lock_name);
    if (!lock && lock.error().code == error_code::busy) return fail(error_code::busy, "an intake is at work: say it again");
    if (!lock) return tl::unexpected<error>(lock.error());
    auto told = rebuilding(on, what).run();
    if (told && !what.dry)
        on.log(logging::log_level::info, "rebuilding",
               {{"tenant", who->id}, {"day", format_iso_date(what.day)}, {"known", told->known}, {"taken", told->taken.size()}});
    return told;
}

}  // namespace brygga::intake
