// Sending on one end by two tasks that nothing orders.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using mp::Connection;

constexpr std::size_t page_bytes = 40'000;  // two of them are more than a pipe takes

// Two workers send their pages to main.
namespace two_workers {

void scan(Connection& pages) { pages.send(std::string(page_bytes, 'x')); }

void scan_fixed(Connection& pages, mp::Lock& lock) {
  const mp::With held(lock);
  scan(pages);
}

void receive(Connection& pages) {
  for (int page = 0; page < 2; ++page) pages.recv<std::string>();
}

void run(mp::Process& worker_1, mp::Process& worker_2, Connection& pages) {
  worker_1.start();
  worker_2.start();
  receive(pages);
  worker_1.join();
  worker_2.join();
}

void body() {
  auto [pages, sender] = mp::Pipe(mp::Duplex::no, {.name = "pages"});
  mp::Process worker_1(mp::fn<&scan>, mp::args(sender), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&scan>, mp::args(sender), {.name = "worker-2"});
  run(worker_1, worker_2, pages);
}

void body_fixed() {
  auto [pages, sender] = mp::Pipe(mp::Duplex::no, {.name = "pages"});
  mp::Lock lock({.name = "lock"});
  mp::Process worker_1(mp::fn<&scan_fixed>, mp::args(sender, lock), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&scan_fixed>, mp::args(sender, lock), {.name = "worker-2"});
  run(worker_1, worker_2, pages);
}

}  // namespace two_workers

// A worker's heartbeat comes from a thread of its own, on the connection of its results.
namespace heartbeat {

void show(Connection& news) {
  for (int i = 0; i < 3; ++i) news.recv<std::string>();
}

template <bool is_fixed>
void work(Connection& news) {
  mp::Thread pulse([&] { news.send(std::string("alive")); }, {.name = "pulse"});
  pulse.start();
  if (is_fixed) pulse.join();
  news.send(std::string(page_bytes, 'x'));
  news.send(std::string(page_bytes, 'x'));
  if (!is_fixed) pulse.join();
}

template <bool is_fixed>
void body() {
  auto [receiver, news] = mp::Pipe(mp::Duplex::yes, {"receiver", "news"});
  mp::Process monitor(mp::fn<&show>, mp::args(receiver), {.name = "monitor"});
  monitor.start();
  work<is_fixed>(news);
  monitor.join();
}

}  // namespace heartbeat

// main announces a report, and the child that makes the report may be at it already.
namespace announced {

void make_report(Connection& out, mp::Semaphore&) { out.send(std::string(2 * page_bytes, 'x')); }

// The turn is passed on.
void make_report_fixed(Connection& out, mp::Semaphore& turn) {
  turn.acquire();
  out.send(std::string(2 * page_bytes, 'x'));
}

void read(Connection& in) {
  in.recv<std::string>();
  in.recv<std::string>();
}

template <auto MakeReport>
void body() {
  auto [in, out] = mp::Pipe(mp::Duplex::no, {.name = "reports"});
  mp::Semaphore turn(0, {.name = "turn"});
  mp::Process reader(mp::fn<&read>, mp::args(in), {.name = "reader"});
  mp::Process maker(mp::fn<MakeReport>, mp::args(out, turn), {.name = "maker"});
  reader.start();
  maker.start();
  out.send(std::string("the report follows"));
  turn.release();
  maker.join();
  reader.join();
}

}  // namespace announced

}  // namespace

std::vector<Scenario> pipe_multi_writer() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-multi-writer", .with_harm = true}};
  return {
      {.name = "misuse/pipe-multi-writer-1",
       .summary = "two workers send a page each on one end without a lock",
       .body = &two_workers::body,
       .expected = caught},
      {.name = "misuse/pipe-multi-writer-1-fixed",
       .summary = "two workers send a page each on one end under a lock",
       .body = &two_workers::body_fixed},
      {.name = "misuse/pipe-multi-writer-2",
       .summary = "a thread sends its heartbeat into the results of its process",
       .body = &heartbeat::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-multi-writer-2-fixed",
       .summary = "a thread sends its heartbeat and is joined before the results are sent",
       .body = &heartbeat::body<true>},
      {.name = "misuse/pipe-multi-writer-3",
       .summary = "main and a child send on one end, and main means to be the first",
       .body = &announced::body<&announced::make_report>,
       .expected = caught},
      {.name = "misuse/pipe-multi-writer-3-fixed",
       .summary = "main sends on an end and gives a child its turn by a semaphore",
       .body = &announced::body<&announced::make_report_fixed>},
  };
}

}  // namespace heddle::misuse
