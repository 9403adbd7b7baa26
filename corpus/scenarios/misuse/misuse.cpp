// The parts of the misuse corpus, one call for each rule, in the order of the catalogue.
#include <scenarios/misuse/misuse.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle {
namespace {

using Part = std::vector<Scenario> (*)();

constexpr Part parts[] = {
    &misuse::task_done_overflow,
    &misuse::pipe_end_left_open,
    &misuse::lock_over_release,
};

}  // namespace

std::vector<Scenario> misuse_scenarios() {
  std::vector<Scenario> all;
  for (const Part part : parts) {
    const std::vector<Scenario> rows = part();
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace heddle
