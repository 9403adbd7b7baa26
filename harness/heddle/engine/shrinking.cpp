// Chunked removal, then single entries until none can go.
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

}  // namespace

Shrunk shrink(Tape tape, const TryTape& try_tape) {
  Shrunk best{.tape = std::move(tape), .executions = 0};
  std::size_t chunk = std::max<std::size_t>(best.tape.entries.size() / 2, 1);
  for (;;) {
    bool removed = false;
    // From the end: late entries depend on early ones, not the other way round.
    for (std::size_t end = best.tape.entries.size(); end > 0;) {
      const std::size_t first = end > chunk ? end - chunk : 0;
      Tape recorded;
      ++best.executions;
      if (try_tape(without(best.tape, first, end - first), recorded) &&
          recorded.entries.size() < best.tape.entries.size()) {
        best.tape = std::move(recorded);
        removed = true;
        end = std::min(first, best.tape.entries.size());
      } else {
        end = first;
      }
    }
    if (chunk > 1) {
      chunk /= 2;
    } else if (!removed) {
      return best;
    }
  }
}

}  // namespace heddle
