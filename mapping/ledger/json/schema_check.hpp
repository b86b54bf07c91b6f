// Whether a line is as its published JSON Schema says.
#pragma once

#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "mapping/ledger/json/schema_text.hpp"
#include "mapping/ledger/json/strict_json.hpp"

namespace brygga::ledger {

// Reads the schemas once; not thread-safe (it keeps compiled expressions).
class schema_checker {
 public:
    schema_checker();
    ~schema_checker();
    schema_checker(const schema_checker&) = delete;
    schema_checker& operator=(const schema_checker&) = delete;

    // Every deviation, without text of the input.
    [[nodiscard]] std::vector<json_fault> check(record_type type, const nlohmann::json& line);

 private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace brygga::ledger
