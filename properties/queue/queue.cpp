// Every program takes out all that it has put in, so what is lost leaves somebody waiting, and what is
// doubled or invented contradicts the history. Numbers of items are drawn, who comes first is left to the
// search.
#include <array>
#include <string>
#include <vector>

#include <properties/home.hpp>
#include <properties/queue/queue.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

void write_bounded_queue(Writer& writer) {
  const std::uint32_t maxsize = writer.some(3);
  writer.primitive("tasks", fmt::format("Queue({})", maxsize));
  for (std::uint32_t item = 0; item < maxsize; ++item)
    writer.main(fmt::format("tasks.put({}, {}) ok", item, writer.by_chance() ? "False" : "timeout=1"));
  writer.main("tasks.put_nowait(7) raises Full");
  writer.main("tasks.put(8, timeout=0.25) raises Full after 0.25 within 0.25");
  writer.main("tasks.full() == True");
  writer.main(fmt::format("tasks.qsize() == {}", maxsize));
  writer.main("taker.start()");
  writer.main("tasks.put(9) ok");  // as soon as one is taken
  writer.main("taker.join()");
  for (std::uint32_t item = 0; item < maxsize; ++item) writer.main("tasks.get()");
  writer.main("tasks.get(timeout=0.5) raises Empty after 0.5 within 0.5");
  writer.script("process taker");
  writer.line(writer.pause());
  writer.line("tasks.get() == 0");
}

// Each item's worker puts the next one before it marks its own as done, so the count is zero once.
void write_counts_while_joined(Writer& writer) {
  const std::uint32_t items = writer.between(2, 5);
  writer.expect("history: tasks like joinable-queue(0)");
  writer.primitive("tasks", "JoinableQueue()");
  writer.object("done = Value('i', 0)");
  writer.first("tasks.put(1)");
  const std::uint32_t joiners = writer.some(3);
  for (std::uint32_t joiner = 1; joiner <= joiners; ++joiner) {
    writer.joined(fmt::format("joiner{}", joiner));
    writer.script(fmt::format("{} joiner{}", writer.task(), joiner));
    writer.line(writer.pause());
    writer.line("tasks.join()");
    writer.line(fmt::format("done.value == {}", items));
  }
  writer.joined("worker");
  writer.script(fmt::format("{} worker", writer.task()));
  for (std::uint32_t item = 1; item <= items; ++item) {
    writer.line(fmt::format("tasks.get() == {}", item));
    writer.line(writer.pause());
    if (item < items) writer.line(fmt::format("tasks.put({})", item + 1));
    writer.line(fmt::format("done.value = {}", item));
    writer.line("tasks.task_done() ok");
  }
  writer.last("tasks.join() == None within 0");
}

// Who has given up is out of the way of those who come later.
void write_gives_up_alone(Writer& writer) {
  const std::uint32_t maxsize = writer.some(2);
  writer.primitive("tasks", fmt::format("{}({})", writer.by_chance() ? "Queue" : "JoinableQueue", maxsize));
  const std::uint32_t pairs = writer.some(2);
  for (std::uint32_t pair = 1; pair <= pairs; ++pair) {
    writer.script(fmt::format("{} getter{}", writer.task(), pair));
    writer.line(
        fmt::format("tasks.get(timeout=0.{0}) raises Empty after 0.{0} within 0.{0}", writer.between(1, 9)));
    writer.script(fmt::format("{} putter{}", writer.task(), pair));
    writer.line(fmt::format("tasks.put(99, timeout=0.{0}) raises Full after 0.{0} within 0.{0}",
                            writer.between(1, 9)));
  }
  const auto together = [&](std::string_view who) {
    for (std::uint32_t pair = 1; pair <= pairs; ++pair) writer.main(fmt::format("{}{}.start()", who, pair));
    for (std::uint32_t pair = 1; pair <= pairs; ++pair) writer.main(fmt::format("{}{}.join()", who, pair));
  };
  together("getter");
  for (std::uint32_t item = 1; item <= maxsize; ++item)
    writer.main(fmt::format("tasks.put_nowait({}) ok", item));
  together("putter");
  writer.main("tasks.put_nowait(98) raises Full");
  for (std::uint32_t item = 1; item <= maxsize; ++item)
    writer.main(fmt::format("tasks.get(timeout=1) == {} within 0.1", item));
  writer.main("tasks.get(timeout=0.1) raises Empty after 0.1 within 0.1");
  for (std::uint32_t item = 1; item <= maxsize; ++item)
    writer.main(fmt::format("tasks.put_nowait({}) ok", item + 10));
  for (std::uint32_t item = 1; item <= maxsize; ++item)
    writer.main(fmt::format("tasks.get() == {}", item + 10));
}

