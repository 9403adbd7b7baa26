// A fuzzer that must find something: a semaphore of two permits is taken for a lock. The race is declared, so
// only an update that is really lost ends it.
#include <array>
#include <properties/fuzzing/target.hpp>
#include <properties/writer.hpp>
#include <string>

namespace {

using heddle::properties::Property;
using heddle::properties::Writer;

std::string unguarded(heddle::Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: shared-memory-race, unlocked-shared-value");
  writer.object("guard = Semaphore(2)");
  writer.object("total = RawValue('i', 0)");
  const std::uint32_t tasks = writer.between(2, 3);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    writer.line("with guard:");
    writer.line("  x = total.value");
    writer.line("  total.value = x + 1");
  }
  writer.last(fmt::format("total.value == {}", tasks));
  return writer.text("test/unguarded");
}

constexpr std::array table{Property{"test/unguarded", "two permits are no lock", &unguarded}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heddle::properties::fuzz(table, {data, size});
  return 0;
}
