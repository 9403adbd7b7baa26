// What may have become of a tape's deviations, by chance.
#include <algorithm>

#include <heddle/core/by_chance.hpp>
#include <heddle/engine/near_tape.hpp>

namespace heddle {
namespace {

constexpr std::uint32_t leave_out_odds = 8;  // one deviation in so many
constexpr std::uint32_t stay_odds = 3;       // and one stays where it is
constexpr std::uint32_t scales = 6;          // others move by less than 2, 4 .. 64 choices

}  // namespace

NearTape::NearTape(Tape tape, std::optional<std::uint64_t> divergence, std::uint64_t seed)
    : tape_(std::move(tape)), divergence_(divergence), seed_(seed), random_(seed) {}

bool NearTape::begin(std::uint64_t execution) {
  random_ = Random(seed_, execution);
  const bool is_moved = execution % 2 == 1;
  followed_.emplace(is_moved ? moved() : tape_);
  followed_->begin(execution);
  chance_from_ = execution == 0 || is_moved ? UINT64_MAX : chance_begins();
  return true;
}

// Half the time where the tape ceases to fit; an edit shows at once then. Otherwise anywhere: what does not
// fit any more may be the consequence of something earlier.
std::uint64_t NearTape::chance_begins() {
  if (divergence_ && random_.below(2) == 0) return *divergence_;
  return random_.below(static_cast<std::uint32_t>(std::min<std::uint64_t>(last_step_ + 1, UINT32_MAX)));
}

Tape NearTape::moved() {
  Tape tape;
  for (TapeEntry entry : tape_.entries) {
    if (random_.below(leave_out_odds) == 0) continue;
    if (random_.below(stay_odds) != 0) {
      const std::uint32_t distance = 1 + random_.below(2U << random_.below(scales));
      const bool is_earlier = random_.below(2) == 0 && distance <= entry.ordinal;
      entry.ordinal += is_earlier ? 0 - distance : distance;
    }
    tape.entries.push_back(std::move(entry));
  }
  return tape;
}

std::uint32_t NearTape::choose(const Choice& choice) {
  last_step_ = std::max(last_step_, choice.step);
  if (choice.step >= chance_from_) return answer_by_chance(choice, random_);
  return followed_->choose(choice);
}

}  // namespace heddle
