// MGR-19: a process that was forked behind the Os's back uses its copy of a proxy at the same time as its
// parent. On the real Os.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <mp/manager/manager.hpp>

namespace mp {
namespace {

constexpr int rounds = 200;

int append_many(const ListProxy<int>& list) {
  try {
    for (int i = 0; i < rounds; ++i) list.append(i);
    return list.size() >= rounds ? 0 : 1;
  } catch (const Error&) {
    return 2;
  }
}

TEST(RawFork, TalksOnAConnectionOfItsOwn) {
  Manager manager;
  const auto list = manager.list<int>();
  list.append(0);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(append_many(list));
  EXPECT_EQ(append_many(list), 0);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(list.size(), 1U + 2 * rounds);
}

}  // namespace
}  // namespace mp
