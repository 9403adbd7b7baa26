// The test that every property has: instantiated for those of one primitive in that one's folder.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include <heddle/trial/by_chance.hpp>
#include <heddle/trial/effort.hpp>
#include <properties/property.hpp>
#include <properties/test_case.hpp>

namespace heddle::properties {

class Properties : public testing::TestWithParam<Property> {};

TEST_P(Properties, Hold) {
  constexpr int programs = 40;
  constexpr std::uint64_t executions = 25;
  const auto cases = arbitrary_test_case(GetParam(), executions);
  trial::check_by_chance([&] { RC_ASSERT(holds(*cases)); }, static_cast<int>(trial::effort(programs)));
}

inline std::string name_of(const testing::TestParamInfo<Property>& info) {
  std::string name(info.param.name);
  std::ranges::replace_if(
      name, [](char each) { return each == '/' || each == '-'; }, '_');
  return name;
}

}  // namespace heddle::properties
