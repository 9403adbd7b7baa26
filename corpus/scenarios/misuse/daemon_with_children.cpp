// Daemons that need children, not all of them by a Process of their own: a pool within a daemon, a manager
// within a daemon, a process within a task of a pool, whose workers are daemons. Mended by a process that is
// none, by a pool of threads, by a manager of the parent's.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

int square(int number) { return number * number; }

template <class AnyPool>
void render(mp::SimpleQueue<int>& pictures) {
  AnyPool pool(2, {.name = "painters"});
  for (const int each : pool.map(mp::fn<&square>, std::vector<int>{2, 3})) pictures.put(each);
  pool.close();
  pool.join();
}

template <class AnyPool>
void pool_in_a_daemon() {
  mp::SimpleQueue<int> pictures({.name = "pictures"});
  mp::Process renderer(mp::fn<&render<AnyPool>>, mp::args(pictures), {.name = "renderer", .daemon = true});
  renderer.start();
  check(pictures.get() + pictures.get() == 13, "both pictures are there");
  renderer.join();
}

using Totals = mp::DictProxy<std::string, int>;

void count_in(Totals& totals) { totals.set("all", 1); }

void count_with_a_manager() {
  mp::Manager manager;
  Totals totals = manager.dict<std::string, int>("totals");
  count_in(totals);
}

void manager_in_a_daemon() {
  mp::Process counter(mp::fn<&count_with_a_manager>, {.name = "counter", .daemon = true});
  counter.start();
  counter.join();
}

void manager_beside_a_daemon() {
  mp::Manager manager;
  Totals totals = manager.dict<std::string, int>("totals");
  mp::Process counter(mp::fn<&count_in>, mp::args(totals), {.name = "counter", .daemon = true});
  counter.start();
  counter.join();
}

void compile(mp::SimpleQueue<int>& compiled, int file) { compiled.put(file); }

int compile_apart(int file) {
  mp::SimpleQueue<int> compiled({.name = "compiled"});
  mp::Process compiler(mp::fn<&compile>, mp::args(compiled, file), {.name = "compiler"});
  compiler.start();
  compiler.join();
  return compiled.get();
}

template <class AnyPool>
void process_in_a_task() {
  AnyPool pool(1, {.name = "builders"});
  check(pool.apply(mp::fn<&compile_apart>, mp::args(5)) == 5, "the file is compiled");
  pool.close();
  pool.join();
}

}  // namespace

std::vector<Scenario> daemon_with_children() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "daemon-with-children"}};
  return {
      {.name = "misuse/daemon-with-children-1",
       .summary = "a daemon makes a Pool",
       .body = &pool_in_a_daemon<mp::Pool>,
       .expected = rejected},
      {.name = "misuse/daemon-with-children-1-fixed",
       .summary = "a daemon makes a ThreadPool",
       .body = &pool_in_a_daemon<mp::ThreadPool>},
      {.name = "misuse/daemon-with-children-2",
       .summary = "a daemon starts a manager of its own",
       .body = &manager_in_a_daemon,
       .expected = rejected},
      {.name = "misuse/daemon-with-children-2-fixed",
       .summary = "a daemon uses the manager of its parent",
       .body = &manager_beside_a_daemon},
      {.name = "misuse/daemon-with-children-3",
       .summary = "a task of a Pool starts a process",
       .body = &process_in_a_task<mp::Pool>,
       .expected = rejected},
      {.name = "misuse/daemon-with-children-3-fixed",
       .summary = "a task of a ThreadPool starts a process",
       .body = &process_in_a_task<mp::ThreadPool>},
  };
}

}  // namespace heddle::misuse
