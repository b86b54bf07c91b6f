#include "formats/einvoice/rules/evaluate.hpp"

#include "formats/einvoice/rules/rule.hpp"
#include "formats/einvoice/rules/telling.hpp"

namespace brygga::einvoice {

namespace {

void judge(std::size_t index, const rule& item, const document_facts& facts, const std::vector<element>& places, teller& to) {
    for (const element each : places) {
        complaint why;
        if (!item.holds(facts, each, why)) to.tell(index, item.level, each, why);
    }
}

}  // namespace

std::span<const rule_info> rules() {
    static const std::vector<rule_info> rows = [] {
        std::vector<rule_info> out;
        for (const rule& each : all_rules())
            out.push_back({static_cast<std::uint16_t>(out.size()), each.id, name(each.level), each.title, help_of_rules});
        return out;
    }();
    return rows;
}

void evaluate(const tree& document, std::string_view bytes, finding_list& to) {
    const document_facts facts(document);
    teller telling(bytes, to);
    if (document.fault()) telling.tell_fault(*document.fault());
    const std::vector<rule>& rules = all_rules();
    for (std::size_t i = 0; i != rules.size(); ++i) {
        const context& on = rules[i].on;
        if (on.at != place::named) judge(i, rules[i], facts, facts.all(on.at), telling);
        for (const element_name each : on.names)
            judge(i, rules[i], facts, facts.all(each), telling);
    }
}

}  // namespace brygga::einvoice
