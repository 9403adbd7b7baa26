// The same promises as of the primitives themselves, by proxies: every call is a message to the manager's
// process, where a thread for each client waits in its place.
#include <array>
#include <string>

#include <properties/managed/managed.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string semaphore(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t permits = writer.between(1, 2);
  const bool is_bounded = writer.by_chance();
  writer.object("manager = Manager()");
  writer.object(
      fmt::format("permits = manager.{}({})", is_bounded ? "BoundedSemaphore" : "Semaphore", permits));
  writer.object("inside = Value('i', 0)");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("permits.acquire() == True");
    writer.line("with inside:");
    writer.line("  x = inside.value");
    writer.line("  inside.value = x + 1");
    writer.line(permits == 1 ? "  inside.value == 1" : "  inside.value in {1, 2}");
    writer.line(writer.pause());
    writer.line("with inside:");
    writer.line("  y = inside.value");
    writer.line("  inside.value = y - 1");
    writer.line("permits.release()");
  }
  writer.last(fmt::format("repeat {}:", permits));
  writer.last("  permits.acquire(timeout=1) == True");
  writer.last("permits.acquire(timeout=0.25) == False after 0.25");
  writer.last("permits.acquire(False) == False");
  writer.last(fmt::format("repeat {}:", permits));
  writer.last("  permits.release()");
  return writer.text("managed/semaphore-keeps-count");
}

std::string bounded(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t permits = writer.between(1, 2);
  writer.expect("findings: semaphore-over-release");
  writer.object("manager = Manager()");
  writer.object(fmt::format("permits = manager.BoundedSemaphore({})", permits));
  writer.joined("user");
  writer.script("process user");
  writer.line(fmt::format("repeat {}:", writer.some(2)));
  writer.line("  permits.acquire()");
  writer.line("  permits.release() ok");
  writer.last("permits.release() raises ValueError");
  return writer.text("managed/bounded-semaphore-rejects");
}

std::string condition(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t waiters = writer.between(1, 3);
  const std::uint32_t wanted = writer.between(1, 3);
  const std::uint32_t woken = std::min(waiters, wanted);
  writer.object("manager = Manager()");
  writer.object("condition = manager.Condition()");
  writer.object("waiting = Semaphore(0)");
  writer.object("woken = Semaphore(0)");
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("process waiter{}", waiter));
    writer.line("with condition:");
    writer.line("  waiting.release()");
    writer.line("  condition.wait() == True");
    writer.line("woken.release()");
  }
  writer.main(fmt::format("repeat {}:", waiters));
  writer.main("  waiting.acquire()");
  writer.main("with condition:");
  writer.main(fmt::format("  condition.notify({})", wanted));
  writer.main(fmt::format("repeat {}:", woken));
  writer.main("  woken.acquire()");
  writer.main("sleep(0.5)");
  writer.main("woken.acquire(False) == False");
  writer.main("with condition:");
  writer.main("  condition.notify_all()");
  writer.last(fmt::format("woken.get_value() == {}", waiters - woken));
  return writer.text("managed/condition-notifies-as-many");
}

std::string condition_gives_up(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object("condition = manager.Condition()");
  const std::uint32_t waiters = writer.some(2);
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("process waiter{}", waiter));
    writer.line("with condition:");
    writer.line(fmt::format("  condition.wait(0.{0}) == False after 0.{0}", writer.between(1, 9)));
  }
  return writer.text("managed/condition-gives-up-in-time");
}

std::string event(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: open like event");
  writer.object("manager = Manager()");
  writer.object("open = manager.Event()");
  const std::uint32_t waiters = writer.some(2);
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("process waiter{}", waiter));
    writer.line(writer.by_chance() ? "open.wait() == True" : "open.wait(10) == True");
    writer.line("open.is_set() == True");
  }
  writer.main("open.is_set() == False");
  writer.main("open.wait(0.25) == False after 0.25");
  writer.main("open.set()");
  return writer.text("managed/event-wakes-all");
}

std::string barrier(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 3);
  const std::uint32_t rounds = writer.some(2);
  writer.object("manager = Manager()");
  writer.object(fmt::format("barrier = manager.Barrier({})", parties));
  writer.object(fmt::format("given = Array('i', {})", parties));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("process party{}", party));
    writer.line(fmt::format("repeat {}:", rounds));
    writer.line("  index = barrier.wait()");
    writer.line("  with given:");
    writer.line("    y = given[index]");
    writer.line("    given[index] = y + 1");
  }
  std::string all;
  for (std::uint32_t party = 0; party < parties; ++party)
    all += fmt::format("{}{}", party == 0 ? "" : ", ", rounds);
  writer.last(fmt::format("list(given) == [{}]", all));
  writer.last("barrier.n_waiting == 0");
  return writer.text("managed/barrier-all-or-none");
}

