// The parts are all there and connected.
#include <gtest/gtest.h>

#include <heddle/api/composition.hpp>

namespace heddle {
namespace {

TEST(Composition, MakesAFreshStrategyEachTime) {
  const Composition composition(strategies()[0], 1, Budget{}, Callbacks{});
  EXPECT_NE(composition.parts().strategy({}), composition.parts().strategy({}));
  EXPECT_FALSE(composition.parts().oracles.empty());
}

TEST(Composition, AnswersWithoutCallbacks) {
  const Composition composition(strategies()[0], 1, Budget{}, Callbacks{});
  EXPECT_FALSE(composition.parts().host.is_interrupted());
  composition.parts().host.progress(Progress{});
  EXPECT_GE(composition.parts().host.seconds(), 0);
}

TEST(Composition, PassesQuestionsAndLinesOn) {
  std::string line;
  const Callbacks callbacks{.is_interrupted = [] { return true; },
                            .status = [&line](const std::string& told) { line = told; }};
  const Composition composition(strategies()[0], 1, Budget{}, callbacks);
  EXPECT_TRUE(composition.parts().host.is_interrupted());
  composition.parts().host.progress(Progress{.executions = 3});
  EXPECT_FALSE(line.empty());
}

}  // namespace
}  // namespace heddle
