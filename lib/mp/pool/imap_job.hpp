// The results of an imap, one after another as they are asked for: in the order of the input, or as they
// come.
//
// With chunks of one a failed call raises in its place and the iteration goes on behind it; with larger ones
// a failure discards its chunk and ends the iteration (POOL-11). An exception of the input comes behind the
// results before it (POOL-14). StopIteration repeats.
#pragma once

#include <cstdint>
#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/pool/results.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp {

namespace detail {

enum class Order : std::uint8_t { input, completion };

template <class R>
class ImapJob final : public Job {
 public:
  ImapJob(ObjectId pool, std::string_view name, Order order, std::size_t chunk, Location where)
      : Job(pool, name, where), order_(order), chunk_(chunk) {
    parts_left_ = std::numeric_limits<std::size_t>::max();  // never done as a whole
  }

  // The pool's side. By any task.
  /// A part of so many calls is about to be submitted.
  void expect(Os& os, std::size_t part, std::size_t calls) {
    const FutexGuard guard(os, mutex_);
    calls_[part] = calls;
  }
  /// The input ended behind so many parts; `failure`, if it raised.
  void end_input(Os& os, std::size_t parts, std::exception_ptr failure) {
    {
      const FutexGuard guard(os, mutex_);
      parts_ = parts;
      input_failure_ = std::move(failure);
    }
    ring(os);
  }
  void put(std::size_t part, std::vector<Stored<R>> values) { arrive(part, {std::move(values), nullptr}); }
  void accept(std::size_t part, Decoder& results) override {
    std::vector<Stored<R>> values;
    for (std::size_t left = take_calls(part); left > 0; --left) values.push_back(decode_result<R>(results));
    results.finish();
    put(part, std::move(values));
  }
  void fail(std::size_t part, std::exception_ptr failure) override { arrive(part, {{}, std::move(failure)}); }
  bool has_failed() const override { return false; }

  // The caller's side.
  Stored<R> next(Os& os, Instant deadline) {
    while (true) {
      const std::uint32_t seen = os.load(doorbell_);
      if (std::optional<Stored<R>> value = try_next(os)) return *std::move(value);
      const Result<void> woken = os.word_wait(doorbell_, seen, deadline);
      if (woken || woken.error().value != ETIMEDOUT) continue;
      if (std::optional<Stored<R>> value = try_next(os)) return *std::move(value);
      throw TimeoutError("the next result did not come in time");
    }
  }

 private:
  struct Chunk {
    std::vector<Stored<R>> values;
    std::exception_ptr failure;
  };

  std::size_t take_calls(std::size_t part) {
    const FutexGuard guard(os(), mutex_);
    return calls_.extract(part).mapped();
  }

  void arrive(std::size_t part, Chunk chunk) {
    Os& here = os();
    {
      const FutexGuard guard(here, mutex_);
      arrived_.push_back(part);
      chunks_.emplace(part, std::move(chunk));
    }
    ring(here);
  }

  void ring(Os& os) {
    os.fetch_add(doorbell_, 1);
    os.word_wake(doorbell_, std::numeric_limits<int>::max());
  }

  /// Absent: it has not come yet. Raises what comes instead of it.
  std::optional<Stored<R>> try_next(Os& os) {
    std::exception_ptr failure;
    {
      const FutexGuard guard(os, mutex_);
      if (current_.empty()) failure = load_chunk();
      if (failure == nullptr && !current_.empty()) {
        std::optional<Stored<R>> value(std::move(current_.front()));
        current_.pop_front();
        return value;
      }
      if (failure == nullptr && is_over_) failure = std::exchange(input_failure_, nullptr);
      if (failure == nullptr && !is_over_) return std::nullopt;
    }
    if (failure != nullptr) std::rethrow_exception(failure);
    throw StopIteration();
  }

  /// The next chunk, if it is there, becomes the current one; or gives what it failed with.
  std::exception_ptr load_chunk() {
    if (is_over_) return nullptr;
    if (parts_ && loaded_ == *parts_) {
      is_over_ = true;
      return nullptr;
    }
    const auto found = order_ == Order::input ? chunks_.find(loaded_)
                       : arrived_.empty()     ? chunks_.end()
                                              : chunks_.find(arrived_.front());
    if (found == chunks_.end()) return nullptr;
    if (order_ == Order::completion) arrived_.pop_front();
    ++loaded_;
    Chunk chunk = std::move(chunks_.extract(found).mapped());
    if (chunk.failure == nullptr) {
      std::move(chunk.values.begin(), chunk.values.end(), std::back_inserter(current_));
    } else if (chunk_ > 1) {
      is_over_ = true;
      input_failure_ = nullptr;
    }
    return chunk.failure;
  }

  const Order order_;
  const std::size_t chunk_;
  FutexLock mutex_;                           // of all below but the doorbell
  std::map<std::size_t, std::size_t> calls_;  // of the parts on their way
  std::map<std::size_t, Chunk> chunks_;       // that came and were not asked for
  std::deque<std::size_t> arrived_;           // the same, in the order in which they came
  std::deque<Stored<R>> current_;
  std::size_t loaded_ = 0;            // chunks that were asked for
  std::optional<std::size_t> parts_;  // how many there are, once that is known
  std::exception_ptr input_failure_;
  bool is_over_ = false;
  Word doorbell_;  // changes when there is something to look at
};

}  // namespace detail

/// What imap gives. Copies share one iteration. Also a range of its own: for (const int each : results).
template <class R>
class ImapIterator {
 public:
  explicit ImapIterator(std::shared_ptr<detail::ImapJob<R>> job) : job_(std::move(job)) {}

  /// The next result, or the exception that comes in its place. TimeoutError: not in time, and nothing is
  /// lost (POOL-12). StopIteration: there are no more; as often as it is asked.
  Stored<R> next(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Os& here = os();
    Operation operation(here, Verb::next, ObjectKind::async_result, job_->object(), where);
    try {
      Stored<R> value = job_->next(here, deadline_after(here, timeout));
      operation.succeed_with([&] { return detail::describe_result(value); });
      return value;
    } catch (const TimeoutError&) {
      throw;
    } catch (...) {
      operation.fail(1);
      throw;
    }
  }

  class Iterator {
   public:
    using value_type = Stored<R>;
    using difference_type = std::ptrdiff_t;
    explicit Iterator(const ImapIterator* results) : results_(results) { advance(); }
    const Stored<R>& operator*() const { return *value_; }
    Iterator& operator++() {
      advance();
      return *this;
    }
    void operator++(int) { advance(); }
    bool operator==(std::default_sentinel_t) const { return !value_.has_value(); }

   private:
    void advance() {
      try {
        value_ = results_->next();
      } catch (const StopIteration&) {
        value_.reset();
      }
    }
    const ImapIterator* results_;
    std::optional<Stored<R>> value_;
  };
  Iterator begin() const { return Iterator(this); }
  std::default_sentinel_t end() const { return {}; }

  ObjectId object() const { return job_->object(); }

 private:
  std::shared_ptr<detail::ImapJob<R>> job_;
};

}  // namespace mp
