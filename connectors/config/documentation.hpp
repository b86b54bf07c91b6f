// What may stand in a configuration, as the code that reads it says (detail/table_reader.hpp): no setting is read that is not
// here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace brygga::config {

struct documented_setting {
    std::string key;            // "ocr.level" of a table that is written in one line
    std::string meaning;        // one line
    std::string type;           // "path", "ms, 0 to 86400000"
    std::string value;          // an example or the default, as TOML writes it; empty: the line of a table itself
    std::string default_value;  // as TOML writes it; empty: it has none
    std::string otherwise;      // what holds without it, where no default says that
    std::string only_with;      // protocol = "https"; empty: always
    bool required = false;      // wherever its table stands
    bool instead = false;       // in place of others that stand before it

    [[nodiscard]] bool operator==(const documented_setting&) const = default;
};

struct documented_table {
    std::string name;    // "tenant.partner"; empty for what stands before all tables
    std::string header;  // "[[tenant.partner]]"
    std::string meaning;
    bool required = false;  // by the table that it belongs to
    std::vector<documented_setting> settings;

    [[nodiscard]] bool operator==(const documented_table&) const = default;
};

// In an order in which TOML can be written.
[[nodiscard]] std::vector<documented_table> documentation();

// A configuration: what it needs stands as it is, what it may have behind '#', what would stand in place of others behind '##',
// and explanations behind "# ". With one '#' taken from each line that has no blank after it, it is a whole configuration too.
[[nodiscard]] std::string text_of(const std::vector<documented_table>& tables);

}  // namespace brygga::config
