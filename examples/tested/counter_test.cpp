// Two tests of one program: the first fails, in those interleavings that lose an increment.
#include <counter.hpp>
#include <heddle/gtest/heddle_test.hpp>

HEDDLE_TEST(Counter, CountsBoth) { EXPECT_EQ(count_by_two<&increment>(), 2); }

HEDDLE_TEST(Counter, CountsBothUnderItsLock) { EXPECT_EQ(count_by_two<&increment_locked>(), 2); }
