// Several strategies take turns, for none finds every bug. Each runs the executions that it would run alone,
// in their order; whoever is best at a program gets to its bug in at most as many times the executions that
// it would need alone as its share is of all, and the others help. Who they are, and their shares, the
// registry says.
#include <heddle/strategies/portfolio.hpp>

namespace heddle {
namespace {

class Portfolio final : public Strategy {
 public:
  Portfolio(std::vector<std::unique_ptr<Strategy>> members, std::span<const std::size_t> turns)
      : members_(std::move(members)), turns_(turns) {}

  bool begin(std::uint64_t execution) override {
    const std::size_t member = turns_[execution % turns_.size()];
    current_ = members_[member].get();
    return current_->begin(own_number(member, execution));
  }
  std::uint32_t choose(const Choice& choice) override { return current_->choose(choice); }
  bool end() override {
    current_->end();
    return false;
  }
  Attention attention() const override { return current_->attention(); }

 private:
  /// How many executions were this member's before.
  std::uint64_t own_number(std::size_t member, std::uint64_t execution) const {
    std::uint64_t in_a_round = 0;
    std::uint64_t in_this = 0;
    for (std::size_t turn = 0; turn < turns_.size(); ++turn) {
      if (turns_[turn] != member) continue;
      ++in_a_round;
      if (turn < execution % turns_.size()) ++in_this;
    }
    return execution / turns_.size() * in_a_round + in_this;
  }

  const std::vector<std::unique_ptr<Strategy>> members_;
  const std::span<const std::size_t> turns_;
  Strategy* current_ = nullptr;
};

}  // namespace

std::unique_ptr<Strategy> make_portfolio(std::vector<std::unique_ptr<Strategy>> members,
                                         std::span<const std::size_t> turns) {
  return std::make_unique<Portfolio>(std::move(members), turns);
}

}  // namespace heddle
