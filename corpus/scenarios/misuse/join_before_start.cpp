// A Process that is joined and was never started, or not yet: more processes than there was work for, a clean
// up after a preparation that failed, a thread that collects what another one starts. Mended by making only
// what is started, by asking whether it was, by starting first.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

void draw(int page, mp::SimpleQueue<int>& drawn) { drawn.put(page); }

// One process for each page, of which there are two.
template <int processes>
void pages_drawn() {
  const std::vector<int> pages{4, 7};
  mp::SimpleQueue<int> drawn({.name = "drawn"});
  std::vector<mp::Process> artists;
  for (int i = 0; i < processes; ++i) {
    const int page = i < static_cast<int>(pages.size()) ? pages[static_cast<std::size_t>(i)] : 0;
    artists.emplace_back(mp::fn<&draw>, mp::args(page, drawn));
  }
  for (std::size_t i = 0; i < pages.size(); ++i) artists[i].start();
  for (mp::Process& artist : artists) artist.join();
  check(drawn.get() + drawn.get() == 11, "both pages are drawn");
}

void serve(mp::Event& stop) { stop.wait(); }

void read_settings(mp::DictProxy<std::string, int>& settings) { outcome(settings.at("port")); }

// What main does with the server in the end, whether or not it got so far as to start it.
void stop_and_join(mp::Process& server, mp::Event& stop) {
  stop.set();
  server.join();
}

void stop_what_runs(mp::Process& server, mp::Event& stop) {
  if (server.pid().has_value()) stop_and_join(server, stop);
}

template <auto clean_up>
void server_with_settings() {
  mp::Manager manager;
  auto settings = manager.dict<std::string, int>("settings");
  mp::Event stop({.name = "stop"});
  mp::Process server(mp::fn<&serve>, mp::args(stop), {.name = "server"});
  try {
    read_settings(settings);
    server.start();
  } catch (const mp::KeyError&) {
    outcome("no port");
  }
  clean_up(server, stop);
}

void work() {}

// One of them at a time has the worker; who comes first is another matter.
template <bool starts_first>
void collector() {
  mp::Process worker(mp::fn<&work>, {.name = "worker"});
  mp::Lock having({.name = "having"});
  const auto locked = [&having](auto&& action) {
    const mp::With held(having);
    action();
  };
  mp::Thread collecting([&] { locked([&] { worker.join(); }); }, {.name = "collector"});
  if (starts_first) worker.start();
  collecting.start();
  if (!starts_first) locked([&] { worker.start(); });
  collecting.join();
  check(worker.exitcode() == 0, "the worker has done its work");
}

}  // namespace

std::vector<Scenario> join_before_start() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "join-before-start"}};
  return {
      {.name = "misuse/join-before-start-1",
       .summary = "of three processes two are started, one for each page, and all are joined",
       .body = &pages_drawn<3>,
       .expected = rejected},
      {.name = "misuse/join-before-start-1-fixed",
       .summary = "of two processes two are started, one for each page, and all are joined",
       .body = &pages_drawn<2>},
      {.name = "misuse/join-before-start-2",
       .summary = "a server is joined though what it needs was not there and it was not started",
       .body = &server_with_settings<&stop_and_join>,
       .expected = rejected},
      {.name = "misuse/join-before-start-2-fixed",
       .summary = "a server is joined if it has a process id",
       .body = &server_with_settings<&stop_what_runs>,
       .outcomes = {"no port"}},
      {.name = "misuse/join-before-start-3",
       .summary = "a thread joins a process that main starts meanwhile",
       .body = &collector<false>,
       .expected = rejected},
      {.name = "misuse/join-before-start-3-fixed",
       .summary = "a thread joins a process that main has started before",
       .body = &collector<true>},
  };
}

}  // namespace heddle::misuse
