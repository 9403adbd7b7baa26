// A small pool of processes, of the design of a pool with a table of unfinished jobs and three kinds of
// threads in the parent: a keeper for each worker, which starts another one when it has ended; one that hands
// tasks out; one that takes replies and finishes jobs.
//
// What has to hold: whatever happens to a job, it is finished once and leaves the table, for join() waits
// until the table is empty; and the three go on until then.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/zoo/mailbox.hpp>
#include <scenarios/zoo/pool_worker.hpp>
#include <string>
#include <utility>
#include <vector>

namespace heddle::zoo {

enum class PoolMistake : std::uint8_t {
  none,
  replaces_none_after_close,  // card 17
  keeps_an_empty_job,         // card 18
  gives_up_at_first_failure,  // card 19
  stops_at_a_bad_item,        // card 20
  trusts_callbacks,           // card 21
  forgets_what_a_worker_had,  // card 23
};

template <auto Function>
class SmallPool {
 public:
  using Item = typename PoolTypes<Function>::Item;
  using Result = typename PoolTypes<Function>::Result;
  using Callback = std::function<void(const std::vector<Result>&)>;

  struct Job {
    int number = 0;
    std::vector<Result> results;
    std::size_t left = 0;                // parts
    std::map<int, mp::ProcessId> begun;  // part: by whom
    std::optional<std::string> error;
    Callback callback;
    bool is_done = false;
  };
  using Handle = std::shared_ptr<Job>;

  static constexpr int any_number = std::numeric_limits<int>::max();

  SmallPool(int workers, int tasks_max, PoolMistake mistake) : tasks_max_(tasks_max), mistake_(mistake) {
    for (int worker = 0; worker < workers; ++worker)
      keepers_.emplace_back([this] { keep_worker(); }, mp::ThreadOptions{.name = "keeper"}).start();
    sender_.start();
    receiver_.start();
  }

  /// A job of as many parts as there are items. `callback` is called with the results, unless one failed.
  Handle submit(const std::vector<Item>& items, Callback callback = {}) {
    const auto job = std::make_shared<Job>();
    job->results.resize(items.size());
    job->left = items.size();
    job->callback = std::move(callback);
    job->is_done = items.empty();
    {
      const mp::With held(changed_);
      job->number = next_job_++;
      if (!job->is_done || mistake_ == PoolMistake::keeps_an_empty_job) jobs_.emplace(job->number, job);
    }
    for (int part = 0; part < static_cast<int>(items.size()); ++part)
      to_send_.put({{.job = job->number, .part = part, .item = items.at(static_cast<std::size_t>(part))}});
    return job;
  }

  /// RuntimeError: a part, or the callback, failed.
  const std::vector<Result>& get(const Handle& job) {
    const mp::With held(changed_);
    changed_.wait_for([&] { return job->is_done; });
    if (job->error) throw mp::RuntimeError(*job->error);
    return job->results;
  }

  /// No more jobs.
  void close() {
    {
      const mp::With held(changed_);
      is_open_ = false;
    }
    replies_.put({.told = Told::nothing});
  }
  void join() {
    {
      const mp::With held(changed_);
      changed_.wait_for([this] { return jobs_.empty(); });
    }
    to_send_.put(std::nullopt);
    sender_.join();
    for (const mp::Thread& keeper : keepers_) keeper.join();
    receiver_.join();
  }

 private:
  using Task = PoolTask<Item>;
  using Reply = PoolReply<Result>;

  void keep_worker() {
    do {
      mp::Process worker(mp::fn<&work<Function>>, mp::args(tasks_, replies_, tasks_max_), {.name = "worker"});
      worker.start();
      worker.join();
      if (mistake_ != PoolMistake::forgets_what_a_worker_had)
        replies_.put({.told = Told::worker_ended, .worker = *worker.pid()});
    } while (needs_workers());
  }
  bool needs_workers() {
    const mp::With held(changed_);
    if (mistake_ == PoolMistake::replaces_none_after_close) return is_open_;
    return is_open_ || !jobs_.empty();
  }

  void send_tasks() {
    while (const std::optional<Task> task = to_send_.take()) {
      if (mistake_ == PoolMistake::stops_at_a_bad_item) {
        tasks_.put(task);
      } else {
        send_or_fail(*task);
      }
    }
    for (std::size_t worker = 0; worker < keepers_.size(); ++worker) tasks_.put(std::nullopt);
  }
  void send_or_fail(const Task& task) {
    try {
      tasks_.put(task);
    } catch (const mp::ValueError& error) {
      replies_.put({.told = Told::failed, .job = task.job, .part = task.part, .words = error.what()});
    }
  }

  void receive_replies() {
    while (goes_on()) {
      const Reply reply = replies_.get();
      for (const Handle& job : note(reply)) finish(job);
    }
  }
  bool goes_on() {
    const mp::With held(changed_);
    return is_open_ || !jobs_.empty();
  }

  /// Gives the jobs that it brings to their end.
  std::vector<Handle> note(const Reply& reply) {
    const mp::With held(changed_);
    if (reply.told == Told::worker_ended) return note_end_of(reply.worker);
    const auto found = jobs_.find(reply.job);
    if (reply.told == Told::nothing || found == jobs_.end()) return {};
    const Handle job = found->second;
    if (reply.told == Told::started) {
      job->begun[reply.part] = reply.worker;
      return {};
    }
    if (reply.told == Told::done) job->results.at(static_cast<std::size_t>(reply.part)) = reply.result;
    if (reply.told == Told::failed) job->error = reply.words;
    return note_part(job, reply.part) ? std::vector{job} : std::vector<Handle>();
  }
  std::vector<Handle> note_end_of(mp::ProcessId worker) {
    std::vector<Handle> ended;
    for (const auto& [number, job] : jobs_) {
      const auto lost = std::ranges::find(job->begun, worker, &std::pair<const int, mp::ProcessId>::second);
      if (lost == job->begun.end()) continue;
      job->error = "the worker has ended";
      if (note_part(job, lost->first)) ended.push_back(job);
    }
    return ended;
  }
  bool note_part(const Handle& job, int part) {
    job->begun.erase(part);
    --job->left;
    return job->left == 0 || (job->error && mistake_ == PoolMistake::gives_up_at_first_failure);
  }

  void finish(const Handle& job) {
    if (job->callback && !job->error) call_back(*job);
    const mp::With held(changed_);
    job->is_done = true;
    jobs_.erase(job->number);
    changed_.notify_all();
  }
  void call_back(Job& job) {
    if (mistake_ == PoolMistake::trusts_callbacks) return job.callback(job.results);
    try {
      job.callback(job.results);
    } catch (const mp::Error& error) {
      job.error = error.what();
    }
  }

  const int tasks_max_;
  const PoolMistake mistake_;
  typename PoolTypes<Function>::Tasks tasks_{{.name = "tasks"}};
  typename PoolTypes<Function>::Replies replies_{{.name = "replies"}};
  Mailbox<std::optional<Task>> to_send_;  // nothing: no more

  mp::Condition changed_{{.name = "jobs-changed"}};  // its lock is of all below
  bool is_open_ = true;
  int next_job_ = 0;
  std::map<int, Handle> jobs_;  // that are not done

  std::deque<mp::Thread> keepers_;
  mp::Thread sender_{[this] { send_tasks(); }, {.name = "sender"}};
  mp::Thread receiver_{[this] { receive_replies(); }, {.name = "receiver"}};
};

}  // namespace heddle::zoo
