#include "connectors/intake/fetching.hpp"

#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "connectors/filedrop/claim.hpp"
#include "connectors/transfer/poll.hpp"

namespace brygga::intake {

namespace {

using partners::fetch_rule;
using partners::partner;
using partners::visit_end;
using transfer::failed;
using transfer::fault;
using transfer::outcome;

constexpr std::size_t most_lost_at = 3;  // files of one look at which the connection may be lost

class visit {
 public:
    visit(const config::tenant& who, const partner& from, ledger::store& books, const options& how, day_report& into)
        : who_(who), from_(from), books_(books), how_(how), into_(into) {}

    fetch_visit fetch(const std::vector<const fetch_rule*>& rules, const connect_function& connect, const std::stop_token& stop) {
        const auto lock = filedrop::take_lock(*how_.files, who_.lock_of(from_));
        if (!lock) {
            const bool busy = lock.error().code == error_code::busy;
            failure({}, "lock", {fault::ours, busy ? "another process exchanges files with it" : lock.error().text});
            return {visit_end::not_now, {}};
        }
        fetch_visit out{visit_end::done, {}};
        for (const fetch_rule* rule : rules) {
            if (stop.stop_requested()) return out;
            const auto end = look_into(*rule, connect, stop);
            if (!end) {
                out.end = visit_end::not_reached;
                return out;
            }
            out.looks.push_back({rule, *end});
        }
        return out;
    }

 private:
    // Nothing when the partner cannot be reached, or no longer.
    std::optional<look_end> look_into(const fetch_rule& rule, const connect_function& connect, const std::stop_token& stop) {
        transfer::poll_rules with{
            {from_.id, rule.folder, rule.then, rule.done_folder}, rule.names, rule.unfinished_names, {}, rule.quiet, how_.sleep};
        look_end end = look_end::settled;
        while (true) {
            if (!server_ && !log_in(connect, stop)) return std::nullopt;
            const auto told = poll(*server_, with, {how_.files, who_.fetching(from_), who_.inbox()}, notes());
            if (!told) {
                failure({}, "fetch", told.error());
                if (info(told.error().what).how_far == transfer::reach::connection) return std::nullopt;
                return look_end::failed;
            }
            tell(rule, *told);
            if (told->changing != 0 && end == look_end::settled) end = look_end::changing;
            if (!told->failures.empty() || told->ended_by) end = look_end::failed;
            if (!told->ended_by) return end;
            failure(told->ended_by->name, "fetch", told->ended_by->why);
            server_.reset();
            const bool again = told->ended_by->why.what != fault::stopped && with.passed_over.size() < most_lost_at;
            if (!again) return std::nullopt;
            with.passed_over.insert(told->ended_by->name);
        }
    }

    bool log_in(const connect_function& connect, const std::stop_token& stop) {
        auto server = connect(from_, stop);
        if (!server) {
            failure({}, "connect", server.error());
            return false;
        }
        server_ = std::move(*server);
        return true;
    }

    static tl::unexpected<transfer::transfer_error> ours(const error& why) { return failed(fault::ours, why.text); }

    [[nodiscard]] transfer::fetch_notes notes() const {
        return {[this](const std::string& key) { return state_of(key); },
                [this](const transfer::fetched_file& what) { return note_taken(what); },
                [this](const std::string& key) { return note_cleared(key); }, how_.at_step};
    }

    outcome<transfer::known_fetch> state_of(const std::string& key) const {
        const auto in = books_.begin_read(who_.id);
        if (!in) return ours(in.error());
        const auto known = (*in)->exchange().fetched_with_key(from_.id, key);
        if (!known) return ours(known.error());
        if (!*known) return transfer::known_fetch{};
        const auto state = (*known)->cleared ? transfer::fetch_state::cleared : transfer::fetch_state::taken;
        return transfer::known_fetch{state, (*known)->row.sha256};
    }

