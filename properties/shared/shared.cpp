// Updates under a lock are exact, and what is written under one is seen whole.
#include <array>
#include <string>

#include <properties/shared/shared.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string value_is_exact(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const bool has_own_lock = writer.by_chance();
  writer.object("guard = RLock()");
  writer.object(has_own_lock ? "total = Value('q', 0)" : "total = Value('q', 0, lock=guard)");
  const std::uint32_t tasks = writer.between(2, 3);
  std::uint32_t sum = 0;
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("{} task{}", writer.task(), task));
    const std::uint32_t rounds = writer.some(3);
    const std::uint32_t by = writer.between(1, 100);
    sum += rounds * by;
    writer.line(fmt::format("repeat {}:", rounds));
    writer.line("  with total:");
    writer.line("    x = total.value");
    writer.line(fmt::format("    total.value = x + {}", by));
    writer.line("  " + writer.pause());
  }
  writer.last(fmt::format("total.value == {}", sum));
  return writer.text("value/is-exact");
}

std::string value_is_one(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("history: number like value(0)");
  writer.object("number = Value('i', 0)");
  writer.joined("setter");
  writer.script(fmt::format("{} setter", writer.task()));
  const std::uint32_t sets = writer.some(4);
  for (std::uint32_t each = 1; each <= sets; ++each) writer.line(fmt::format("number.value = {}", each));
  const std::uint32_t readers = writer.some(2);
  for (std::uint32_t reader = 1; reader <= readers; ++reader) {
    writer.joined(fmt::format("reader{}", reader));
    writer.script(fmt::format("{} reader{}", writer.task(), reader));
    writer.line(fmt::format("repeat {}:", writer.some(3)));
    writer.line("  number.value");
  }
  writer.last(fmt::format("number.value == {}", sets));
  return writer.text("value/is-one-number");
}

std::string array_is_whole(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t length = writer.between(2, 4);
  const std::uint32_t writers = writer.some(3);
  writer.object(fmt::format("row = Array('i', {})", length));
  const auto row = [&](std::uint32_t of) {
    std::string all;
    for (std::uint32_t at = 0; at < length; ++at) all += fmt::format("{}{}", at == 0 ? "" : ", ", of);
    return "[" + all + "]";
  };
  std::string seen = row(0);
  for (std::uint32_t each = 1; each <= writers; ++each) {
    writer.joined(fmt::format("writer{}", each));
    writer.script(fmt::format("{} writer{}", writer.task(), each));
    writer.line("with row:");
    writer.line(fmt::format("  row[:] = {}", row(each)));
    seen += ", " + row(each);
  }
  writer.main("repeat 2:");
  writer.main("  with row:");
  writer.main(fmt::format("    row[:] in {{{}}}", seen));
  writer.main("  " + writer.pause());
  return writer.text("array/is-seen-whole");
}

std::string memory_is_shared(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t bytes = writer.between(1, 4);
  writer.object(fmt::format("block = SharedMemory(create=True, size={})", bytes));
  for (std::uint32_t byte = 0; byte < bytes; ++byte) {
    writer.joined(fmt::format("writer{}", byte));
    writer.script(fmt::format("process writer{}", byte));
    writer.line(fmt::format("block.buf[{}] = {}", byte, byte + 1));
    writer.line("block.close()");
    writer.last(fmt::format("block.buf[{}] == {}", byte, byte + 1));
  }
  writer.last("block.close()");
  writer.last("block.unlink()");
  return writer.text("shared-memory/is-shared");
}

constexpr std::array table{
    Property{"value/is-exact", "no update under its lock is lost", &value_is_exact},
    Property{"value/is-one-number", "sets and gets have an order that explains them", &value_is_one},
    Property{"array/is-seen-whole", "what is written under its lock is never seen in part", &array_is_whole},
    Property{"shared-memory/is-shared", "what each process writes to a part of its own is there for all",
             &memory_is_shared},
};

}  // namespace

std::span<const Property> of_shared() { return table; }

}  // namespace heddle::properties
