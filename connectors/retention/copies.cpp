#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "connectors/filedrop/claim.hpp"
#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/retention/detail/waiting.hpp"
#include "connectors/retention/detail/work.hpp"

namespace brygga::retention::detail {

namespace {

namespace fs = std::filesystem;

constexpr ledger::timestamp_ms ms_per_day = 24LL * 60 * 60 * 1000;

// One folder of one company.
class clearing {
 public:
    clearing(const desk& on, const config::tenant& who, ledger::file_outcome outcome, std::uint32_t days, kind_report& told)
        : on_(on),
          intake_{on.with, &who, on.books, on.originals, on.how, "retention"},
          outcome_(outcome),
          folder_(intake_.folder_of(outcome)),
          days_(days),
          told_(told) {}

    result<void> run() {
        const auto in = on_.books->begin_read(intake_.who->id);
        if (!in) return tl::unexpected<error>(in.error());
        auto waiting = waiting_files(**in);
        if (!waiting) return tl::unexpected<error>(waiting.error());
        waiting_ = std::move(*waiting);
        auto names = on_.files().list(folder_);
        if (!names) return tl::unexpected<error>(names.error());
        names_ = std::move(*names);
        for (const std::string& each : names_) {
            if (on_.stopped()) break;
            if (is_receipt(each))
                look_at(each);
            else if (!std::binary_search(names_.begin(), names_.end(), each + std::string(filedrop::receipt_ending)))
                ++told_.unknown;
        }
        if (on_.what == extent::nothing || told_.removed.files == 0) return {};
        return on_.files().sync_folder(folder_);
    }

 private:
    static bool is_receipt(std::string_view name) { return name.ends_with(filedrop::receipt_ending); }

    void look_at(const std::string& receipt) {
        const std::string file = receipt.substr(0, receipt.size() - filedrop::receipt_ending.size());
        const auto known = file_of(receipt);
        if (!known) return trouble({}, known.error());
        if (!*known) return unknown(file);
        const auto due = is_due(**known);
        if (!due) return trouble((*known)->claim, due.error());
        if (!*due) return;
        if (auto removed = remove(file, receipt, **known); !removed) trouble((*known)->claim, removed.error());
    }

    // The receipt, and the file when that is there.
    void unknown(const std::string& file) { told_.unknown += std::binary_search(names_.begin(), names_.end(), file) ? 2U : 1U; }

    // What the ledger knows under the claim of the receipt, when it belongs into this folder.
    result<std::optional<ledger::exchanged_file>> file_of(const std::string& receipt) {
        const auto facts = on_.files().facts(folder_ / receipt);
        if (!facts) return tl::unexpected<error>(facts.error());
        if (facts->kind != filedrop::file_kind::regular) return std::nullopt;
        const auto claim = intake::detail::claim_in_receipt(intake_, folder_ / receipt);
        if (!claim) return tl::unexpected<error>(claim.error());
        if (!*claim || (*claim)->empty()) return std::nullopt;
        auto file = intake::detail::known_file(intake_, **claim);
        if (!file || !*file) return file;
        const auto decided = intake::detail::decided_of(intake_, (*file)->id);
        if (!decided) return tl::unexpected<error>(decided.error());
        if (intake::place_of(**file, decided->holds) != outcome_) return std::nullopt;
        return file;
    }

    result<bool> is_due(const ledger::exchanged_file& file) const {
        if (waiting_.contains(file.id)) return false;
        const auto in = on_.books->begin_read(intake_.who->id);
        if (!in) return tl::unexpected<error>(in.error());
        const auto uses = (*in)->retention().uses_of(file.sha256);
        if (!uses) return tl::unexpected<error>(uses.error());
        const auto use = std::find_if(uses->begin(), uses->end(), [&](const auto& each) { return each.id == file.id; });
        return use != uses->end() && on_.how->time->now() - use->newest_at >= days_ * ms_per_day;
    }