    outcome<void> note_taken(const transfer::fetched_file& what) const {
        auto into = books_.begin(who_.id);
        if (!into) return ours(into.error());
        ledger::fetched_version row{0, from_.id, what.key, what.name, what.sha256, what.size_bytes};
        if (auto added = (*into)->exchange().add_fetched(row); !added) return ours(added.error());
        const nlohmann::json logged{{"partner", from_.id}, {"sha256", what.sha256}, {"size_bytes", what.size_bytes}};
        if (auto added = (*into)->append_log("fetched", row.id, logged.dump()); !added) return ours(added.error());
        if (auto done = (*into)->commit(); !done) return ours(done.error());
        if (how_.log != nullptr)
            how_.log->write(logging::log_level::info, "fetched",
                            {{"tenant", who_.id},
                             {"partner", from_.id},
                             {"file", logging::inbox_token(what.name)},
                             {"size", what.size_bytes},
                             {"sha256", what.sha256}});
        return {};
    }

    outcome<void> note_cleared(const std::string& key) const {
        auto into = books_.begin(who_.id);
        if (!into) return ours(into.error());
        const auto known = (*into)->exchange().fetched_with_key(from_.id, key);
        if (!known) return ours(known.error());
        if (!*known) return failed(fault::ours, "a file that was fetched is not in the ledger");
        if (auto added = (*into)->exchange().add_cleared((*known)->row.id); !added) return ours(added.error());
        if (auto done = (*into)->commit(); !done) return ours(done.error());
        return {};
    }

    void failure(const std::string& delivered, std::string_view at, const transfer::transfer_error& why) {
        const transfer::fault_info about = info(why.what);
        const std::string text = fmt::format("partner {}: {}: {}; {}", from_.id, about.name, why.text, about.help);
        if (how_.log != nullptr)
            how_.log->write(why.what == fault::stopped ? logging::log_level::info : logging::log_level::error, "failed",
                            {{"tenant", who_.id},
                             {"partner", from_.id},
                             {"file", delivered.empty() ? std::string() : logging::inbox_token(delivered)},
                             {"step", at},
                             {"fault", about.name},
                             {"text", why.text}});
        into_.failures.push_back({who_.id, {}, filedrop::readable_name(delivered), std::string(at), {error_code::io, text}});
    }

    void tell(const fetch_rule& rule, const transfer::poll_result& told) {
        for (const transfer::poll_failure& each : told.failures)
            failure(each.name, "fetch", each.why);
        if (!into_.fetched.empty() && counted_ == &rule) {
            into_.fetched.back().fetched += told.fetched;
            into_.fetched.back().changing = told.changing;
        } else {
            into_.fetched.push_back({who_.id, from_.id, rule.folder, told.fetched, told.changing});
        }
        counted_ = &rule;
    }

    const config::tenant& who_;
    const partner& from_;
    ledger::store& books_;
    const options& how_;
    day_report& into_;
    std::unique_ptr<transfer::remote_files> server_;
    const fetch_rule* counted_ = nullptr;  // that the report's last line is about
};

}  // namespace

fetch_visit fetch_from(const config::tenant& who, const partner& from, const std::vector<const fetch_rule*>& rules,
                       ledger::store& books, const options& given, const connect_function& connect, const std::stop_token& stop,
                       day_report& into) {
    options how = given;
    if (!how.sleep) how.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
    return visit(who, from, books, how, into).fetch(rules, connect, stop);
}

void fetch_once(const config::settings& with, ledger::store& books, const options& how, const connect_function& connect,
                const std::stop_token& stop, day_report& into) {
    for (const config::tenant& who : with.tenants)
        for (const partner& from : who.partners) {
            std::vector<const fetch_rule*> rules;
            for (const fetch_rule& each : from.fetches)
                rules.push_back(&each);
            if (!rules.empty() && !stop.stop_requested()) fetch_from(who, from, rules, books, how, connect, stop, into);
        }
}

}  // namespace brygga::intake
