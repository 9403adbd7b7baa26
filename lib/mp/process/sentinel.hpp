// The descriptor that is ready once a process has ended (PROC-15): made when first asked for, closed with the
// record it is part of. It is the process's own and no pipe's end, so neither a grandchild nor anything else
// that inherited a descriptor can hold it off (the cure of PROC-16). For lib/mp/process alone.
#pragma once

#include <mp/os/os.hpp>
#include <mp/process/ending.hpp>

namespace mp::detail {

class Sentinel {
 public:
  Sentinel() = default;
  ~Sentinel() { close(); }
  Sentinel(const Sentinel&) = delete;
  Sentinel& operator=(const Sentinel&) = delete;

  /// The same number at every call, to every thread. OSError if the machine refuses.
  Descriptor get(Os& os, ProcessId process, const Ending& ending);
  void close();

 private:
  Descriptor fd_ = -1;  // under a StateLock
};

}  // namespace mp::detail
