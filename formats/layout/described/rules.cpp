#include "formats/layout/described/rules.hpp"

namespace brygga::layout::described {

std::vector<rule_info> rule_infos(const language::description& of) {
    std::vector<rule_info> out;
    out.reserve(of.rules.size());
    for (const language::described_rule& each : of.rules)
        out.push_back({static_cast<std::uint16_t>(out.size()), each.id, name(each.level), each.title, each.help});
    return out;
}

}  // namespace brygga::layout::described
