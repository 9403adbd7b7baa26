// Waiters tell that they are about to wait while they hold the lock, so that whoever takes the lock after all
// of them have told knows that all of them wait.
#include <array>
#include <string>

#include <properties/condition/condition.hpp>
#include <properties/home.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

/// What each waiter does between its acquire and its release.
void write_waiter(Writer& writer, std::string_view wait) {
  writer.line("with condition:");
  writer.line("  waiting.release()");
  writer.line(fmt::format("  {}", wait));
}

}  // namespace

void write_notifies_as_many(Writer& writer) {
  const std::uint32_t waiters = writer.between(1, 4);
  const std::uint32_t wanted = writer.between(1, 4);
  const std::uint32_t woken = std::min(waiters, wanted);
  writer.primitive("condition", "Condition()");
  writer.object("waiting = Semaphore(0)");
  writer.object("woken = Semaphore(0)");
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    write_waiter(writer, "condition.wait() == True");
    writer.line("woken.release()");
  }
  writer.main(fmt::format("repeat {}:", waiters));
  writer.main("  waiting.acquire()");
  writer.main("with condition:");
  writer.main(fmt::format("  condition.notify({})", wanted));
  writer.main(fmt::format("repeat {}:", woken));
  writer.main("  woken.acquire()");
  writer.main("sleep(0.5)");
  writer.main("woken.acquire(False) == False");  // and nobody else
  writer.main("with condition:");
  writer.main("  condition.notify_all()");
  writer.last(fmt::format("woken.get_value() == {}", waiters - woken));
}

void write_condition_gives_up(Writer& writer) {
  const std::uint32_t waiters = writer.some(3);
  writer.primitive("condition", "Condition()");
  writer.object("woken = RawValue('i', 0)");
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    const std::uint32_t tenths = writer.between(1, 9);
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    writer.line("with condition:");
    if (writer.by_chance())
      writer.line(fmt::format("  condition.wait(0.{0}) == False after 0.{0} within 0.{0}", tenths));
    else
      writer.line(fmt::format(
          "  condition.wait_for(woken.value > 0, 0.{0}) == False after 0.{0} within 0.{0}", tenths));
  }
}

void write_event_stays_set(Writer& writer) {
  writer.expect("history: open like event");
  writer.primitive("open", "Event()");
  writer.first("open.set()");
  const std::uint32_t waiters = writer.some(3);
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    writer.line(writer.pause());
    writer.line(fmt::format("repeat {}:", writer.some(3)));
    writer.line(fmt::format("  open.wait({}) == True within 0", writer.by_chance() ? "" : "0.5"));
    writer.line(writer.by_chance() ? "open.set()" : "open.is_set() == True");
  }
  writer.last("open.is_set() == True");
  writer.last("open.clear()");
  writer.last("open.is_set() == False");
  writer.last("open.wait(0.25) == False after 0.25 within 0.25");
  writer.last("open.set()");
  writer.last("open.wait() == True within 0");
}

void write_event_wakes_all(Writer& writer) {
  writer.expect("history: open like event");
  writer.primitive("open", "Event()");
  const std::uint32_t waiters = writer.some(3);
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    writer.line(writer.pause());
    writer.line(writer.by_chance() ? "open.wait() == True" : "open.wait(10) == True within 1");
    writer.line("open.is_set() == True");
  }
  writer.main(writer.pause());
  writer.main("open.is_set() == False");
  writer.main("open.wait(0.25) == False after 0.25 within 0.25");
  writer.main("open.set()");
}

namespace {

std::string tells_predicates(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t waiters = writer.some(3);
  const std::uint32_t goal = writer.some(3);
  writer.object("condition = Condition()");
  writer.object("count = RawValue('i', 0)");
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    writer.line(writer.pause());
    writer.line("with condition:");
    writer.line(fmt::format("  condition.wait_for(count.value >= {}) == True", writer.between(1, goal)));
  }
  writer.main(fmt::format("repeat {}:", goal));
  writer.main("  " + writer.pause());
  writer.main("  with condition:");
  writer.main("    x = count.value");
  writer.main("    count.value = x + 1");
  writer.main("    condition.notify_all()");
  return writer.text("condition/tells-predicates");
}

std::string event_is_one(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: open like event");
  writer.object("open = Event()");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("{} task{}", writer.task(), task));
    const std::uint32_t calls = writer.some(4);
    for (std::uint32_t call = 0; call < calls; ++call) {
      static constexpr std::array<std::string_view, 4> all{"open.set()", "open.clear()", "open.is_set()",
                                                           "open.wait(0.1)"};
      writer.line(all[writer.between(0, 3)]);
    }
  }
  // A pulse may be missed, which is what these do on purpose.
  return writer.text("event/is-one-flag");
}

constexpr std::array table{
    property<"condition/notifies-as-many", &write_notifies_as_many>(
        "notify(n) wakes n of those that wait, or all if there are fewer"),
    Property{"condition/tells-predicates", "who waits for a state that comes and is told, goes on",
             &tells_predicates},
    property<"condition/gives-up-in-time", &write_condition_gives_up>(
        "who is not told goes on at its deadline, and says so"),
    property<"event/wakes-all", &write_event_wakes_all>(
        "set lets everybody go on that waits or will, and before it nobody"),
    property<"event/stays-set", &write_event_stays_set>(
        "who waits takes nothing away: it is set until it is cleared"),
    Property{"event/is-one-flag", "set, clear, is_set and wait are about one flag", &event_is_one},
};

}  // namespace

std::span<const Property> of_conditions() { return table; }

}  // namespace heddle::properties
