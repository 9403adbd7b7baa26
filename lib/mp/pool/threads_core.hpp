// The core of ThreadPool: threads that take tasks from what is pending, one at a time, and see to what comes
// of them. There is no thread besides them and the one for callbacks.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <mp/pool/pool_core.hpp>
#include <mp/process/thread.hpp>

namespace mp::detail {

class ThreadsCore final : public PoolCore {
 public:
  /// Call start() next. `initializer`: called first by each thread; may be null.
  ThreadsCore(std::string_view name, std::size_t count, std::function<void()> initializer, Location where);
  void start(Location where);

 private:
  void ring(Os& os, std::size_t tasks) override;
  void stop_workers(Os& os, Location where) override;
  void await_workers(Os& os, Location where) override;

  void run();
  bool initialise(Os& os);
  std::optional<Task> take_next(Os& os);
  void perform(Os& os, Task task);

  const std::string worker_name_;
  const std::function<void()> initializer_;
  std::vector<Thread> threads_;  // set by start()
  std::size_t stillborn_ = 0;    // under the mutex: threads whose initializer raised
  Word doorbell_;                // changes when there is something to look at
};

}  // namespace mp::detail
