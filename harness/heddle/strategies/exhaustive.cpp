// Plain depth-first enumeration: every sequence of answers once, the default run first. It keeps the path
// of the last execution and changes the deepest choice that has an answer left. It relies on the program
// being deterministic given its answers; a choice that comes back with another count would break the
// enumeration, so then it stops with nothing exhausted. It ignores its seed.
#include <heddle/strategies/exhaustive.hpp>
#include <vector>

namespace heddle {
namespace {

class Exhaustive final : public Strategy {
 public:
  bool begin(std::uint64_t) override {
    depth_ = 0;
    return !diverged_ && !done_;
  }

  std::uint32_t choose(const Choice& choice) override {
    if (depth_ == path_.size()) path_.push_back({.answer = 0, .count = choice.count});
    Node& node = path_[depth_++];
    if (node.count == choice.count) return node.answer;
    diverged_ = true;
    return 0;
  }

  bool end() override {
    if (diverged_) return false;
    path_.resize(depth_);
    while (!path_.empty() && path_.back().answer + 1 == path_.back().count) path_.pop_back();
    if (path_.empty()) {
      done_ = true;
      return true;
    }
    ++path_.back().answer;
    return false;
  }

 private:
  struct Node {
    std::uint32_t answer;
    std::uint32_t count;
  };
  std::vector<Node> path_;
  std::size_t depth_ = 0;
  bool diverged_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_exhaustive(std::uint64_t) { return std::make_unique<Exhaustive>(); }

}  // namespace heddle
