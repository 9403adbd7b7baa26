// Results tell whether each task was done, and callbacks count how often.
#include <array>
#include <string>

#include <properties/pool/pieces.hpp>
#include <properties/pool/pool.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

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

// Each in every way to ask for it.
std::string answers(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t calls = writer.some(4);
  for (std::uint32_t call = 1; call <= calls; ++call) {
    const std::uint32_t a = writer.between(0, 9);
    const std::uint32_t b = writer.between(0, 9);
    const std::string pairs = fmt::format("[[{0}, {1}], [{1}, {1}]]", a, b);
    const std::string sums = fmt::format("[{}, {}]", a + b, b + b);
    switch (writer.between(0, 4)) {
      case 0:
        writer.main(fmt::format("pool.apply(add, [{}, {}]) == {}", a, b, a + b));
        break;
      case 1:
        writer.main(fmt::format("pool.apply(check, [None]) raises ValueError"));
        break;
      case 2:
        writer.main(fmt::format("pool.starmap(add, {}, {}) == {}", pairs, writer.between(1, 3), sums));
        break;
      case 3:
        writer.main(fmt::format("r{} = pool.starmap_async(add, {})", call, pairs));
        writer.last(fmt::format("r{}.get() == {}", call, sums));
        break;
      default:
        writer.main(fmt::format("r{} = pool.apply_async(add, [{}, {}])", call, a, b));
        writer.last(fmt::format("r{}.get() == {}", call, a + b));
        writer.last(fmt::format("r{}.successful() == True", call));
        break;
    }
  }
  write_end(writer);
  return writer.text("pool/answers");
}

// Each job has semaphores of its own to tell by.
std::string calls_back_once(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t jobs = writer.some(3);
  for (std::uint32_t job = 1; job <= jobs; ++job) {
    writer.object(fmt::format("done{} = Semaphore(0)", job));
    writer.object(fmt::format("failed{} = Semaphore(0)", job));
    const bool is_good = writer.by_chance();
    static constexpr std::array<std::string_view, 3> good{"map_async(square, [1, 2, 3]",
                                                          "starmap_async(add, [[0, 1], [1, 3], [4, 5]]",
                                                          "apply_async(identity, [[1, 4, 9]]"};
    static constexpr std::array<std::string_view, 3> bad{"map_async(check, [1, None, None], 1",
                                                         "starmap_async(check, [[1], [None]]",
                                                         "apply_async(check, [None]"};
    writer.main(fmt::format("r{0} = pool.{1}, callback=done{0}.release, error_callback=failed{0}.release)",
                            job, (is_good ? good : bad)[writer.between(0, 2)]));
    const auto write_told = [&](auto&& write) {
      write(fmt::format("done{}.get_value() == {}", job, is_good ? 1 : 0));
      write(fmt::format("failed{}.get_value() == {}", job, is_good ? 0 : 1));
    };
    writer.main(is_good ? fmt::format("r{}.get() == [1, 4, 9]", job)
                        : fmt::format("r{}.get() raises ValueError", job));
    write_told([&](std::string_view line) { writer.main(line); });
    write_told([&](std::string_view line) { writer.last(line); });
  }
  writer.main("pool.close()");
  writer.main("pool.join()");
  return writer.text("pool/calls-back-once");
}

std::string iterates_as_they_come(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_pool(writer);
  const std::uint32_t items = writer.some(4);
  writer.main(
      fmt::format("i = pool.imap_unordered(square, {}, {})", numbers(items, false), writer.between(1, 2)));
  writer.main("all = append([], 0)");
  for (std::uint32_t item = 1; item <= items; ++item) {
    writer.main("x = i.next()");
    writer.main("all = append(all, x)");
  }
  writer.main("i.next() raises StopIteration");
  writer.main(fmt::format("all permutes [0, {}", numbers(items, true).substr(1)));
  write_end(writer);
  return writer.text("pool/iterates-as-they-come");
}

constexpr std::array table{
    Property{"pool/maps-in-order", "map gives each item's result, in the order of the items", &maps_in_order},
    Property{"pool/each-once", "each task is done once; its callback is called once, before get returns",
             &each_once},
    Property{"pool/iterates-in-order", "imap gives results in the order of the items, then ends", &iterates},
    Property{"pool/iterates-as-they-come", "imap_unordered gives each result once, then ends",
             &iterates_as_they_come},
    Property{"pool/answers",
             "whoever asks, in whatever way, gets the result or the error of what it asked for", &answers},
    Property{"pool/calls-back-once", "of a job's two callbacks one is called, once, before its get returns",
             &calls_back_once},
};

}  // namespace

std::span<const Property> of_pools() { return table; }

}  // namespace heddle::properties
