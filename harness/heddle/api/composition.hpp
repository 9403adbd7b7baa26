// Puts an exploration together from the parts that heddle has: the simulated world, one row of the table
// of strategies, all oracles, and the machine's own clock. The one place besides the CLI that sees them all.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/core/options.hpp>
#include <heddle/engine/exploration.hpp>
#include <heddle/strategies/registry.hpp>

namespace heddle {

/// Asked and told while executions run; each may be empty.
struct Callbacks {
  std::function<bool()> is_interrupted;
  std::function<void(const std::string& line)> status;
};

class Composition {
 public:
  /// `budget` is only what status lines count down from; `oracles_absent` names those that are left out.
  /// What `suppressions` match is put aside.
  Composition(const StrategyRow& strategy, std::uint64_t seed, const Budget& budget,
              const Callbacks& callbacks, std::span<const std::string_view> oracles_absent = {},
              const Suppressions& suppressions = {}, bool checks_determinism = false);
  const Parts& parts() const { return parts_; }
  /// One more, after all others.
  void add(std::unique_ptr<Oracle> oracle);

 private:
  std::unique_ptr<World> world_;
  std::unique_ptr<const Suppressions> suppressions_;
  std::vector<std::unique_ptr<Oracle>> oracles_;
  Parts parts_;
};

/// Throws std::invalid_argument if there is no such strategy.
Composition compose(const Options& options);

/// Some of its executions are in another time mode than `maximal`.
bool looks_beyond_maximal(const Options& options);

Exploration exploration_of(const Options& options);

}  // namespace heddle
