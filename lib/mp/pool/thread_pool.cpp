// The handle of a pool of threads.
#include <mp/pool/thread_pool.hpp>

namespace mp {

ThreadPool::ThreadPool(std::optional<int> threads, ThreadPoolOptions options, Location where)
    : core_(std::make_shared<detail::ThreadsCore>(options.name, detail::workers_for(threads),
                                                  std::move(options.initializer), where)) {
  core_->start(where);
}

ThreadPool::~ThreadPool() {
  if (core_ != nullptr) core_->let_go(Location::current());
}

}  // namespace mp
