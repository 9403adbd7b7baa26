// Contexts: the rows CTX-* of the contract, and PROC-17 for processes that are spawned. What becomes of a
// spawned child whose main forgets freeze_support (CTX-04) is in lib/mp/process/context_test.cpp.
#include <optional>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

void methods_have_names() {
  check(mp::get_all_start_methods() == std::vector<std::string>{"fork", "spawn"}, "other start methods");
  check_throws<mp::ValueError>([] { return mp::get_context("teleport"); }, "a context of no method");
  check_throws<mp::ValueError>([] { mp::set_start_method("forkserver"); }, "a method that is not offered");
  check(mp::get_context("spawn").get_start_method() == "spawn", "a context of another method");
}

void the_method_is_set_once() {
  check(!mp::get_start_method(true), "a method is fixed from the start");
  mp::set_start_method("spawn");
  check(mp::get_start_method(true) == "spawn", "the method that was set is not fixed");
  check_throws<mp::RuntimeError>([] { mp::set_start_method("fork"); }, "the method was set twice");
  mp::set_start_method("fork", true);
  check(mp::get_start_method() == "fork", "force was of no use");
  mp::set_start_method(std::nullopt, true);
  check(!mp::get_start_method(true), "the choice was not given back");
  check_throws<mp::ValueError>([] { mp::get_context("fork").set_start_method("spawn"); },
                               "a context changed its method");
}

void first_use_fixes_the_method() {
  const mp::Process process(mp::fn<[] {}>);
  check(mp::get_start_method(true) == "fork", "the first use did not fix the default");
  check_throws<mp::RuntimeError>([] { mp::set_start_method("spawn"); }, "a method was set after its use");
}

void expect_spawn() { mp::exit(mp::get_start_method(true) == "spawn" ? 0 : 1); }

void children_see_the_method() {
  mp::set_start_method("spawn");
  mp::Process spawned(mp::fn<&expect_spawn>);
  mp::Process forked = mp::get_context("fork").Process(mp::fn<&expect_spawn>);
  check(spawned.start_method() == mp::StartMethod::spawn, "the default is not used");
  spawned.start();
  forked.start();
  spawned.join();
  forked.join();
  check(spawned.exitcode() == 0 && forked.exitcode() == 0, "a child has another default than its parent");
}

void answer(mp::Connection& to, const std::vector<int>& numbers, const mp::AuthenticationKey& key) {
  const bool is_family = key == mp::current_process().authkey() && mp::parent_process().has_value();
  to.send(std::to_string(numbers.at(1)) +
          (is_family ? " by " + mp::current_process().name() : " by a stranger"));
}

void arguments_are_all_it_has() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Process process = mp::get_context("spawn").Process(
      mp::fn<&answer>, mp::args(out, std::vector<int>{1, 2}, mp::current_process().authkey()),
      {.name = "worker"});
  process.start();
  out.close();
  check(in.recv<std::string>() == "2 by worker", "the arguments did not arrive");
  check_throws<mp::EOFError>([&] { return in.recv<std::string>(); }, "the child left an end open");
  process.join();
  check(process.exitcode() == 0, "a spawned child failed");
}

void wait_for_the_end(mp::Connection& in) {
  try {
    static_cast<void>(in.recv<int>());
  } catch (const mp::EOFError&) {
    mp::exit(3);
  }
}

// By fork the reader would hold the writing end itself.
void no_end_leaks() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Process reader = mp::get_context("spawn").Process(mp::fn<&wait_for_the_end>, mp::args(in));
  reader.start();
  out.close();
  reader.join();
  check(reader.exitcode() == 3, "a spawned child has what it was not given");
}

class Sender : public mp::ProcessClass<Sender> {
 public:
  explicit Sender(mp::Connection& to) : ProcessClass({.method = mp::StartMethod::spawn}), to_(to) {}
  auto members() { return std::tie(to_); }
  void run() { to_.send(name()); }

 private:
  mp::Connection& to_;
};

void classes_are_spawned() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  Sender sender(out);
  sender.start();
  check(in.recv<std::string>() == sender.name(), "a class was not run");
  sender.join();
}

void add_one(mp::Lock& lock, mp::Value<int>& value, mp::Queue<int>& queue) {
  const mp::With held(lock);
  value.value() = value.value() + 1;
  queue.put(value.value());
}

void objects_cross_by_every_method() {
  mp::Lock lock;
  mp::Value<int> value(0);
  mp::Queue<int> queue;
  mp::Process spawned = mp::get_context("spawn").Process(mp::fn<&add_one>, mp::args(lock, value, queue));
  mp::Process forked = mp::get_context("fork").Process(mp::fn<&add_one>, mp::args(lock, value, queue));
  spawned.start();
  forked.start();
  check(queue.get() + queue.get() == 3, "the processes do not share a value or a lock");
  spawned.join();
  forked.join();
  check(value.value() == 2 && lock.acquire(false), "the parent does not share a value or a lock");
}

void spawn_one(mp::Lock& lock, mp::Value<int>& value, mp::Queue<int>& queue) {
  mp::Process child = mp::get_context("spawn").Process(mp::fn<&add_one>, mp::args(lock, value, queue));
  child.start();
  child.join();
}

void objects_are_passed_on() {
  mp::Lock lock;
  mp::Value<int> value(0);
  mp::Queue<int> queue;
  mp::Process child(mp::fn<&spawn_one>, mp::args(lock, value, queue));
  child.start();
  check(queue.get() == 1, "a grandchild does not share a value");
  child.join();
}

const Row rows[] = {
    {"CTX-01", "there are two start methods", &methods_have_names},
    {"CTX-02", "the start method is set once", &the_method_is_set_once},
    {"CTX-02", "the first use of the default fixes it", &first_use_fixes_the_method},
    {"CTX-02", "a child sees its parent's start method", &children_see_the_method},
    {"CTX-03", "objects may be given to children of every method", &objects_cross_by_every_method,
     Granularity::op},
    {"CTX-03", "a forked child passes on to a spawned one", &objects_are_passed_on, Granularity::op},
    {"PROC-17 AUTH-08", "a spawned child has its arguments and its parent's key", &arguments_are_all_it_has},
    {"PROC-17", "a spawned child has no descriptor that it was not given", &no_end_leaks},
    {"PROC-17", "a class is spawned like a target", &classes_are_spawned},
};

HEDDLE_CONTRACT_ROWS(Context, rows);

}  // namespace
}  // namespace heddle::trial

// Its own, because what the rows spawn on the host is this program again.
int main(int argc, char** argv) {
  mp::freeze_support(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
