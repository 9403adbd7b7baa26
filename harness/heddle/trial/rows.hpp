// Promises of the contract as small programs, each run in every world. A row checks with heddle::check and
// must pass in a thousand interleavings of Os calls, or in all of them where there are fewer, and on the real
// operating system; fewer under a sanitizer. Calls that a primitive rejects are no findings here: that they
// are rejected is what some rows are about.
//
//   const Row rows[] = {{"LOCK-03", "release of an unlocked Lock is a ValueError", [] { ... }}};
//   HEDDLE_CONTRACT_ROWS(Lock, rows)
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <concepts>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/core/options.hpp>

namespace heddle::trial {

struct Row {
  std::string_view ids;      // "LOCK-03", or several with a space between
  std::string_view promise;  // a sentence without a full stop
  void (*program)() = nullptr;
  Granularity granularity = Granularity::os;
};

enum class RowWorld : std::uint8_t { sim, host };

/// What an exploration found wrong, in words; empty if nothing.
std::string trouble_in(const Result& result);

/// What went wrong, in words; empty if the row holds there.
std::string trouble_of(const Row& row, RowWorld world);

/// Checks that the call throws exactly an E (or what is derived from it).
template <class E, std::invocable Call>
void check_throws(Call&& call, std::string_view words, mp::Location where = mp::Location::current()) {
  bool thrown = false;
  try {
    static_cast<void>(call());
  } catch (const E&) {
    thrown = true;
  }
  check(thrown, words, where);
}

struct RowCase {
  Row row;
  RowWorld world{};
};

inline void PrintTo(const RowCase& each, std::ostream* out) {
  *out << each.row.ids << ": " << each.row.promise;
}

inline std::vector<RowCase> row_cases(std::span<const Row> rows) {
  std::vector<RowCase> cases;
  for (const Row& row : rows)
    for (const RowWorld world : {RowWorld::sim, RowWorld::host}) cases.push_back({row, world});
  return cases;
}

/// "12_LOCK_03_Sim": the number keeps names apart when two rows are about one promise.
inline std::string row_case_name(const testing::TestParamInfo<RowCase>& info) {
  std::string name = std::to_string(info.index / 2 + 1) + "_";
  for (const char letter : info.param.row.ids)
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  return name + (info.param.world == RowWorld::sim ? "_Sim" : "_Host");
}

class ContractRow : public testing::TestWithParam<RowCase> {};

}  // namespace heddle::trial

/// Makes one test per row and world. Once per file, inside namespace heddle::trial or a namespace below it.
#define HEDDLE_CONTRACT_ROWS(group, rows)                                                            \
  using group##Row = ::heddle::trial::ContractRow;                                                   \
  TEST_P(group##Row, Holds) {                                                                        \
    EXPECT_EQ(::heddle::trial::trouble_of(GetParam().row, GetParam().world), "");                    \
  }                                                                                                  \
  INSTANTIATE_TEST_SUITE_P(group, group##Row, ::testing::ValuesIn(::heddle::trial::row_cases(rows)), \
                           ::heddle::trial::row_case_name)
