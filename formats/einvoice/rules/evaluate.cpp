#include "formats/einvoice/rules/evaluate.hpp"

#include "formats/einvoice/rules/rule.hpp"
#include "formats/xml/line_counter.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::string_view help = "Correct it in the system that makes the invoice.";

// Codes, dates and amounts are nobody's; everything else may be, digits too.
bool may_be_personal(element at) {
    const std::string_view name = at.local_name();
    for (const std::string_view open : {"Amount", "Date", "Code", "Quantity", "Percent", "Numeric", "Indicator"})
        if (name.ends_with(open)) return false;
    return name != "CustomizationID" && name != "ProfileID";
}

class evaluation {
 public:
    evaluation(const tree& document, std::string_view bytes, finding_list& to) : facts_(document), lines_(bytes), to_(to) {}

    void all(const std::optional<xml::fault>& fault) {
        const std::vector<rule>& rules = all_rules();
        if (fault) tell_fault(*fault);
        for (std::size_t i = 0; i != rules.size(); ++i) {
            if (rules[i].on.at != place::named) {
                one(i, rules[i], facts_.all(rules[i].on.at));
                continue;
            }
            for (const element_name each : rules[i].on.names)
                one(i, rules[i], facts_.all(each));
        }
    }

 private:
    void one(std::size_t index, const rule& item, const std::vector<element>& places) {
        for (const element each : places) {
            complaint why;
            if (!item.holds(facts_, each, why)) tell(index, item, why.at ? why.at : each, why);
        }
    }
    // By the first rule: what follows the fault is missing, and the others speak of what was read.
    void tell_fault(const xml::fault& fault) {
        to_.add(0, all_rules().front().level, [&] {
            finding out;
            out.where = {lines_.line_of(fault.offset), fault.offset, 0, 0};
            out.found = fault.text;
            out.expected = "a well-formed document";
            return out;
        });
    }
    void tell(std::size_t index, const rule& item, element at, const complaint& why) {
        to_.add(index, item.level, [&] {
            finding out;
            out.where = {lines_.line_of(at.offset()), at.offset(), 0, 0};
            out.path = at.path();
            out.found = why.found.empty() ? std::string(at.text()) : why.found;
            out.expected = why.expected;
            out.personal = !why.tells_name && (why.found.empty() ? may_be_personal(at) : at.text() == why.found);
            return out;
        });
    }

    document_facts facts_;
    xml::line_counter lines_;
    finding_list& to_;
};

}  // namespace

std::span<const rule_info> rules() {
    static const std::vector<rule_info> rows = [] {
        std::vector<rule_info> out;
        for (const rule& each : all_rules())
            out.push_back({static_cast<std::uint16_t>(out.size()), each.id, name(each.level), each.title, help});
        return out;
    }();
    return rows;
}

void evaluate(const tree& document, std::string_view bytes, finding_list& to) {
    evaluation(document, bytes, to).all(document.fault());
}

}  // namespace brygga::einvoice
