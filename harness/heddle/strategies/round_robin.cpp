// Round robin: at every n-th choice of a task the next one in label order gets its turn, where n is the
// number of the execution. The first execution switches at every opportunity, later ones ever more seldom;
// once n exceeds the longest execution nothing new can come, and the strategy is done. It ignores its seed.
#include <heddle/strategies/round_robin.hpp>

namespace heddle {
namespace {

class RoundRobin final : public Strategy {
 public:
  bool begin(std::uint64_t execution) override {
    period_ = execution + 1;
    choices_ = 0;
    return !done_;
  }
  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::task) return 0;
    return ++choices_ % period_ == 0 ? 1 : 0;
  }
  bool end() override {
    done_ = choices_ < period_;  // this one never switched: so will no later one
    return false;                // all that round robin can do is not all there is
  }

 private:
  std::uint64_t period_ = 1;
  std::uint64_t choices_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_round_robin(std::uint64_t, std::uint32_t) {
  return std::make_unique<RoundRobin>();
}

}  // namespace heddle
