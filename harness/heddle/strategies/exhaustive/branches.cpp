// A decorator that counts how wide the tree is so far.
#include <heddle/core/random.hpp>
#include <heddle/strategies/exhaustive/branches.hpp>
#include <utility>

namespace heddle {
namespace {

constexpr std::uint64_t branches_a_share = 16;

class Branches final : public Strategy {
 public:
  Branches(std::unique_ptr<Strategy> whole, std::uint64_t index, std::uint64_t count)
      : whole_(std::move(whole)), index_(index), count_(count) {}

  bool begin(std::uint64_t execution) override {
    width_ = 1;
    hash_ = 0;
    return whole_->begin(execution);
  }
  std::uint32_t choose(const Choice& choice) override {
    if (width_ >= branches_a_share * count_) return is_ours() ? whole_->choose(choice) : abandon;
    const std::uint32_t answer = whole_->choose(choice);
    width_ *= choice.count;
    hash_ = Random(hash_, answer).next();
    return answer;
  }
  bool end() override { return whole_->end(); }
  Attention attention() const override { return whole_->attention(); }

 private:
  bool is_ours() const { return hash_ % count_ == index_; }

  const std::unique_ptr<Strategy> whole_;
  const std::uint64_t index_;
  const std::uint64_t count_;
  std::uint64_t width_ = 1;  // how many branches there would be if all were like those taken
  std::uint64_t hash_ = 0;   // of the answers until it was enough
};

}  // namespace

std::unique_ptr<Strategy> make_branches(std::unique_ptr<Strategy> whole, std::uint64_t index,
                                        std::uint64_t count) {
  return std::make_unique<Branches>(std::move(whole), index, count);
}

}  // namespace heddle
