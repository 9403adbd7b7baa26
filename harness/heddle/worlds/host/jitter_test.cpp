// Disturbed runs end as undisturbed ones do, nobody stays stopped, and nobody else is touched.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <heddle/core/session.hpp>
#include <heddle/worlds/host/host.hpp>
#include <heddle/worlds/host/jitter.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::host {
namespace {

using Processes = std::map<std::int64_t, std::string>;

class Sleeper {
 public:
  explicit Sleeper(bool leads_a_group) : id_(::fork()) {
    if (id_ == 0)
      while (true) ::pause();
    if (leads_a_group) ::setpgid(id_, id_);
  }
  ~Sleeper() {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;
  pid_t id() const { return id_; }
  /// True if the next thing that happened to it is this; takes note of it.
  bool was_stopped() const {
    int status = 0;
    return ::waitpid(id_, &status, WUNTRACED | WNOHANG) == id_ && WIFSTOPPED(status);
  }
  bool was_resumed() const {
    int status = 0;
    return ::waitpid(id_, &status, WCONTINUED | WNOHANG) == id_ && WIFCONTINUED(status);
  }

 private:
  pid_t id_;
};

TEST(Jitter, StopsAProcessOfTheGroupAndLetsItGoOn) {
  const Sleeper sleeper(true);
  Jitter jitter(1);
  while (!sleeper.was_stopped()) jitter.disturb(sleeper.id(), Processes{{sleeper.id(), "main"}});
  jitter.resume();
  while (!sleeper.was_resumed()) continue;
}

TEST(Jitter, LeavesNobodyStoppedWhenItEnds) {
  const Sleeper sleeper(true);
  {
    Jitter jitter(1);
    while (!sleeper.was_stopped()) jitter.disturb(sleeper.id(), Processes{{sleeper.id(), "main"}});
  }
  while (!sleeper.was_resumed()) continue;
}

TEST(Jitter, TouchesNobodyOutsideTheGroup) {
  const Sleeper leader(true);
  const Sleeper stranger(false);
  Jitter jitter(1);
  int stops = 0;
  while (stops < 20) {
    jitter.disturb(leader.id(), Processes{{leader.id(), "main"}, {stranger.id(), "another's now"}});
    if (leader.was_stopped()) ++stops;
  }
  EXPECT_FALSE(stranger.was_stopped());
}

void say_done(mp::Queue<int>& done) { done.put(1); }

TEST(Jitter, ChangesNothingThatAProgramIsPromised) {
  const Program program{.name = "test", .body = [] {
                          mp::Queue<int> done;
                          mp::Process child(mp::fn<&say_done>, mp::args(done));
                          child.start();
                          session()->outcome(done.get() == 1 ? "done" : "wrong");
                          child.join();
                        }};
  const Result result = explore(program, {.executions = 50, .jitter = true});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.coverage.executions, 50U);
  EXPECT_EQ(result.outcomes, std::set<std::string>{"done"});
}

}  // namespace
}  // namespace heddle::host
