// The handle of a pool.
#include <mp/pool/pool.hpp>

#include <string>

namespace mp {

namespace {

detail::WorkersPlan plan_of(std::optional<int> processes, const PoolOptions& options) {
  if (options.maxtasksperchild && *options.maxtasksperchild < 1)
    throw ValueError("maxtasksperchild must be a positive int or None");
  return {.count = detail::workers_for(processes),
          .name = options.name.empty() ? "PoolWorker" : std::string(options.name) + "-PoolWorker",
          .tasks_max = static_cast<std::uint64_t>(options.maxtasksperchild.value_or(0)),
          .initializer = options.initializer};
}

}  // namespace

Pool::Pool(std::optional<int> processes, PoolOptions options, Location where)
    : core_(std::make_shared<detail::ProcessPool>(options.name, plan_of(processes, options), where)) {
  core_->start(where);
}

Pool& Pool::operator=(Pool&& other) noexcept {
  if (this == &other) return *this;
  if (core_ != nullptr) core_->let_go(Location::current());
  core_ = std::move(other.core_);
  return *this;
}

Pool::~Pool() {
  if (core_ != nullptr) core_->let_go(Location::current());
}

}  // namespace mp
