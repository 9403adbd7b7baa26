// Chunked removal, then single entries until none can go; then smaller data, which may make more go.
#include <algorithm>
#include <heddle/engine/shrinking.hpp>

namespace heddle {
namespace {

Tape without(const Tape& tape, std::size_t first, std::size_t count) {
  Tape rest = tape;
  const auto begin = rest.entries.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end =
      rest.entries.begin() + static_cast<std::ptrdiff_t>(std::min(first + count, tape.entries.size()));
  rest.entries.erase(begin, end);
  return rest;
}

class Shrinking {
 public:
  Shrinking(Tape tape, const TryTape& try_tape) : best_{std::move(tape), 0}, try_tape_(try_tape) {}

  Shrunk run() {
    do remove();
    while (lower());
    return std::move(best_);
  }

 private:
  bool adopt_if_it_fails(const Tape& candidate, std::size_t entries_max) {
    Tape recorded;
    ++best_.executions;
    if (!try_tape_(candidate, recorded) || recorded.entries.size() > entries_max) return false;
    best_.tape = std::move(recorded);
    return true;
  }

  void remove() {
    std::size_t chunk = std::max<std::size_t>(best_.tape.entries.size() / 2, 1);
    for (;;) {
      bool removed = false;
      // From the end: late entries depend on early ones, not the other way round.
      for (std::size_t end = best_.tape.entries.size(); end > 0;) {
        const std::size_t first = end > chunk ? end - chunk : 0;
        const bool is_shorter =
            adopt_if_it_fails(without(best_.tape, first, end - first), best_.tape.entries.size() - 1);
        removed = removed || is_shorter;
        end = is_shorter ? std::min(first, best_.tape.entries.size()) : first;
      }
      if (chunk > 1)
        chunk /= 2;
      else if (!removed)
        return;
    }
  }

  /// True if anything became smaller.
  bool lower() {
    bool lowered = false;
    for (std::size_t index = 0; index < best_.tape.entries.size(); ++index) lowered = lower(index) || lowered;
    return lowered;
  }

  /// Halves the way from 0, which would be to drop the entry, to what the entry says.
  bool lower(std::size_t index) {
    bool lowered = false;
    std::uint32_t passing = 0;
    const auto can_be_lower = [&] {
      const auto& entries = best_.tape.entries;
      return index < entries.size() && entries[index].kind == ChoiceKind::data &&
             entries[index].answer > passing + 1;
    };
    while (can_be_lower()) {
      Tape candidate = best_.tape;
      const std::uint32_t middle = passing + (candidate.entries[index].answer - passing) / 2;
      candidate.entries[index].answer = middle;
      if (adopt_if_it_fails(candidate, candidate.entries.size()))
        lowered = true;
      else
        passing = middle;
    }
    return lowered;
  }

  Shrunk best_;
  const TryTape& try_tape_;
};

}  // namespace

Shrunk shrink(Tape tape, const TryTape& try_tape) { return Shrinking(std::move(tape), try_tape).run(); }

}  // namespace heddle
