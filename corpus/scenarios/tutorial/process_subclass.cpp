// A process as a class of its own: it keeps what it works with as members, and the child calls its run().
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <tuple>

namespace heddle::tutorial {
namespace {

class Counter : public mp::ProcessClass<Counter> {
 public:
  Counter(mp::Queue<std::string>& counted, std::string what, int count)
      : counted_(counted), what_(std::move(what)), count_(count) {}
  auto members() { return std::tie(counted_, what_, count_); }

  void run() {
    for (int i = 1; i <= count_; ++i) counted_.put(what_ + " " + std::to_string(i));
  }

 private:
  mp::Queue<std::string>& counted_;
  std::string what_;
  int count_;
};

void body() {
  mp::Queue<std::string> counted(0, {.name = "counted"});
  Counter sheep(counted, "sheep", 2);
  Counter goats(counted, "goat", 1);
  sheep.start();
  goats.start();
  int goats_seen = 0;
  int sheep_seen = 0;
  for (int i = 0; i < 3; ++i) {
    const std::string word = counted.get();
    if (word == "goat 1") ++goats_seen;
    if (word.starts_with("sheep"))
      check(word == "sheep " + std::to_string(++sheep_seen), "sheep come in order");
  }
  sheep.join();
  goats.join();
  check(goats_seen == 1 && sheep_seen == 2, "each of them has counted");
  check(sheep.exitcode() == 0 && goats.exitcode() == 0, "a run() that returns makes exit code 0");
}

}  // namespace

Scenario process_subclass() {
  return {.name = "tutorial/process-subclass",
          .summary = "two processes of a class with a run() of its own and members that cross to the child",
          .body = &body};
}

}  // namespace heddle::tutorial
