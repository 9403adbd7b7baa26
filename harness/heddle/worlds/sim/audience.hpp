// Which oracles are shown which event. Sorted out once, so that an event costs the oracles that want it and
// nothing for the others.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <heddle/core/oracle.hpp>

namespace heddle::sim {

class Audience {
 public:
  /// The oracles of the executions to come; costs little when they want what the last ones wanted.
  void set(std::span<const std::unique_ptr<Oracle>> oracles);

  bool wants(EventKind kind) const { return (interests_ & mask_of(kind)) != 0; }
  void show(const Event& event, const Situation& situation, Findings& findings) const {
    for (const std::uint32_t each : by_event_[static_cast<std::size_t>(event.kind)])
      oracles_[each]->observe(event, situation, findings);
  }
  /// An operation on an object of this kind begins or ends.
  void show_operation(const Event& event, mp::ObjectKind kind, const Situation& situation,
                      Findings& findings) const {
    const auto& concerned = event.kind == EventKind::operation_begun ? begun_ : ended_;
    for (const std::uint32_t each : concerned[static_cast<std::size_t>(kind)])
      oracles_[each]->observe(event, situation, findings);
  }

 private:
  struct Wish {
    EventMask events = 0;
    ObjectKinds kinds;
    friend bool operator==(const Wish&, const Wish&) = default;
  };
  using Concerned = std::vector<std::uint32_t>;  // places among the oracles
  void sort_out();

  std::span<const std::unique_ptr<Oracle>> oracles_;
  std::vector<Wish> wishes_;
  EventMask interests_ = 0;
  std::array<Concerned, event_kinds> by_event_;
  std::array<Concerned, object_kinds> begun_;
  std::array<Concerned, object_kinds> ended_;
};

}  // namespace heddle::sim
