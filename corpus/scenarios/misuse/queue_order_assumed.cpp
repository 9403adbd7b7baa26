// Relying on one order over what several processes put. Each program says what it relies on; some may.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

// A door opens before a guest comes in, and a log says so.
namespace one_after_the_other {

template <class Log>
void open_door(Log& log, mp::Event& is_open) {
  log.put("open");
  is_open.set();
}

template <class Log>
void come_in(Log& log, mp::Event& is_open) {
  is_open.wait();
  log.put("guest");
}

template <class Log>
void follow(Log& log) {
  assume_order(log);
  mp::Event is_open({.name = "is-open"});
  mp::Process porter(mp::fn<&open_door<Log>>, mp::args(log, is_open), {.name = "porter"});
  mp::Process guest(mp::fn<&come_in<Log>>, mp::args(log, is_open), {.name = "guest"});
  porter.start();
  guest.start();
  log.get();
  log.get();
  porter.join();
  guest.join();
}

void body() {
  mp::Queue<std::string> log(0, {.name = "log"});
  follow(log);
}

// put() of a SimpleQueue returns once the item is in the pipe.
void body_fixed() {
  mp::SimpleQueue<std::string> log({.name = "log"});
  follow(log);
}

}  // namespace one_after_the_other

// The first line of a table comes from main, which puts it before it starts the process that adds the rest.
namespace headline {

using Table = mp::JoinableQueue<std::string>;

void add_rows(Table& table) { table.put("rows"); }

void add_all(Table& table) {
  table.put("head");
  table.put("rows");
}

void print(Table& table) {
  for (int line = 0; line < 2; ++line) {
    table.get();
    table.task_done();
  }
}

template <bool is_fixed>
void body() {
  Table table(0, {.name = "table"});
  assume_order(table);
  mp::Process printer(mp::fn<&print>, mp::args(table), {.name = "printer"});
  printer.start();
  if (!is_fixed) table.put("head");
  mp::Process rows(mp::fn < is_fixed ? &add_all : &add_rows >, mp::args(table), {.name = "rows"});
  rows.start();
  rows.join();
  printer.join();
}

}  // namespace headline

// Two processes take numbers under a lock and put them under the same lock.
namespace numbered {

using Tickets = mp::Queue<int>;

void issue(mp::Lock& lock, mp::RawValue<int>& last, Tickets& tickets) {
  const mp::With held(lock);
  last.value() = last.value() + 1;
  tickets.put(last.value());
}

// The lock is kept until the ticket has arrived.
void issue_fixed(mp::Lock& lock, mp::RawValue<int>& last, Tickets& tickets) {
  const mp::With held(lock);
  last.value() = last.value() + 1;
  tickets.put(last.value());
  tickets.close();
  tickets.join_thread();
}

template <auto Issue>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::RawValue<int> last(0, {.name = "last"});
  Tickets tickets(0, {.name = "tickets"});
  assume_order(tickets);
  mp::Process counter_1(mp::fn<Issue>, mp::args(lock, last, tickets), {.name = "counter-1"});
  mp::Process counter_2(mp::fn<Issue>, mp::args(lock, last, tickets), {.name = "counter-2"});
  counter_1.start();
  counter_2.start();
  tickets.get();
  tickets.get();
  counter_1.join();
  counter_2.join();
}

}  // namespace numbered

}  // namespace

std::vector<Scenario> queue_order_assumed() {
  const std::vector<ExpectedFinding> caught{{.rule = "queue-order-assumed"}};
  return {
      {.name = "misuse/queue-order-assumed-1",
       .summary = "a log in a Queue shows the guest, who waited for the door, before the door",
       .body = &one_after_the_other::body,
       .expected = caught},
      {.name = "misuse/queue-order-assumed-1-fixed",
       .summary = "a log in a SimpleQueue shows the door and then the guest, who waited for it",
       .body = &one_after_the_other::body_fixed},
      {.name = "misuse/queue-order-assumed-2",
       .summary = "main puts the head of a table and starts a process that puts the rows",
       .body = &headline::body<false>,
       .expected = caught},
      {.name = "misuse/queue-order-assumed-2-fixed",
       .summary = "one process puts the head of a table and the rows",
       .body = &headline::body<true>},
      {.name = "misuse/queue-order-assumed-3",
       .summary = "two processes number their tickets under a lock, and the numbers come as they like",
       .body = &numbered::body<&numbered::issue>,
       .expected = caught},
      {.name = "misuse/queue-order-assumed-3-fixed",
       .summary = "two processes hold the lock until a ticket has left their feeder",
       .body = &numbered::body<&numbered::issue_fixed>},
  };
}

}  // namespace heddle::misuse
