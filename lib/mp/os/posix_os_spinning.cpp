// What a thread that may spin needs to know of itself.
#include <sched.h>

#include <mp/os/posix_os_spinning.hpp>

namespace mp::posix_spinning {

Spinning& of_this_thread() {
  static constinit thread_local Spinning spinning;
  return spinning;
}

// Asked of the kernel each time, as it may change; that is dear, and nobody asks often. More processors than
// the set has room for are company enough.
unsigned processors() {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 2;
  return static_cast<unsigned>(CPU_COUNT(&allowed));
}

}  // namespace mp::posix_spinning
