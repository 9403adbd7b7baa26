// Opening a sentinel. A process that has been waited for has no descriptor of its own any more; then the
// sentinel is a pipe at its end of file, which is as ready.
#include <mp/process/sentinel.hpp>

#include <cerrno>
#include <utility>

#include <mp/shared/os_failure.hpp>

namespace mp::detail {

namespace {

Descriptor open_ended(Os& os) {
  const auto [in, out] = demand(os.pipe(), "cannot make a sentinel");
  static_cast<void>(os.close(out));
  return in;
}

Descriptor open(Os& os, ProcessId process, const Ending& ending) {
  // Never by the number of one that is known to have been reaped: it may be a stranger's by now.
  if (ending.is_known(os)) return open_ended(os);
  const Result<Descriptor> own = os.open_process(process);
  if (!own && own.error().value == ESRCH) return open_ended(os);
  return demand(own, "cannot make a sentinel");
}

}  // namespace

Descriptor Sentinel::get(Os& os, ProcessId process, const Ending& ending) {
  ProcessState& state = process_state(os);
  {
    const StateLock lock(state);
    if (fd_ >= 0) return fd_;
  }
  Descriptor mine = open(os, process, ending);
  Descriptor kept = -1;
  {
    const StateLock lock(state);
    if (fd_ < 0) fd_ = std::exchange(mine, -1);
    kept = fd_;
  }
  if (mine >= 0) static_cast<void>(os.close(mine));  // another thread was first
  return kept;
}

void Sentinel::close() {
  if (fd_ >= 0) static_cast<void>(os().close(std::exchange(fd_, -1)));
}

}  // namespace mp::detail
