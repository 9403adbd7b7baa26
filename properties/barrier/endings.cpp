// How generations of a barrier end besides by the last one's arrival: with an action first, which may
// fail, by an abort or a reset that comes at any moment.
#include <array>
#include <string>

#include <properties/barrier/barrier.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string acts_once(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(1, 3);
  const std::uint32_t rounds = writer.some(3);
  writer.object("acted = Semaphore(0)");
  writer.object(fmt::format("barrier = Barrier({}, acted.release)", parties + 1));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    for (std::uint32_t round = 1; round <= rounds; ++round) {
      writer.line(writer.pause());
      writer.line("barrier.wait()");
      // Who is here has not arrived at the next one.
      writer.line(fmt::format("acted.get_value() == {}", round));
    }
  }
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    writer.main("barrier.wait()");
    writer.main(fmt::format("acted.get_value() == {}", round));
  }
  return writer.text("barrier/acts-once");
}

std::string breaks_at_any_moment(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(2, 3);
  const std::uint32_t rounds = writer.some(3);
  writer.object("acted = Semaphore(0)");
  writer.object(fmt::format("barrier = Barrier({}{})", parties, writer.by_chance() ? ", acted.release" : ""));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    writer.line(fmt::format("repeat {}:", rounds));
    writer.line(party == 1 && writer.by_chance()
                    ? "  barrier.wait(0.01) ok | raises BrokenBarrierError within 0.01"
                    : "  barrier.wait(9) ok | raises BrokenBarrierError within 1");
  }
  writer.main(writer.by_chance() ? "sleep(0.01)" : "pass");
  writer.main("barrier.abort()");
  writer.main("barrier.broken == True");
  writer.main("barrier.n_waiting == 0");
  writer.last("barrier.broken == True");
  return writer.text("barrier/breaks-at-any-moment");
}

// Whoever comes behind the reset waits in vain. An index that was not given is None.
std::string resets_at_any_moment(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(2, 3);
  writer.object(fmt::format("barrier = Barrier({})", parties));
  writer.object(fmt::format("given = Array('i', {})", parties));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    writer.line(fmt::format("index = barrier.wait({}) ok | raises BrokenBarrierError", writer.between(1, 9)));
    writer.line("given[index] = 1 ok | raises TypeError");
  }
  writer.main("barrier.reset()");
  writer.last(parties == 2 ? "list(given) in {[0, 0], [1, 1]}" : "list(given) in {[0, 0, 0], [1, 1, 1]}");
  return writer.text("barrier/resets-at-any-moment");
}

// The others are there when the last one comes, which is when main resets it: whether the action fails before
// or behind that, the barrier is whole then.
std::string fails_in_its_action(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t parties = writer.between(2, 3);
  writer.object("nothing = Queue()");
  writer.object(fmt::format("barrier = Barrier({}, nothing.get_nowait)", parties));
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    if (party == parties) writer.line("sleep(0.05)");
    writer.line("barrier.wait(9) raises Empty | raises BrokenBarrierError");
  }
  writer.main("sleep(0.05)");
  writer.main("barrier.reset()");
  writer.main("barrier.broken == False");
  return writer.text("barrier/fails-in-its-action");
}

constexpr std::array table{
    Property{"barrier/acts-once", "the action has run once when anybody goes on, round by round", &acts_once},
    Property{"barrier/breaks-at-any-moment", "nobody is left waiting, whenever it is broken",
             &breaks_at_any_moment},
    Property{"barrier/resets-at-any-moment",
             "a generation is let go as a whole or not at all, whenever it is reset", &resets_at_any_moment},
    Property{"barrier/fails-in-its-action", "an action that raises breaks its own generation and no other",
             &fails_in_its_action},
};

}  // namespace

std::span<const Property> of_barrier_endings() { return table; }

}  // namespace heddle::properties
