// A person's word on what waits of a file in the status.
#include <map>
#include <utility>

#include <fmt/format.h>

#include "connectors/intake/detail/work.hpp"
#include "connectors/intake/handovers.hpp"
#include "mapping/ledger/summary.hpp"

namespace brygga::intake {

namespace {

struct waiting_file {
    std::string claim;
    std::vector<ledger::handover_item> handovers;
    std::uint64_t notices{};
};

// Those that bear this name, claim or id.
class collector {
 public:
    explicit collector(std::string_view wanted) : wanted_(wanted) {}

    std::map<ledger::row_id, waiting_file> files;

    waiting_file* of(ledger::row_id id, const std::string& name, const std::string& claim) {
        if (claim != wanted_ && ledger::format_id(id) != wanted_ && name != wanted_) return nullptr;
        waiting_file& file = files[id];
        file.claim = claim;
        return &file;
    }

 private:
    std::string_view wanted_;
};

result<collector> waiting_of(ledger::transaction& in, std::string_view wanted) {
    collector found(wanted);
    const auto handovers = in.open_handovers();
    if (!handovers) return tl::unexpected<error>(handovers.error());
    for (const ledger::handover_item& each : *handovers)
        if (waiting_file* const file = found.of(each.row.file_id, each.file_name, each.claim)) file->handovers.push_back(each);
    const auto gaps = in.number_gaps(ledger::max_gaps);
    if (!gaps) return tl::unexpected<error>(gaps.error());
    for (const ledger::number_gap& each : *gaps)
        if (waiting_file* const file = found.of(each.file_id, each.file_name, each.claim)) ++file->notices;
    const auto totals = in.totals_without_deposit(ledger::max_totals);
    if (!totals) return tl::unexpected<error>(totals.error());
    for (const ledger::total_item& each : *totals)
        if (waiting_file* const file = found.of(each.file_id, each.file_name, each.claim)) ++file->notices;
    return found;
}

result<acknowledged> close(ledger::transaction& into, ledger::row_id file_id, const waiting_file& file,
                           const acknowledgement& what) {
    acknowledged out;
    for (const ledger::handover_item& each : file.handovers) {
        if (auto closed = into.close_handover(each.row.id, what.actor, what.reason); !closed)
            return tl::unexpected<error>(closed.error());
        out.deposits += each.row.left_out;
    }
    if (file.notices != 0)
        if (auto closed = into.close_notices(file_id, what.actor, what.reason); !closed)
            return tl::unexpected<error>(closed.error());
    out.notices = file.notices;
    return out;
}

}  // namespace

result<acknowledged> acknowledge(const config::settings& with, ledger::store& books, const options& how,
                                 const acknowledgement& what) {
    const config::tenant* const who = with.find_tenant(what.tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    if (what.actor.empty() || what.reason.empty())
        return fail(error_code::invalid_argument, "an acknowledgement needs an actor and a reason");
    const auto open = books.begin(who->id);
    if (!open) return tl::unexpected<error>(open.error());
    const auto waiting = waiting_of(**open, what.file);
    if (!waiting) return tl::unexpected<error>(waiting.error());
    if (waiting->files.empty())
        return fail(error_code::not_found, "nothing of a file of this name, claim or id waits to be acknowledged");
    std::string claims;
    for (const auto& [id, file] : waiting->files)
        claims += fmt::format("{}{}", claims.empty() ? "" : ", ", file.claim);
    if (waiting->files.size() > 1)
        return fail(error_code::invalid_argument, fmt::format("several files have this name, say which: {}", claims));
    const auto& [file_id, file] = *waiting->files.begin();
    auto out = close(**open, file_id, file, what);
    if (!out) return out;
    if (auto done = (*open)->commit(); !done) return tl::unexpected<error>(done.error());
    const detail::desk on{&with, who, &books, nullptr, &how, "acknowledge"};
    on.warn_of_head();
    on.log(logging::log_level::info, "acknowledged",
           {{"tenant", who->id}, {"deposits", out->deposits}, {"notices", out->notices}});
    return out;
}

}  // namespace brygga::intake
