// Programs of primitives under faults: each runs in many random interleavings of Os calls, with one fault in
// an execution and with two.
//
// A quiet fault (eintr, short-io, spurious) must not be noticed: the program ends as it does without. One
// that refuses something (fork, fds, enospc) may end the program with an mp::Error, and then nothing is left
// behind: no descriptor, and nobody who waits for ever. A program must clean up as it is unwound; its
// children are daemons, and catch what is refused them.
//
//   const FaultProgram programs[] = {{"Lock", [] { ... }}};
//   HEDDLE_FAULT_PROGRAMS(Sync, programs)
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/faults.hpp>
#include <heddle/trial/trial.hpp>

namespace heddle::trial {

struct FaultProgram {
  std::string_view name;  // letters only
  void (*program)() = nullptr;
};

enum class FaultTemper : std::uint8_t { quiet, refusing };

/// What went wrong, in words; empty if all is as it should be. With refusing faults also when none refused
/// anything, for then nothing was tested.
std::string trouble_under_faults(const FaultProgram& program, FaultTemper temper, std::uint32_t faults_max);

/// How many descriptors the calling process has.
int descriptors_open();

/// A daemon that runs `target`; what it is refused is no finding.
template <auto target, class... A>
void catching(A&... arguments) {
  try {
    target(arguments...);
  } catch (const mp::Error&) {
    mp::exit(3);
  }
}

struct FaultCase {
  FaultProgram program;
  FaultTemper temper{};
  std::uint32_t faults_max = 0;
};

inline void PrintTo(const FaultCase& each, std::ostream* out) { *out << each.program.name; }

inline std::vector<FaultCase> fault_cases(std::span<const FaultProgram> programs) {
  std::vector<FaultCase> cases;
  for (const FaultProgram& program : programs)
    for (const FaultTemper temper : {FaultTemper::quiet, FaultTemper::refusing})
      for (const std::uint32_t faults_max : {1U, 2U}) cases.push_back({program, temper, faults_max});
  return cases;
}

/// "Lock_Quiet2".
inline std::string fault_case_name(const testing::TestParamInfo<FaultCase>& info) {
  return std::string(info.param.program.name) +
         (info.param.temper == FaultTemper::quiet ? "_Quiet" : "_Refusing") +
         std::to_string(info.param.faults_max);
}

class UnderFaults : public testing::TestWithParam<FaultCase> {};

}  // namespace heddle::trial

/// Makes one test per program, temper and number of faults. Once per file, inside namespace heddle::trial or
/// a namespace below it.
#define HEDDLE_FAULT_PROGRAMS(group, programs)                                                        \
  using group##UnderFaults = ::heddle::trial::UnderFaults;                                            \
  TEST_P(group##UnderFaults, EndsAsItShould) {                                                        \
    const auto& each = GetParam();                                                                    \
    EXPECT_EQ(::heddle::trial::trouble_under_faults(each.program, each.temper, each.faults_max), ""); \
  }                                                                                                   \
  INSTANTIATE_TEST_SUITE_P(group, group##UnderFaults,                                                 \
                           ::testing::ValuesIn(::heddle::trial::fault_cases(programs)),               \
                           ::heddle::trial::fault_case_name)
