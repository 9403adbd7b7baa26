// See the header.
#include <heddle/core/faults.hpp>
#include <heddle/engine/byte_choices.hpp>

namespace heddle {
namespace {

constexpr std::uint32_t values = 256;
constexpr std::uint32_t kill_values = values / 64;   // of all: those at which the fault strikes
constexpr std::uint32_t other_values = values / 16;  // other faults and timers

std::uint32_t rare(std::uint32_t byte, std::uint32_t striking, std::uint32_t count) {
  if (byte < values - striking) return 0;
  return 1 + (byte - (values - striking)) % (count - 1);
}

}  // namespace

bool ByteChoices::begin(std::uint64_t) {
  asked_ = 0;
  return true;
}

std::uint32_t ByteChoices::choose(const Choice& choice) {
  const std::uint32_t byte = asked_ < bytes_.size() ? bytes_[asked_] : 0;
  ++asked_;
  if (choice.kind == ChoiceKind::kill) return rare(byte, kill_values, choice.count);
  if (choice.kind == ChoiceKind::timer || is_fault(choice.kind))
    return rare(byte, other_values, choice.count);
  return byte % choice.count;
}

}  // namespace heddle
