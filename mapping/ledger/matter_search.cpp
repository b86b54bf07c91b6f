#include "mapping/ledger/matter_search.hpp"

#include <algorithm>

namespace brygga::ledger {

result<bool> is_told(row_id subject_id, std::string_view kind, told_when when, matter_rows& in) {
    const auto about = in.matters_about(subject_id);
    if (!about) return tl::unexpected(about.error());
    return std::any_of(about->begin(), about->end(), [&](const matter_item& each) {
        return each.row.kind == kind && (when == told_when::ever || each.closed_at == 0);
    });
}

}  // namespace brygga::ledger
