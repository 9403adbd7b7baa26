// Each party marks its index in an array, and how often each was given is what must come out even.
#include <array>
#include <string>

#include <properties/barrier/barrier.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

/// "3, 4, 5".
std::string numbers(std::uint32_t from, std::uint32_t below) {
  std::string all;
  for (std::uint32_t each = from; each < below; ++each)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", each);
  return all;
}

std::string all_or_none(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 4);
  const std::uint32_t rounds = writer.some(3);
  writer.object(fmt::format("barrier = Barrier({})", parties));
  writer.object(fmt::format("given = Array('i', {})", parties));
  writer.object("arrived = Value('i', 0)");
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    for (std::uint32_t round = 1; round <= rounds; ++round) {
      writer.line(writer.pause());
      writer.line("with arrived:");
      writer.line("  x = arrived.value");
      writer.line("  arrived.value = x + 1");
      writer.line("index = barrier.wait()");
      writer.line("with arrived:");
      writer.line("  n = arrived.value");  // everybody of this round has arrived
      writer.line(fmt::format("n in {{{}}}", numbers(round * parties, (round + 1) * parties)));
      writer.line("with given:");
      writer.line("  y = given[index]");
      writer.line("  given[index] = y + 1");
    }
  }
  std::string all;
  for (std::uint32_t party = 0; party < parties; ++party)
    all += fmt::format("{}{}", party == 0 ? "" : ", ", rounds);
  writer.last(fmt::format("list(given) == [{}]", all));
  writer.last("barrier.n_waiting == 0");
  writer.last("barrier.broken == False");
  return writer.text("barrier/all-or-none");
}

std::string breaks_for_all(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 3);
  writer.object(fmt::format("barrier = Barrier({})", parties + 2));  // one never comes
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    writer.line(writer.pause());
    writer.line("barrier.wait() raises BrokenBarrierError");
  }
  writer.main(writer.pause());
  writer.main(writer.by_chance() ? "barrier.abort()"
                                 : "barrier.wait(0.5) raises BrokenBarrierError after 0.5 within 0.5");
  writer.main("barrier.broken == True");
  return writer.text("barrier/breaks-for-all");
}

constexpr std::array table{
    Property{"barrier/all-or-none",
             "nobody goes on before all have come, each with an index of its own, round by round",
             &all_or_none},
    Property{"barrier/breaks-for-all", "abort and a timeout break it for all that wait and all that come",
             &breaks_for_all},
};

}  // namespace

std::span<const Property> of_barriers() { return table; }

}  // namespace heddle::properties
