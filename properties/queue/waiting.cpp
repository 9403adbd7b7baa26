// Several wait for one queue: at one time only one of them reads, and the others wait for that one.
#include <array>
#include <string>

#include <properties/queue/queue.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string gives_up(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("tasks = Queue()");
  const std::uint32_t getters = writer.between(1, 3);
  std::uint32_t waiting = 0;
  for (std::uint32_t getter = 1; getter <= getters; ++getter) {
    writer.joined(fmt::format("getter{}", getter));
    writer.script(fmt::format("{} getter{}", writer.task(), getter));
    if (writer.by_chance()) {
      writer.line(
          fmt::format("tasks.get(timeout=0.{}) raises Empty after 0.{} within 0.{}", getter, getter, getter));
      writer.line("tasks.get(block=False) raises Empty within 0");
    } else {
      writer.line("tasks.get() within 1");
      ++waiting;
    }
  }
  writer.main("sleep(0.5)");
  for (; waiting > 0; --waiting) writer.main("tasks.put(1)");
  return writer.text("queue/gives-up-beside-others");
}

std::string comes_at_once(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("tasks = JoinableQueue()");
  const std::uint32_t getters = writer.between(2, 3);
  for (std::uint32_t getter = 1; getter <= getters; ++getter) {
    writer.joined(fmt::format("getter{}", getter));
    writer.script(fmt::format("{} getter{}", writer.task(), getter));
    writer.line("tasks.get(timeout=9) ok after 0.5 within 0.5");
    writer.line("tasks.task_done()");
    writer.line("tasks.join() within 0");
  }
  writer.main("sleep(0.5)");
  for (std::uint32_t getter = 1; getter <= getters; ++getter)
    writer.main(fmt::format("tasks.put({})", getter));
  writer.main("tasks.join() within 0");
  return writer.text("queue/comes-at-once");
}

constexpr std::array table{
    Property{"queue/gives-up-beside-others",
             "a get ends at its deadline though another one waits without one", &gives_up},
    Property{"queue/comes-at-once", "all that wait go on at the moment in which there is something for them",
             &comes_at_once},
};

}  // namespace

std::span<const Property> of_queue_waits() { return table; }

}  // namespace heddle::properties
