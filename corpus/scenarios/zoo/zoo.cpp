// The cards of the zoo, one call for each, in their order.
#include <scenarios/zoo/zoo.hpp>

namespace heddle {
namespace {

using Part = zoo::Rows (*)();

constexpr Part parts[] = {
    &zoo::card_01, &zoo::card_02, &zoo::card_03, &zoo::card_04, &zoo::card_05, &zoo::card_06,
    &zoo::card_07, &zoo::card_08, &zoo::card_10, &zoo::card_11, &zoo::card_13, &zoo::card_14,
    &zoo::card_15, &zoo::card_17, &zoo::card_18, &zoo::card_19, &zoo::card_20, &zoo::card_21,
    &zoo::card_23, &zoo::card_25, &zoo::card_26, &zoo::card_29,
};

}  // namespace

std::vector<Scenario> zoo_scenarios() {
  std::vector<Scenario> all;
  for (const Part part : parts) {
    const zoo::Rows rows = part();
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace heddle
