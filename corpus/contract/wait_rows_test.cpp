// wait(): the rows WAIT-* of the contract.
#include <chrono>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using Ready = std::vector<mp::Waitable>;

void ready_objects_in_the_order_given() {
  auto [a, b] = mp::Pipe();
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  check(mp::wait({a, receiver}, 0s).empty(), "something is ready in empty pipes");
  const mp::Instant begin = mp::os().now();
  check(mp::wait({a, receiver}, 0.01s).empty(), "something is ready in empty pipes");
  check(mp::os().now() - begin >= 10ms, "the timeout was not waited for");
  sender.send(1);
  check(mp::wait({a, receiver}, -1s) == Ready{receiver}, "what has data is not ready, or what has none is");
  b.close();
  check(mp::wait({a, receiver}) == Ready{a, receiver}, "not all that is ready, in the order given");
  check(mp::wait({receiver.fileno(), a.fileno()}) == Ready{receiver, a}, "descriptors are not as good");
}

void send_one(mp::Connection& end) { end.send(1); }

void waits_until_one_is_ready() {
  auto [first, first_sender] = mp::Pipe(mp::Duplex::no);
  auto [second, second_sender] = mp::Pipe(mp::Duplex::no);
  mp::Process child(mp::fn<&send_one>, mp::args(second_sender));
  child.start();
  check(mp::wait({first, second}) == Ready{second}, "another is ready than what was sent to");
  child.join();
}

void process_end_is_ready() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  mp::Process child(mp::fn<&send_one>, mp::args(sender));
  child.start();
  const mp::Descriptor end = mp::os().open_process(*child.pid()).value();
  check(receiver.recv<int>() == 1, "another message was received");
  check(mp::wait({end, receiver}) == Ready{end}, "the end of a process is not ready");
  child.join();
  static_cast<void>(mp::os().close(end));
}

void nothing_to_wait_for() {
  const mp::Instant begin = mp::os().now();
  check(mp::wait(Ready{}, 0.01s).empty(), "nothing was ready");
  check(mp::os().now() - begin >= 10ms, "the timeout was not waited for");
}

void refusals() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  check_throws<mp::ValueError>([&] { mp::wait({receiver, receiver}, 0s); }, "one thing twice");
  check_throws<mp::ValueError>([&] { mp::wait({-1}, 0s); }, "a number that is no descriptor");
  receiver.close();
  check_throws<mp::OSError>([&] { mp::wait({receiver}, 0s); }, "a closed connection");
}

void sender_without_reader_is_ready() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  check(mp::wait({sender}, 0s).empty(), "a sending end is ready while it has a reader");
  receiver.close();
  check(mp::wait({sender}) == Ready{sender}, "a sending end without a reader is not ready");
}

void waiting_takes_nothing() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  sender.send(1);
  for (int i = 0; i < 2; ++i) check(mp::wait({receiver}) == Ready{receiver}, "unread, but not ready");
  check(receiver.recv<int>() == 1 && mp::wait({receiver}, 0s).empty(), "read, but ready");
}

const Row rows[] = {
    {"WAIT-01 WAIT-02", "what is ready, in the order given, in time", &ready_objects_in_the_order_given},
    {"WAIT-01", "waits until one is ready", &waits_until_one_is_ready},
    {"WAIT-01", "the end of a process is ready", &process_end_is_ready},
    {"WAIT-02", "nothing to wait for is waited for", &nothing_to_wait_for},
    {"WAIT-02", "what cannot be waited for is refused", &refusals},
    {"WAIT-03", "a sending end is ready once nobody can receive", &sender_without_reader_is_ready},
    {"WAIT-04", "waiting takes nothing out", &waiting_takes_nothing},
};

HEDDLE_CONTRACT_ROWS(Wait, rows);

}  // namespace
}  // namespace heddle::trial
