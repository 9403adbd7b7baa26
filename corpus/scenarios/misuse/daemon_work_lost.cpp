// Daemons whose work is not done when their parent ends: a mailer with a letter in its hands, a worker that
// waits for its turn with a task, an exporter in the middle of a long message. Mended by a sentinel for a
// process that is no daemon, by joining the queue of tasks, by joining the daemon.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;
using Letters = mp::SimpleQueue<std::optional<std::string>>;

void deliver_for_ever(Letters& letters, mp::Value<int>& delivered) {
  int count = 0;
  while (letters.get()) {
    mp::sleep(1s);  // it takes a while
    delivered.value() = ++count;
  }
}

template <bool is_daemon>
void mail() {
  Letters letters({.name = "letters"});
  mp::Value<int> delivered(0, {.name = "delivered"});
  mp::Process mailer(mp::fn<&deliver_for_ever>, mp::args(letters, delivered),
                     {.name = "mailer", .daemon = is_daemon});
  mailer.start();
  letters.put("to whom it may concern");
  if (is_daemon) return;
  letters.put(std::nullopt);
  mailer.join();
  check(delivered.value() == 1, "the letter is delivered");
}

using Tasks = mp::JoinableQueue<int>;

void print_one_at_a_time(Tasks& tasks, mp::Lock& printer, mp::Array<int>& printed) {
  while (true) {
    const int page = tasks.get();
    {
      const mp::With held(printer);
      printed[page] = 1;
    }
    tasks.task_done();
  }
}

template <bool joins>
void printers() {
  Tasks tasks(0, {.name = "tasks"});
  mp::Lock printer({.name = "printer"});
  mp::Array<int> printed({0, 0}, {.name = "printed"});
  const auto work = mp::args(tasks, printer, printed);
  mp::Process worker_1(mp::fn<&print_one_at_a_time>, work, {.name = "worker-1", .daemon = true});
  mp::Process worker_2(mp::fn<&print_one_at_a_time>, work, {.name = "worker-2", .daemon = true});
  worker_1.start();
  worker_2.start();
  tasks.put(0);
  tasks.put(1);
  if (joins) tasks.join();
}

constexpr std::size_t more_than_a_pipe_holds = 100'000;

void write_out(mp::Connection& archive) { archive.send(std::string(more_than_a_pipe_holds, 'r')); }

void store(mp::Connection& archive) {
  mp::sleep(1s);  // it is still busy
  try {
    outcome(archive.recv<std::string>().substr(0, 1));
  } catch (const mp::EOFError&) {
    outcome("nothing");
  } catch (const mp::OSError&) {
    outcome("half of it");
  }
}

template <bool joins>
void archived() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "archive"});
  mp::Process exporter(mp::fn<&write_out>, mp::args(sender), {.name = "exporter", .daemon = true});
  exporter.start();
  sender.close();
  mp::Process keeper(mp::fn<&store>, mp::args(receiver), {.name = "keeper"});
  keeper.start();
  receiver.close();
  if (joins) exporter.join();
}

}  // namespace

std::vector<Scenario> daemon_work_lost() {
  const std::vector<ExpectedFinding> lost = {{.rule = "daemon-work-lost"}};
  return {
      {.name = "misuse/daemon-work-lost-1",
       .summary = "main ends while a daemon delivers the letter that it got",
       .body = &mail<true>,
       .expected = lost},
      {.name = "misuse/daemon-work-lost-1-fixed",
       .summary = "a process delivers the letter that it got, and main joins it behind a sentinel",
       .body = &mail<false>},
      {.name = "misuse/daemon-work-lost-2",
       .summary = "main ends while daemons wait for a Lock with the task that each has got",
       .body = &printers<false>,
       .expected = lost},
      {.name = "misuse/daemon-work-lost-2-fixed",
       .summary = "main joins the queue of the tasks that daemons do under a Lock",
       .body = &printers<true>},
      {.name = "misuse/daemon-work-lost-3",
       .summary = "main ends while a daemon sends something long to a process that reads it later",
       .body = &archived<false>,
       .expected = lost},
      {.name = "misuse/daemon-work-lost-3-fixed",
       .summary = "main joins a daemon that sends something long to a process that reads it later",
       .body = &archived<true>},
  };
}

}  // namespace heddle::misuse
