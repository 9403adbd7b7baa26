// One value of each type, in each process.
#include <mp/pool/kept.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/errors.hpp>
#include <mp/pool/pool.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>

namespace mp {
namespace {

TEST(Kept, IsTheLastOfItsType) {
  keep(std::string("first"));
  keep(7);
  keep(std::string("second"));
  EXPECT_EQ(kept<std::string>(), "second");
  EXPECT_EQ(kept<int>(), 7);
  kept<int>() = 8;
  EXPECT_EQ(kept<int>(), 8);
  EXPECT_THROW(kept<double>(), RuntimeError);
}

void prepare(Queue<int>& queue) { keep(std::move(queue)); }
void put(int number) { kept<Queue<int>>().put(number); }

TEST(Kept, BringsHandlesToTheTasksOfAPool) {
  Queue<int> queue;
  Pool pool(2, {.initializer = initializer(fn<&prepare>, args(queue))});
  pool.map(fn<&put>, std::vector{1, 2, 3});
  EXPECT_EQ(queue.get() + queue.get() + queue.get(), 6);
  EXPECT_THROW(kept<Queue<int>>(), RuntimeError);
  pool.terminate();
}

template <class T>
void keep_often(const std::vector<T>& values) {
  for (const T& value : values) {
    keep(value);
    EXPECT_EQ(kept<T>(), value);
  }
}

TEST(Kept, IsForTheThreadsOfAProcess) {
  Thread numbers([] { keep_often<long>({1, 2, 3, 4, 5, 6}); });
  Thread letters([] { keep_often<char>({'a', 'b', 'c', 'd', 'e', 'f'}); });
  numbers.start();
  letters.start();
  numbers.join();
  letters.join();
  EXPECT_EQ(kept<long>(), 6);
  EXPECT_EQ(kept<char>(), 'f');
}

}  // namespace
}  // namespace mp
