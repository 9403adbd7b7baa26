// Each party marks its index in an array, and how often each was given is what must come out even.
#include <array>
#include <string>

#include <properties/barrier/barrier.hpp>
#include <properties/home.hpp>
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

}  // namespace

void write_all_or_none(Writer& writer) {
  const std::uint32_t parties = writer.between(1, 4);
  const std::uint32_t rounds = writer.some(3);
  writer.primitive("barrier", fmt::format("Barrier({})", parties));
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
}

void write_breaks_for_all(Writer& writer) {
  const std::uint32_t parties = writer.between(1, 3);
  writer.primitive("barrier", fmt::format("Barrier({})", parties + 2));  // one never comes
  for (std::uint32_t party = 1; party <= parties; ++party) {
    writer.joined(fmt::format("party{}", party));
    writer.script(fmt::format("{} party{}", writer.task(), party));
    writer.line(writer.pause());
    writer.line("barrier.wait() raises BrokenBarrierError");
  }
  writer.main(writer.pause());
  writer.main(writer.by_chance() ? "barrier.abort()"
                                 : "barrier.wait(0.5) raises BrokenBarrierError after 0.5 within 0.5");
  if (writer.by_chance()) writer.main("barrier.broken == True");
  writer.last("barrier.broken == True");
}

// Broken before anybody comes; mended when they have been told.
void write_tells_who_comes_late(Writer& writer) {
  const std::uint32_t parties = writer.between(2, 4);
  writer.primitive("barrier", fmt::format("Barrier({})", parties));
  writer.first(writer.by_chance() ? "barrier.abort()"
                                  : "barrier.wait(0.2) raises BrokenBarrierError after 0.2 within 0.2");
  const std::uint32_t late = writer.some(3);
  for (std::uint32_t party = 1; party <= late; ++party) {
    writer.joined(fmt::format("late{}", party));
    writer.script(fmt::format("{} late{}", writer.task(), party));
    writer.line(writer.pause());
    writer.line(
        fmt::format("barrier.wait({}) raises BrokenBarrierError within 0", writer.by_chance() ? "" : "9"));
    writer.line("barrier.broken == True");
  }
  writer.last("barrier.reset()");
  writer.last("barrier.broken == False");
  for (std::uint32_t party = 1; party < parties; ++party) {
    writer.last(fmt::format("again{}.start()", party));
    writer.script(fmt::format("{} again{}", writer.task(), party));
    writer.line("barrier.wait(9) ok within 1");
  }
  writer.last(fmt::format("barrier.wait(9) in {{{}}}", numbers(0, parties)));
  for (std::uint32_t party = 1; party < parties; ++party) writer.last(fmt::format("again{}.join()", party));
  writer.last("barrier.broken == False");
}

// Who has been told comes again at once, or leaves time to look at what has been reset.
void write_reset_tells(Writer& writer) {
  const std::uint32_t waiters = writer.some(3);
  const bool is_looked_at = writer.by_chance();
  writer.primitive("barrier", fmt::format("Barrier({})", waiters + 1));
  if (writer.by_chance()) writer.first("barrier.reset()");  // of nobody
  for (std::uint32_t waiter = 1; waiter <= waiters; ++waiter) {
    writer.joined(fmt::format("waiter{}", waiter));
    writer.script(fmt::format("{} waiter{}", writer.task(), waiter));
    writer.line(writer.pause());
    writer.line(
        fmt::format("barrier.wait({}) raises BrokenBarrierError within 1", writer.by_chance() ? "" : "9"));
    if (is_looked_at) writer.line("sleep(1)");
    writer.line(fmt::format("barrier.wait(9) in {{{}}} within 1", numbers(0, waiters + 1)));
  }
  writer.main(fmt::format("while barrier.n_waiting < {}:", waiters));
  writer.main("  sleep(0.05)");
  writer.main("barrier.reset()");
  if (is_looked_at) writer.main("barrier.broken == False");
  if (is_looked_at) writer.main("barrier.n_waiting == 0");
  writer.main(fmt::format("barrier.wait(9) in {{{}}} within 2", numbers(0, waiters + 1)));
  writer.last("barrier.n_waiting == 0");
  writer.last("barrier.broken == False");
}

namespace {

constexpr std::array table{
    property<"barrier/all-or-none", &write_all_or_none>(
        "nobody goes on before all have come, each with an index of its own, round by round"),
    property<"barrier/breaks-for-all", &write_breaks_for_all>(
        "abort and a timeout break it for all that wait and all that come"),
    property<"barrier/told-late", &write_tells_who_comes_late>(
        "who comes to a broken barrier is told at once, until it is reset"),
    property<"barrier/reset-tells", &write_reset_tells>(
        "a reset breaks it for those that wait, and for nobody who comes"),
};

}  // namespace

std::span<const Property> of_barriers() { return table; }

}  // namespace heddle::properties
