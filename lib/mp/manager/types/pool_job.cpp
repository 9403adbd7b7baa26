// Parts that arrive, and calls that ask.
#include <mp/manager/types/pool_job.hpp>

#include <algorithm>

#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

Reply outcome(const std::optional<Raised>& failure, std::span<const Bytes> results) {
  Reply reply = done_with(failure);
  for (const Bytes& each : results) reply.values.push_back({.bytes = each});
  return reply;
}

}  // namespace

PoolJob::PoolJob(Surroundings& surroundings, ObjectId pool, const JobRequest& request,
                 std::vector<std::size_t> calls)
    : Job(pool, request.object),
      surroundings_(surroundings),
      calls_(std::move(calls)),
      submitter_(os().thread_id()) {
  parts_left_ = calls_.size();
  raises.take = reinterpret_cast<bool (*)(Raised&)>(function_at_place(request.take));
}

void PoolJob::accept(std::size_t part, Decoder& results) {
  Outcome outcome;
  for (std::size_t left = calls_[part]; left > 0; --left) outcome.results.push_back(results.bytes());
  results.finish();
  arrive(part, std::move(outcome));
}

void PoolJob::fail(std::size_t part, std::exception_ptr failure) {
  Raised raised;
  try {
    std::rethrow_exception(std::move(failure));
  } catch (...) {
    raised = raised_now();
  }
  arrive(part, {{}, std::move(raised)});
}

void PoolJob::change(const std::function<void()>& what) {
  if (os().thread_id() == submitter_) return what();
  surroundings_.change([&] {
    what();
    return waited_for;
  });
}

// By one task at a time, and read by others once it is over.
void WholeJob::arrive(std::size_t part, Outcome outcome) {
  if (!outcome.failure) {
    results_.emplace(part, std::move(outcome.results));
  } else if (!failure_) {
    failure_ = std::move(outcome.failure);
  }
}

void WholeJob::conclude() {
  change([this] { is_over_ = true; });
}

Reply WholeJob::reply() const {
  Reply reply = outcome(failure_, {});
  if (failure_) return reply;
  for (const auto& [part, results] : results_)
    for (const Bytes& each : results) reply.values.push_back({.bytes = each});
  return reply;
}

StreamedJob::StreamedJob(Surroundings& surroundings, ObjectId pool, const JobRequest& request,
                         std::vector<std::size_t> calls, bool is_ordered)
    : PoolJob(surroundings, pool, request, calls),
      is_ordered_(is_ordered),
      parts_(calls.size()),
      ends_by_failure_(request.chunksize.value_or(1) > 1) {}

void StreamedJob::arrive(std::size_t part, Outcome outcome) {
  change([&] {
    arrived_.emplace(part, std::move(outcome));
    order_.push_back(part);
  });
}

std::optional<Reply> StreamedJob::next() {
  for (std::deque<Reply>* const from : {&returned_, &current_}) {
    if (from == &current_ && current_.empty() && !load_part()) return std::nullopt;
    if (from->empty()) continue;
    Reply reply = std::move(from->front());
    from->pop_front();
    return reply;
  }
  throw StopIteration();
}

// False: the next part has not come. A part without anything to ask for is the end.
bool StreamedJob::load_part() {
  if (is_over_ || loaded_ == parts_) return true;
  const auto found = is_ordered_      ? arrived_.find(loaded_)
                     : order_.empty() ? arrived_.end()
                                      : arrived_.find(order_.front());
  if (found == arrived_.end()) return false;
  if (!is_ordered_) order_.pop_front();
  ++loaded_;
  const Outcome part = std::move(arrived_.extract(found).mapped());
  if (part.failure) {
    current_.push_back(outcome(part.failure, {}));
    is_over_ = ends_by_failure_;
  }
  for (const Bytes& each : part.results) current_.push_back(outcome({}, std::span(&each, 1)));
  return true;
}

namespace {

class AsyncResultObject final : public TableObject<AsyncResultObject> {
 public:
  explicit AsyncResultObject(std::shared_ptr<WholeJob> job) : job_(std::move(job)) {}
  static std::span<const Method<AsyncResultObject>> methods();
  bool waits_for_clients() const override { return false; }

 private:
  bool is_over(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(1);
      call.deadline = deadline_in(call.os, call.argument<std::optional<double>>(0));
    }
    return job_->is_over();
  }
  std::optional<Reply> get(Call& call) {
    if (!is_over(call)) return std::nullopt;
    return job_->reply();
  }
  std::optional<Reply> give_up_get(Call&) { throw TimeoutError("the result did not come in time"); }
  std::optional<Reply> wait(Call& call) {
    if (!is_over(call)) return std::nullopt;
    return done_with(true);
  }
  std::optional<Reply> give_up_wait(Call&) { return done_with(false); }
  std::optional<Reply> ready(Call& call) {
    call.demand_arguments(0);
    return done_with(job_->is_over());
  }
  std::optional<Reply> successful(Call& call) {
    call.demand_arguments(0);
    if (!job_->is_over()) throw ValueError("the job is not done");
    return done_with(job_->is_good());
  }

  const std::shared_ptr<WholeJob> job_;
};

std::span<const Method<AsyncResultObject>> AsyncResultObject::methods() {
  using Self = AsyncResultObject;
  static constexpr Method<Self> rows[] = {
      {"get", &Self::get, &Self::give_up_get},
      {"wait", &Self::wait, &Self::give_up_wait},
      {"ready", &Self::ready},
      {"successful", &Self::successful},
  };
  return rows;
}

class IteratorObject final : public TableObject<IteratorObject> {
 public:
  explicit IteratorObject(std::shared_ptr<StreamedJob> job) : job_(std::move(job)) {}
  static std::span<const Method<IteratorObject>> methods();
  bool waits_for_clients() const override { return false; }

 private:
  std::optional<Reply> next(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(1);
      call.deadline = deadline_in(call.os, call.argument<std::optional<double>>(0));
    }
    return job_->next();
  }
  std::optional<Reply> give_up(Call&) { throw TimeoutError("the next result did not come in time"); }
  void undo_next(Call& call) {
    if (call.reply->status == Status::done) job_->put_back(*std::move(call.reply));
    call.reply = done();
  }

  const std::shared_ptr<StreamedJob> job_;
};

std::span<const Method<IteratorObject>> IteratorObject::methods() {
  using Self = IteratorObject;
  static constexpr Method<Self> rows[] = {
      {"next", &Self::next, &Self::give_up, nullptr, &Self::undo_next},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Object> make_async_result(std::shared_ptr<WholeJob> job) {
  return std::make_unique<AsyncResultObject>(std::move(job));
}

std::unique_ptr<Object> make_iterator(std::shared_ptr<StreamedJob> job) {
  return std::make_unique<IteratorObject>(std::move(job));
}

}  // namespace mp::manager
