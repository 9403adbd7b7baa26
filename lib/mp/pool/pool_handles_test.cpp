// The handles of a pool and of its results: given to another one, or in a child by fork; and what a pool's
// end leaves of its workers. On the real Os.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>

#include <mp/channel/pipe.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/pool/pool.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

int square(int number) { return number * number; }

TEST(PoolHandle, LetsItsPoolGoWhenItIsGivenAnother) {
  Pool pool(1);
  Pool other(2);
  pool = std::move(other);
  EXPECT_EQ(active_children().size(), 2U);
  pool.terminate();
}

TEST(PoolHandle, KeepsItsPoolWhenItIsGivenItself) {
  Pool pool(1);
  Pool& same = pool;
  pool = std::move(same);
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  pool.terminate();
}

TEST(PoolHandle, HasAsManyWorkersAsThereAreProcessors) {
  EXPECT_EQ(detail::workers_for(std::nullopt), os().processors());
}

std::unique_ptr<Pool> inherited;
std::unique_ptr<AsyncResult<int>> inherited_result;

// POOL-26.
TEST(PoolHandle, EndsNothingInAChild) {
  inherited = std::make_unique<Pool>(1);
  Process child(fn<[] { inherited.reset(); }>);
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
  EXPECT_EQ(inherited->apply(fn<&square>, args(3)), 9);
  inherited->terminate();
  inherited.reset();
}

TEST(PoolHandle, OfAResultThatHasComeServesInAChild) {
  Pool pool(1);
  inherited_result = std::make_unique<AsyncResult<int>>(pool.apply_async(fn<&square>, args(3)));
  inherited_result->wait();
  Process child(fn<[] { exit(inherited_result->get()); }>);
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 9);
  inherited_result.reset();
  pool.terminate();
}

/// Of this process and of the workers, which are forks of it.
std::pair<Descriptor, Descriptor> told{-1, -1};

void say_so_and_end(int) {
  timespec moment{.tv_sec = 0, .tv_nsec = 50'000'000};
  while (::nanosleep(&moment, &moment) != 0) {
  }
  constexpr std::byte anything{};
  static_cast<void>(::write(told.second, &anything, 1));
  ::_exit(0);
}

TEST(PoolHandle, GivesItsWorkersTimeToEnd) {
  told = os().pipe().value();
  Pool pool(1, {.initializer = initializer(fn<[] { ::signal(SIGTERM, &say_so_and_end); }>)});
  pool.apply(fn<&square>, args(1));
  pool.terminate();
  os().close(told.second);
  std::byte word{};
  EXPECT_EQ(os().read(told.first, std::span(&word, 1)).value(), 1U);
  os().close(told.first);
}

TEST(PoolHandle, LeavesNoWorkerToBeReaped) {
  Pool pool(1, {.initializer = initializer(fn<[] { ::signal(SIGTERM, SIG_IGN); }>)});
  pool.apply(fn<&square>, args(1));
  pool.terminate();
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

int close_it(Connection& end) {
  end.close();
  return 0;
}

// Its first worker has done its share; the second one is made while the task waits for it.
TEST(PoolHandle, LeavesConnectionsToTheTaskAlone) {
  Pool pool(1, {.maxtasksperchild = 2});
  auto [receiver, sender] = Pipe(Duplex::no);
  const auto first = pool.map_async(fn<&square>, std::vector{1, 2}, 1);
  const auto last = pool.apply_async(fn<&close_it>, args(sender));
  sender.close();
  EXPECT_THROW(receiver.recv<int>(), EOFError);
  EXPECT_EQ(last.get(), 0);
  pool.close();
  pool.join();
}

class NothingPassesOs : public PosixOs {
 public:
  Result<void> send_descriptor(Descriptor, Descriptor) override { return failure(ETOOMANYREFS); }
};

int is_closed(const Connection& end) { return end.is_closed() ? 1 : 0; }

TEST(PoolHandle, TellsOfAConnectionThatCannotBePassed) {
  NothingPassesOs nothing_passes;
  const OsScope scope(&nothing_passes);
  Pool pool(1);
  auto [receiver, sender] = Pipe(Duplex::no);
  EXPECT_THROW(pool.apply(fn<&is_closed>, args(sender)), Error);
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  pool.terminate();
}

}  // namespace
}  // namespace mp
