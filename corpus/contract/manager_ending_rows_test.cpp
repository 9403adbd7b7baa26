// A manager's end when its server takes its time: row MGR-17. Its exit sequence, which it has for the sake of
// a pool's workers, runs what an object of a registered class left for it.
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {

/// Stays in the exit sequence for so long, though it may be gone by then.
template <int seconds>
struct Slow {
  explicit Slow(int) {
    mp::register_finalizer(
        1000, [](void*) { mp::sleep(std::chrono::seconds(seconds)); }, nullptr);
  }
};

/// Stops its process there, so that being told to end does not end it.
struct Stopped {
  explicit Stopped(int) {
    mp::register_finalizer(
        1000,
        [](void*) {
          mp::Os& os = mp::os();
          static_cast<void>(os.signal_process(os.process_id(), mp::Signal::stop));
        },
        nullptr);
  }
};

}  // namespace heddle::trial

template <int seconds>
struct mp::managed_class<heddle::trial::Slow<seconds>> {
  using constructor = Constructor<int>;
  static constexpr auto methods = mp::methods();
};

template <>
struct mp::managed_class<heddle::trial::Stopped> {
  using constructor = Constructor<int>;
  static constexpr auto methods = mp::methods();
};

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

/// How long the end takes of a manager that has an object of this class and a pool.
template <class Class>
std::chrono::nanoseconds time_to_end() {
  mp::Manager manager({.start = mp::ManagerOptions::Start::later});
  manager.register_class<Class>("Class");
  manager.start();
  const auto object = manager.create<Class>("Class", 0);
  const mp::PoolProxy pool = manager.Pool(1);
  const mp::ProcessId server = mp::active_children().at(0).pid().value();
  const mp::Instant begun = mp::os().now();
  manager.shutdown();
  const mp::Instant ended = mp::os().now();
  check(!mp::os().wait_process(server, mp::immediately), "a server's end is left to somebody else");
  return ended - begun;
}

void a_server_that_ends_is_waited_for() {
  const auto taken = time_to_end<Slow<0>>();
  check(taken < 1s, "a server that ends by itself is not waited for");
}

void a_server_that_is_slow_is_told() {
  const auto taken = time_to_end<Slow<10>>();
  check(taken >= 1s && taken < 2s, "a slow server is not told to end after a second");
}

void a_server_that_is_stopped_is_made_to() {
  const auto taken = time_to_end<Stopped>();
  check(taken >= 2s && taken < 3s, "a stopped server is not made to end after two seconds");
}

// In the simulated world alone: times are exact there.
std::string trouble_of(void (*program)()) {
  return trial::trouble_of({"MGR-17", "shutdown asks, then tells, then kills", program}, RowWorld::sim);
}

TEST(ManagerEnding, IsWaitedFor) { EXPECT_EQ(trouble_of(&a_server_that_ends_is_waited_for), ""); }
TEST(ManagerEnding, IsToldToASlowServer) { EXPECT_EQ(trouble_of(&a_server_that_is_slow_is_told), ""); }
TEST(ManagerEnding, IsForcedOnAStoppedServer) {
  EXPECT_EQ(trouble_of(&a_server_that_is_stopped_is_made_to), "");
}

}  // namespace
}  // namespace heddle::trial
