// What threads of one process begin and end together: children, a queue's thread, a pool.
#include <array>
#include <string>

#include <properties/threads/pieces.hpp>
#include <properties/threads/threads.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string start_children(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t starters = write_threads(writer, "starter", [&](std::uint32_t thread) {
    writer.line(fmt::format("child{}.start()", thread));
    writer.line(fmt::format("child{}.join()", thread));
    writer.line(fmt::format("child{}.exitcode == {}", thread, thread));
  });
  for (std::uint32_t child = 1; child <= starters; ++child) {
    writer.script(fmt::format("process child{}", child));
    writer.line(writer.pause());
    writer.line(fmt::format("exit({})", child));
  }
  writer.last("active_children() == []");
  return writer.text("threads/start-children");
}

std::string watch_a_child(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.joined("child");
  write_threads(writer, "watcher", [&](std::uint32_t) {
    writer.line("end = child.sentinel");
    writer.line("wait([end], 9) == ['end'] within 1");
    writer.line(writer.by_chance() ? "child.is_alive() == False" : "child.join()");
  });
  writer.script("process child");
  writer.line(writer.pause());
  writer.last("child.exitcode == 0");
  return writer.text("threads/watch-a-child");
}

// Nobody waits for what is not written at the end; here all of it has been got before.
std::string let_go_of_a_queue(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("tasks = Queue()");
  const std::uint32_t putters = write_threads(writer, "putter", [&](std::uint32_t thread) {
    if (writer.by_chance()) writer.line("tasks.cancel_join_thread()");
    writer.line(fmt::format("tasks.put({})", thread));
    if (writer.by_chance()) writer.line("tasks.cancel_join_thread()");
  });
  writer.joined("getter");
  writer.script("process getter");
  writer.line(fmt::format("repeat {}:", putters));
  writer.line("  tasks.get() in {1, 2, 3}");
  writer.script("thread late");
  writer.line(writer.pause());
  writer.line("tasks.cancel_join_thread()");
  writer.last("late.start()");
  writer.last("tasks.empty() == True");
  writer.last("tasks.close()");
  if (writer.by_chance()) writer.last("tasks.join_thread()");
  writer.last("late.join()");
  return writer.text("threads/let-go-of-a-queue");
}

std::string end_a_pool(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t workers = writer.between(1, 2);
  writer.object(fmt::format("pool = {}", writer.by_chance() ? fmt::format("ThreadPool({})", workers)
                                         : writer.by_chance()
                                             ? fmt::format("Pool({})", workers)
                                             : fmt::format("Pool({}, maxtasksperchild=1)", workers)));
  writer.object("done = Semaphore(0)");
  const std::uint32_t jobs = writer.some(4);
  for (std::uint32_t job = 1; job <= jobs; ++job)
    writer.first(fmt::format("r{} = pool.apply_async(square, [{}], callback=done.release)", job, job));
  write_threads(writer, "ender", [&](std::uint32_t) {
    writer.line(writer.by_chance() ? "pool.close()" : "pool.terminate()");
    writer.line("pool.join()");
  });
  writer.last("active_children() == []");
  return writer.text("threads/end-a-pool");
}

constexpr std::array table{
    Property{"threads/start-children", "threads that start children at once have each their own",
             &start_children},
    Property{"threads/watch-a-child", "all threads that wait for a child's sentinel learn of its end",
             &watch_a_child},
    Property{"threads/let-go-of-a-queue", "what has been put comes, whoever no longer waits for that",
             &let_go_of_a_queue},
    Property{"threads/end-a-pool", "a pool that several threads end is at its end for each of them",
             &end_a_pool},
};

}  // namespace

std::span<const Property> of_thread_endings() { return table; }

}  // namespace heddle::properties
