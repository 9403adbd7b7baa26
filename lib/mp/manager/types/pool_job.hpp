// The jobs of a Pool in a manager's server, and the objects that clients ask for what came of them. Results
// are bytes here, one piece for each call of the function; exceptions are values.
//
// A job's parts are told by the pool's thread. What calls look at is changed with the server's lock held, and
// those that wait are attempted again (Surroundings). The task that submits a job holds that lock already.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <mp/manager/object.hpp>
#include <mp/manager/pool_request.hpp>
#include <mp/pool/job.hpp>

namespace mp::manager {

class PoolJob : public mp::detail::Job {
 public:
  /// `calls`: of each part.
  PoolJob(Surroundings& surroundings, ObjectId pool, const JobRequest& request,
          std::vector<std::size_t> calls);

  void accept(std::size_t part, Decoder& results) override;
  void fail(std::size_t part, std::exception_ptr failure) override;
  void fail_raised(std::size_t part, const Raised& raised) override { arrive(part, {{}, raised}); }
  bool has_failed() const override { return false; }

  std::uint64_t waited_for = 0;  // the number of the object whose calls wait for it; with the server's lock

 protected:
  struct Outcome {
    std::vector<Bytes> results = {};
    std::optional<Raised> failure = std::nullopt;
  };
  virtual void arrive(std::size_t part, Outcome outcome) = 0;
  /// Runs `what` with the server's lock held.
  void change(const std::function<void()>& what);

 private:
  Surroundings& surroundings_;
  const std::vector<std::size_t> calls_;
  const ThreadId submitter_;  // which never tells parts but while it submits
};

/// A job whose results are asked for as a whole.
class WholeJob final : public PoolJob {
 public:
  using PoolJob::PoolJob;
  void conclude() override;

  // With the server's lock.
  bool is_over() const { return is_over_; }
  bool is_good() const { return !failure_; }
  /// Once it is over: whether it failed, then all results.
  Reply reply() const;

 private:
  void arrive(std::size_t part, Outcome outcome) override;

  std::map<std::size_t, std::vector<Bytes>> results_;  // by part; not changed once it is over
  std::optional<Raised> failure_;                      // the first that was told
  bool is_over_ = false;
};

/// A job whose results are asked for one by one.
class StreamedJob final : public PoolJob {
 public:
  StreamedJob(Surroundings& surroundings, ObjectId pool, const JobRequest& request,
              std::vector<std::size_t> calls, bool is_ordered);

  /// The next result, or what comes in its place. Nothing: it has not come yet. StopIteration. With the
  /// server's lock.
  std::optional<Reply> next();
  /// A result that nobody has learnt of is the next one again.
  void put_back(Reply reply) { returned_.push_front(std::move(reply)); }

 private:
  void arrive(std::size_t part, Outcome outcome) override;
  bool load_part();

  const bool is_ordered_;
  const std::size_t parts_;
  const bool ends_by_failure_;  // parts of more than one call: a failure is the last that comes
  std::map<std::size_t, Outcome> arrived_;
  std::deque<std::size_t> order_;  // of their arrival
  std::deque<Reply> current_;
  std::deque<Reply> returned_;
  std::size_t loaded_ = 0;
  bool is_over_ = false;
};

std::unique_ptr<Object> make_async_result(std::shared_ptr<WholeJob> job);
std::unique_ptr<Object> make_iterator(std::shared_ptr<StreamedJob> job);

}  // namespace mp::manager
