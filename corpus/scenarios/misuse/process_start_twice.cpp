// A Process that is started a second time: to try again after it has failed, because the function that made
// it had started it already, and by two threads of which each sees that nobody has. Mended by a new Process
// for each start, by one place that starts, by a lock around looking and starting.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

// Fails when it is called for the first time.
void download(mp::Value<int>& tries) {
  const mp::With held(tries.get_lock());
  tries.value() += 1;
  if (tries.value() == 1) mp::exit(1);
}

mp::Process make_download(mp::Value<int>& tries) {
  return mp::Process(mp::fn<&download>, mp::args(tries), {.name = "download"});
}

void try_the_same_again() {
  mp::Value<int> tries(0, {.name = "tries"});
  mp::Process process = make_download(tries);
  do {
    process.start();
    process.join();
  } while (process.exitcode() != 0);
}

void try_another() {
  mp::Value<int> tries(0, {.name = "tries"});
  while (true) {
    mp::Process process = make_download(tries);
    process.start();
    process.join();
    if (process.exitcode() == 0) return;
  }
}

void greet(mp::SimpleQueue<int>& greetings, int number) { greetings.put(number); }

template <bool starts>
std::vector<mp::Process> launch(mp::SimpleQueue<int>& greetings) {
  std::vector<mp::Process> launched;
  for (int i = 0; i < 2; ++i) launched.emplace_back(mp::fn<&greet>, mp::args(greetings, i));
  if (starts)
    for (mp::Process& each : launched) each.start();
  return launched;
}

template <bool starts>
void launched() {
  mp::SimpleQueue<int> greetings({.name = "greetings"});
  std::vector<mp::Process> greeters = launch<starts>(greetings);
  for (mp::Process& greeter : greeters) greeter.start();
  for (mp::Process& greeter : greeters) greeter.join();
  check(greetings.get() + greetings.get() == 1, "both have greeted");
}

void serve(mp::Event& asked) { asked.wait(); }

// Starts the server when somebody asks for the first time.
class LazyServer {
 public:
  explicit LazyServer(mp::Event& asked) : server_(mp::fn<&serve>, mp::args(asked), {.name = "server"}) {}

  void ask(mp::Event& asked) {
    if (!has_started_.is_set()) {
      const mp::With held(lock_);
      start();
    }
    asked.set();
  }
  void ask_locked(mp::Event& asked) {
    {
      const mp::With held(lock_);
      if (!has_started_.is_set()) start();
    }
    asked.set();
  }
  void join() { server_.join(); }

 private:
  void start() {
    server_.start();
    has_started_.set();
  }

  mp::Process server_;
  mp::Event has_started_{{.name = "has-started"}};
  mp::Lock lock_{{.name = "lock"}};
};

template <auto ask>
void lazy_server() {
  mp::Event asked({.name = "asked"});
  LazyServer server(asked);
  mp::Thread client([&] { (server.*ask)(asked); }, {.name = "client"});
  client.start();
  (server.*ask)(asked);
  client.join();
  server.join();
}

}  // namespace

std::vector<Scenario> process_start_twice() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "process-start-twice"}};
  return {
      {.name = "misuse/process-start-twice-1",
       .summary = "a download that has failed is tried again by the same Process",
       .body = &try_the_same_again,
       .expected = rejected},
      {.name = "misuse/process-start-twice-1-fixed",
       .summary = "a download that has failed is tried again by another Process",
       .body = &try_another},
      {.name = "misuse/process-start-twice-2",
       .summary = "main starts the processes of a function that has started them",
       .body = &launched<true>,
       .expected = rejected},
      {.name = "misuse/process-start-twice-2-fixed",
       .summary = "main starts the processes of a function that makes them",
       .body = &launched<false>},
      {.name = "misuse/process-start-twice-3",
       .summary = "two threads look at an Event, and then start a server under a Lock",
       .body = &lazy_server<&LazyServer::ask>,
       .expected = rejected},
      {.name = "misuse/process-start-twice-3-fixed",
       .summary = "two threads look at an Event and start a server under a Lock",
       .body = &lazy_server<&LazyServer::ask_locked>},
  };
}

}  // namespace heddle::misuse
