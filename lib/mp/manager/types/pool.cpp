// A Pool: its workers are children of the server (MGR-21). Calls make jobs, and wait for them as values, so
// that none holds up another client; the pool's own thread says when a job is over. What takes its time, the
// end of workers that are told to go, is seen to by a thread of its own.
#include <limits>

#include <mp/manager/objects.hpp>
#include <mp/manager/types/pool_job.hpp>
#include <mp/manager/types/rows.hpp>
#include <mp/pool/process_pool.hpp>
#include <mp/process/thread.hpp>

namespace mp::manager {

namespace {

using mp::detail::ProcessPool;
using mp::detail::Task;

/// What the pool's threads tell; with the server's lock.
struct PoolEnd {
  bool is_drained = false;     // closed, and all its workers have ended
  bool is_terminated = false;  // all its workers have ended
  std::uint64_t number = 0;    // of the object, once a call waits for the end
};

class PoolObject final : public TableObject<PoolObject> {
 public:
  PoolObject(Surroundings& surroundings, std::shared_ptr<ProcessPool> core, std::shared_ptr<PoolEnd> end)
      : surroundings_(surroundings), core_(std::move(core)), end_(std::move(end)) {}
  ~PoolObject() override;
  static std::span<const Method<PoolObject>> methods();
  bool waits_for_clients() const override { return false; }
  bool has_children() const override { return true; }

 private:
  std::optional<Reply> run(Call& call);
  std::optional<Reply> submit(Call& call);
  std::optional<Reply> iterate(Call& call);
  std::optional<Reply> close(Call& call);
  std::optional<Reply> terminate(Call& call);
  std::optional<Reply> join(Call& call);

  JobRequest begin(Call& call) const;
  std::vector<std::size_t> chunks_of(const Call& call, std::size_t chunk) const;
  std::shared_ptr<WholeJob> start(Call& call, const JobRequest& request, std::uint64_t waited_for);
  void hand_in(Call& call, const JobRequest& request, const std::shared_ptr<PoolJob>& job,
               const std::vector<std::size_t>& chunks);
  Reply introduce(Call& call, std::unique_ptr<Object> body, ObjectId object) const;