std::string barrier_breaks(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 2);
  writer.object("manager = Manager()");
  writer.object(fmt::format("barrier = manager.Barrier({})", parties + 2));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("process party{}", party));
    writer.line("barrier.wait() raises BrokenBarrierError");
  }
  writer.main(writer.by_chance() ? "barrier.abort()"
                                 : "barrier.wait(0.5) raises BrokenBarrierError after 0.5");
  writer.main("barrier.broken == True");
  return writer.text("managed/barrier-breaks-for-all");
}

std::string value(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: number like value(0)");
  writer.object("manager = Manager()");
  writer.object("number = manager.Value('i', 0)");
  writer.joined("setter");
  writer.script("process setter");
  const std::uint32_t sets = writer.some(3);
  for (std::uint32_t each = 1; each <= sets; ++each) writer.line(fmt::format("number.set({})", each));
  writer.main(fmt::format("repeat {}:", writer.some(3)));
  writer.main("  number.get()");
  writer.last(fmt::format("number.get() == {}", sets));
  return writer.text("managed/value-is-one");
}

std::string joinable_queue(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: tasks like joinable-queue(0)");
  writer.object("manager = Manager()");
  writer.object("tasks = manager.JoinableQueue()");
  const std::uint32_t items = writer.some(3);
  writer.joined("worker");
  writer.script("process worker");
  writer.line(fmt::format("repeat {}:", items));
  writer.line("  tasks.get()");
  writer.line("  " + writer.pause());
  writer.line("  tasks.task_done()");
  for (std::uint32_t item = 1; item <= items; ++item) writer.main(fmt::format("tasks.put({})", item));
  writer.main("tasks.join()");
  return writer.text("managed/queue-joins-exactly");
}

std::string bounded_queue(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(1, 2);
  writer.object("manager = Manager()");
  writer.object(fmt::format("tasks = manager.Queue({})", maxsize));
  for (std::uint32_t item = 0; item < maxsize; ++item) writer.main(fmt::format("tasks.put({}) ok", item));
  writer.main("tasks.put_nowait(7) raises Full");
  writer.main("tasks.put(8, timeout=0.25) raises Full after 0.25");
  writer.main("tasks.full() == True");
  writer.main(fmt::format("tasks.qsize() == {}", maxsize));
  writer.main("taker.start()");
  writer.main("tasks.put(9) ok");
  writer.main("taker.join()");
  for (std::uint32_t item = 0; item < maxsize; ++item) writer.main("tasks.get()");
  writer.main("tasks.get(timeout=0.5) raises Empty after 0.5");
  writer.main("tasks.empty() == True");
  writer.script("process taker");
  writer.line(writer.pause());
  writer.line("tasks.get() == 0");
  return writer.text("managed/queue-bounded");
}

std::string pool(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object(fmt::format("pool = manager.Pool({})", writer.between(1, 2)));
  const std::uint32_t jobs = writer.some(3);
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    writer.main(fmt::format("r{} = pool.apply_async(square, [{}])", job, job));
    writer.last(fmt::format("r{}.get() == {}", job, job * job));
  }
  writer.main("pool.map(square, [1, 2, 3]) == [1, 4, 9]");
  writer.main("pool.apply(raise, ['KeyError']) raises KeyError");
  writer.last("pool.close()");
  writer.last("pool.join()");
  return writer.text("managed/pool-does-each-once");
}

constexpr std::array table{
    Property{"managed/semaphore-keeps-count", "never more inside than permits, and none is lost", &semaphore},
    Property{"managed/bounded-semaphore-rejects", "a release too many is always rejected, and no other",
             &bounded},
    Property{"managed/condition-notifies-as-many",
             "notify(n) wakes n of those that wait, or all if there are fewer", &condition},
    Property{"managed/condition-gives-up-in-time", "who is not told goes on at its deadline, and says so",
             &condition_gives_up},
    Property{"managed/event-wakes-all", "set lets everybody go on that waits or will, and before it nobody",
             &event},
    Property{"managed/barrier-all-or-none",
             "nobody goes on before all have come, each with an index of its own", &barrier},
    Property{"managed/barrier-breaks-for-all", "abort and a timeout break it for all that wait",
             &barrier_breaks},
    Property{"managed/value-is-one", "sets and gets have an order that explains them", &value},
    Property{"managed/queue-joins-exactly", "join returns exactly when every item has been marked done",
             &joinable_queue},
    Property{"managed/queue-bounded",
             "never more than maxsize; Full and Empty only when so, after the time given", &bounded_queue},
    Property{"managed/pool-does-each-once",
             "each task is done once, its result or its error given to who asked", &pool},
};

}  // namespace

std::span<const Property> of_managed() { return table; }

}  // namespace heddle::properties
