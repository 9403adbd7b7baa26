// The parts that a process keeps of a primitive for itself, a queue's feeder, a pool's pending tasks, a
// listener's callers, are guarded by locks of its own. Only threads that share the handle need them.
#include <array>
#include <string>

#include <properties/threads/pieces.hpp>
#include <properties/threads/threads.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string share_a_queue(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t maxsize = writer.between(0, 2);
  const std::uint32_t each = writer.some(3);
  writer.object(fmt::format("tasks = Queue({})", maxsize));
  const std::uint32_t putters = write_threads(writer, "putter", [&](std::uint32_t thread) {
    for (std::uint32_t item = 1; item <= each; ++item)
      writer.line(fmt::format("tasks.put({})", 10 * thread + item));
  });
  writer.joined("getter");
  writer.script("process getter");
  writer.line(fmt::format("repeat {}:", putters * each));
  writer.line("  tasks.get()");
  writer.last("tasks.empty() == True");
  writer.last("tasks.close()");
  writer.last("tasks.join_thread()");
  return writer.text("threads/share-a-queue");
}

/// What each of them asks of a pool, with a callback or without.
void ask_pool(Writer& writer, std::uint32_t thread, bool calls_back) {
  const std::string_view callback = calls_back ? ", callback=done.release" : "";
  writer.line(fmt::format("r = pool.apply_async(square, [{}]{})", thread, callback));
  if (writer.by_chance()) {
    writer.line(fmt::format("i = pool.imap_unordered(square, [{}])", thread));
    writer.line(fmt::format("i.next() == {}", thread * thread));
  } else {
    writer.line(fmt::format("pool.map(identity, [{}, 7]) == [{}, 7]", thread, thread));
  }
  writer.line(fmt::format("r.get() == {}", thread * thread));
}

std::string share_a_pool(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::string_view kind = writer.by_chance() ? "ThreadPool" : "Pool";
  writer.object(fmt::format("pool = {}({})", kind, writer.between(1, 2)));
  writer.object("done = Semaphore(0)");
  const bool calls_back = writer.by_chance();
  const std::uint32_t askers =
      write_threads(writer, "asker", [&](std::uint32_t thread) { ask_pool(writer, thread, calls_back); });
  writer.last(fmt::format("done.get_value() == {}", calls_back ? askers : 0));
  writer.last("pool.close()");
  writer.last("pool.join()");
  return writer.text("threads/share-a-pool");
}

std::string share_a_listener(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::string_view key = writer.by_chance() ? ", authkey=b'right'" : "";
  writer.object(fmt::format("door = Listener(None{}, backlog=3)", key));
  const std::uint32_t callers = write_threads(writer, "acceptor", [&](std::uint32_t) {
    writer.line("here = door.accept()");
    writer.line("x = here.recv()");
    writer.line("here.send(x + 1)");
    writer.line("here.recv() raises EOFError");
  });
  for (std::uint32_t caller = 1; caller <= callers; ++caller) {
    writer.joined(fmt::format("caller{}", caller));
    writer.script(fmt::format("process caller{}", caller));
    writer.line("where = door.address");
    writer.line(writer.pause());
    writer.line(fmt::format("there = Client(where{})", key));
    writer.line(fmt::format("there.send({})", caller));
    writer.line(fmt::format("there.recv() == {}", caller + 1));
    writer.line("there.close()");
  }
  writer.last("door.close()");
  return writer.text("threads/share-a-listener");
}

std::string share_a_manager(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object("all = manager.list()");
  const std::uint32_t each = writer.some(2);
  const std::uint32_t count = write_threads(writer, "user", [&](std::uint32_t thread) {
    writer.line(fmt::format("repeat {}:", each));
    writer.line("  own = manager.dict()");
    writer.line(fmt::format("  own[{}] = 1", thread));
    writer.line(fmt::format("  all.append({})", thread));
    writer.line(fmt::format("  own[{}] == 1", thread));
  });
  writer.last(fmt::format("len(all) == {}", count * each));
  writer.last("manager.shutdown()");
  return writer.text("threads/share-a-manager");
}

constexpr std::array table{
    Property{"threads/share-a-queue", "threads that put on one handle lose nothing and wait for nobody",
             &share_a_queue},
    Property{"threads/share-a-pool", "each thread gets the results that it asked one pool for",
             &share_a_pool},
    Property{"threads/share-a-listener", "each caller is accepted by one of the threads that wait for it",
             &share_a_listener},
    Property{"threads/share-a-manager", "objects of several threads come and go without touching each other",
             &share_a_manager},
};

}  // namespace

std::span<const Property> of_threads() { return table; }

}  // namespace heddle::properties
