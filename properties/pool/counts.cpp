// How many tasks are done at a time, told by the clock: each takes a second.
#include <array>
#include <string>

#include <properties/pool/pool.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

/// So many tasks, which take so many seconds together.
void sleep_together(Writer& writer, std::uint32_t tasks, std::uint32_t seconds) {
  std::string all = "1";
  for (std::uint32_t task = 1; task < tasks; ++task) all += ", 1";
  writer.main(fmt::format("pool.map(sleep, [{}], chunksize=1) == [{}] after {} within {}.1", all, all,
                          seconds, seconds));
}

std::string has_as_many(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t workers = writer.between(1, 3);
  writer.object(fmt::format("pool = {}({})", writer.by_chance() ? "ThreadPool" : "Pool", workers));
  sleep_together(writer, workers, 1);
  sleep_together(writer, workers + 1, 2);
  writer.last("pool.close()");
  writer.last("pool.join()");
  writer.last("active_children() == []");
  return writer.text("pool/has-as-many-workers");
}

std::string replaces_all(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: pool-worker-lost");
  const std::uint32_t workers = writer.between(1, 3);
  writer.object(fmt::format("pool = Pool({})", workers));
  for (std::uint32_t job = 1; job <= workers; ++job)
    writer.main(fmt::format("r{} = pool.apply_async(crash, [{}])", job, job));
  for (std::uint32_t job = 1; job <= workers; ++job)
    writer.main(fmt::format("r{}.get() raises WorkerLost", job));
  sleep_together(writer, workers, 1);
  sleep_together(writer, workers + 1, 2);
  writer.last("pool.terminate() within 0.5");
  writer.last("pool.join()");
  writer.last("active_children() == []");
  return writer.text("pool/replaces-who-is-lost");
}

constexpr std::array table{
    Property{"pool/has-as-many-workers", "as many tasks are done at a time as there are workers",
             &has_as_many},
    Property{"pool/replaces-who-is-lost", "there are as many workers as before, once some have died",
             &replaces_all},
};

}  // namespace

std::span<const Property> of_pool_counts() { return table; }

}  // namespace heddle::properties