    // The file before its receipt: a receipt alone is known for what it is at the next look.
    result<void> remove(const std::string& file, const std::string& receipt, const ledger::exchanged_file& known) {
        const intake::fingerprint is{known.sha256, static_cast<std::uint64_t>(known.size_bytes)};
        const bool has_file = std::binary_search(names_.begin(), names_.end(), file);
        if (has_file) {
            const auto same = holds(file, is);
            if (!same) return tl::unexpected<error>(same.error());
            if (!*same) {
                unknown(file);
                return {};
            }
            if (auto safe = is_in_the_originals(is); !safe) return safe;
            ++told_.removed.files;
            told_.removed.bytes += is.size_bytes;
        }
        if (on_.what == extent::nothing) return {};
        if (has_file) {
            if (auto removed = on_.files().remove(folder_ / file); !removed) return not_counted(is, removed);
            on_.pass(step::copy_removed);
        }
        if (auto removed = on_.files().remove(folder_ / receipt); !removed) return removed;
        on_.pass(step::copy_cleared);
        return {};
    }

    result<void> not_counted(const intake::fingerprint& is, result<void> why) {
        --told_.removed.files;
        told_.removed.bytes -= is.size_bytes;
        return why;
    }

    // A link, or what somebody has changed since, is not the file that the ledger knows.
    result<bool> holds(const std::string& file, const intake::fingerprint& is) {
        const auto facts = on_.files().facts(folder_ / file);
        if (!facts) return tl::unexpected<error>(facts.error());
        if (facts->kind != filedrop::file_kind::regular || facts->size_bytes != is.size_bytes) return false;
        const auto found = intake::fingerprint_of(on_.files(), folder_ / file);
        if (!found) return tl::unexpected<error>(found.error());
        return *found == is;
    }

    // Where that was lost, this copy is the last.
    result<void> is_in_the_originals(const intake::fingerprint& is) {
        auto proved = on_.originals->prove(is);
        if (proved || proved.error().code != error_code::not_found) return proved;
        const auto in = on_.books->begin_read(intake_.who->id);
        if (!in) return tl::unexpected<error>(in.error());
        const auto removed = (*in)->retention().removal_of(is.sha256);
        if (!removed) return tl::unexpected<error>(removed.error());
        if (*removed) return {};
        return fail(error_code::not_found, "its original is lost: this copy is kept");
    }

    void trouble(std::string_view claim, const error& why) {
        on_.trouble(intake_.who->id, told_.what,
                    {why.code, claim.empty() ? why.text : fmt::format("the file of claim {}: {}", claim, why.text)});
    }

    const desk& on_;
    intake::detail::desk intake_;
    ledger::file_outcome outcome_;
    fs::path folder_;
    std::uint32_t days_;
    kind_report& told_;
    file_ids waiting_;
    std::vector<std::string> names_;  // sorted
};

struct cleared_folder {
    kind what{};
    ledger::file_outcome outcome{};
    std::optional<std::uint32_t> days;
};

}  // namespace

void remove_copies(const desk& on, const config::tenant& who) {
    const config::retention_settings& rules = on.with->retention;
    // An intake that moves a file into its folder leaves the receipt there first.
    const auto lock = filedrop::take_lock(on.files(), who.work() / intake::detail::lock_name);
    for (const cleared_folder& each : {cleared_folder{kind::archive, ledger::file_outcome::archived, rules.archive_days},
                                       cleared_folder{kind::rejected, ledger::file_outcome::rejected, rules.rejected_days}}) {
        if (!each.days) continue;
        if (!lock) {
            const bool busy = lock.error().code == error_code::busy;
            on.trouble(who.id, each.what, busy ? error{error_code::busy, "an intake is at work"} : lock.error());
            continue;
        }
        const auto told = std::find_if(on.told->kinds.begin(), on.told->kinds.end(),
                                       [&](const kind_report& one) { return one.tenant == who.id && one.what == each.what; });
        if (auto done = clearing(on, who, each.outcome, *each.days, *told).run(); !done)
            on.trouble(who.id, each.what, done.error());
    }
}

}  // namespace brygga::retention::detail
