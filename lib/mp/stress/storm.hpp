// A storm: workers do one operation after another on common handles, and one after another of them is killed
// at a random moment and replaced. After each kill every survivor must come to the end of an operation that
// it began afterwards, by success or by an error that the operation names. A worker that does not within the
// deadline hangs, which is the one thing that fails a storm.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <mp/stress/crowd.hpp>

namespace mp::stress {

inline constexpr std::uint32_t workers = 4;
inline constexpr std::chrono::seconds hang_deadline(20);

/// How often each worker has come to the end of an operation.
class Pulse {
 public:
  Pulse() = default;

  void beat(std::uint32_t worker) {
    os().fetch_add(state_->beats[worker], 1);
    os().word_wake(state_->beats[worker], 1);
  }
  std::uint32_t beats(std::uint32_t worker) const { return os().load(state_->beats[worker]); }
  /// False: the worker did not beat so often in time.
  bool await(std::uint32_t worker, std::uint32_t beats_min) const {
    const Instant deadline = os().now() + hang_deadline;
    while (true) {
      const std::uint32_t seen = beats(worker);
      if (seen >= beats_min) return true;
      const Result<void> woken = os().word_wait(state_->beats[worker], seen, deadline);
      if (!woken && woken.error().value == ETIMEDOUT) return false;
    }
  }

  void encode(Encoder& encoder) const { state_.encode(encoder, "Pulse"); }
  static Pulse decode(Decoder& decoder) { return Pulse(SharedBlock<State>::decode(decoder)); }

 private:
  struct State {
    std::array<Word, workers> beats;
  };
  explicit Pulse(SharedBlock<State> state) : state_(std::move(state)) {}

  SharedBlock<State> state_;
};

inline std::uint32_t random_below(std::uint32_t bound) {
  std::uint32_t number = 0;
  os().random_bytes(std::as_writable_bytes(std::span(&number, 1)));
  return number % bound;
}

// Until it is killed. What an operation refuses by a named error is an end of it like any other.
template <auto Operation, class... H>
void keep_doing(Pulse& pulse, std::uint32_t me, H&... handles) {
  while (true) {
    try {
      Operation(handles...);
    } catch (const Error&) {
    }
    pulse.beat(me);
  }
}

template <auto Operation, class... H>
class Storm {
 public:
  explicit Storm(H&... handles) : handles_(handles...) {
    for (std::uint32_t worker = 0; worker < workers; ++worker) processes_.push_back(start(worker));
  }
  ~Storm() {
    for (Process& process : processes_) {
      process.kill();
      process.join();
    }
  }
  Storm(const Storm&) = delete;
  Storm& operator=(const Storm&) = delete;

  /// Kills so many workers. `repair` is run after each kill: it gives back what no cure can.
  template <class Repair>
  void rage(int kills, Repair repair) {
    for (int kill = 0; kill < kills && !testing::Test::HasFailure(); ++kill) {
      os().sleep_until(os().now() + std::chrono::microseconds(random_below(2'000)));
      const std::uint32_t victim = random_below(workers);
      processes_[victim].kill();
      processes_[victim].join();
      repair();
      expect_survivors_to_go_on(victim);
      processes_[victim] = start(victim);
    }
  }
  void rage(int kills) {
    rage(kills, [] {});
  }

 private:
  Process start(std::uint32_t worker) {
    return std::apply(
        [&](H&... handles) {
          Process process(fn<&keep_doing<Operation, H...>>, args(pulse_, worker, handles...));
          process.start();
          return process;
        },
        handles_);
  }

  // Two beats: the first may be of an operation that was as good as over when the victim died.
  void expect_survivors_to_go_on(std::uint32_t victim) {
    std::array<std::uint32_t, workers> before{};
    for (std::uint32_t worker = 0; worker < workers; ++worker) before[worker] = pulse_.beats(worker);
    for (std::uint32_t worker = 0; worker < workers; ++worker) {
      if (worker == victim) continue;
      EXPECT_TRUE(pulse_.await(worker, before[worker] + 2)) << "worker " << worker << " hangs";
    }
  }

  std::tuple<H&...> handles_;
  Pulse pulse_;
  std::vector<Process> processes_;
};

}  // namespace mp::stress
