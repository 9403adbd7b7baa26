// Values of unknown type: shown and put in order as Python does.
#include <mp/codec/plain_value.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>

namespace mp {
namespace {

template <class T>
std::string repr(const T& value) {
  return plain_repr(encode_message(value));
}

template <class A, class B>
std::weak_ordering order(const A& one, const B& other) {
  return plain_order(encode_message(one), encode_message(other));
}

TEST(PlainValue, IsShownAsPythonWritesIt) {
  EXPECT_EQ(repr(std::optional<int>()), "None");
  EXPECT_EQ(repr(true), "True");
  EXPECT_EQ(repr(-3), "-3");
  EXPECT_EQ(repr(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(repr(2.0), "2.0");
  EXPECT_EQ(repr(std::string("a'b")), "\"a'b\"");
  EXPECT_EQ(repr(std::string("a\n\\")), "'a\\n\\\\'");
  EXPECT_EQ(repr(Bytes{std::byte{0x80}}), "b'\\x80'");
  EXPECT_EQ(repr(std::vector<std::vector<int>>{{1}, {}}), "[[1], []]");
}

TEST(PlainValue, HasPythonsOrder) {
  EXPECT_TRUE(order(1, 2.5) < 0);
  EXPECT_TRUE(order(-1, std::numeric_limits<std::uint64_t>::max()) < 0);
  EXPECT_TRUE(order(true, 1) == 0);
  EXPECT_TRUE(order(std::string("b"), std::string("abc")) > 0);
  EXPECT_TRUE(order(std::vector<int>{1, 2}, std::vector<int>{1, 2, 0}) < 0);
  EXPECT_TRUE(order(std::vector<int>{2}, std::vector<int>{1, 9}) > 0);
  EXPECT_TRUE(order(std::numeric_limits<double>::quiet_NaN(), 1e300) > 0);
}

TEST(PlainValue, HasNoOrderAcrossTypes) {
  EXPECT_THROW(order(1, std::string("1")), TypeError);
  EXPECT_THROW(order(std::optional<int>(), std::optional<int>()), TypeError);
  EXPECT_THROW(order(std::vector<std::string>{"a"}, std::vector<int>{1}), TypeError);
}

TEST(PlainValue, IsNotBelievedWhatItIs) {
  EXPECT_THROW(plain_repr({}), DecodeError);
  EXPECT_THROW(plain_repr(Bytes{std::byte{0x92}, std::byte{1}}), DecodeError);
  EXPECT_THROW(plain_repr(Bytes{std::byte{1}, std::byte{1}}), DecodeError);
  EXPECT_THROW(plain_repr(Bytes(100'000, std::byte{0x91})), DecodeError);
  EXPECT_THROW(plain_order(Bytes(100'000, std::byte{0x91}), Bytes(100'000, std::byte{0x91})), DecodeError);
  EXPECT_THROW(plain_repr(Bytes{std::byte{0xd4}, std::byte{1}, std::byte{0xc0}}), DecodeError);
}

TEST(PlainValue, NamesHandles) {
  Encoder inner(Crossing::message);
  inner.text("ListProxy");
  Encoder encoder(Crossing::message);
  encoder.array(1);
  encoder.extension(handle_extension, inner.take());
  EXPECT_EQ(plain_repr(encoder.take()), "[<ListProxy object>]");
}

}  // namespace
}  // namespace mp
