// A program that is told of an alarm.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::service {

// Runs the program with the text as its standard input, and waits. The words are its arguments, the first is found by PATH. Of
// our environment it gets PATH, LANG, LC_ALL, TZ and HOME. Fails when it cannot be started, ends with another status than 0,
// does not end in time, or a stop comes: then it is killed.
[[nodiscard]] result<void> run_hook(const std::vector<std::string>& words, const std::string& input,
                                    std::chrono::milliseconds within, const std::stop_token& stop);

}  // namespace brygga::service
