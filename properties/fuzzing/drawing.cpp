// See the header.
#include <heddle/core/random.hpp>
#include <properties/checking.hpp>
#include <properties/fuzzing/drawing.hpp>
#include <properties/fuzzing/program_edits.hpp>

namespace heddle::properties {
namespace {

constexpr std::uint64_t steps_max = 20'000;  // no program of these needs as many

FaultSet faults_of(const Property& property, bool is_edited) {
  if (is_edited)
    return {ChoiceKind::kill, ChoiceKind::eintr, ChoiceKind::short_io, ChoiceKind::spurious,
            ChoiceKind::fork, ChoiceKind::fds,   ChoiceKind::enospc};
  if (property.despite_a_kill) return {ChoiceKind::kill};
  return {ChoiceKind::eintr, ChoiceKind::short_io, ChoiceKind::spurious};
}

RunOptions way_of(const Input& input, const Property& property, bool is_edited) {
  RunOptions way;
  way.steps_max = steps_max;
  if ((input.way & way_timers) != 0 && is_edited) way.time = TimeMode::explore;
  if ((input.way & way_os) == 0) return way;
  way.granularity = Granularity::os;
  const auto faults = FaultSet::of_bits(input.faults & faults_of(property, is_edited).bits());
  if (faults) way.faults = *faults;
  if (!way.faults.is_empty()) way.faults_max = property.despite_a_kill && !is_edited ? 1 : 2;
  return way;
}

}  // namespace

Drawn drawn_from(const Input& input, std::span<const Property> properties) {
  Drawn drawn{.property = &properties[input.property % properties.size()]};
  Random random(input.seed);
  const programs::Program whole = program_of(drawn.property->draw(random, 1U + input.size));
  drawn.program = edited(whole, input.edits);
  drawn.is_edited = drawn.program != whole;
  drawn.way = way_of(input, *drawn.property, drawn.is_edited);
  drawn.is_run_twice = (input.way & way_twice) == way_twice;
  return drawn;
}

}  // namespace heddle::properties
