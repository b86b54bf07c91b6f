// Files that a command reads, and what format they are.
#pragma once

#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/byte_source.hpp"
#include "formats/format.hpp"
#include "tools/brygga/session.hpp"

namespace brygga::command {

inline constexpr std::string_view standard_input_name = "-";

// A path, or "-" for standard input. Names itself in the message of a file that is shortened.
[[nodiscard]] result<byte_source> open_input(const std::string& name);

// Bytes in memory as a stream. They must outlive it.
class bytes_buffer : public std::streambuf {
 public:
    explicit bytes_buffer(std::string_view bytes) {
        char* const first = const_cast<char*>(bytes.data());  // the get area is only read
        setg(first, first, first + bytes.size());
    }
};

// How to read, as the options of the command line say it.
struct reading_options {
    std::string format;
    std::string encoding;
    std::string profile;
    std::string config;  // where profiles other than the built-in one are
    std::vector<std::string> rules;
    bool test_system = false;

    void add_format(CLI::App& command);
    void add_encoding(CLI::App& command);
    void add_profile(CLI::App& command);
    void add_profile_config(CLI::App& command);
};

// The format that bytes begin like after their blank lines; null when none does.
[[nodiscard]] const format* sniff_anywhere(std::string_view bytes);

// The format that is named, or the one that the bytes begin like. Errors: not_found for a name that is none;
// invalid_content for bytes that no format knows, saying what they look like.
[[nodiscard]] result<const format*> choose_format(const reading_options& how, std::string_view bytes, std::string_view name);
[[nodiscard]] result<const format*> named_format(std::string_view id);

// Fails with invalid_argument on an encoding, profile or rule that there is not.
[[nodiscard]] result<read_settings> settings_of(const reading_options& how, const format& which, session& with);

// Settings that give memory back and show progress while `from` is read; both must outlive the reading.
void follow(read_settings& settings, byte_source& from, progress& shown);

}  // namespace brygga::command
