// What takes many locks to see.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <properties/locks/locks.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string holds_many(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t locks = writer.between(5, 10);
  std::vector<std::uint32_t> order;
  for (std::uint32_t lock = 1; lock <= locks; ++lock) {
    writer.object(fmt::format("lock{} = RLock()", lock));
    writer.main(fmt::format("lock{}.acquire()", lock));
    if (writer.by_chance()) {
      writer.main(fmt::format("lock{}.acquire()", lock));
      order.push_back(lock);
    }
    order.push_back(lock);
  }
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[writer.between(0, static_cast<std::uint32_t>(left) - 1)]);
  writer.joined("other");
  writer.script("process other");
  for (std::uint32_t lock = 1; lock <= locks; ++lock) {
    writer.line(fmt::format("lock{}.release() raises AssertionError", lock));
    writer.line(fmt::format("lock{}.acquire()", lock));
    writer.line(fmt::format("lock{}.release()", lock));
  }
  writer.expect("findings: rlock-foreign-release");
  for (const std::uint32_t lock : order) writer.main(fmt::format("lock{}.release() ok", lock));
  writer.main("lock1.release() raises AssertionError");
  return writer.text("rlock/counts-each");
}

constexpr std::array table{
    Property{"rlock/counts-each", "whoever holds many holds each as deep as it acquired it", &holds_many},
};

}  // namespace

std::span<const Property> of_many_locks() { return table; }

}  // namespace heddle::properties
