// What the commands about Autogiro share.
#pragma once

#include <string>

#include "tools/brygga/books.hpp"

namespace brygga::command {

// The digits of one of the company's bankgiro numbers that collect; the only one when nothing is given.
[[nodiscard]] result<std::string> chosen_bankgiro(const config::tenant& who, const std::string& given);

}  // namespace brygga::command
