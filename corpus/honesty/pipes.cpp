// Pipes: what poll() sees of messages and ends of file on their way.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

using mp::Connection;

template <int number>
void send_locked(Connection& end, mp::Lock& lock) {
  const mp::With held(lock);
  end.send(number);
}

void two_senders() {
  auto ends = mp::Pipe(mp::Duplex::no);
  mp::Lock lock;
  auto first = start<&send_locked<1>>("first", ends.second, lock);
  auto second = start<&send_locked<2>>("second", ends.second, lock);
  record(ends.first.poll());
  record(ends.first.recv<int>());
  record(ends.first.poll());
  record(ends.first.recv<int>());
  first.join();
  second.join();
}

void send_one(Connection& end) { end.send(1); }

void message_and_end() {
  auto ends = mp::Pipe(mp::Duplex::no);
  auto child = start<&send_one>("child", ends.second);
  ends.second.close();
  record(ends.first.poll());
  record(ends.first.recv<int>());
  record(ends.first.poll());
  child.join();
}

void send_late(Connection& end) {
  mp::sleep(Milliseconds(1));
  end.send(1);
}

void poll_in_time() {
  auto ends = mp::Pipe();
  auto child = start<&send_late>("child", ends.second);
  record(ends.first.poll(Milliseconds(1.5)));
  record(ends.first.poll());
  record(ends.first.recv<int>());
  child.join();
}

// Says in its message whether it had one before.
void answer(Connection& end) {
  end.send(end.poll() ? 1 : 0);
  end.recv<int>();
}

void crossing_messages() {
  auto ends = mp::Pipe();
  auto child = start<&answer>("child", ends.second);
  record(ends.first.poll());
  ends.first.send(1);
  record(ends.first.recv<int>());
  child.join();
}

}  // namespace

HonestyProgram pipes_two_senders() {
  return {"pipes/two-senders", "whose message comes first, and was it there at once", &two_senders};
}
HonestyProgram pipes_message_and_end() {
  return {"pipes/message-and-end", "is the message there, is the end of file there after it",
          &message_and_end};
}
HonestyProgram pipes_poll_in_time() {
  return {"pipes/poll-in-time", "a timed poll of a message that comes about then", &poll_in_time};
}
HonestyProgram pipes_crossing_messages() {
  return {"pipes/crossing-messages", "who of two has the other's message before sending", &crossing_messages};
}

}  // namespace heddle::honesty