  Surroundings& surroundings_;
  const std::shared_ptr<ProcessPool> core_;
  const std::shared_ptr<PoolEnd> end_;
  bool is_terminating_ = false;
};

constexpr ThreadOptions end_of_pool{.name = "terminator", .daemon = true, .role = Role::helper};

// The server's lock is held, so that nothing can be waited for here.
PoolObject::~PoolObject() {
  try {
    Thread([core = core_] { core->let_go(Location::current()); }, end_of_pool).start();
  } catch (const RuntimeError&) {  // no thread to be had: the exit sequence sees to it
  }
}

JobRequest PoolObject::begin(Call& call) const {
  if (!core_->is_running(call.os)) throw ValueError("Pool not running");
  if (call.arguments.empty()) throw DecodeError("a request has too few arguments");
  auto request = call.argument<JobRequest>(0);
  if (function_at_place(request.code) == 0)
    throw RuntimeError("a manager's server has no such function: it runs another program");
  return request;
}

std::vector<std::size_t> PoolObject::chunks_of(const Call& call, std::size_t chunk) const {
  const std::size_t size = call.arguments.size() - 1;
  std::vector<std::size_t> chunks(size / chunk, chunk);
  if (size % chunk != 0) chunks.push_back(size % chunk);
  return chunks;
}

// A part's bytes: how many calls, then the arguments of each.
void PoolObject::hand_in(Call& call, const JobRequest& request, const std::shared_ptr<PoolJob>& job,
                         const std::vector<std::size_t>& chunks) {
  std::vector<Task> tasks;
  std::size_t next = 1;
  for (std::size_t part = 0; part < chunks.size(); ++part) {
    Encoder head(Crossing::message);
    head.natural(chunks[part]);
    Bytes bytes = head.take();
    for (std::size_t left = chunks[part]; left > 0; --left) {
      const Bytes& each = call.arguments[next++].bytes;
      bytes.insert(bytes.end(), each.begin(), each.end());
    }
    tasks.push_back({.job = job,
                     .part = part,
                     .stamp = call.request.stamp,
                     .code = function_at_place(request.code),
                     .arguments = std::move(bytes)});
  }
  core_->submit(call.os, job, std::move(tasks), 0, Location::current());
}

std::shared_ptr<WholeJob> PoolObject::start(Call& call, const JobRequest& request, std::uint64_t waited_for) {
  const std::size_t chunk =
      mp::detail::chunk_for(request.chunksize, call.arguments.size() - 1, core_->worker_count());
  const std::vector<std::size_t> chunks = chunks_of(call, chunk);
  auto job = std::make_shared<WholeJob>(surroundings_, core_->object(), request, chunks);
  job->waited_for = waited_for;
  hand_in(call, request, job, chunks);
  return job;
}

std::optional<Reply> PoolObject::run(Call& call) {
  if (!call.is_waiting) call.job = start(call, begin(call), call.entry->number);
  const auto& job = *static_cast<const WholeJob*>(call.job.get());
  if (!job.is_over()) return std::nullopt;
  return job.reply();
}

// The result's object has its number before the pool's thread can get at the lock.
std::optional<Reply> PoolObject::submit(Call& call) {
  const JobRequest request = begin(call);
  const std::shared_ptr<WholeJob> job = start(call, request, 0);
  Reply reply = introduce(call, make_async_result(job), request.object);
  job->waited_for = reply.values[0].references[0];
  return reply;
}

std::optional<Reply> PoolObject::iterate(Call& call) {
  const JobRequest request = begin(call);
  const std::size_t chunk = mp::detail::chunk_for(request.chunksize.value_or(1), 0, 1);
  const std::vector<std::size_t> chunks = chunks_of(call, chunk);
  const auto job = std::make_shared<StreamedJob>(surroundings_, core_->object(), request, chunks,
                                                 call.request.method == "imap");
  hand_in(call, request, job, chunks);
  Reply reply = introduce(call, make_iterator(job), request.object);
  job->waited_for = reply.values[0].references[0];
  return reply;
}

Reply PoolObject::introduce(Call& call, std::unique_ptr<Object> body, ObjectId object) const {
  const std::uint64_t number = call.objects.add(std::move(body), object);
  Reply reply = done_with(number);
  reply.values[0].references.push_back(number);
  return reply;
}

std::optional<Reply> PoolObject::close(Call& call) {
  call.demand_arguments(0);
  core_->close(Location::current());
  return done();
}

std::optional<Reply> PoolObject::terminate(Call& call) {
  call.demand_arguments(0);
  if (!is_terminating_) {
    const auto run = [core = core_, end = end_, &surroundings = surroundings_] {
      core->terminate(Location::current());
      surroundings.change([&] {
        end->is_terminated = true;
        return end->number;
      });
    };
    Thread(run, end_of_pool).start();
    is_terminating_ = true;
  }
  end_->number = call.entry->number;
  if (!end_->is_terminated) return std::nullopt;
  return done();
}

std::optional<Reply> PoolObject::join(Call& call) {
  call.demand_arguments(0);
  if (core_->is_running(call.os)) throw ValueError("Pool is still running");
  end_->number = call.entry->number;
  if (!end_->is_terminated && (is_terminating_ || !end_->is_drained)) return std::nullopt;
  return done();
}

std::span<const Method<PoolObject>> PoolObject::methods() {
  using Self = PoolObject;
  static constexpr Method<Self> rows[] = {
      {"run", &Self::run},      {"submit", &Self::submit},
      {"imap", &Self::iterate}, {"imap_unordered", &Self::iterate},
      {"close", &Self::close},  {"terminate", &Self::terminate},
      {"join", &Self::join},
  };
  return rows;
}

std::shared_ptr<const mp::detail::InitializerCall> initializer_of(PoolRequest& request) {
  if (request.initializer.build_id.empty()) return nullptr;
  auto call = std::make_shared<mp::detail::InitializerCall>();
  call->code = reinterpret_cast<void (*)(Decoder&)>(function_at_place(request.initializer));
  if (call->code == nullptr)
    throw RuntimeError("a manager's server has no such function: it runs another program");
  call->arguments = std::move(request.initializer_arguments);
  return call;
}

std::unique_ptr<Object> make(Surroundings& surroundings, ObjectId object, std::vector<Stored> arguments) {
  demand_arguments(arguments, 1);
  auto request = decode_message<PoolRequest>(arguments[0].bytes);
  if (request.maxtasksperchild && *request.maxtasksperchild < 1)
    throw ValueError("maxtasksperchild must be a positive int or None");
  std::optional<int> processes;
  if (request.processes)
    processes = static_cast<int>(
        std::min<std::int64_t>(*request.processes, std::numeric_limits<std::int16_t>::max()));
  const auto end = std::make_shared<PoolEnd>();
  const auto tell = [end, &surroundings] {
    surroundings.change([&] {
      end->is_drained = true;
      return end->number;
    });
  };
  auto core = std::make_shared<ProcessPool>(
      request.name,
      mp::detail::WorkersPlan{.count = mp::detail::workers_for(processes),
                              .name = request.name.empty() ? "PoolWorker" : request.name + "-PoolWorker",
                              .tasks_max = static_cast<std::uint64_t>(request.maxtasksperchild.value_or(0)),
                              .initializer = initializer_of(request),
                              .object = object,
                              .foreign = [&surroundings] { return surroundings.descriptors(); },
                              .on_drained = tell},
      Location::current());
  core->start(Location::current());
  return std::make_unique<PoolObject>(surroundings, std::move(core), end);
}

}  // namespace

const TypeRow pool_type{.name = "Pool", .make_in = &make};

}  // namespace mp::manager
