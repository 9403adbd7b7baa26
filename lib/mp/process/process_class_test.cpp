#include <mp/process/process_class.hpp>

#include <gtest/gtest.h>

#include <mp/channel/pipe.hpp>
#include <mp/sync/lock.hpp>

namespace mp {
namespace {

class Greeter : public ProcessClass<Greeter> {
 public:
  Greeter(Connection& out, std::string greeting, const ProcessOptions& options = {})
      : ProcessClass(options), out_(out), greeting_(std::move(greeting)) {}
  auto members() { return std::tie(out_, greeting_); }
  void run() { out_.send(greeting_ + " from " + name()); }

  std::string& greeting() { return greeting_; }

 private:
  Connection& out_;
  std::string greeting_;
};

TEST(ProcessClass, RunsInTheChildWithItsMembers) {
  auto [in, out] = Pipe();
  Greeter greeter(out, "hello", {.name = "Eve"});
  greeter.start();
  EXPECT_EQ(in.recv<std::string>(), "hello from Eve");
  greeter.join();
  EXPECT_EQ(greeter.exitcode(), 0);
}

TEST(ProcessClass, TakesItsMembersAtTheStart) {
  auto [in, out] = Pipe();
  Greeter greeter(out, "hello");
  greeter.greeting() = "bye";
  Process& process = greeter;
  process.start();
  EXPECT_EQ(in.recv<std::string>(), "bye from " + greeter.name());
}

TEST(ProcessClass, RunsInTheCallerWhenItIsCalledThere) {
  auto [in, out] = Pipe();
  Greeter greeter(out, "hello", {.name = "Eve"});
  greeter.run();
  EXPECT_EQ(in.recv<std::string>(), "hello from Eve");
}

class Introspective : public ProcessClass<Introspective> {
 public:
  int trouble() {
    if (pid() != current_process().pid() || name() != current_process().name()) return 1;
    if (!is_alive() || !daemon() || exitcode().has_value()) return 2;
    if (authkey() != current_process().authkey()) return 3;
    try {
      join();
      return 4;
    } catch (const AssertionError&) {
    }
    try {
      start();
      return 5;
    } catch (const AssertionError&) {
    }
    return 0;
  }
  void run() { mp::exit(trouble()); }
};

TEST(ProcessClass, IsInTheChildTheProcessItself) {
  Introspective process;
  process.set_daemon(true);
  process.start();
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
}

/// Owns what it uses, and makes another process in its run().
class Owner : public ProcessClass<Owner> {
 public:
  Owner(Lock lock, int depth) : lock_(std::move(lock)), depth_(depth) {}
  auto members() { return std::tie(lock_, depth_); }
  int status() {
    const bool is_free = lock_.acquire(false);
    if (depth_ == 0) return is_free ? 1 : 0;
    Owner next(std::move(lock_), depth_ - 1);
    next.start();
    next.join();
    return next.exitcode().value_or(2);
  }
  void run() { mp::exit(status()); }

 private:
  Lock lock_;
  int depth_;
};

TEST(ProcessClass, MayOwnItsHandlesAndStartOthersOfItsKind) {
  Owner owner(Lock(), 2);
  owner.start();
  owner.join();
  EXPECT_EQ(owner.exitcode(), 0);
}

TEST(ProcessClass, CountsAsAnyProcess) {
  std::vector<std::unique_ptr<Process>> processes;
  processes.push_back(std::make_unique<Introspective>());
  processes.push_back(std::make_unique<Process>(fn<[] {}>));
  for (const auto& process : processes) process->start();
  for (const auto& process : processes) process->join();
  EXPECT_EQ(processes[0]->exitcode(), 2);  // not a daemon
  EXPECT_EQ(processes[1]->exitcode(), 0);
}

}  // namespace
}  // namespace mp
