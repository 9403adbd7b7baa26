// Sets of faults, and their names.
#include <gtest/gtest.h>

#include <heddle/core/faults.hpp>

namespace heddle {
namespace {

TEST(Faults, AreFoundByTheirNames) {
  for (const ChoiceKind kind : fault_kinds) EXPECT_EQ(fault_of(name_of(kind)), kind);
  EXPECT_EQ(fault_of("task"), std::nullopt);
  EXPECT_EQ(fault_of(""), std::nullopt);
}

TEST(Faults, AreTheseKindsOfChoiceAndNoOthers) {
  for (const ChoiceKind kind : {ChoiceKind::task, ChoiceKind::wake, ChoiceKind::data, ChoiceKind::timer}) {
    EXPECT_FALSE(is_fault(kind)) << name_of(kind);
    EXPECT_TRUE(FaultSet{kind}.is_empty()) << name_of(kind);
  }
  EXPECT_EQ(fault_kinds.size() + 4, choice_kinds);
}

TEST(FaultSet, ContainsWhatWasAdded) {
  const FaultSet faults{ChoiceKind::eintr, ChoiceKind::fds};
  for (const ChoiceKind kind : fault_kinds)
    EXPECT_EQ(faults.contains(kind), kind == ChoiceKind::eintr || kind == ChoiceKind::fds) << name_of(kind);
  EXPECT_EQ(words_of(faults), "eintr, fds");
  EXPECT_EQ(words_of(FaultSet()), "");
}

TEST(FaultSet, IsTheSameAfterBits) {
  FaultSet all;
  for (const ChoiceKind kind : fault_kinds) all.add(kind);
  EXPECT_EQ(FaultSet::of_bits(all.bits()), all);
  EXPECT_EQ(FaultSet::of_bits(0), FaultSet());
  EXPECT_EQ(FaultSet::of_bits(all.bits() + 1), std::nullopt);
}

}  // namespace
}  // namespace heddle
