// The same work as bench/vs_cpython gives to CPython's multiprocessing, measured on the real operating
// system: round trips through a Pipe, items through a Queue, uncontended locks, and handing over between two
// processes. Starting and joining processes is not timed. The counter cpu_us is the processor time of all
// processes per operation, the starting and ending of them included.
#include <benchmark/benchmark.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <mp/multiprocessing.hpp>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace {

double cpu_seconds(int whose) {
  rusage usage{};
  ::getrusage(whose, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Tells at its end how much processor time an operation took. Children count once they are joined.
class CpuMeter {
 public:
  explicit CpuMeter(benchmark::State& state) : state_(state), start_(now()) {}
  ~CpuMeter() {
    state_.counters["cpu_us"] = (now() - start_) * 1e6 / static_cast<double>(state_.max_iterations);
  }
  CpuMeter(const CpuMeter&) = delete;
  CpuMeter& operator=(const CpuMeter&) = delete;

 private:
  static double now() { return cpu_seconds(RUSAGE_SELF) + cpu_seconds(RUSAGE_CHILDREN); }

  benchmark::State& state_;
  double start_;
};

void lock_uncontended(benchmark::State& state) {
  mp::Lock lock;
  for ([[maybe_unused]] const auto round : state) {
    lock.acquire();
    lock.release();
  }
}
BENCHMARK(lock_uncontended)->UseRealTime();

void semaphore_uncontended(benchmark::State& state) {
  mp::Semaphore semaphore(1);
  for ([[maybe_unused]] const auto round : state) {
    semaphore.acquire();
    semaphore.release();
  }
}
BENCHMARK(semaphore_uncontended)->UseRealTime();

template <class L>
void answer(L& mine, L& theirs, std::int64_t rounds) {
  for (std::int64_t round = 0; round < rounds; ++round) {
    mine.acquire();
    theirs.release();
  }
}

// Each round is two handovers: there and back.
template <class L>
void hand_over(benchmark::State& state, L mine, L theirs) {
  const CpuMeter meter(state);
  const auto rounds = static_cast<std::int64_t>(state.max_iterations);
  mp::Process other(mp::fn<&answer<L>>, mp::args(theirs, mine, rounds));
  other.start();
  for ([[maybe_unused]] const auto round : state) {
    theirs.release();
    mine.acquire();
  }
  other.join();
}

void lock_handover(benchmark::State& state) {
  mp::Lock mine;
  mp::Lock theirs;
  mine.acquire();
  theirs.acquire();
  hand_over(state, std::move(mine), std::move(theirs));
}
BENCHMARK(lock_handover)->UseRealTime();

/// A permit by the same two system calls as any lock makes that does not spin: sleep while there is none, and
/// wake who sleeps.
class RawPermit {
 public:
  explicit RawPermit(std::atomic<std::uint32_t>& word) : word_(word) {}
  void take() {
    while (word_.exchange(0) == 0) ::syscall(SYS_futex, &word_, FUTEX_WAIT, 0, nullptr, nullptr, 0);
  }
  void give() {
    word_.store(1);
    ::syscall(SYS_futex, &word_, FUTEX_WAKE, 1, nullptr, nullptr, 0);
  }

 private:
  std::atomic<std::uint32_t>& word_;
};

// What the kernel alone takes for a handover there and back.
void raw_handover(benchmark::State& state) {
  const CpuMeter meter(state);
  using Words = std::array<std::atomic<std::uint32_t>, 2>;
  void* const shared =
      ::mmap(nullptr, sizeof(Words), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) std::abort();
  Words& words = *new (shared) Words{};
  RawPermit mine(words[0]);
  RawPermit theirs(words[1]);
  const pid_t child = ::fork();
  if (child == 0) {
    for (benchmark::IterationCount round = 0; round < state.max_iterations; ++round) {
      theirs.take();
      mine.give();
    }
    ::_exit(0);
  }
  for ([[maybe_unused]] const auto round : state) {
    theirs.give();
    mine.take();
  }
  ::waitpid(child, nullptr, 0);
  ::munmap(shared, sizeof(Words));
}
BENCHMARK(raw_handover)->UseRealTime();

void semaphore_handover(benchmark::State& state) { hand_over(state, mp::Semaphore(0), mp::Semaphore(0)); }
BENCHMARK(semaphore_handover)->UseRealTime();

void echo(mp::Connection& connection, std::int64_t rounds) {
  for (std::int64_t round = 0; round < rounds; ++round) connection.send_bytes(connection.recv_bytes());
}

void pipe_round_trip(benchmark::State& state) {
  const CpuMeter meter(state);
  const mp::Bytes message(static_cast<std::size_t>(state.range(0)));
  auto [here, there] = mp::Pipe();
  mp::Process child(mp::fn<&echo>, mp::args(there, static_cast<std::int64_t>(state.max_iterations)));
  child.start();
  for ([[maybe_unused]] const auto round : state) {
    here.send_bytes(message);
    benchmark::DoNotOptimize(here.recv_bytes());
  }
  child.join();
}
BENCHMARK(pipe_round_trip)->Arg(1)->Arg(1024)->UseRealTime();
BENCHMARK(pipe_round_trip)->Arg(1 << 20)->UseRealTime();

/// A message by the same system calls as Connection and CPython make for it, and by nothing else.
class RawEnd {
 public:
  explicit RawEnd(int fd) : fd_(fd) {}
  void send(std::span<const std::byte> frame) const {
    if (::write(fd_, frame.data(), frame.size()) < 0) std::abort();
  }
  void receive(std::span<std::byte> frame) const {
    receive_all(frame.first(4));
    receive_all(frame.subspan(4));
  }

 private:
  void receive_all(std::span<std::byte> rest) const {
    while (!rest.empty()) {
      const ssize_t got = ::read(fd_, rest.data(), rest.size());
      if (got <= 0) std::abort();
      rest = rest.subspan(static_cast<std::size_t>(got));
    }
  }
  int fd_;
};

void echo_raw(RawEnd end, std::vector<std::byte>& frame, std::size_t rounds) {
  for (std::size_t round = 0; round < rounds; ++round) {
    end.receive(frame);
    end.send(frame);
  }
}

// What the kernel alone takes for pipe_round_trip: no multiprocessing with this stream format is faster.
void raw_round_trip(benchmark::State& state) {
  const CpuMeter meter(state);
  std::vector<std::byte> frame(4 + static_cast<std::size_t>(state.range(0)));
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) std::abort();
  const pid_t child = ::fork();
  if (child == 0) {
    echo_raw(RawEnd(ends[1]), frame, static_cast<std::size_t>(state.max_iterations));
    ::_exit(0);
  }
  for ([[maybe_unused]] const auto round : state) {
    RawEnd(ends[0]).send(frame);
    RawEnd(ends[0]).receive(frame);
  }
  ::waitpid(child, nullptr, 0);
  for (const int end : ends) ::close(end);
}
BENCHMARK(raw_round_trip)->Arg(1)->Arg(1024)->UseRealTime();

void produce(mp::Queue<int>& queue, mp::Semaphore& go, int items) {
  go.acquire();
  for (int item = 0; item < items; ++item) queue.put(item);
}
void consume(mp::Queue<int>& queue, int items) {
  for (int item = 0; item < items; ++item) queue.get();
}

// One iteration is one item; all of them go through in one batch, which is what is timed.
void queue_throughput(benchmark::State& state) {
  const CpuMeter meter(state);
  const auto sides = static_cast<std::size_t>(state.range(0));
  const int items = static_cast<int>(state.max_iterations) / static_cast<int>(sides);
  mp::Queue<int> queue;
  mp::Semaphore go(0);
  std::vector<mp::Process> producers;
  std::vector<mp::Process> consumers;
  for (std::size_t side = 0; side < sides; ++side) {
    producers.emplace_back(mp::fn<&produce>, mp::args(queue, go, items));
    if (sides > 1) consumers.emplace_back(mp::fn<&consume>, mp::args(queue, items));
  }
  for (mp::Process& process : producers) process.start();
  for (mp::Process& process : consumers) process.start();
  while (state.KeepRunningBatch(state.max_iterations)) {
    for (std::size_t side = 0; side < sides; ++side) go.release();
    if (consumers.empty()) consume(queue, items);
    for (mp::Process& process : consumers) process.join();
  }
  for (mp::Process& process : producers) process.join();
}
BENCHMARK(queue_throughput)->Arg(1)->Arg(4)->UseRealTime();

void do_nothing(int) {}

// One iteration is a whole map of that many calls, by four workers.
void pool_map(benchmark::State& state) {
  const CpuMeter meter(state);
  std::vector<int> numbers(static_cast<std::size_t>(state.range(0)));
  std::iota(numbers.begin(), numbers.end(), 0);
  mp::Pool pool(4);
  for ([[maybe_unused]] const auto round : state)
    benchmark::DoNotOptimize(pool.map(mp::fn<&do_nothing>, numbers));
  pool.close();
  pool.join();
}
BENCHMARK(pool_map)->Arg(10'000)->UseRealTime();

using Counts = mp::DictProxy<std::string, int>;

void managed_dict_get(benchmark::State& state) {
  const CpuMeter meter(state);
  mp::Manager manager;
  const Counts counts = manager.dict<std::string, int>({{"count", 1}});
  for ([[maybe_unused]] const auto round : state) benchmark::DoNotOptimize(counts.at("count"));
}
BENCHMARK(managed_dict_get)->UseRealTime();

void managed_dict_set(benchmark::State& state) {
  const CpuMeter meter(state);
  mp::Manager manager;
  const Counts counts = manager.dict<std::string, int>({{"count", 1}});
  int value = 0;
  for ([[maybe_unused]] const auto round : state) counts.set("count", ++value);
}
BENCHMARK(managed_dict_set)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
