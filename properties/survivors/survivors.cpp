// Everybody waits with a deadline, and says which errors may come of a death. So nobody waits for what a dead
// process would have done, and whoever waits without an end waits within a primitive.
#include <array>
#include <string>

#include <properties/survivors/survivors.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string queue(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(fmt::format("tasks = Queue({})", writer.between(0, 2)));
  const std::uint32_t producers = writer.some(2);
  for (std::uint32_t producer = 1; producer <= producers; ++producer) {
    writer.joined(fmt::format("producer{}", producer));
    writer.script(fmt::format("process producer{}", producer));
    writer.line(fmt::format("repeat {}:", writer.some(2)));
    writer.line(fmt::format("  tasks.put({}, timeout=5) ok | raises Full | raises RuntimeError", producer));
  }
  writer.joined("consumer");
  writer.script("process consumer");
  writer.line(fmt::format("repeat {}:", writer.some(2)));
  writer.line("  tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  writer.last("tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  writer.last("tasks.put(9, timeout=5) ok | raises Full | raises RuntimeError");
  writer.last("tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  return writer.text("survivors/queue");
}

/// Of items that take more than one write: whoever dies in the middle of one leaves a part of it.
std::string long_items(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(fmt::format("tasks = Queue({})", writer.between(0, 2)));
  const std::uint32_t length = writer.by_chance() ? writer.between(4'000, 9'000) : 200'000;
  const std::uint32_t producers = writer.between(1, 2);
  for (std::uint32_t producer = 1; producer <= producers; ++producer) {
    writer.joined(fmt::format("producer{}", producer));
    writer.script(fmt::format("process producer{}", producer));
    writer.line(fmt::format("tasks.put([{}, size({})], timeout=5) ok | raises Full | raises RuntimeError",
                            producer, length));
  }
  writer.joined("consumer");
  writer.script("process consumer");
  writer.line("tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  for (std::uint32_t producer = 1; producer <= producers; ++producer)
    writer.main("tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  writer.last("tasks.put(9, timeout=5) ok | raises Full | raises RuntimeError");
  writer.last("tasks.get(timeout=5) ok | raises Empty | raises RuntimeError");
  return writer.text("survivors/long-items");
}

std::string lock(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  static constexpr std::array<std::string_view, 4> makers{"Lock()", "RLock()", "Semaphore(1)",
                                                          "Semaphore(2)"};
  const std::uint32_t maker = writer.between(0, 3);
  const bool is_semaphore = maker > 1;  // anybody may release it, also who has given up
  writer.object(fmt::format("guard = {}", makers[maker]));
  const std::uint32_t tasks = writer.between(1, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("guard.acquire(timeout=5) ok within 5");
    writer.line(writer.pause());
    if (is_semaphore) writer.line("guard.release()");
  }
  return writer.text("survivors/lock");
}

std::string event(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("open = Event()");
  const std::uint32_t waiters = writer.between(1, 3);
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("process waiter{}", waiter));
    writer.line("open.wait(5)");
    if (writer.by_chance()) writer.line("open.is_set()");
  }
  writer.main(writer.pause());
  writer.main("open.set()");
  writer.last("open.is_set() == True");
  writer.last("open.wait(5) == True within 0");
  return writer.text("survivors/event");
}

std::string barrier(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 3);
  writer.object(fmt::format("barrier = Barrier({})", parties + 1));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("process party{}", party));
    writer.line("barrier.wait(5) ok | raises BrokenBarrierError");
  }
  writer.main("barrier.wait(6) ok | raises BrokenBarrierError");
  return writer.text("survivors/barrier");
}

std::string pipe(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("there, here = Pipe(False)");
  writer.joined("sender");
  writer.script("process sender");
  writer.line(fmt::format("here.send(size({}))", writer.by_chance() ? 10 : writer.between(1, 200'000)));
  writer.main("here.close()");
  writer.main("there.recv() ok | raises EOFError | raises OSError");
  return writer.text("survivors/pipe");
}

std::string pool(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(fmt::format("pool = Pool({})", writer.between(1, 2)));
  const std::uint32_t jobs = writer.some(3);
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    writer.main(fmt::format("r{} = pool.apply_async(square, [{}])", job, job));
    writer.last(fmt::format("r{}.get() == {} | raises WorkerLost | raises BrokenPool", job, job * job));
  }
  writer.last("pool.close()");
  writer.last("pool.join()");
  return writer.text("survivors/pool");
}

// Its server may be the one that dies, also before it serves.
std::string manager(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  constexpr std::string_view refusal = "ok | raises OSError | raises EOFError | raises AssertionError";
  writer.object("manager = Manager(start=False)");
  writer.first(fmt::format("manager.start() {}", refusal));
  const std::uint32_t clients = writer.some(3);
  for (std::uint32_t client = 1; client <= clients; ++client) {
    writer.joined(fmt::format("client{}", client));
    writer.script(fmt::format("thread client{}", client));
    writer.line(writer.pause());
    writer.line(fmt::format("table = manager.dict() {}", refusal));
    writer.line(fmt::format("repeat {}:", writer.some(2)));
    writer.line(fmt::format("  table[{0}] = {0} {1} | raises AttributeError", client, refusal));
    writer.line(fmt::format("table.size() {} | raises AttributeError", refusal));
  }
  writer.last("manager.shutdown() ok within 4");
  return writer.text("survivors/manager");
}

constexpr std::array table{
    Property{"survivors/queue", "puts and gets of the living end by their deadlines", &queue, true},
    Property{"survivors/long-items", "an item of which a part is missing is never taken for a whole one",
             &long_items, true},
    Property{"survivors/lock", "who waits for a lock or a permit does not wait beyond the deadline", &lock,
             true},
    Property{"survivors/event", "set does not wait for dead waiters", &event, true},
    Property{"survivors/barrier", "a party that has died breaks the barrier for the others", &barrier, true},
    Property{"survivors/pipe", "the end of a sender is the end of its messages", &pipe, true},
    Property{"survivors/pool", "each task is done, or fails by its worker's death", &pool, true},
    Property{"survivors/manager", "a call to a server that dies ends, and raises if it was not served",
             &manager, true},
};

}  // namespace

std::span<const Property> of_survivors() { return table; }

}  // namespace heddle::properties
