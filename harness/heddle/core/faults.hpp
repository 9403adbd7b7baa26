// Faults: what a machine may do to a program without the program's doing. Each kind of fault is a kind of
// choice whose answer 0 says that nothing happens, so strategies make faults strike, tapes record them and
// shrinking takes them away as with everything else that is decided. Which kinds may strike, and how often
// in one execution, all kinds together, is part of RunOptions.
//
// What each kind does is in docs/reference/worlds.md. A fault is never what the Os page rules out.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/choice.hpp>

namespace heddle {

/// In the order in which they are told; a token knows a kind by its place here.
inline constexpr std::array fault_kinds{ChoiceKind::kill,     ChoiceKind::eintr, ChoiceKind::short_io,
                                        ChoiceKind::spurious, ChoiceKind::fork,  ChoiceKind::fds,
                                        ChoiceKind::enospc};

/// All of them and nothing else are kill and what comes after timer.
constexpr bool is_fault(ChoiceKind kind) { return kind == ChoiceKind::kill || kind > ChoiceKind::timer; }
static_assert(std::ranges::all_of(fault_kinds, is_fault) && fault_kinds.size() == choice_kinds - 4);

/// Kinds of fault.
class FaultSet {
 public:
  constexpr FaultSet() = default;
  constexpr FaultSet(std::initializer_list<ChoiceKind> kinds) {
    for (const ChoiceKind kind : kinds) add(kind);
  }

  /// Whatever is no fault is not added.
  constexpr void add(ChoiceKind kind) { bits_ |= bit_of(kind); }
  constexpr bool contains(ChoiceKind kind) const { return (bits_ & bit_of(kind)) != 0; }
  constexpr bool is_empty() const { return bits_ == 0; }

  /// Bit n stands for the n-th of fault_kinds.
  constexpr std::uint32_t bits() const { return bits_; }
  /// Absent: a bit is set that stands for nothing.
  static constexpr std::optional<FaultSet> of_bits(std::uint32_t bits) {
    if (bits >> fault_kinds.size() != 0) return std::nullopt;
    FaultSet faults;
    faults.bits_ = bits;
    return faults;
  }
  friend bool operator==(const FaultSet&, const FaultSet&) = default;

 private:
  static constexpr std::uint32_t bit_of(ChoiceKind kind) {
    for (std::uint32_t place = 0; place < fault_kinds.size(); ++place)
      if (fault_kinds[place] == kind) return 1U << place;
    return 0;
  }
  std::uint32_t bits_ = 0;
};

/// "kill", "eintr", "short-io" and so on, in the order of fault_kinds.
std::vector<std::string_view> fault_names();
std::optional<ChoiceKind> fault_of(std::string_view name);
/// "kill, eintr"; empty for none.
std::string words_of(const FaultSet& faults);

}  // namespace heddle
