#include "connectors/intake/detail/seal_check.hpp"

#include <algorithm>

#include "connectors/intake/swedish_day.hpp"
#include "connectors/sealing/key.hpp"
#include "formats/bankgirot/seal/places.hpp"
#include "formats/bankgirot/seal/reader.hpp"

namespace brygga::intake::detail {

result<std::optional<finding>> wrong_seal(const desk& on, std::string_view format, byte_source& source) {
    const auto& sealed = on.who->sealed;
    const bool must_be = std::find(sealed.begin(), sealed.end(), format) != sealed.end();
    if (on.who->seal_keys.empty() || (!must_be && !seal::locate(source.bytes()).sealed())) return std::nullopt;
    const auto keys = sealing::read_keys(on.who->seal_keys, on.with->published_seal_key(), on.files());
    if (!keys) return tl::unexpected<error>(keys.error());
    seal::verify_options how;
    how.today = swedish_day(on.how->time->now());
    how.passed = [&source](std::size_t offset) { source.release_before(offset); };
    const auto what = seal::verify(source.bytes(), *keys, how);
    if (!what) return tl::unexpected<error>(what.error());
    const bool right = what->is == seal::verdict::ok;
    on.log(right && what->findings.total() == 0 ? logging::log_level::info : logging::log_level::warning, "seal",
           {{"tenant", on.who->id},
            {"verdict", name(what->is)},
            {"kvv", what->kvv ? what->kvv->text() : "none"},
            {"rule", what->findings.kept().empty() ? "none" : what->findings.kept().front().rule->id}});
    if (right) return std::nullopt;
    for (const finding& each : what->findings.kept()) {
        if (each.level != severity::error) continue;
        finding why = each;
        if (what->is == seal::verdict::not_sealed) why.expected = "a seal, which sealed of [[tenant]] demands of this format";
        return why;
    }
    return fail(error_code::corrupt, "a wrong seal without a finding");
}

}  // namespace brygga::intake::detail
