// The only file that sees valijson.
#include "mapping/ledger/json/schema_check.hpp"

#include <array>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace brygga::ledger {

namespace {

struct wording {
    std::string_view begins;  // what valijson says
    std::string_view text;    // what we say: its own texts quote the input
};

constexpr std::array<wording, 10> wordings = {{
    {"Missing required property", "is missing"},
    {"Object contains a property", "has a member that the schema does not know"},
    {"Value type not permitted", "is of another type than the schema says"},
    {"Failed to match regex", "is not in the form that the schema says"},
    {"Failed to match against any enum", "is none of the values that the schema allows"},
    {"String should be no more", "is too long"},
    {"String should be no fewer", "is too short"},
    {"Array should contain no more", "has too many items"},
    {"Array should contain no fewer", "has too few items"},
    {"Expected number", "is beyond the limits of the schema"},
}};

std::string_view reworded(std::string_view description) noexcept {
    for (const wording& each : wordings)
        if (description.substr(0, each.begins.size()) == each.begins) return each.text;
    return {};
}

// valijson's path has "<root>", then "[member]" or "[index]".
std::string pointer_of(const std::vector<std::string>& context) {
    std::string pointer;
    for (std::size_t i = 1; i < context.size(); ++i) {
        const std::string_view step = context[i];
        pointer += '/';
        pointer += step.size() > 2 && step.front() == '[' ? step.substr(1, step.size() - 2) : step;
    }
    return pointer;
}

// "Missing required property 'number'.": the name is the schema's, not the input's.
std::string missing_member(std::string_view description) {
    const std::size_t first = description.find('\'');
    const std::size_t last = description.rfind('\'');
    if (first == last) return {};
    return "/" + std::string(description.substr(first + 1, last - first - 1));
}

}  // namespace

struct schema_checker::state {
    std::array<valijson::Schema, all_record_types.size()> schemas;
    valijson::Validator validator;
};

schema_checker::schema_checker() : state_(std::make_unique<state>()) {
    for (const record_type type : all_record_types) {
        const nlohmann::json text = nlohmann::json::parse(schema_text(type));
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), state_->schemas[static_cast<std::size_t>(type)]);
    }
}

schema_checker::~schema_checker() = default;

std::vector<json_fault> schema_checker::check(record_type type, const nlohmann::json& line) {
    std::vector<json_fault> faults;
    valijson::ValidationResults results;
    const valijson::Schema& schema = state_->schemas[static_cast<std::size_t>(type)];
    if (state_->validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(line), &results)) return faults;
    for (const valijson::ValidationResults::Error& each : results) {
        const std::string_view text = reworded(each.description);
        if (text.empty()) continue;  // one that says only that something inside failed
        std::string pointer = pointer_of(each.context);
        if (text == wordings[0].text) pointer += missing_member(each.description);
        json_fault fault{std::move(pointer), std::string(text)};
        if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(std::move(fault));
    }
    if (faults.empty()) faults.push_back({"", "is not as the schema says"});
    return faults;
}

}  // namespace brygga::ledger
