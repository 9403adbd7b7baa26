// One value of each type, in each process.
#include <mp/pool/kept.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/errors.hpp>
#include <mp/pool/pool.hpp>
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

}  // namespace
}  // namespace mp
