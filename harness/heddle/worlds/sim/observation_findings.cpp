// What oracles say of an execution.
#include <fmt/format.h>

#include <algorithm>
#include <heddle/worlds/sim/observation.hpp>

namespace heddle::sim {
namespace {

// Who is told of is who was harmed and by whom, which need not be those whom the prediction named.
void come_true(Finding& prediction, Finding damage) {
  if (damage.rule == prediction.rule) {
    prediction = std::move(damage);
    return;
  }
  prediction.harm = Harm::seen;
  prediction.step = damage.step;
  prediction.sentence += fmt::format("; then {}: {}", damage.rule, damage.sentence);
  for (Party& party : damage.parties) {
    const bool is_known = std::ranges::any_of(prediction.parties, [&](const Party& known) {
      return known.who == party.who && known.step == party.step;
    });
    if (!is_known) prediction.parties.push_back(std::move(party));
  }
}

}  // namespace

// A prediction lets the execution go on, for the damage may still show. What goes wrong later on the very
// object of a prediction is that prediction's damage and not a finding of its own; what is only a warning of
// another rule went wrong anyhow.
bool Observation::add(Finding finding) {
  finding.step = situation_.step;
  for (Finding& earlier : execution_.findings) {
    const bool same_object = earlier.object_index == finding.object_index && finding.object_index != none;
    if (earlier.harm != Harm::predicted || !same_object) continue;
    if (finding.harm == Harm::predicted && finding.rule == earlier.rule) return true;
    const bool is_its_damage = finding.rule == earlier.rule || finding.severity == Severity::error;
    if (finding.harm == Harm::seen && is_its_damage) {
      come_true(earlier, std::move(finding));
      wants_stop_ = true;
      return true;
    }
  }
  if (finding.harm == Harm::seen && finding.severity == Severity::error) wants_stop_ = true;
  execution_.findings.push_back(std::move(finding));
  return true;
}

void Observation::refute(Refutation refutation) { execution_.refutations.push_back(std::move(refutation)); }

void Observation::put_aside(const Finding& finding, Suppressed suppressed) {
  if (finding.harm == Harm::seen) execution_.is_damage_suppressed = true;
  execution_.suppressed.push_back(std::move(suppressed));
}

}  // namespace heddle::sim
