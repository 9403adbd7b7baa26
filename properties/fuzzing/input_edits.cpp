// See the header.
#include <algorithm>
#include <array>
#include <utility>

#include <heddle/core/faults.hpp>
#include <heddle/engine/choice_edits.hpp>
#include <properties/fuzzing/input.hpp>
#include <properties/fuzzing/input_edits.hpp>

namespace heddle::properties {
namespace {

constexpr std::uint32_t values = 256;
constexpr std::uint32_t changes_max = 3;

class Changing {
 public:
  Changing(Input& input, std::size_t room, Random& random) : input_(input), room_(room), random_(random) {}

  void draw_anew() { input_.seed = static_cast<std::uint16_t>(random_.next()); }
  void take_another_property() { input_.property = byte(); }
  void resize() { input_.size = static_cast<std::uint8_t>(random_.below(sizes)); }
  void change_way() { input_.way ^= one_of({way_os, way_timers, way_twice}); }
  void change_faults() {
    input_.faults ^= static_cast<std::uint8_t>(1U << random_.below(fault_kinds.size()));
  }

  void put_edit() {
    if (input_.edits.size() == edits_max) return;
    const auto place = input_.edits.begin() + random_.below(count(input_.edits) + 1);
    input_.edits.insert(place, drawn_edit());
  }
  void take_edit() {
    if (!input_.edits.empty()) input_.edits.erase(input_.edits.begin() + random_.below(count(input_.edits)));
  }
  void swap_edits() {
    if (input_.edits.size() < 2) return;
    const std::uint32_t first = random_.below(count(input_.edits) - 1);
    std::swap(input_.edits[first], input_.edits[first + 1]);
  }
  void change_edit() {
    if (input_.edits.empty()) return put_edit();
    Edit& edit = input_.edits[random_.below(count(input_.edits))];
    const std::array all{&edit.kind, &edit.place, &edit.other, &edit.amount};
    *all[random_.below(all.size())] = byte();
  }

  void edit_choices() {
    std::vector<std::uint8_t> room(std::max(room_, input_.choices.size()));
    std::ranges::copy(input_.choices, room.begin());
    room.resize(heddle::edit_choices(room, input_.choices.size(), random_));
    input_.choices = std::move(room);
  }

 private:
  static std::uint32_t count(const std::vector<Edit>& edits) {
    return static_cast<std::uint32_t>(edits.size());
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(random_.below(values)); }
  std::uint8_t one_of(std::initializer_list<std::uint8_t> all) {
    return *(all.begin() + random_.below(static_cast<std::uint32_t>(all.size())));
  }
  Edit drawn_edit() {
    Edit edit;
    edit.kind = byte();
    edit.place = byte();
    edit.other = byte();
    edit.amount = byte();
    return edit;
  }

  Input& input_;
  const std::size_t room_;  // for choices
  Random& random_;
};

// As often as they stand here: half of all is about the interleaving, a quarter about the program's edits.
using Change = void (Changing::*)();
constexpr std::array<Change, 20> changes{&Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::edit_choices,
                                         &Changing::put_edit,
                                         &Changing::put_edit,
                                         &Changing::take_edit,
                                         &Changing::take_edit,
                                         &Changing::swap_edits,
                                         &Changing::change_edit,
                                         &Changing::draw_anew,
                                         &Changing::take_another_property,
                                         &Changing::resize,
                                         &Changing::change_way,
                                         &Changing::change_faults};

}  // namespace

std::size_t edit_input(std::span<std::uint8_t> bytes, std::size_t size, Random& random) {
  Input input = read_input(bytes.first(std::min(size, bytes.size())));
  Changing changing(input, bytes.size(), random);
  for (std::uint32_t left = 1 + random.below(changes_max); left > 0; --left)
    (changing.*changes[random.below(changes.size())])();
  return write_input(input, bytes);
}

std::size_t splice_inputs(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                          std::span<std::uint8_t> into, Random& random) {
  Input made = read_input(one);
  const Input taken = read_input(other);
  const auto below = [&](std::size_t count) { return random.below(static_cast<std::uint32_t>(count)); };
  if (random.below(2) == 0) {
    std::vector<std::uint8_t> choices(into.size());
    choices.resize(splice_choices(made.choices, taken.choices, choices, random));
    made.choices = std::move(choices);
  } else {
    made.edits.resize(below(made.edits.size() + 1));
    const std::span rest = std::span(taken.edits).subspan(below(taken.edits.size() + 1));
    const std::size_t fitting = std::min(rest.size(), edits_max - made.edits.size());
    made.edits.insert(made.edits.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(fitting));
  }
  return write_input(made, into);
}

}  // namespace heddle::properties
