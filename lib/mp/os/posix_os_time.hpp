// Deadlines in the kernel's types. For posix_os_*.cpp alone.
#pragma once

#include <ctime>

#include <mp/os/time.hpp>

namespace mp::posix_time {

Instant now();

/// A deadline as the kernel's absolute CLOCK_MONOTONIC time; `immediately` and all the past before the
/// clock's start are its start.
timespec absolute(Instant deadline);

/// How long it is from now to the deadline; zero when it has passed.
timespec remaining(Instant deadline);

}  // namespace mp::posix_time
