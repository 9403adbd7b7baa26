// A list of oracles for each kind of event, and for operations one for each kind of object.
#include <heddle/worlds/sim/audience.hpp>

namespace heddle::sim {

void Audience::set(std::span<const std::unique_ptr<Oracle>> oracles) {
  oracles_ = oracles;
  bool is_as_before = wishes_.size() == oracles.size();
  wishes_.resize(oracles.size(), {.kinds = {}});
  for (std::size_t i = 0; i < oracles.size(); ++i) {
    const Wish wish{.events = oracles[i]->interests(), .kinds = oracles[i]->kinds()};
    is_as_before = is_as_before && wishes_[i] == wish;
    wishes_[i] = wish;
  }
  if (!is_as_before) sort_out();
}

void Audience::sort_out() {
  interests_ = 0;
  for (const Wish& wish : wishes_) interests_ |= wish.events;
  const auto wants = [&](std::uint32_t oracle, EventKind kind) {
    return (wishes_[oracle].events & mask_of(kind)) != 0;
  };
  const auto fill = [&](Concerned& concerned, auto is_concerned) {
    concerned.clear();
    for (std::uint32_t oracle = 0; oracle < wishes_.size(); ++oracle)
      if (is_concerned(oracle)) concerned.push_back(oracle);
  };
  for (std::size_t event = 0; event < event_kinds; ++event)
    fill(by_event_[event],
         [&](std::uint32_t oracle) { return wants(oracle, static_cast<EventKind>(event)); });
  for (std::size_t kind = 0; kind < object_kinds; ++kind) {
    const auto concerns = [&](std::uint32_t oracle) {
      return wishes_[oracle].kinds.contains(static_cast<mp::ObjectKind>(kind));
    };
    fill(begun_[kind],
         [&](std::uint32_t each) { return wants(each, EventKind::operation_begun) && concerns(each); });
    fill(ended_[kind],
         [&](std::uint32_t each) { return wants(each, EventKind::operation_ended) && concerns(each); });
  }
}

}  // namespace heddle::sim
