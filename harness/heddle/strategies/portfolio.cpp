// Several strategies take turns, for none finds every bug: of eight executions four are SURW's, two are
// URW's, one is PCT's, and the last is the random walk's and POS's by turns. The shares follow who is best on
// the classic bugs (docs/performance.md): whoever is best at a program gets to its bug in at most a few times
// the executions that it would need alone, and the others help.
#include <array>
#include <optional>
#include <vector>

#include <heddle/strategies/pct.hpp>
#include <heddle/strategies/portfolio.hpp>
#include <heddle/strategies/pos.hpp>
#include <heddle/strategies/random.hpp>
#include <heddle/strategies/surw.hpp>

namespace heddle {
namespace {

struct Member {
  std::string_view name;
  std::unique_ptr<Strategy> (*make)(std::uint64_t seed, std::uint32_t number);
  std::uint32_t number;
};

constexpr std::array members{Member{"surw", make_surw, 0}, Member{"urw", make_urw, 0},
                             Member{"pct", make_pct, 3}, Member{"random", make_random, 0},
                             Member{"pos", make_pos, 0}};
constexpr std::array<std::size_t, 16> turns{0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0, 4, 0, 1, 0, 2};

class Portfolio final : public Strategy {
 public:
  explicit Portfolio(std::uint64_t seed) {
    for (const Member& each : members) strategies_.push_back(each.make(seed, each.number));
  }

  bool begin(std::uint64_t execution) override {
    const std::size_t member = turns[execution % turns.size()];
    current_ = strategies_[member].get();
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
  static std::uint64_t own_number(std::size_t member, std::uint64_t execution) {
    std::uint64_t in_all = 0;
    std::uint64_t in_this_round = 0;
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
      if (turns[turn] != member) continue;
      ++in_all;
      if (turn < execution % turns.size()) ++in_this_round;
    }
    return execution / turns.size() * in_all + in_this_round;
  }

  std::vector<std::unique_ptr<Strategy>> strategies_;
  Strategy* current_ = nullptr;
};

}  // namespace

std::unique_ptr<Strategy> make_portfolio(std::uint64_t seed, std::uint32_t) {
  return std::make_unique<Portfolio>(seed);
}

std::string_view portfolio_member(std::uint64_t execution) {
  return members[turns[execution % turns.size()]].name;
}

}  // namespace heddle
