// Fibers keep to themselves: exceptions, errno, and their end.
#include <gtest/gtest.h>

#include <cerrno>
#include <exception>
#include <heddle/core/sanitizers.hpp>
#include <heddle/worlds/sim/fiber.hpp>
#include <stdexcept>
#include <string>

namespace heddle::sim {
namespace {

struct Pair {
  UnwatchedScope unwatched;  // a switch orders nothing, and these tests share what they look at
  Fiber root;
  FiberPool pool;
  Fiber* fiber = &pool.take();
  std::string seen;
};

TEST(Fiber, RunsUntilItSwitchesBackAndGoesOnWhereItWas) {
  Pair pair;
  pair.fiber->start(
      [](void* argument) {
        const UnwatchedScope unwatched;
        auto& mine = *static_cast<Pair*>(argument);
        mine.seen += "a";
        mine.fiber->switch_to(mine.root);
        mine.seen += "b";
        mine.fiber->leave_for(mine.root);
      },
      &pair);
  pair.root.switch_to(*pair.fiber);
  EXPECT_EQ(pair.seen, "a");
  pair.root.switch_to(*pair.fiber);
  EXPECT_EQ(pair.seen, "ab");
}

TEST(Fiber, KeepsCaughtExceptionsAndErrnoApart) {
  Pair pair;
  pair.fiber->start(
      [](void* argument) {
        const UnwatchedScope unwatched;
        auto& mine = *static_cast<Pair*>(argument);
        try {
          throw std::runtime_error("inner");
        } catch (const std::exception&) {
          errno = EPERM;
          mine.fiber->switch_to(mine.root);
          mine.seen += errno == EPERM ? "kept " : "lost ";
          try {
            throw;  // this fiber's exception, not the one the root is handling
          } catch (const std::exception& mine_again) {
            mine.seen += mine_again.what();
          }
        }
        mine.fiber->leave_for(mine.root);
      },
      &pair);
  try {
    throw std::runtime_error("outer");
  } catch (const std::exception&) {
    errno = ENOENT;
    pair.root.switch_to(*pair.fiber);
    EXPECT_EQ(errno, ENOENT);
    pair.root.switch_to(*pair.fiber);
    try {
      throw;
    } catch (const std::exception& still) {
      EXPECT_STREQ(still.what(), "outer");
    }
  }
  EXPECT_EQ(pair.seen, "kept inner");
}

struct Noisy {
  int& count;
  ~Noisy() { ++count; }
};

TEST(Fiber, UnwindsNothingWhenItIsAbandonedAndCanBeStartedAnew) {
  Pair pair;
  struct Context {
    Pair& pair;
    int destroyed = 0;
  } context{pair};
  for (int i = 0; i < 100; ++i) {
    pair.fiber->start(
        [](void* argument) {
          const UnwatchedScope unwatched;
          auto& mine = *static_cast<Context*>(argument);
          const Noisy noisy{mine.destroyed};
          mine.pair.fiber->switch_to(mine.pair.root);
          mine.pair.fiber->leave_for(mine.pair.root);
        },
        &context);
    pair.root.switch_to(*pair.fiber);
    pair.fiber->abandon(pair.root);
  }
  EXPECT_EQ(context.destroyed, 0);
}

}  // namespace
}  // namespace heddle::sim
