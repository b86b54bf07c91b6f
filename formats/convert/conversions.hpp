// The list of all conversions; the command that offers them names no format.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/ocr.hpp"
#include "formats/core/result.hpp"
#include "formats/format.hpp"

namespace brygga::convert {

// A receiving number of ours with what is agreed about its references.
struct own_number {
    std::string bankgiro;
    ocr_agreement ocr;
};

struct settings {
    rule_policy policy;
    std::vector<own_number> receivers;  // empty: every number is taken for ours
    bool test_system = false;
    std::function<void(std::size_t)> passed;
    // Whether a section (BgMax) or entry (camt) of this number is carried. Empty: all that wait for nobody. Given, the caller has
    // decided about those that waited. Only conversions by_section heed it.
    std::function<bool(std::uint32_t section_no)> wanted;
};

// What was left out or not carried, by its place; without personal data.
struct remark {
    std::string text;
    std::uint32_t left_out{};  // the section or entry, when it is not written at all; told by conversions by_section
    std::string why;           // of one that is left out, without its place
};

struct report {
    std::vector<remark> notes;
    std::uint64_t notes_total{};          // more than are kept
    std::vector<std::uint32_t> sections;  // the numbers of those written, in their order in the file made; only by_section
    std::string summary;                  // one line of counts
};

struct conversion {
    std::span<const std::string_view> from;  // format ids
    std::string_view to;                     // format id
    bool by_section = false;
    bool (*begins)(std::string_view head);
    // Reads the bytes, perhaps several times. An error that comes before any output leaves nothing written.
    result<report> (*run)(std::string_view bytes, const settings& with, const output& to);
};

[[nodiscard]] std::span<const conversion> conversions() noexcept;

}  // namespace brygga::convert
