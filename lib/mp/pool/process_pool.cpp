// The thread's loop: what it hands out, what it takes in, whom it buries and replaces.
#include <mp/pool/process_pool.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <mp/errors.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/pool/task_code.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::detail {

namespace {

constexpr auto patience =
    std::chrono::seconds(1);  // with workers that were told to end, before they are made to

/// How many workers in a row may end before they are ready.
std::uint64_t stillbirths_max(const WorkersPlan& plan) { return std::max<std::uint64_t>(3, plan.count); }

void close_end(Os& os, Descriptor& end) {
  if (end >= 0) static_cast<void>(os.close(std::exchange(end, -1)));
}

/// The sentinel of one that has been started. It does not live if it cannot be watched.
Descriptor watch(const Process& process, Location where) {
  std::exception_ptr failure;
  try {
    return process.sentinel();
  } catch (...) {
    failure = std::current_exception();
  }
  process.kill(where);
  process.join(std::nullopt, where);
  std::rethrow_exception(failure);
}

std::exception_ptr broken_pool(const std::string& words) {
  return std::make_exception_ptr(BrokenPool(words));
}

}  // namespace

ProcessPool::ProcessPool(std::string_view name, WorkersPlan plan, Location where)
    : PoolCore(name, plan.object ? *plan.object : announce(os(), ObjectKind::pool, name, where), plan.count),
      plan_(std::move(plan)) {}

ProcessPool::~ProcessPool() {
  Os& here = os();
  close_end(here, bell_in_);
  close_end(here, bell_out_);
}

void ProcessPool::start(Location where) {
  Os& here = os();
  Operation operation(here, Verb::start, ObjectKind::pool, object_, where);
  std::tie(bell_in_, bell_out_) = demand(here.pipe(), "cannot make a pool's pipe");
  std::exception_ptr failure;
  try {
    while (workers_.size() < plan_.count) start_worker(here, where);
    const auto self = std::static_pointer_cast<ProcessPool>(shared_from_this());
    Thread thread([self] { self->run(); }, {.name = "handler", .daemon = true, .role = Role::helper}, where);
    thread.start(where);
    thread_ = std::move(thread);
    hook_exit_sequence();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure != nullptr) {
    stop_workers(here, where);
    std::rethrow_exception(failure);
  }
  operation.succeed();
}

void ProcessPool::start_worker(Os& os, Location where) {
  const auto [task_in, task_out] = demand(os.pipe(), "cannot make a worker's pipe");
  std::array<Descriptor, 6> ends{task_in, task_out, -1, -1, -1, -1};
  try {
    std::tie(ends[2], ends[3]) = demand(os.pipe(), "cannot make a worker's pipe");
    std::tie(ends[4], ends[5]) = demand(os.socketpair(), "cannot make a worker's socket");
    WorkerBirth birth{.pool = object_,
                      .from_parent = ends[0],
                      .to_parent = ends[3],
                      .passed = ends[5],
                      .tasks_max = plan_.tasks_max,
                      .foreign = {bell_in_, bell_out_, ends[1], ends[2], ends[4]},
                      .initializer = plan_.initializer};
    for (const auto& other : workers_) {
      for (const Descriptor end : {other->to, other->from, other->passed})
        if (end >= 0) birth.foreign.push_back(end);
    }
    note_passed(os, birth.foreign);
    if (plan_.foreign) std::ranges::copy(plan_.foreign(), std::back_inserter(birth.foreign));
    const std::string name = plan_.name + "-" + std::to_string(++workers_made_);
    Process process(fn<&run_worker>, args(birth),
                    {.name = name, .daemon = true, .method = StartMethod::fork, .owner = object_}, where);
    process.start(where);
    const Descriptor sentinel = watch(process, where);
    auto worker = std::make_unique<Worker>(Worker{.process = std::move(process),
                                                  .to = ends[1],
                                                  .from = ends[2],
                                                  .passed = ends[4],
                                                  .sentinel = sentinel,
                                                  .is_ready = plan_.initializer == nullptr});
    const FutexGuard guard(os, mutex_);
    if (state_ == State::terminated) worker->process.kill(where);
    workers_.push_back(std::move(worker));
  } catch (...) {
    for (Descriptor& end : ends) close_end(os, end);
    throw;
  }
  for (const std::size_t of_worker : {0U, 3U, 5U}) close_end(os, ends[of_worker]);
}

// Those of tasks that are still here: a copy in a worker would hold off an end of file.
void ProcessPool::note_passed(Os& os, std::vector<Descriptor>& into) {
  const FutexGuard guard(os, mutex_);
  for (const Task& task : pending_)
    if (task.passed != nullptr) std::ranges::copy(task.passed->left(), std::back_inserter(into));
}

void ProcessPool::ring(Os& os, std::size_t) {
  bool rings = false;
  {
    const FutexGuard guard(os, mutex_);
    rings = std::exchange(is_asleep_, false);
  }
  constexpr std::byte anything{};
  if (rings) static_cast<void>(os.write(bell_out_, std::span(&anything, 1)));
}

