// Conditions, events and barriers.
#include <array>
#include <heddle/trial/disciplined_parts.hpp>

namespace heddle::trial {
namespace {

// What is waited for stays so.
void told_to_all(PartWriter& part) {
  part.object("$changed = Condition()");
  part.object(part.by_chance() ? "$ready = Value('i', 0)" : "$ready = RawValue('i', 0)");
  part.runs("$waiter");
  part.body("with $changed:");
  part.body("  $ready.value = 1");
  part.body("  $changed.notify_all()");
  const std::string wait = part.by_chance() ? "    $changed.wait_for($ready.value == 1)\n"
                                            : "    while $ready.value == 0:\n      $changed.wait()\n";
  part.script(fmt::format("{} $waiter * {}:\n{}  with $changed:\n{}", part.task(), 1 + part.below(3),
                          part.pause("  "), wait));
}

// What one has taken the next must wait for again.
void taken_by_one(PartWriter& part) {
  part.object("$changed = Condition()");
  part.object("$stock = Value('i', 0)");
  part.runs("$taker");
  part.runs("$maker");
  part.join("$stock.value == 0");
  part.script(
      fmt::format("{} $taker * 2:\n  with $changed:\n    while $stock.value == 0:\n"
                  "      $changed.wait()\n    x = $stock.value\n    $stock.value = x - 1\n",
                  part.task()));
  part.script(
      fmt::format("process $maker * 2:\n{}  with $changed:\n    x = $stock.value\n"
                  "    $stock.value = x + 1\n    $changed.notify()\n",
                  part.pause("  ")));
}

void event_set_once(PartWriter& part) {
  const bool is_managed = part.below(4) == 0;
  if (is_managed) part.object("$manager = Manager()");
  part.object(is_managed ? "$ready = $manager.Event()" : "$ready = Event()");
  part.object(part.by_chance() ? "$value = Value('i', 0)" : "$value = RawValue('i', 0)");
  part.runs("$waiter");
  part.body("$value.value = 5");
  part.body("$ready.set()");
  part.script(fmt::format("{} $waiter * {}:\n{}  $ready.wait() == True\n  $value.value == 5\n", part.task(),
                          1 + part.below(2), part.pause("  ")));
}

// All write a cell of their own, wait, and read the others'.
void barrier_of_all(PartWriter& part) {
  const std::uint32_t parties = 2 + part.below(2);
  part.object(fmt::format("$barrier = Barrier({})", parties));
  part.object(fmt::format("$cells = RawArray('i', {})", parties));
  for (std::uint32_t party = 0; party < parties; ++party) {
    const bool is_main = party == 0 && parties == 2;
    std::string text = fmt::format("$cells[{}] = {}\n  $barrier.wait()\n  $cells[{}] == {}\n", party,
                                   party + 1, (party + 1) % parties, (party + 1) % parties + 1);
    if (is_main) {
      part.body(text.substr(0, text.size() - 1));
      continue;
    }
    part.script(fmt::format("process $party_{}:\n{}  {}", party, part.pause("  "), text));
    part.runs(fmt::format("$party_{}", party));
  }
}

// Two rounds: between them nobody may run ahead.
void barrier_of_two_rounds(PartWriter& part) {
  part.object("$barrier = Barrier(2)");
  part.object("$cell = RawValue('i', 0)");
  part.runs("$writer");
  part.runs("$reader");
  part.script(
      fmt::format("process $writer:\n  $cell.value = 1\n  $barrier.wait()\n  $barrier.wait()\n{}"
                  "  $cell.value = 2\n",
                  part.pause("  ")));
  part.script(fmt::format("{} $reader:\n  $barrier.wait()\n{}  $cell.value == 1\n  $barrier.wait()\n",
                          part.task(), part.pause("  ")));
}

// Passed around: who has been woken wakes the next.
void semaphores_in_turn(PartWriter& part) {
  part.object("$first = Semaphore(0)");
  part.object("$second = Semaphore(0)");
  part.object("$cell = RawValue('i', 0)");
  part.runs("$partner");
  part.body("$cell.value = 1");
  part.body("$first.release()");
  part.body("$second.acquire()");
  part.body("$cell.value == 2");
  part.script(
      fmt::format("{} $partner:\n  $first.acquire()\n{}  $cell.value == 1\n  $cell.value = 2\n"
                  "  $second.release()\n",
                  part.task(), part.pause("  ")));
}

constexpr std::array<DisciplinedPart, 6> all{&told_to_all,    &taken_by_one,          &event_set_once,
                                             &barrier_of_all, &barrier_of_two_rounds, &semaphores_in_turn};

}  // namespace

std::span<const DisciplinedPart> parts_of_waiting() { return all; }

}  // namespace heddle::trial
