// How pools and their workers come to their ends: on purpose, by turns, and by accident.
#include <array>
#include <string>

#include <properties/pool/pieces.hpp>
#include <properties/pool/workers.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string finishes(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t jobs = writer.some(5);
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    writer.main(fmt::format("r{} = pool.apply_async(identity, [{}])", job, job));
    writer.last(fmt::format("r{}.ready() == True", job));
    writer.last(fmt::format("r{}.get() == {}", job, job));
  }
  writer.main("pool.close()");
  writer.main("pool.join()");  // all that was handed in is done
  return writer.text("pool/finishes-what-it-was-given");
}

std::string tells_of_lost_workers(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: pool-worker-lost");
  const std::uint32_t workers = writer.between(1, 3);
  writer.object(fmt::format("pool = Pool({})", workers));
  const std::uint32_t jobs = writer.some(3);
  const std::uint32_t fatal = writer.between(1, jobs);
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    writer.main(job == fatal ? fmt::format("r{} = pool.apply_async(crash, [3])", job)
                             : fmt::format("r{} = pool.apply_async(square, [{}])", job, job));
    writer.last(job == fatal ? fmt::format("r{}.get() raises WorkerLost", job)
                             : fmt::format("r{}.get() == {}", job, job * job));
  }
  write_end(writer);
  return writer.text("pool/tells-of-lost-workers");
}

std::string refuses_when_closed(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t jobs = writer.some(3);
  for (std::uint32_t job = 1; job <= jobs; ++job)
    writer.main(fmt::format("r{} = pool.apply_async(square, [{}])", job, job));
  // The finding ends the execution, so that what is refused comes last.
  const std::uint32_t refused = writer.between(0, 3);
  writer.expect(refused == 0 ? "findings: pool-join-before-close" : "findings: pool-use-after-close");
  if (refused == 0) {
    writer.main("pool.join() raises ValueError");
    write_end(writer);
    return writer.text("pool/refuses-when-closed");
  }
  const bool is_closed = writer.by_chance();
  writer.main(is_closed ? "pool.close()" : "pool.terminate()");
  const bool is_joined = writer.by_chance();
  if (is_joined) writer.main("pool.join()");
  for (std::uint32_t job = 1; is_closed && is_joined && job <= jobs; ++job)
    writer.main(fmt::format("r{}.get(timeout=0) == {}", job, job * job));
  static constexpr std::array<std::string_view, 3> late{
      "late = pool.apply_async(square, [1]) raises ValueError", "pool.map(square, [1, 2]) raises ValueError",
      "late = pool.imap(square, [1, 2]) raises ValueError"};
  writer.last(late[refused - 1]);
  if (!is_joined) writer.last("pool.join()");
  return writer.text("pool/refuses-when-closed");
}

// What is under way then is never done, however long it would take.
std::string ends_at_terminate(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(fmt::format("pool = Pool({})", writer.between(1, 3)));
  writer.main("early = pool.apply_async(square, [3])");
  const std::uint32_t jobs = writer.some(4);
  for (std::uint32_t job = 1; job <= jobs; ++job)
    writer.main(
        fmt::format("r{} = pool.{}", job,
                    writer.by_chance() ? "apply_async(sleep, [1000])" : "map_async(sleep, [1000, 1000], 1)"));
  writer.main(writer.by_chance() ? "early.get() == 9 within 1" : writer.pause());
  writer.main("pool.terminate() within 0.5");
  writer.main("pool.join() within 0");
  for (std::uint32_t job = 1; job <= jobs; ++job) writer.last(fmt::format("r{}.ready() == False", job));
  writer.last("active_children() == []");
  return writer.text("pool/ends-at-terminate");
}

// A dict has each worker's id once.
std::string replaces_workers(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t each = writer.between(1, 3);
  const std::uint32_t lives = writer.between(1, 2);
  writer.object("manager = Manager()");
  writer.object("seen = manager.dict()");
  writer.object(fmt::format("pool = Pool(1, maxtasksperchild={})", each));
  for (std::uint32_t life = 1; life <= lives; ++life) {
    writer.main(fmt::format("p{} = pool.apply(pid)", life));
    for (std::uint32_t task = 1; task < each; ++task)
      writer.main(fmt::format("pool.apply(pid) == p{}", life));
    writer.main(fmt::format("seen[p{}] = {}", life, life));
  }
  writer.main(fmt::format("len(seen) == {}", lives));
  write_end(writer);
  return writer.text("pool/replaces-workers");
}

// As many as there are workers, one after the other or at a time.
std::string outlives_its_workers(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: pool-worker-lost");
  const std::uint32_t workers = writer.between(1, 2);
  writer.object(fmt::format("pool = Pool({})", workers));
  const std::uint32_t losses = writer.between(1, workers + 1);
  const bool at_a_time = writer.by_chance();
  for (std::uint32_t loss = 1; loss <= losses; ++loss) {
    if (at_a_time)
      writer.main(fmt::format("r{} = pool.apply_async(crash, [{}])", loss, loss));
    else
      writer.main(fmt::format("pool.apply(crash, [{}]) raises WorkerLost", loss));
    if (at_a_time) writer.last(fmt::format("r{}.get() raises WorkerLost", loss));
  }
  writer.last("pool.map(square, [1, 2, 3], 1) == [1, 4, 9]");
  if (writer.by_chance()) writer.last("pool.starmap(crash, [[3], [3]], 1) raises WorkerLost");
  writer.last("pool.apply(square, [5]) == 25");
  write_end(writer);
  return writer.text("pool/outlives-its-workers");
}

constexpr std::array table{
    Property{"pool/finishes-what-it-was-given", "close and join leave nothing undone", &finishes},
    Property{"pool/tells-of-lost-workers", "a task whose worker dies fails, and the others are done",
             &tells_of_lost_workers},
    Property{"pool/refuses-when-closed",
             "a pool that is closed or terminated takes no job, one that runs is not joined",
             &refuses_when_closed},
    Property{"pool/ends-at-terminate",
             "terminate and join end soon, whatever there is to do, and leave no worker", &ends_at_terminate},
    Property{"pool/replaces-workers",
             "with maxtasksperchild a worker does as many tasks, and another the next", &replaces_workers},
    Property{"pool/outlives-its-workers", "however many workers die, the next task has one",
             &outlives_its_workers},
};

}  // namespace

std::span<const Property> of_workers() { return table; }

}  // namespace heddle::properties
