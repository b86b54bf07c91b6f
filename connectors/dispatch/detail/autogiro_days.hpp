// The day's files of Autogiro at the desk of the partner that takes them. Internal.
#pragma once

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch::detail {

// Those that are due now and not made yet.
void make_autogiro_of_the_day(const desk& on, config::run_mode mode);

}  // namespace brygga::dispatch::detail
