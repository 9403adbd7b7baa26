// Dynamic partial order reduction as a whole exploration tells of it: the number of classes is that of its
// executions and of different class hashes, and it knows that it has seen all. The programs that are known in
// the field are in trial/known_classes.hpp.
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <heddle/api/heddle.hpp>
#include <heddle/trial/thread_bodies.hpp>
#include <mp/os/os.hpp>
#include <span>
#include <string>
#include <vector>

namespace heddle {
namespace {

using mp::os;
using mp::Word;

// Two threads add one to a word, looking first.
void increments() {
  Word x;
  const auto add = [&] { os().store(x, os().load(x) + 1); };
  trial::run_bodies({add, add});
}

// Whoever polls one pipe does not mind what is written to another: it looks before or after its own is
// written.
void poller_and_two_pipes() {
  const auto [reads, writes] = os().pipe().value();
  const auto [other_reads, other_writes] = os().pipe().value();
  const std::byte byte{1};
  trial::run_bodies({[&] {
                       mp::PollItem item{.fd = reads};
                       static_cast<void>(os().poll(std::span(&item, 1), mp::never));
                     },
                     [&] { static_cast<void>(os().write(other_writes, std::span(&byte, 1))); },
                     [&] { static_cast<void>(os().write(writes, std::span(&byte, 1))); }});
}

struct Known {
  const char* name;
  void (*program)();
  std::uint64_t classes;
};
void PrintTo(const Known& known, std::ostream* out) { *out << known.name; }

std::string name_of_case(const testing::TestParamInfo<Known>& info) { return info.param.name; }

class Classes : public testing::TestWithParam<Known> {};

Result explore_by(const char* strategy, const Known& known) {
  Options options{.strategy = strategy, .budget = {.executions = 1'000'000}};
  options.run.granularity = Granularity::os;
  return explore(known.program, options, known.name);
}

TEST_P(Classes, AreRunOnceEach) {
  const Result result = explore_by("dpor", GetParam());
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.coverage.executions, GetParam().classes);
  EXPECT_EQ(result.coverage.interleavings, GetParam().classes);
  EXPECT_TRUE(result.coverage.exhausted);
}

INSTANTIATE_TEST_SUITE_P(Programs, Classes,
                         testing::Values(Known{"increments", increments, 4},
                                         Known{"poller_and_two_pipes", poller_and_two_pipes, 2}),
                         name_of_case);

// The program ends, and with it a thread that nobody joins, wherever that is.
void cut_off() {
  Word x;
  std::function<void()> body = [&] {
    os().store(x, 1);
    os().store(x, 2);
  };
  trial::start_body(body);
  os().load(x);
  os().exit_process(0);  // while what the thread works on is still there
}

TEST(ClassesCutOff, AreRunThoughTheEndOfTheProgramCutsTasksOff) {
  const Known known{"cut_off", cut_off, 0};
  const Result all = explore_by("exhaustive", known);
  const Result once = explore_by("dpor", known);
  EXPECT_TRUE(all.coverage.exhausted);
  EXPECT_TRUE(once.coverage.exhausted);
  EXPECT_GT(once.coverage.executions, 3U);
  EXPECT_EQ(once.coverage.interleavings, all.coverage.interleavings);
}

}  // namespace
}  // namespace heddle
