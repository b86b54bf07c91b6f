#include "connectors/retention/retention.hpp"

#include <algorithm>

#include "connectors/intake/original_store.hpp"
#include "connectors/retention/detail/work.hpp"

namespace brygga::retention {

namespace {

bool speaks_of(const config::retention_settings& rules, kind what) {
    switch (what) {
        case kind::originals:
            return rules.originals_years.has_value();
        case kind::archive:
            return rules.archive_days.has_value();
        case kind::rejected:
            return rules.rejected_days.has_value();
    }
    return false;
}

void write_log(const intake::options& how, const retention_report& told) {
    if (how.log == nullptr) return;
    for (const kind_report& each : told.kinds)
        how.log->write(logging::log_level::info, "retention",
                       {{"tenant", each.tenant},
                        {"kind", name(each.what)},
                        {"removed", each.removed.files},
                        {"bytes", each.removed.bytes},
                        {"unknown", each.unknown}});
    for (const trouble& each : told.troubles)
        how.log->write(
            each.why.code == error_code::busy ? logging::log_level::info : logging::log_level::error, "retention-trouble",
            {{"tenant", each.tenant}, {"kind", name(each.what)}, {"error", name(each.why.code)}, {"text", each.why.text}});
}

}  // namespace

std::string_view name(kind of) noexcept {
    switch (of) {
        case kind::originals:
            return "originals";
        case kind::archive:
            return "archive";
        case kind::rejected:
            return "rejected";
    }
    return "unknown";
}

bool retention_report::busy() const {
    return std::any_of(troubles.begin(), troubles.end(), [](const trouble& each) { return each.why.code == error_code::busy; });
}

retention_report retain(const config::settings& with, ledger::store& books, const intake::options& how, extent what,
                        const std::stop_token& stop) {
    retention_report told;
    for (const config::tenant& who : with.tenants)
        for (const kind each : kinds)
            if (speaks_of(with.retention, each)) told.kinds.push_back({who.id, each, {}, 0});
    if (told.kinds.empty()) return told;
    const auto originals = intake::open_originals(*how.files, with.originals, with.original_keys);
    if (!originals) {
        told.troubles.push_back({{}, kind::originals, originals.error()});
    } else {
        const detail::desk on{&with, &books, originals->get(), &how, what, &stop, &told};
        // Copies first: an original is needed to prove that its copy may go.
        if (with.retention.archive_days || with.retention.rejected_days)
            for (const config::tenant& who : with.tenants)
                if (!stop.stop_requested()) detail::remove_copies(on, who);
        if (with.retention.originals_years && !stop.stop_requested())
            detail::remove_originals(on, *with.retention.originals_years);
    }
    if (what == extent::all) write_log(how, told);
    return told;
}

}  // namespace brygga::retention
