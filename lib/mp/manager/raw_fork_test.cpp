// MGR-19: a process that was forked behind the Os's back uses its copy of a proxy at the same time as its
// parent. On the real Os.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <mp/manager/manager.hpp>

namespace mp {
namespace {

constexpr int rounds = 200;

/// Each reads an element of its own, and would notice a reply that was the other's.
int use(const ListProxy<int>& list, int own) {
  try {
    for (int i = 0; i < rounds; ++i) {
      list.append(i);
      if (list.at(own) != own) return 1;
    }
    return 0;
  } catch (const Error&) {
    return 2;
  }
}

TEST(RawFork, TalksOnAConnectionOfItsOwn) {
  Manager manager;
  const auto list = manager.list<int>();
  list.append(0);
  list.append(1);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(use(list, 1));
  EXPECT_EQ(use(list, 0), 0);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(list.size(), 2U + 2 * rounds);
}

}  // namespace
}  // namespace mp
