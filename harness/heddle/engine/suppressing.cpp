// A door between an oracle and where its findings go.
#include <heddle/engine/suppressing.hpp>

namespace heddle {
namespace {

mp::Location made_at(const Situation& situation, const Finding& finding) {
  if (finding.object_index != none) return situation.objects[finding.object_index].where;
  if (finding.object.empty()) return {};
  for (ObjectIndex object = 0; object < situation.objects.size(); ++object)
    if (situation.name_of_object(object) == finding.object) return situation.objects[object].where;
  return {};
}

class Door final : public Findings {
 public:
  Door(const Suppressions& suppressions, const Situation& situation, Findings& beyond)
      : suppressions_(suppressions), situation_(situation), beyond_(beyond) {}

  bool add(Finding finding) override {
    const Suppression* const line = suppressions_.match(finding, made_at(situation_, finding));
    if (line == nullptr) return beyond_.add(std::move(finding));
    beyond_.put_aside(finding, {.by = suppressions_.place_of(*line),
                                .reason = line->reason,
                                .rule = finding.rule,
                                .object = finding.object});
    return false;
  }
  void refute(Refutation refutation) override { beyond_.refute(std::move(refutation)); }
  void put_aside(const Finding& finding, Suppressed suppressed) override {
    beyond_.put_aside(finding, std::move(suppressed));
  }
  void leave_open() override { beyond_.leave_open(); }

 private:
  const Suppressions& suppressions_;
  const Situation& situation_;
  Findings& beyond_;
};

class Suppressing final : public Oracle {
 public:
  Suppressing(std::unique_ptr<Oracle> oracle, const Suppressions& suppressions)
      : oracle_(std::move(oracle)), suppressions_(suppressions) {}

  EventMask interests() const override { return oracle_->interests(); }
  ObjectKinds kinds() const override { return oracle_->kinds(); }
  void begin() override { oracle_->begin(); }
  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    Door door(suppressions_, situation, findings);
    oracle_->observe(event, situation, door);
  }

 private:
  const std::unique_ptr<Oracle> oracle_;
  const Suppressions& suppressions_;
};

}  // namespace

std::unique_ptr<Oracle> suppressing(std::unique_ptr<Oracle> oracle, const Suppressions& suppressions) {
  return std::make_unique<Suppressing>(std::move(oracle), suppressions);
}

}  // namespace heddle
