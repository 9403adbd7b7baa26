// Data under locks, and semaphores around it.
#include <array>
#include <heddle/trial/disciplined_parts.hpp>

namespace heddle::trial {
namespace {

// Each task takes some of the locks, the lower ones first, and changes what the latest of them guards.
void locks_in_order(PartWriter& part) {
  constexpr std::uint32_t locks = 3;
  for (std::uint32_t lock = 0; lock < locks; ++lock) {
    part.object(fmt::format("$lock_{} = {}()", lock, part.by_chance() ? "Lock" : "RLock"));
    part.object(fmt::format("$value_{} = Value('i', 0)", lock));
  }
  const std::uint32_t tasks = 2 + part.below(2);
  for (std::uint32_t task = 0; task < tasks; ++task) {
    std::string text = fmt::format("{} $worker_{}:\n", part.task(), task), indent = "  ";
    for (std::uint32_t lock = 0; lock < locks; ++lock) {
      if (lock + 1 < locks && part.below(3) == 0) continue;
      text += fmt::format("{}with $lock_{}:\n", indent, lock);
      indent += "  ";
      text += part.pause(indent) +
              fmt::format("{0}x = $value_{1}.value\n{0}$value_{1}.value = x + 1\n", indent, lock);
    }
    part.script(text);
    part.runs(fmt::format("$worker_{}", task));
  }
  part.join("$value_2.value == " + std::to_string(tasks));
}

void lock_taken_twice(PartWriter& part) {
  const std::uint32_t tasks = 2 + part.below(2);
  part.object("$lock = RLock()");
  part.object("$value = Value('i', 0)");
  part.runs("$worker");
  part.join(fmt::format("$value.value == {}", tasks));
  part.script(
      fmt::format("{} $worker * {}:\n  with $lock:\n    x = $value.value\n    with $lock:\n{}"
                  "      $value.value = x + 1\n",
                  part.task(), tasks, part.pause("      ")));
}

// The lock is the value's own.
void value_under_its_lock(PartWriter& part) {
  const std::uint32_t tasks = 2 + part.below(2);
  part.object("$value = Value('i', 0)");
  part.object("$guard = $value.get_lock()");
  part.runs("$worker");
  part.join(fmt::format("$value.value == {}", 2 * tasks));
  part.script(
      fmt::format("{} $worker * {}:\n  repeat 2:\n    with {}:\n      x = $value.value\n{}"
                  "      $value.value = x + 1\n",
                  part.task(), tasks, part.by_chance() ? "$guard" : "$value", part.pause("      ")));
}

void array_under_its_lock(PartWriter& part) {
  part.object("$slots = Array('i', [0, 0, 0])");
  part.runs("$adder");
  part.runs("$reader");
  part.join("$slots[:] == [2, 2, 0]");
  part.script(
      fmt::format("process $adder * 2:\n  with $slots:\n    x = $slots[0]\n    $slots[0] = x + 1\n{}"
                  "    y = $slots[1]\n    $slots[1] = y + 1\n",
                  part.pause("    ")));
  part.script(fmt::format("{} $reader:\n  with $slots:\n    x = $slots[0]\n    {}\n    $slots[1] == x\n",
                          part.task(), part.by_chance() ? "list($slots)" : "$slots[0:2]"));
}

// Raw storage has no lock of its own.
void raw_data_under_a_lock(PartWriter& part) {
  constexpr std::array<std::string_view, 3> makers{"RawValue('i', 0)", "RawArray('i', 4)",
                                                   "SharedMemory(create=True, size=8)"};
  constexpr std::array<std::string_view, 3> cells{"$data.value", "$data[1]", "$data.buf[1]"};
  const std::uint32_t kind = part.below(3);
  part.object("$lock = Lock()");
  part.object(fmt::format("$data = {}", makers[kind]));
  part.runs("$worker");
  const std::string change = fmt::format("x = {0}\n{1}    {0} = x + 1\n", cells[kind], part.pause("    "));
  part.script(fmt::format("process $worker * 2:\n  with $lock:\n    {}{}", change,
                          kind == 2 ? "  $data.close()\n" : ""));
  part.join(fmt::format("{} == 2", cells[kind]));
  if (kind != 2) return;
  part.join("$data.close()");
  part.join("$data.unlink()");
}

void managed_data_under_a_lock(PartWriter& part) {
  constexpr std::array<std::string_view, 4> makers{"dict()", "list([0])", "Namespace()", "Value('i', 0)"};
  constexpr std::array<std::string_view, 4> reads{"$data.get('k', 0)", "$data[0]", "getattr($data, 'k')",
                                                  "$data.value"};
  constexpr std::array<std::string_view, 4> writes{"$data['k'] = x + 1", "$data[0] = x + 1",
                                                   "setattr($data, 'k', x + 1)", "$data.value = x + 1"};
  const std::uint32_t kind = part.below(4);
  part.object("$manager = Manager()");
  part.object(fmt::format("$data = $manager.{}", makers[kind]));
  part.object(part.by_chance() ? "$lock = Lock()" : "$lock = $manager.Lock()");
  if (kind == 2) part.start("setattr($data, 'k', 0)");
  part.runs("$worker");
  part.join(fmt::format("{} == 2", reads[kind]));
  if (part.by_chance()) part.join("$manager.shutdown()");
  part.script(
      fmt::format("process $worker * 2:\n  with $lock:\n    x = {}\n    {}\n", reads[kind], writes[kind]));
}

// Each call is atomic, and nobody writes what it has read.
void lone_appends(PartWriter& part) {
  part.object("$manager = Manager()");
  part.object("$log = $manager.list()");
  part.runs("$worker");
  part.join("len($log) == 4");
  part.script(fmt::format("process $worker * 2:\n  repeat 2:\n    $log.append(1)\n{}", part.pause("    ")));
}

// As many at a time as there are permits; what they change has a lock.
void semaphore_around(PartWriter& part) {
  const std::uint32_t permits = 1 + part.below(2);
  part.object(fmt::format("$permits = {}({})", part.by_chance() ? "Semaphore" : "BoundedSemaphore", permits));
  part.object("$value = Value('i', 0)");
  part.runs("$worker");
  part.join("$value.value == 3");
  part.script(
      fmt::format("{} $worker * 3:\n  with $permits:\n{}    with $value:\n      x = $value.value\n"
                  "      $value.value = x + 1\n",
                  part.task(), part.pause("    ")));
}

constexpr std::array<DisciplinedPart, 8> all{
    &locks_in_order,        &lock_taken_twice,          &value_under_its_lock, &array_under_its_lock,
    &raw_data_under_a_lock, &managed_data_under_a_lock, &lone_appends,         &semaphore_around};

}  // namespace

std::span<const DisciplinedPart> parts_of_data() { return all; }

}  // namespace heddle::trial