// Told, then made to (CPython's waits for ever). A write of the thread to one of them ends with that one.
void ProcessPool::stop_workers(Os& os, Location where) {
  std::vector<ProcessHandle> processes;
  {
    const FutexGuard guard(os, mutex_);
    state_ = State::terminated;
    for (const auto& worker : workers_) processes.push_back(worker->process);
  }
  for (const ProcessHandle& process : processes) process.terminate(where);
  const Instant deadline = os.now() + patience;
  for (const ProcessHandle& process : processes) {
    process.join(std::max(std::chrono::duration<double>(deadline - os.now()), {}), where);
    if (!process.exitcode(where)) process.kill(where);
  }
  if (thread_) thread_->join(std::nullopt, where);
  std::vector<std::unique_ptr<Worker>> gone;  // outlive the mutex
  {
    const FutexGuard guard(os, mutex_);
    gone.swap(workers_);
  }
  for (const auto& worker : gone) {
    worker->process.join(std::nullopt, where);  // one that had to be killed, also while it was being born
    close_ends(os, *worker);
  }
}

void ProcessPool::await_workers(Os&, Location where) { thread_->join(std::nullopt, where); }

void ProcessPool::close_ends(Os& os, Worker& worker) {
  close_end(os, worker.to);
  close_end(os, worker.from);
  close_end(os, worker.passed);
}

bool ProcessPool::is_terminated(Os& os) {
  const FutexGuard guard(os, mutex_);
  return state_ == State::terminated;
}

bool ProcessPool::is_over(Os& os) {
  const FutexGuard guard(os, mutex_);
  if (state_ == State::terminated) return true;
  return state_ == State::closed && pending_.empty() && workers_.empty();
}

// Asleep first, then a look at what there is to do: whoever comes after that look rings.
void ProcessPool::run() {
  Os& here = os();
  while (true) {
    Operation serve(here, Verb::serve, ObjectKind::pool, object_, Location::current());
    {
      const FutexGuard guard(here, mutex_);
      is_asleep_ = true;
    }
    replace_missing(here);
    hand_out(here);
    tell_idle_to_stop(here);
    if (is_over(here)) {
      if (plan_.on_drained && !is_terminated(here)) plan_.on_drained();
      return serve.succeed();
    }
    const std::vector<PollItem> items = look(here);
    drain_bell(here, items[0].ready);
    const std::vector<std::unique_ptr<Worker>>& all = workers_;
    for (std::size_t i = all.size(); i-- > 0;) {  // from the end, as burials take one out
      Worker& worker = *all[i];
      if (items[2 * i + 1].ready && worker.from >= 0) receive(here, worker);
      if (items[2 * i + 2].ready) bury(here, worker);
    }
    serve.succeed();
  }
}

std::vector<PollItem> ProcessPool::look(Os& os) {
  std::vector<PollItem> items{{.fd = bell_in_}};
  for (const auto& worker : workers_) {
    // One that has said all it will say is watched for its end alone, twice.
    items.push_back({.fd = worker->from >= 0 ? worker->from : worker->sentinel});
    items.push_back({.fd = worker->sentinel});
  }
  static_cast<void>(os.poll(items, never));  // an interrupted one found nothing
  return items;
}

void ProcessPool::drain_bell(Os& os, bool has_rung) {
  std::array<std::byte, 64> bytes{};
  if (has_rung) static_cast<void>(os.read(bell_in_, bytes));
}

void ProcessPool::receive(Os& os, Worker& worker) {
  if (!worker.buffer.fill(os, worker.from)) {  // it has closed its end: it is of no more use
    close_ends(os, worker);
    worker.process.kill();
    return;
  }
  while (const std::optional<Frame> frame = worker.buffer.take()) handle(os, worker, *frame);
}

void ProcessPool::handle(Os& os, Worker& worker, const Frame& frame) {
  switch (frame.header.kind) {
    case FrameKind::ready:
      worker.is_ready = true;
      stillbirths_ = 0;
      return;
    case FrameKind::initializer_raised:
      stillbirth_in_words_ = codec<Raised>::describe(decode_message<Raised>(frame.body));
      return;
    case FrameKind::done:
    case FrameKind::raised:
      return finish(os, worker, frame);
    case FrameKind::task:
    case FrameKind::stop:
      return;
  }
}

// Whatever comes of decoding, it is that job's affair and nobody else's (the cure of POOL-20).
void ProcessPool::finish(Os& os, Worker& worker, const Frame& frame) {
  if (!worker.task) return;
  const Task task = *std::exchange(worker.task, std::nullopt);
  std::exception_ptr failure;
  try {
    if (frame.header.kind == FrameKind::raised) {
      task.job->fail_raised(task.part, decode_message<Raised>(frame.body));
    } else {
      Decoder results(frame.body);
      task.job->accept(task.part, results);
    }
  } catch (...) {
    failure = std::current_exception();
  }
  end_part(os, task.job, task.part, failure);
}

