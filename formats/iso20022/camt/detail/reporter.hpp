// Findings of a message with their place: element path, line and offset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "formats/xml/line_counter.hpp"

namespace brygga::camt::detail {

// Where the reading is. 0 stands for "not within one".
struct position {
    std::string_view container_name;  // Rpt, Stmt, Ntfctn
    std::uint32_t container{}, entry{}, entry_in_container{}, ordinal{};
    payment_place place;  // in_details 0: the NtryDtls itself, or not within one
};

class reporter {
 public:
    reporter(std::string_view bytes, message_file& into) : lines_(bytes), into_(into) {}

    // `path` is relative to the innermost element of `at`, outside of the containers to the message, and stands for Document
    // when there is none; found is cut where it is kept.
    void tell(rule broken, severity level, const position& at, std::string_view path, std::size_t offset, std::string_view found,
              std::string_view expected);
    // The same, for what makes a payment, an entry or (entry 0) a container's entries wait.
    void hold(rule broken, const position& at, std::string_view path, std::size_t offset, std::string_view found,
              std::string_view expected);

    bool personal = false;  // of the next `found`

 private:
    xml::line_counter lines_;
    message_file& into_;
};

}  // namespace brygga::camt::detail
