// The same promises as of the primitives themselves, by proxies: every call is a message to the manager's
// process, where a thread for each client waits in its place.
#include <array>
#include <string>

#include <properties/barrier/barrier.hpp>
#include <properties/condition/condition.hpp>
#include <properties/home.hpp>
#include <properties/locks/locks.hpp>
#include <properties/managed/managed.hpp>
#include <properties/queue/queue.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

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
    property<"managed/semaphore-refuses-nobody", &write_semaphore_refuses_nobody, Home::manager>(
        "who does not wait gets a permit while there is one"),
    property<"managed/event-stays-set", &write_event_stays_set, Home::manager>(
        "who waits takes nothing away: it is set until it is cleared"),
    property<"managed/barrier-told-late", &write_tells_who_comes_late, Home::manager>(
        "who comes to a broken barrier is told at once, until it is reset"),
    property<"managed/barrier-reset-tells", &write_reset_tells, Home::manager>(
        "a reset breaks it for those that wait, and for nobody who comes"),
    property<"managed/queue-gives-up-alone", &write_gives_up_alone, Home::manager>(
        "a put or get that was given up leaves nothing behind for others"),
    property<"managed/semaphore-keeps-count", &write_semaphore_counts, Home::manager>(
        "never more inside than permits, and none is lost"),
    property<"managed/bounded-semaphore-rejects", &write_bounded_semaphore_rejects, Home::manager>(
        "a release too many is always rejected, and no other"),
    property<"managed/condition-notifies-as-many", &write_notifies_as_many, Home::manager>(
        "notify(n) wakes n of those that wait, or all if there are fewer"),
    property<"managed/condition-gives-up-in-time", &write_condition_gives_up, Home::manager>(
        "who is not told goes on at its deadline, and says so"),
    property<"managed/event-wakes-all", &write_event_wakes_all, Home::manager>(
        "set lets everybody go on that waits or will, and before it nobody"),
    property<"managed/barrier-all-or-none", &write_all_or_none, Home::manager>(
        "nobody goes on before all have come, each with an index of its own"),
    property<"managed/barrier-breaks-for-all", &write_breaks_for_all, Home::manager>(
        "abort and a timeout break it for all that wait"),
    Property{"managed/value-is-one", "sets and gets have an order that explains them", &value},
    property<"managed/queue-joins-exactly", &write_counts_while_joined, Home::manager>(
        "join returns exactly when every item has been marked done"),
    property<"managed/queue-bounded", &write_bounded_queue, Home::manager>(
        "never more than maxsize; Full and Empty only when so, after the time given"),
    Property{"managed/pool-does-each-once",
             "each task is done once, its result or its error given to who asked", &pool},
};

}  // namespace

std::span<const Property> of_managed() { return table; }

}  // namespace heddle::properties
