// Queues, pipes and pools.
#include <array>
#include <heddle/trial/disciplined_parts.hpp>

namespace heddle::trial {
namespace {

// Main joins the producers, so that all items are in, and then puts a sentinel for each consumer.
void sentinels(PartWriter& part) {
  constexpr std::array<std::string_view, 6> makers{"Queue()",       "Queue(1)",        "Queue(3)",
                                                   "SimpleQueue()", "JoinableQueue()", "$manager.Queue()"};
  const std::uint32_t kind = part.below(makers.size());
  const std::uint32_t consumers = 1 + part.below(2);
  if (kind == 5) part.object("$manager = Manager()");
  part.object(fmt::format("$items = {}", makers[kind]));
  part.start("$consumer.start()");
  part.start("$producer.start()");
  part.body("$producer.join()");
  part.body(fmt::format("repeat {}:", consumers));
  part.body("  $items.put(None)");
  part.join("$consumer.join()");
  part.script(fmt::format("{} $producer * {}:\n  repeat {}:\n    $items.put(7)\n{}", part.task(),
                          1 + part.below(2), 1 + part.below(2), part.pause("    ")));
  part.script(fmt::format("process $consumer * {}:\n  for x in iter($items.get, None):\n    x == 7\n{}",
                          consumers, part.pause("    ")));
}

void joined_queue(PartWriter& part) {
  const std::uint32_t consumers = 1 + part.below(2);
  part.object("$tasks = JoinableQueue()");
  part.runs("$worker");
  part.body("$tasks.put(1)");
  part.body("$tasks.put(2)");
  if (part.by_chance()) part.body("$tasks.put(3)");
  part.body("$tasks.join()");
  part.body(fmt::format("repeat {}:", consumers));
  part.body("  $tasks.put(None)");
  part.script(fmt::format("{} $worker * {}:\n  for x in iter($tasks.get, None):\n{}    $tasks.task_done()\n",
                          part.task(), consumers, part.pause("    ")));
}

// Results come back by a queue of their own.
void handed_back(PartWriter& part) {
  part.object("$tasks = Queue()");
  part.object("$results = Queue()");
  part.runs("$worker");
  part.body("$tasks.put(20)");
  part.body("$tasks.put(20)");
  part.body("$results.get() == 21");
  part.body("$results.get() == 21");
  const bool is_alone = part.by_chance();
  part.script(fmt::format("{} $worker * {}:\n  repeat {}:\n    x = $tasks.get()\n{}    $results.put(x + 1)\n",
                          part.task(), is_alone ? 1 : 2, is_alone ? 2 : 1, part.pause("    ")));
}

void one_way_pipe(PartWriter& part) {
  part.object("$in, $out = Pipe(False)");
  const bool ends_by_closing = part.by_chance() && part.is_last();
  part.runs("$sender");
  const std::string pause = part.pause("  ");
  if (ends_by_closing) {
    part.body("$out.close()");
    part.body("$in.recv() == 1");
    part.body("$in.recv() == 2");
    part.body("$in.recv() raises EOFError");
  } else {
    part.body("for x in iter($in.recv, None):");
    part.body("  x in {1, 2}");
  }
  part.script(fmt::format("process $sender:\n  $out.send(1)\n{}  $out.send(2)\n  {}\n", pause,
                          ends_by_closing ? "$out.close()" : "$out.send(None)"));
}

void question_and_answer(PartWriter& part) {
  part.object("$here, $there = Pipe()");
  part.runs("$servant");
  part.body("repeat 2:");
  part.body("  $here.send(5)");
  part.body("  $here.recv() == 6");
  part.body("$here.send(None)");
  part.script(fmt::format("{} $servant:\n  for x in iter($there.recv, None):\n{}    $there.send(x + 1)\n",
                          part.task(), part.pause("    ")));
}

// Several send on one end, one at a time.
void pipe_under_a_lock(PartWriter& part) {
  part.object("$in, $out = Pipe(False)");
  part.object("$lock = Lock()");
  part.runs("$sender");
  part.body("$in.recv() == 1");
  part.body("$in.recv() == 1");
  part.script(fmt::format("process $sender * 2:\n{}  with $lock:\n    $out.send(1)\n", part.pause("  ")));
}

void closed_pool(PartWriter& part) {
  part.object(fmt::format("$pool = {}({})", part.by_chance() ? "Pool" : "ThreadPool", 1 + part.below(2)));
  switch (part.below(4)) {
    case 0:
      part.body("$pool.map(square, [1, 2, 3]) == [1, 4, 9]");
      break;
    case 1:
      part.body("$result = $pool.apply_async(square, [3])");
      part.body("$pool.apply(add, [1, 2]) == 3");
      part.body("$result.get() == 9");
      break;
    case 2:
      part.body("$results = $pool.imap(square, [2, 3])");
      part.body("$results.next() == 4");
      part.body("$results.next() == 9");
      break;
    default:
      part.body("$result = $pool.map_async(square, [1, 2])");
      part.body("$result.wait()");
      part.body("$result.get() == [1, 4]");
  }
  part.join("$pool.close()");
  part.join("$pool.join()");
}

constexpr std::array<DisciplinedPart, 7> all{&sentinels,    &joined_queue,        &handed_back,
                                             &one_way_pipe, &question_and_answer, &pipe_under_a_lock,
                                             &closed_pool};

}  // namespace

std::span<const DisciplinedPart> parts_of_traffic() { return all; }

}  // namespace heddle::trial
