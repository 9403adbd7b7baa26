// Results tell whether each task was done, and callbacks count how often.
#include <array>
#include <string>
#include <vector>

#include <properties/pool/pool.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

void write_pool(Writer& writer) {
  const std::uint32_t workers = writer.between(1, 3);
  switch (writer.between(0, 2)) {
    case 0:
      writer.object(fmt::format("pool = ThreadPool({})", workers));
      break;
    case 1:
      writer.object(fmt::format("pool = Pool({}, maxtasksperchild={})", workers, writer.between(1, 3)));
      break;
    default:
      writer.object(fmt::format("pool = Pool({})", workers));
      break;
  }
}

void write_end(Writer& writer) {
  writer.last("pool.close()");
  writer.last("pool.join()");
}

/// "[1, 2, 3]", each to the power.
std::string numbers(std::uint32_t count, bool is_squared) {
  std::string all;
  for (std::uint32_t each = 1; each <= count; ++each)
    all += fmt::format("{}{}", each == 1 ? "" : ", ", is_squared ? each * each : each);
  return "[" + all + "]";
}

std::string maps_in_order(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t items = writer.between(0, 5);
  const std::string chunks = writer.by_chance() ? "" : fmt::format(", chunksize={}", writer.between(1, 3));
  writer.main(
      fmt::format("pool.map(square, {}{}) == {}", numbers(items, false), chunks, numbers(items, true)));
  write_end(writer);
  return writer.text("pool/maps-in-order");
}

std::string each_once(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  writer.object("done = Semaphore(0)");
  writer.object("failed = Semaphore(0)");
  const std::uint32_t jobs = writer.some(4);
  std::uint32_t good = 0;
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    const bool is_good = writer.between(0, 3) > 0;
    good += is_good ? 1 : 0;
    writer.main(
        fmt::format("r{} = pool.apply_async({}, callback=done.release, error_callback=failed.release)", job,
                    is_good ? fmt::format("square, [{}]", job) : "raise, ['KeyError']"));
    writer.last(is_good ? fmt::format("r{}.get() == {}", job, job * job)
                        : fmt::format("r{}.get() raises KeyError", job));
  }
  // Before each get, its callback.
  writer.last(fmt::format("done.get_value() == {}", good));
  writer.last(fmt::format("failed.get_value() == {}", jobs - good));
  write_end(writer);
  return writer.text("pool/each-once");
}

std::string iterates(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t items = writer.some(4);
  writer.main(fmt::format("i = pool.imap(square, {}, {})", numbers(items, false), writer.between(1, 2)));
  for (std::uint32_t item = 1; item <= items; ++item) writer.main(fmt::format("i.next() == {}", item * item));
  writer.main("i.next() raises StopIteration");
  write_end(writer);
  return writer.text("pool/iterates-in-order");
}

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

constexpr std::array table{
    Property{"pool/maps-in-order", "map gives each item's result, in the order of the items", &maps_in_order},
    Property{"pool/each-once", "each task is done once; its callback is called once, before get returns",
             &each_once},
    Property{"pool/iterates-in-order", "imap gives results in the order of the items, then ends", &iterates},
    Property{"pool/finishes-what-it-was-given", "close and join leave nothing undone", &finishes},
    Property{"pool/tells-of-lost-workers", "a task whose worker dies fails, and the others are done",
             &tells_of_lost_workers},
};

}  // namespace

std::span<const Property> of_pools() { return table; }

}  // namespace heddle::properties
