// The same programs as scenarios: `counter gate` judges them, `counter run counter/unlocked` shows what is
// wrong.
#include <array>
#include <counter.hpp>
#include <heddle/api/heddle.hpp>

namespace {

void unlocked() { heddle::outcome(count_by_two<&increment>()); }
void locked() { heddle::check(count_by_two<&increment_locked>() == 2, "two increments make 2"); }

}  // namespace

int main(int argc, char** argv) {
  const std::array scenarios{
      heddle::Scenario{.name = "counter/unlocked",
                       .summary = "two processes increment a Value",
                       .body = &unlocked,
                       .expected = {{.rule = "unlocked-shared-value", .with_harm = true}},
                       .outcomes = {}},
      heddle::Scenario{.name = "counter/locked",
                       .summary = "the same under its lock",
                       .body = &locked,
                       .expected = {},
                       .outcomes = {}},
  };
  return heddle::main(argc, argv, scenarios);
}
