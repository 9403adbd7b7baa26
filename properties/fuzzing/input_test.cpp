// Inputs of a primitive's fuzzer: all bytes are one, and what has a meaning survives writing.
#include <gtest/gtest.h>

#include <heddle/core/random.hpp>
#include <properties/fuzzing/input.hpp>
#include <vector>

namespace heddle::properties {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes written(const Input& input, std::size_t room) {
  Bytes bytes(room);
  bytes.resize(write_input(input, bytes));
  return bytes;
}

TEST(Inputs, AreReadFromAnyBytes) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    Bytes bytes(random.below(80));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    const Input input = read_input(bytes);
    EXPECT_LE(input.edits.size(), edits_max);
    EXPECT_EQ(read_input(written(input, 200)), input);
  }
}

TEST(Inputs, AreNothingButZeroWhereBytesAreMissing) {
  EXPECT_EQ(read_input({}), Input{});
  EXPECT_EQ(read_input(Bytes{3, 1}), (Input{.property = 3, .seed = 1}));
}

TEST(Inputs, HaveTheirPartsInOrder) {
  const Input input = read_input(Bytes{5, 1, 2, 7, 13, 2, 1, 10, 11, 12, 13, 0, 9});
  const Input wanted{.property = 5,
                     .seed = 0x201,
                     .size = 3,
                     .way = 13,
                     .faults = 2,
                     .edits = {{.kind = 10, .place = 11, .other = 12, .amount = 13}},
                     .choices = {0, 9}};
  EXPECT_EQ(input, wanted);
}

TEST(Inputs, HaveOnlyWholeEdits) {
  const Input input = read_input(Bytes{0, 0, 0, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(input.edits.size(), 1U);
  EXPECT_EQ(input.choices, (Bytes{5, 6}));
}

TEST(Inputs, AreCutToTheRoomThereIs) {
  const Input input{.property = 1, .choices = {1, 2, 3, 4}};
  EXPECT_EQ(written(input, 3).size(), 3U);
  EXPECT_EQ(written(input, 9).size(), 9U);
  EXPECT_EQ(written(input, 20).size(), 11U);
}

}  // namespace
}  // namespace heddle::properties
