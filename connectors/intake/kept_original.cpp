#include "connectors/intake/kept_original.hpp"

#include <fmt/format.h>

#include "connectors/intake/swedish_day.hpp"

namespace brygga::intake {

std::string text_of(const ledger::original_removal& item) {
    return fmt::format("removed by retention on {}, row {} ({})", format_iso_date(swedish_day(item.recorded_at)),
                       ledger::format_id(item.id), item.rule);
}

result<byte_source> open_original(original_store& from, ledger::store& books, std::string_view tenant, const fingerprint& is) {
    auto opened = from.open(is);
    if (opened || opened.error().code != error_code::not_found) return opened;
    const auto in = books.begin_read(tenant);
    if (!in) return tl::unexpected<error>(in.error());
    const auto removed = (*in)->retention().removal_of(is.sha256);
    if (!removed) return tl::unexpected<error>(removed.error());
    if (!*removed) return opened;
    return fail(error_code::not_found, "the original was " + text_of(**removed));
}

result<void> still_kept(original_store& in, const fingerprint& is) {
    const auto there = in.is_kept(is);
    if (!there) return tl::unexpected<error>(there.error());
    if (!*there) return fail(error_code::busy, "retention removed an earlier original of the same bytes meanwhile");
    return {};
}

}  // namespace brygga::intake
