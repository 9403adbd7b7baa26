// Classic bugs as fuzzers, to measure what hand-overs as coverage and mutations that know switches are worth
// (bench/fuzzing): HEDDLE_FUZZ_CLASSIC names the program, HEDDLE_FUZZ_COUNTERS=0 keeps the hand-overs from
// libFuzzer and HEDDLE_FUZZ_MUTATOR=0 the mutations. Only damage ends it: races are put aside.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <heddle/api/fuzz.hpp>
#include <heddle/core/suppressions_text.hpp>
#include <scenarios/classic/classic.hpp>
#include <string_view>

namespace {

using namespace heddle;

std::string_view asked(const char* name, std::string_view otherwise) {
  const char* const said = std::getenv(name);
  return said == nullptr ? otherwise : std::string_view(said);
}

Scenario scenario_asked() {
  const std::array scenarios{classic::philosophers_3(), classic::philosophers_5(), classic::reorder_5(),
                             classic::reorder_10(),     classic::twostage_1(),     classic::twostage_20()};
  const std::string_view name = asked("HEDDLE_FUZZ_CLASSIC", "classic/philosophers-3");
  for (const Scenario& scenario : scenarios)
    if (scenario.name == name) return scenario;
  std::fputs("HEDDLE_FUZZ_CLASSIC names none of the programs in fuzz/experiment\n", stderr);
  std::exit(4);
}

FuzzOptions options_of(const Scenario& scenario) {
  FuzzOptions options;
  options.name = scenario.name;
  options.run = run_options_of(scenario);
  options.keeps_predictions = false;
  options.has_interleavings = asked("HEDDLE_FUZZ_COUNTERS", "1") != "0";
  options.suppressions = read_suppressions("shared-memory-race:* damage alone counts", "races", {}).value();
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scenario scenario = scenario_asked();
  static const FuzzOptions options = options_of(scenario);
  fuzz(scenario.body, {data, size}, options);
  return 0;
}