// What it sent before its end counts.
void ProcessPool::bury(Os& os, Worker& worker) {
  PollItem item{.fd = worker.from};
  const auto has_more = [&] {
    return uninterrupted([&] { return os.poll(std::span(&item, 1), immediately); }).has_value();
  };
  while (worker.from >= 0 && has_more()) {
    if (!worker.buffer.fill(os, worker.from)) break;
    while (const std::optional<Frame> frame = worker.buffer.take()) handle(os, worker, *frame);
  }
  const int exitcode = worker.process.exitcode().value_or(0);
  if (!is_terminated(os)) {  // or it ended because it was told to, and its job is dropped (POOL-05)
    if (worker.task) lose(os, worker, exitcode);
    note_stillbirth(os, worker);
  }
  close_ends(os, worker);
  std::unique_ptr<Worker> gone;  // outlives the mutex
  const FutexGuard guard(os, mutex_);
  const auto found = std::ranges::find(workers_, &worker, &std::unique_ptr<Worker>::get);
  gone = std::move(*found);
  workers_.erase(found);
}

void ProcessPool::lose(Os& os, Worker& worker, int exitcode) {
  const Task task = *std::exchange(worker.task, std::nullopt);
  const std::string words = worker.process.name() + " ended with exit code " + std::to_string(exitcode) +
                            " while it had a task of " + name_;
  report_misuse(os, ObjectKind::async_result, task.job->object(), "pool-worker-lost", words,
                Location::current());
  end_part(os, task.job, task.part, std::make_exception_ptr(WorkerLost(words, exitcode)));
}

void ProcessPool::note_stillbirth(Os& os, const Worker& worker) {
  if (worker.is_ready || worker.is_stopping) return;
  if (++stillbirths_ < stillbirths_max(plan_)) return;
  if (std::ranges::any_of(workers_, [](const auto& other) { return other->is_ready; })) return;
  std::string words =
      name_ + " is broken: " + std::to_string(stillbirths_) + " workers in a row ended in its initializer";
  if (!stillbirth_in_words_.empty()) words += ", which raised " + stillbirth_in_words_;
  break_down(os, broken_pool(words));
}

void ProcessPool::replace_missing(Os& os) {
  if (stillbirths_ >= stillbirths_max(plan_)) return;
  while (workers_.size() < plan_.count) {
    {
      const FutexGuard guard(os, mutex_);
      const bool has_work = state_ == State::running || (state_ == State::closed && !pending_.empty());
      if (!has_work) return;
    }
    std::string trouble;
    try {
      start_worker(os, Location::current());
    } catch (const std::exception& exception) {
      trouble = exception.what();
    }
    if (trouble.empty()) continue;
    if (workers_.empty()) break_down(os, broken_pool(name_ + " is broken: it gets no worker: " + trouble));
    return;
  }
}

void ProcessPool::hand_out(Os& os) {
  for (const auto& worker : workers_) {
    const bool may_have_one = plan_.tasks_max == 0 || worker->tasks_given < plan_.tasks_max;
    if (!worker->is_idle() || !worker->is_ready || !may_have_one) continue;
    std::optional<Task> next;
    {
      const FutexGuard guard(os, mutex_);
      if (pending_.empty()) return;
      next = std::move(pending_.front());
      pending_.pop_front();
    }
    give(os, *worker, *std::move(next));
  }
}

// One that has ended meanwhile cannot read it any more, and is buried with the task.
void ProcessPool::give(Os& os, Worker& worker, Task task) {
  const Stamp stamp = task.stamp;
  const std::shared_ptr<const PassedDescriptors> passed = std::move(task.passed);
  const std::vector<Descriptor> descriptors = passed == nullptr ? std::vector<Descriptor>() : passed->left();
  const FrameHeader header{
      .code = task.code,
      .take = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(task.job->raises.take)),
      .kind = FrameKind::task,
      .passed = static_cast<std::uint16_t>(descriptors.size()),
      .job = task.job->object()};
  const Bytes arguments = std::move(task.arguments);
  worker.task = std::move(task);
  ++worker.tasks_given;
  os.annotate({.kind = Annotation::Kind::carry, .object = object_, .stamp = stamp});
  static_cast<void>(write_frame(os, worker.to, header, arguments));
  for (const Descriptor each : descriptors) pass(os, worker, each);
  os.annotate({.kind = Annotation::Kind::carry, .object = object_, .stamp = Stamp::none});
}

// The worker counts: where a descriptor cannot go, a byte goes alone.
void ProcessPool::pass(Os& os, Worker& worker, Descriptor fd) {
  const Result<void> sent = os.send_descriptor(worker.passed, fd);
  constexpr std::byte nothing{};
  if (!sent && sent.error().value != EPIPE)
    static_cast<void>(os.write(worker.passed, std::span(&nothing, 1)));
}

void ProcessPool::tell_idle_to_stop(Os& os) {
  {
    const FutexGuard guard(os, mutex_);
    if (state_ != State::closed || !pending_.empty()) return;
  }
  for (const auto& worker : workers_) {
    if (!worker->is_idle()) continue;
    worker->is_stopping = true;
    static_cast<void>(write_frame(os, worker->to, {.kind = FrameKind::stop}));
  }
}

}  // namespace mp::detail