namespace {

struct Producers {
  std::uint32_t items = 0;  // of all together
};

/// Several that put items of their own; each is named after its number.
Producers write_producers(Writer& writer, std::uint32_t count, std::uint32_t each_max) {
  Producers written;
  for (std::uint32_t producer = 1; producer <= count; ++producer) {
    writer.joined(fmt::format("producer{}", producer));
    writer.script(fmt::format("{} producer{}", writer.task(), producer));
    const std::uint32_t items = writer.some(each_max);
    for (std::uint32_t item = 1; item <= items; ++item) {
      writer.line(writer.pause());
      writer.line(fmt::format("tasks.put({})", 10 * producer + item));
    }
    written.items += items;
  }
  return written;
}

/// Consumers that share what there is to be taken; main takes the rest.
void write_consumers(Writer& writer, std::uint32_t items, std::string_view after_each) {
  const std::uint32_t consumers = writer.between(0, 2);
  for (std::uint32_t consumer = 1; consumer <= consumers; ++consumer) {
    const std::uint32_t own = items == 0 ? 0 : writer.between(0, items);
    items -= own;
    writer.joined(fmt::format("consumer{}", consumer));
    writer.script(fmt::format("{} consumer{}", writer.task(), consumer));
    writer.line(fmt::format("repeat {}:", own));
    writer.line("  " + writer.pause());
    writer.line("  tasks.get()");
    if (!after_each.empty()) writer.line(fmt::format("  {}", after_each));
  }
  writer.main(fmt::format("repeat {}:", items));
  writer.main("  tasks.get()");
  if (!after_each.empty()) writer.main(fmt::format("  {}", after_each));
}

std::string conserves(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(0, 3);
  writer.expect(fmt::format("history: tasks like queue({})", maxsize));
  writer.object(fmt::format("tasks = Queue({})", maxsize));
  write_consumers(writer, write_producers(writer, writer.some(3), 3).items, "");
  writer.last("tasks.get(timeout=0.5) raises Empty after 0.5");
  writer.last("tasks.empty() == True");
  return writer.text("queue/conserves");
}

std::string keeps_order(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(0, 2);
  writer.object(fmt::format("tasks = Queue({})", maxsize));
  const std::uint32_t items = writer.some(6);
  writer.joined("producer");
  writer.script(fmt::format("{} producer", writer.task()));
  for (std::uint32_t item = 1; item <= items; ++item) {
    writer.line(writer.pause());
    writer.line(fmt::format("tasks.put({})", item));
    writer.main(writer.pause());
    writer.main(fmt::format("tasks.get() == {}", item));
  }
  return writer.text("queue/keeps-order");
}

std::string ends_waiting(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t pairs = writer.some(3);
  writer.expect("history: full like queue(1), empty like queue(0)");
  writer.object("full = Queue(1)");
  writer.object("empty = Queue()");
  writer.first("full.put(0)");
  for (std::uint32_t pair = 1; pair <= pairs; ++pair) {
    writer.joined(fmt::format("putter{}", pair));
    writer.joined(fmt::format("getter{}", pair));
    writer.script(fmt::format("{} putter{}", writer.task(), pair));
    writer.line(writer.pause());
    writer.line(fmt::format("full.put({}, timeout=10) ok within 1", pair));
    writer.script(fmt::format("{} getter{}", writer.task(), pair));
    writer.line(writer.pause());
    writer.line("empty.get(timeout=10) ok within 1");
    writer.main("sleep(0.1)");
    writer.main("full.get()");
    writer.main(fmt::format("empty.put({})", pair));
  }
  writer.last("full.get()");
  return writer.text("queue/ends-waiting");
}

std::string flushes(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t items = writer.some(4);
  const bool closes = writer.by_chance();
  writer.object("tasks = Queue()");
  writer.script("process producer");
  for (std::uint32_t item = 1; item <= items; ++item)
    writer.line(writer.by_chance() ? fmt::format("tasks.put([{}, size({})])", item, writer.between(0, 30'000))
                                   : fmt::format("tasks.put([{}])", item));
  if (closes) writer.line("tasks.close()");
  if (closes && writer.by_chance()) writer.line("tasks.join_thread()");
  if (!closes && writer.by_chance()) writer.line("exit(0)");
  writer.main("producer.start()");
  for (std::uint32_t item = 1; item <= items; ++item) {
    writer.main(writer.pause());
    writer.main(fmt::format("tasks.get() begins [{}]", item));
  }
  writer.main("producer.join()");
  writer.main("producer.exitcode == 0");
  return writer.text("queue/flushes");
}

std::string carries_any_length(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(fmt::format("tasks = {}", writer.by_chance() ? "Queue(1)" : "SimpleQueue()"));
  const std::uint32_t putters = writer.some(3);
  std::string items;
  for (std::uint32_t putter = 1; putter <= putters; ++putter) {
    // Around what one write takes, and more than a pipe holds.
    const std::uint32_t length =
        writer.by_chance() ? writer.between(4'050, 4'100) : writer.between(1, 150'000);
    const std::string item = fmt::format("[{}, size({})]", putter, length);
    items += (putter > 1 ? ", " : "") + item;
    writer.joined(fmt::format("putter{}", putter));
    writer.script(fmt::format("{} putter{}", writer.task(), putter));
    writer.line(fmt::format("tasks.put({})", item));
  }
  for (std::uint32_t getter = 1; getter <= putters; ++getter) {
    writer.joined(fmt::format("getter{}", getter));
    writer.script(fmt::format("{} getter{}", writer.task(), getter));
    writer.line(fmt::format("tasks.get() in {{{}}}", items));
  }
  writer.last("tasks.empty() == True");
  return writer.text("queue/carries-any-length");
}

std::string refuses_what_cannot_be_sent(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t items = writer.some(4);
  writer.object(fmt::format("tasks = JoinableQueue({})", writer.between(0, 1)));
  writer.joined("worker");
  std::uint32_t good = 0;
  writer.script(fmt::format("{} worker", writer.task()));
  for (std::uint32_t item = 1; item <= items; ++item) {
    const bool is_good = writer.by_chance();
    writer.main(is_good ? fmt::format("tasks.put({})", item) : "tasks.put(unserialisable) == None");
    if (!is_good) continue;
    ++good;
    writer.line(fmt::format("tasks.get() == {}", item));
    writer.line("tasks.task_done()");
  }
  if (good == 0) writer.line("pass");
  if (good < items) writer.expect("findings: queue-items-lost");  // which it is, on purpose
  writer.main("tasks.join()");
  return writer.text("queue/refuses-what-cannot-be-sent");
}

std::string joins_exactly(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(0, 2);
  writer.expect(fmt::format("history: tasks like joinable-queue({})", maxsize));
  writer.object(fmt::format("tasks = JoinableQueue({})", maxsize));
  const Producers producers = write_producers(writer, writer.some(2), 2);
  write_consumers(writer, producers.items, "tasks.task_done()");
  writer.last("tasks.join()");
  if (writer.by_chance()) {
    writer.joined("joiner");
    writer.script("process joiner");
    writer.line(writer.pause());
    writer.line("tasks.join()");
  }
  return writer.text("joinable-queue/joins-exactly");
}

std::string rejects_overflow(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: task-done-overflow");
  writer.object("tasks = JoinableQueue()");
  const Producers producers = write_producers(writer, writer.some(2), 2);
  write_consumers(writer, producers.items, "tasks.task_done() ok");
  writer.last("tasks.join()");
  writer.last("tasks.task_done() raises ValueError");
  return writer.text("joinable-queue/rejects-overflow");
}

std::string simple_in_order(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: tasks like simple-queue");
  writer.object("tasks = SimpleQueue()");
  write_consumers(writer, write_producers(writer, writer.some(3), 3).items, "");
  writer.last("tasks.empty() == True");
  return writer.text("simple-queue/in-order");
}

constexpr std::array table{
    Property{"queue/conserves",
             "nothing is lost, doubled or invented, and what is put by one keeps its order", &conserves},
    Property{"queue/keeps-order", "one consumer gets what one producer puts in that order", &keeps_order},
    property<"queue/bounded", &write_bounded_queue>(
        "never more than maxsize; Full and Empty only when so, after the time given"),
    Property{"queue/ends-waiting", "a put or get that waits ends as soon as it can", &ends_waiting},
    Property{"queue/flushes", "close and the end of a process let everything through that was put", &flushes},
    Property{"queue/refuses-what-cannot-be-sent",
             "an item that cannot be sent takes no slot and is not waited for", &refuses_what_cannot_be_sent},
    property<"queue/gives-up-alone", &write_gives_up_alone>(
        "a put or get that was given up leaves nothing behind for others"),
    Property{"queue/carries-any-length", "an item of any length arrives whole, whoever else puts and gets",
             &carries_any_length},
    Property{"joinable-queue/joins-exactly", "join returns exactly when every item has been marked done",
             &joins_exactly},
    Property{"joinable-queue/rejects-overflow", "a task_done too many is always rejected, and no other",
             &rejects_overflow},
    property<"joinable-queue/counts-while-joined", &write_counts_while_joined>(
        "who joins waits for what is put meanwhile, too"),
    Property{"simple-queue/in-order", "first in, first out", &simple_in_order},
};

}  // namespace

std::span<const Property> of_queues() { return table; }

}  // namespace heddle::properties
