// Between lines that the schema has passed and the model, with the rules that a schema cannot say.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "mapping/ledger/json_lines.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/ledger/registration_match.hpp"

namespace brygga::ledger {

// Collects what is wrong with one line.
struct line_notes {
    std::vector<import_note> notes;  // without line numbers
    bool bad = false;

    void refuse(std::string pointer, std::string_view rule, std::string text) {
        bad = true;
        notes.push_back({note_level::bad, 0, std::move(pointer), std::string(rule), std::move(text)});
    }
    void warn(std::string pointer, std::string_view rule, std::string text) {
        notes.push_back({note_level::warning, 0, std::move(pointer), std::string(rule), std::move(text)});
    }
};

// BILL-R17, BILL-R18 with REF-R05. A protection flag that is left out is false here.
[[nodiscard]] customer to_customer(const nlohmann::json& line, const import_options& options, line_notes& notes);
// BILL-R17, REF-R09.
[[nodiscard]] facility to_facility(const nlohmann::json& line, line_notes& notes);
[[nodiscard]] facility_event to_facility_event(const nlohmann::json& line, line_notes& notes);
// BILL-R24, BILL-R29, REF-R03.
[[nodiscard]] invoice to_invoice(const nlohmann::json& line, const import_options& options, line_notes& notes);
// BILL-R30.
[[nodiscard]] credit_note to_credit_note(const nlohmann::json& line, line_notes& notes);

// EINV-B01, EINV-R02.
[[nodiscard]] told_registration to_registration(const nlohmann::json& line, const import_options& options, line_notes& notes);

[[nodiscard]] told_receipt to_receipt(const nlohmann::json& line, const import_options& options, line_notes& notes);

// One line without its line ending; members that are empty are left out.
[[nodiscard]] std::string to_line(const customer& item);
[[nodiscard]] std::string to_line(const facility& item);
[[nodiscard]] std::string to_line(const invoice& item);
[[nodiscard]] std::string to_line(const credit_note& item);

}  // namespace brygga::ledger
