// What processes see of each other through a manager's objects, and what a kill leaves there.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

using List = mp::ListProxy<int>;
using Items = mp::QueueProxy<int>;

// The first question makes the child's connection; from there on it is as far as main.
void append_two(List& list, mp::Event& begun) {
  static_cast<void>(list.size());
  begun.set();
  list.append(1);
  list.append(2);
}

void interleaved_appends() {
  mp::Manager manager;
  List list = manager.list<int>();
  mp::Event begun;
  auto child = start<&append_two>("child", list, begun);
  begun.wait();
  list.append(3);
  child.join();
  int digits = 0;
  for (const int each : list.slice()) digits = 10 * digits + each;
  record(digits);
}

void put_three(Items& queue, mp::Event& begun) {
  queue.qsize();
  begun.set();
  for (int i = 0; i < 3; ++i) queue.put(i);
}

void get_in_time() {
  mp::Manager manager;
  Items queue = manager.Queue<int>();
  mp::Event begun;
  auto child = start<&put_three>("child", queue, begun);
  begun.wait();
  record(queue.qsize());
  std::optional<int> got;
  try {
    got = queue.get(true, Milliseconds(1));
  } catch (const mp::Empty&) {
  }
  record(got);
  child.join();
}

template <int id>
void take_turn(mp::LockProxy& lock, List& list, mp::Barrier& all) {
  static_cast<void>(list.size());
  all.wait();
  const mp::With held(lock);
  list.append(id);
}

void order_at_a_lock() {
  mp::Manager manager;
  mp::LockProxy lock = manager.Lock();
  List list = manager.list<int>();
  mp::Barrier all(3);
  auto first = start<&take_turn<1>>("first", lock, list, all);
  auto second = start<&take_turn<2>>("second", lock, list, all);
  auto third = start<&take_turn<3>>("third", lock, list, all);
  first.join();
  second.join();
  third.join();
  record(list.at(0));
}

void count_up(mp::ValueProxy<int>& value, mp::EventProxy& here) {
  here.set();
  for (int i = 1; i <= 3; ++i) value.set(i);
}

void killed_while_setting() {
  mp::Manager manager;
  auto value = manager.Value<int>("i", 0);
  mp::EventProxy here = manager.Event();
  auto child = start<&count_up>("child", value, here);
  here.wait();
  record(value.get());
  child.kill();
  child.join();
  record(value.get());
}

void signal(mp::EventProxy& event) { event.set(); }

void event_in_time() {
  mp::Manager manager;
  mp::EventProxy event = manager.Event();
  auto child = start<&signal>("child", event);
  record(event.is_set());
  record(event.wait(Milliseconds(1)));
  child.join();
}

}  // namespace

HonestyProgram managers_interleaved_appends() {
  return {"managers/interleaved-appends", "the order of appends by two processes", &interleaved_appends};
}
HonestyProgram managers_get_in_time() {
  return {"managers/get-in-time", "does an item of a managed queue come in time", &get_in_time};
}
HonestyProgram managers_order_at_a_lock() {
  return {"managers/order-at-a-lock", "who has a managed lock first", &order_at_a_lock};
}
HonestyProgram managers_killed_while_setting() {
  return {"managers/killed-while-setting", "how far a killed process had come", &killed_while_setting};
}
HonestyProgram managers_event_in_time() {
  return {"managers/event-in-time", "is an event set yet, and in time", &event_in_time};
}

}  // namespace heddle::honesty
