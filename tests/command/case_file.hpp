// A .case file: commands, and what each must print.
//
//     # why this case is here
//     $ brygga check - <<END
//     > 01BGMAX
//     > END
//     | standard input: file 1, ...          standard output
//     ! brygga: ...                          standard error
//     ? 1                                    exit status, when it is not 0
//
// A last line without line end is followed by a line "\". Bytes that are no text stand as \xNN. In both texts the scratch folder
// is $DIR, and ids, which differ in each run, are ID. A file that begins with "# not as root" is skipped for root.
//
// BRYGGA_UPDATE_CASES=1 in the environment writes what was printed into the files, to be read as a diff.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/command/run.hpp"

namespace brygga::command::testing {

struct case_step {
    std::string comment;   // lines before the command, as they stand
    std::string command;   // continuation lines joined by line ends
    std::string expected;  // the lines after it, as they stand
};

struct case_file {
    std::vector<case_step> steps;
    std::string rest;  // comment lines after the last step
    bool not_as_root = false;
};

[[nodiscard]] case_file parse_case(const std::string& text);

// The lines that a step with this outcome expects.
[[nodiscard]] std::string expectation_of(const run_result& result, const std::filesystem::path& folder);

[[nodiscard]] std::string text_of(const case_file& item);

}  // namespace brygga::command::testing
