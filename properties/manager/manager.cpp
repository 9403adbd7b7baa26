// Each call on a proxy takes effect at one moment. What takes two calls needs a lock, and is told of without
// one.
#include <array>
#include <string>

#include <properties/manager/manager.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string dict_is_one(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: table like dict");
  writer.object("manager = Manager()");
  writer.object("table = manager.dict()");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    // Who reads a key does not set it: that would be an update.
    const bool is_setter = writer.by_chance();
    const std::uint32_t calls = writer.some(3);
    for (std::uint32_t call = 0; call < calls; ++call) {
      const std::uint32_t key = writer.between(1, 2);
      if (is_setter)
        writer.line(fmt::format("table[{}] = {}", key, 10 * task + call));
      else
        writer.line(writer.by_chance() ? fmt::format("table.contains({})", key)
                                       : fmt::format("table[{}] ok | raises KeyError", key));
    }
  }
  return writer.text("manager/dict-is-one");
}

std::string list_is_one(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: row like list");
  writer.object("manager = Manager()");
  writer.object("row = manager.list()");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    const std::uint32_t calls = writer.some(3);
    for (std::uint32_t call = 0; call < calls; ++call)
      writer.line(writer.by_chance() ? fmt::format("row.append({})", 10 * task + call)
                                     : "row.pop() ok | raises IndexError");
  }
  return writer.text("manager/list-is-one");
}

std::string updates_are_exact(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object("table = manager.dict()");
  writer.object(writer.by_chance() ? "guard = manager.Lock()" : "guard = Lock()");
  writer.main("table['n'] = 0");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.main(fmt::format("task{}.start()", task));
    writer.last(fmt::format("task{}.join()", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("with guard:");
    writer.line("  x = table['n']");
    writer.line("  table['n'] = x + 1");
  }
  writer.last(fmt::format("table['n'] == {}", tasks));
  return writer.text("manager/updates-are-exact");
}

std::string updates_are_watched(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: unlocked-manager-update");
  writer.object("manager = Manager()");
  const bool is_dict = writer.by_chance();
  writer.object(is_dict ? "table = manager.dict()" : "table = manager.list([0])");
  writer.main(is_dict ? "table[0] = 0" : "pass");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.main(fmt::format("task{}.start()", task));
    writer.last(fmt::format("task{}.join()", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("x = table[0]");
    writer.line("table[0] = x + 1");
  }
  return writer.text("manager/updates-are-watched");
}

std::string queue_conserves(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(0, 2);
  writer.expect(fmt::format("history: tasks like queue({})", maxsize));
  writer.object("manager = Manager()");
  writer.object(fmt::format("tasks = manager.Queue({})", maxsize));
  const std::uint32_t producers = writer.some(2);
  std::uint32_t items = 0;
  for (std::uint32_t producer = 1; producer <= producers; ++producer) {
    writer.joined(fmt::format("producer{}", producer));
    writer.script(fmt::format("process producer{}", producer));
    const std::uint32_t own = writer.some(2);
    for (std::uint32_t item = 1; item <= own; ++item)
      writer.line(fmt::format("tasks.put({})", 10 * producer + item));
    items += own;
  }
  writer.main(fmt::format("repeat {}:", items));
  writer.main("  tasks.get()");
  writer.last("tasks.get_nowait() raises Empty");
  return writer.text("manager/queue-conserves");
}

std::string locks_exclude(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  static constexpr std::array<std::string_view, 3> makers{"Lock()", "RLock()", "Semaphore(1)"};
  writer.object("manager = Manager()");
  writer.object(fmt::format("guard = manager.{}", makers[writer.between(0, 2)]));
  writer.object("total = RawValue('i', 0)");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("with guard:");
    writer.line("  x = total.value");
    writer.line("  " + writer.pause());
    writer.line("  total.value = x + 1");
  }
  writer.last(fmt::format("total.value == {}", tasks));
  return writer.text("manager/locks-exclude");
}

constexpr std::array table{
    Property{"manager/dict-is-one", "calls on a dict have an order that explains them", &dict_is_one},
    Property{"manager/list-is-one", "calls on a list have an order that explains them", &list_is_one},
    Property{"manager/updates-are-exact", "no update under a lock is lost", &updates_are_exact},
    Property{"manager/updates-are-watched", "an update of several calls without a lock is found",
             &updates_are_watched},
    Property{"manager/queue-conserves", "nothing is lost, doubled or invented by a managed queue",
             &queue_conserves},
    Property{"manager/locks-exclude", "one at a time is inside of a managed lock", &locks_exclude},
};

}  // namespace

std::span<const Property> of_managers() { return table; }

}  // namespace heddle::properties
