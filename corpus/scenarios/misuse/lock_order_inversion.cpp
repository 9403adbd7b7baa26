// Two locks in both orders, by tasks that a clock keeps apart: nothing else does.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

using std::chrono::seconds;

// An audit comes a minute after the day's bookings.
namespace audit {

void book(mp::Lock& account, mp::Lock& journal, mp::Lock& books) {
  const mp::With gate(books);
  const mp::With first(account);
  const mp::With second(journal);
}

void look_through(mp::Lock& account, mp::Lock& journal, mp::Lock&) {
  mp::sleep(seconds(60));
  const mp::With first(journal);
  const mp::With second(account);
}

// The order is the same as ever, but who has the books is alone.
void look_through_fixed(mp::Lock& account, mp::Lock& journal, mp::Lock& books) {
  mp::sleep(seconds(60));
  const mp::With gate(books);
  const mp::With first(journal);
  const mp::With second(account);
}

template <auto LookThrough>
void body() {
  mp::Lock account({.name = "account"});
  mp::Lock journal({.name = "journal"});
  mp::Lock books({.name = "books"});
  mp::Process booking(mp::fn<&book>, mp::args(account, journal, books), {.name = "booking"});
  mp::Process auditor(mp::fn<LookThrough>, mp::args(account, journal, books), {.name = "auditor"});
  auditor.start();
  booking.start();
  booking.join();
  auditor.join();
}

}  // namespace audit

// A thread flushes every now and then until it is told to stop; and once more then.
namespace flusher {

struct Cache {
  mp::RLock entries{{.name = "entries"}};
  mp::RLock file{{.name = "file"}};
};

void store(Cache& cache) {
  const mp::With first(cache.entries);
  const mp::With second(cache.file);
}

void flush(Cache& cache) {
  const mp::With first(cache.file);
  const mp::With second(cache.entries);
}

template <bool is_fixed>
void body() {
  Cache cache;
  mp::Event stop({.name = "stop"});
  mp::Thread flusher(
      [&] {
        while (!stop.wait(seconds(1))) is_fixed ? store(cache) : flush(cache);
      },
      {.name = "flusher"});
  flusher.start();
  store(cache);
  mp::sleep(seconds(2));
  stop.set();
  flusher.join();
}

}  // namespace flusher

// A counter has its own lock inside, and a log line is written with that held; or the other way round.
namespace inside_a_value {

void count(mp::Value<int>& hits, mp::Lock& log) {
  const mp::With held(hits);
  hits.value() = hits.value() + 1;
  const mp::With writing(log);
}

void report(mp::Value<int>& hits, mp::Lock& log) {
  mp::sleep(seconds(1));
  const mp::With writing(log);
  static_cast<void>(hits.value() > 0);  // which takes the lock of the value
}

void report_fixed(mp::Value<int>& hits, mp::Lock& log) {
  mp::sleep(seconds(1));
  const mp::With held(hits);
  const mp::With writing(log);
  static_cast<void>(hits.value() > 0);
}

template <auto Report>
void body() {
  mp::Value<int> hits(0, {.name = "hits"});
  mp::Lock log({.name = "log"});
  mp::Process server(mp::fn<&count>, mp::args(hits, log), {.name = "server"});
  mp::Process reporter(mp::fn<Report>, mp::args(hits, log), {.name = "reporter"});
  server.start();
  reporter.start();
  server.join();
  reporter.join();
}

}  // namespace inside_a_value

}  // namespace

std::vector<Scenario> lock_order_inversion() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-order-inversion"}};
  return {
      {.name = "misuse/lock-order-inversion-1",
       .summary = "a booking and an audit, a minute later, take two locks in opposite orders",
       .body = &audit::body<&audit::look_through>,
       .expected = caught},
      {.name = "misuse/lock-order-inversion-1-fixed",
       .summary = "a booking and an audit take two locks in opposite orders under a third",
       .body = &audit::body<&audit::look_through_fixed>},
      {.name = "misuse/lock-order-inversion-2",
       .summary = "a thread that flushes once a second takes two locks the other way round",
       .body = &flusher::body<false>,
       .expected = caught},
      {.name = "misuse/lock-order-inversion-2-fixed",
       .summary = "a thread that flushes once a second takes two locks in the order of all",
       .body = &flusher::body<true>},
      {.name = "misuse/lock-order-inversion-3",
       .summary = "a reporter reads a Value under a lock that another takes inside the Value's",
       .body = &inside_a_value::body<&inside_a_value::report>,
       .expected = caught},
      {.name = "misuse/lock-order-inversion-3-fixed",
       .summary = "a reporter reads a Value under a lock that all take inside the Value's",
       .body = &inside_a_value::body<&inside_a_value::report_fixed>},
  };
}

}  // namespace heddle::misuse
