// An executor: any thread submits jobs, here texts whose letters are counted, and one thread runs them, which
// a pipe wakes up.
//
// What has to hold: nobody waits with the executor's lock held, neither for room in the pipe nor for the
// thread, for the thread needs the lock.
#pragma once

#include <atomic>
#include <deque>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/wake_up.hpp>
#include <string>
#include <utility>

namespace heddle::zoo {

enum class ExecutorMistake : std::uint8_t {
  none,
  looks_and_writes_apart,           // card 25, the first
  writes_the_pipe_under_the_lock,   // card 25, the second
  joins_its_thread_under_the_lock,  // card 25, the third
};

class Executor {
 public:
  explicit Executor(ExecutorMistake mistake) : mistake_(mistake), wake_up_(of_wake_up(mistake)) {
    thread_.start();
  }

  /// RuntimeError: shut down.
  void submit(const std::string& job) {
    {
      const mp::With held(lock_);
      if (is_shut_down_) throw mp::RuntimeError("the executor is shut down");
      add(job);
      if (wakes_up_under_the_lock()) wake_up_.send(job);
    }
    if (!wakes_up_under_the_lock()) wake_up_.send(job);
  }

  /// Once. What was submitted before is run.
  void shut_down() {
    {
      const mp::With held(lock_);
      is_shut_down_ = true;
      wake_up_.send({});
      if (mistake_ == ExecutorMistake::joins_its_thread_under_the_lock) thread_.join();
    }
    thread_.join();
    wake_up_.close();
  }

  /// How many letters the jobs that were run have.
  std::size_t letters() {
    const mp::With held(lock_);
    return letters_;
  }

 private:
  static WakeUpMistake of_wake_up(ExecutorMistake mistake) {
    switch (mistake) {
      case ExecutorMistake::looks_and_writes_apart:
        return WakeUpMistake::looks_and_writes_apart;
      case ExecutorMistake::writes_the_pipe_under_the_lock:
        return WakeUpMistake::sends_each_message;
      case ExecutorMistake::joins_its_thread_under_the_lock:
      case ExecutorMistake::none:
        break;
    }
    return WakeUpMistake::none;
  }
  bool wakes_up_under_the_lock() const { return mistake_ == ExecutorMistake::writes_the_pipe_under_the_lock; }

  void add(const std::string& job) {
    const mp::With held(list_lock_);
    jobs_.push_back(job);
  }

  void run() {
    bool goes_on = true;
    while (goes_on) {
      wake_up_.wait();
      clear_wake_up();
      goes_on = !is_shut_down_;  // before the list: what is in it by then was submitted before
      run_all(take_all());
    }
  }
  void clear_wake_up() {
    if (!wakes_up_under_the_lock()) return wake_up_.clear();
    const mp::With held(lock_);
    wake_up_.clear();
  }
  std::deque<std::string> take_all() {
    const mp::With held(list_lock_);
    return std::exchange(jobs_, {});
  }
  void run_all(const std::deque<std::string>& jobs) {
    for (const std::string& job : jobs) {
      const mp::With held(lock_);
      letters_ += job.size();
    }
  }

  ExecutorMistake mistake_;
  mp::Lock lock_{{.name = "executor-lock"}};
  std::atomic<bool> is_shut_down_ = false;  // set under the lock
  std::size_t letters_ = 0;                 // under the lock
  mp::Lock list_lock_{{.name = "list-lock"}};
  std::deque<std::string> jobs_;  // under the list's lock
  WakeUp wake_up_;
  mp::Thread thread_{[this] { run(); }, {.name = "executor"}};
};

}  // namespace heddle::zoo
