// ThreadSanitizer is told of every order that a primitive makes: programs that keep to it are silent, in
// plain memory too. A report anywhere in this binary fails it by its exit code; without ThreadSanitizer the
// programs are run all the same.
#include <gtest/gtest.h>

#include <cstdint>

#include <heddle/api/heddle.hpp>
#include <heddle/worlds/sim/plain_edges.hpp>

namespace heddle {
namespace {

bool is_silent(void (*body)(), Granularity granularity) {
  const Result result = explore(body, {.budget = {.executions = 40}, .run = {.granularity = granularity}});
  return std::holds_alternative<Passed>(result.verdict);
}

template <class Edge>
class PlainEdge : public testing::Test {};
TYPED_TEST_SUITE(PlainEdge, sim::edges::All<testing::Types>);

template <class Edge>
void ordered() {
  sim::edges::run<Edge>(sim::edges::Change::before_it_lets_go_on);
}
TYPED_TEST(PlainEdge, IsKnownToThreadSanitizer) {
  EXPECT_TRUE(is_silent(&ordered<TypeParam>, Granularity::op));
  EXPECT_TRUE(is_silent(&ordered<TypeParam>, Granularity::os));
}

void thread_that_is_born_and_joined() {
  int number = 1;
  mp::Thread thread([&] { ++number; });
  thread.start();
  thread.join();
  check(number == 2, "the thread has been joined");
}

void change(std::uint64_t number, mp::Event& is_changed) {
  ++*reinterpret_cast<int*>(number);
  is_changed.set();
}
void process_that_is_born_and_tells() {
  int number = 1;
  mp::Event is_changed;
  mp::Process child(mp::fn<&change>, mp::args(reinterpret_cast<std::uint64_t>(&number), is_changed));
  child.start();
  is_changed.wait();
  ++number;
  child.join();
}
void process_that_is_born_and_joined() {
  int number = 1;
  mp::Event is_changed;
  mp::Process child(mp::fn<&change>, mp::args(reinterpret_cast<std::uint64_t>(&number), is_changed));
  child.start();
  child.join();
  ++number;
}

void task_of_a_pool() {
  int number = 1;
  int seen = 0;
  mp::ThreadPool pool(2);
  const auto result =
      pool.apply_async([&] { return ++number; }, mp::args(), {.callback = [&](int given) { seen = given; }});
  check(result.get() == 2 && number == 2, "the result of the task that changed it");
  pool.close();
  pool.join();
  check(seen == 2, "the callback has been called");
}

TEST(PlainEdges, OfBirthsAndEndsAreKnown) {
  for (const Granularity granularity : {Granularity::op, Granularity::os}) {
    EXPECT_TRUE(is_silent(&thread_that_is_born_and_joined, granularity));
    EXPECT_TRUE(is_silent(&process_that_is_born_and_tells, granularity));
    EXPECT_TRUE(is_silent(&process_that_is_born_and_joined, granularity));
    EXPECT_TRUE(is_silent(&task_of_a_pool, granularity));
  }
}

}  // namespace
}  // namespace heddle
