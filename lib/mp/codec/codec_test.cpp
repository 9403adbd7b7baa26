#include <mp/codec/codec.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include <mp/errors.hpp>

namespace mp {
namespace {

Bytes to_bytes(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

template <class T>
T there_and_back(const T& value) {
  return decode_message<T>(encode_message(value));
}

template <class T>
void expect_unchanged(const T& value) {
  EXPECT_EQ(there_and_back(value), value);
}

TEST(Codec, IntegersOfEveryWidthComeBack) {
  for (const int bits : {0, 5, 6, 7, 8, 15, 16, 31, 32, 62, 63}) {
    const std::uint64_t power = std::uint64_t{1} << bits;
    for (const std::uint64_t value : {power - 1, power, power + 1}) {
      expect_unchanged<std::uint64_t>(value);
      expect_unchanged<std::int64_t>(static_cast<std::int64_t>(value));
      expect_unchanged<std::int64_t>(static_cast<std::int64_t>(-value));
    }
  }
}

TEST(Codec, RealsComeBackToTheBit) {
  for (const double value : {0.0, -0.0, 1.5, 1e300, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::denorm_min()}) {
    EXPECT_EQ(std::signbit(there_and_back(value)), std::signbit(value));
    expect_unchanged(value);
  }
  EXPECT_TRUE(std::isnan(there_and_back(std::nan(""))));
  expect_unchanged(0.1F);
}

TEST(Codec, TextsAndBytesOfEveryLengthClassComeBack) {
  for (const std::size_t size : {0U, 1U, 31U, 32U, 255U, 256U, 65'535U, 65'536U}) {
    expect_unchanged(std::string(size, 'x'));
    expect_unchanged(Bytes(size, std::byte{0xc1}));
  }
  expect_unchanged(std::string("a\0b", 3));
}

TEST(Codec, ContainersComeBack) {
  expect_unchanged(std::vector<int>{});
  expect_unchanged(std::vector<int>(70'000, -3));
  expect_unchanged(std::vector<bool>{true, false});
  expect_unchanged(std::map<std::string, std::vector<double>>{{"a", {1.0}}, {"b", {}}});
  expect_unchanged(std::tuple<>{});
  expect_unchanged(std::tuple<int, std::string, std::pair<bool, char>>{1, "two", {true, 'x'}});
}

TEST(Codec, NoneIsToldFromAValueThatIsNone) {
  expect_unchanged(std::optional<int>{});
  expect_unchanged(std::optional<int>{0});
  using Nested = std::optional<std::optional<int>>;
  expect_unchanged(Nested{});
  expect_unchanged(Nested{std::optional<int>{}});
  EXPECT_TRUE(is_none(std::optional<int>{}));
  EXPECT_FALSE(is_none(0));
}

TEST(Codec, TheBytesAreMsgpack) {
  EXPECT_EQ(encode_message(7), to_bytes({0x07}));
  EXPECT_EQ(encode_message(-1), to_bytes({0xff}));
  EXPECT_EQ(encode_message(300U), to_bytes({0xcd, 0x01, 0x2c}));
  EXPECT_EQ(encode_message(1.5), to_bytes({0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(encode_message(std::string("hi")), to_bytes({0xa2, 'h', 'i'}));
  EXPECT_EQ(encode_message(std::vector<bool>{true}), to_bytes({0x91, 0xc3}));
  EXPECT_EQ(encode_message(std::optional<int>{}), to_bytes({0xc0}));
}

TEST(Decoder, ReadsFormsThatOnlyOthersWrite) {
  EXPECT_EQ(decode_message<int>(to_bytes({0xd3, 0, 0, 0, 0, 0, 0, 0, 5})), 5);
  EXPECT_EQ(decode_message<int>(to_bytes({0xd0, 0x80})), -128);
  EXPECT_EQ(decode_message<double>(to_bytes({0xca, 0x3f, 0xc0, 0, 0})), 1.5);
  EXPECT_EQ(decode_message<std::string>(to_bytes({0xdb, 0, 0, 0, 1, 'x'})), "x");
}

TEST(Decoder, RefusesAnIntegerThatDoesNotFit) {
  EXPECT_THROW(decode_message<std::int8_t>(encode_message(128)), DecodeError);
  EXPECT_THROW(decode_message<std::uint8_t>(encode_message(256)), DecodeError);
  EXPECT_THROW(decode_message<unsigned>(encode_message(-1)), DecodeError);
  EXPECT_THROW(decode_message<std::int64_t>(encode_message(std::numeric_limits<std::uint64_t>::max())),
               DecodeError);
}

TEST(Decoder, RefusesAnotherType) {
  EXPECT_THROW(decode_message<int>(encode_message(std::string("1"))), DecodeError);
  EXPECT_THROW(decode_message<std::string>(encode_message(1)), DecodeError);
  EXPECT_THROW(decode_message<double>(encode_message(1)), DecodeError);
  EXPECT_THROW(decode_message<bool>(encode_message(1)), DecodeError);
  EXPECT_THROW((decode_message<std::pair<int, int>>(encode_message(std::vector<int>{1}))), DecodeError);
  EXPECT_THROW((decode_message<std::map<int, int>>(encode_message(std::vector<int>{1}))), DecodeError);
  EXPECT_THROW((decode_message<std::map<int, int>>(encode_message(std::vector<int>{1, 2, 1, 3}))),
               DecodeError);
}

TEST(Decoder, RefusesClaimsOfMoreThanThereIs) {
  const Bytes array = to_bytes({0xdd, 0xff, 0xff, 0xff, 0xff, 0xc0});
  EXPECT_THROW(decode_message<std::vector<std::string>>(array), DecodeError);
  const Bytes text = to_bytes({0xdb, 0xff, 0xff, 0xff, 0xff, 'x'});
  EXPECT_THROW(decode_message<std::string>(text), DecodeError);
  const Bytes bytes = to_bytes({0xc6, 0x80, 0x00, 0x00, 0x00});
  EXPECT_THROW(decode_message<Bytes>(bytes), DecodeError);
}

TEST(Decoder, RefusesWhatIsCutOffAnywhereAndWhatIsLeftOver) {
  using Value = std::tuple<int, std::string, std::vector<std::optional<double>>, Bytes>;
  Bytes whole = encode_message(Value{-70'000, "some text", {1.0, std::nullopt}, Bytes(3)});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THROW(decode_message<Value>(std::span(whole).first(size)), DecodeError) << size;
  }
  whole.push_back(std::byte{0xc0});
  EXPECT_THROW(decode_message<Value>(whole), DecodeError);
}

TEST(Decoder, GivesAValueOrADecodeErrorForAnyBytes) {
  using Value = std::vector<std::map<std::string, std::optional<std::vector<int>>>>;
  std::mt19937 chance(1);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(chance() % 20);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(chance());
    try {
      static_cast<void>(decode_message<Value>(bytes));
    } catch (const DecodeError&) {
      // The other permitted answer.
    }
  }
}

TEST(Decoder, StaysWhereItWasWhenItRefuses) {
  const Bytes bytes = encode_message(5);
  Decoder decoder(bytes);
  EXPECT_THROW(decoder.text(), DecodeError);
  EXPECT_EQ(decoder.integer(), 5);
  decoder.finish();
}

TEST(Encoder, LetsHandlesCrossAtBirthOnly) {
  int here = 0;
  Encoder birth(Crossing::birth);
  birth.shared(&here, "Lock");
  birth.descriptor(5, "Connection");
  const Bytes bytes = birth.take();
  Decoder decoder(bytes);
  EXPECT_EQ(decoder.shared(), &here);
  EXPECT_EQ(decoder.descriptor(), 5);
  Encoder message(Crossing::message);
  EXPECT_THROW(message.shared(&here, "Lock"), RuntimeError);
  EXPECT_THROW(message.descriptor(5, "Connection"), RuntimeError);
}

TEST(Describe, WritesValuesAsPythonDoes) {
  EXPECT_EQ(describe(true), "True");
  EXPECT_EQ(describe(-3), "-3");
  EXPECT_EQ(describe(3.0), "3.0");
  EXPECT_EQ(describe(1e100), "1e+100");
  EXPECT_EQ(describe(std::string("it's\n\xff")), "'it\\'s\\n\\xff'");
  EXPECT_EQ(describe(to_bytes({'a', 0})), "b'a\\x00'");
  EXPECT_EQ(describe(std::optional<int>{}), "None");
  EXPECT_EQ(describe(std::vector<int>{1, 2}), "[1, 2]");
  EXPECT_EQ(describe(std::tuple(1, std::string("x"))), "(1, 'x')");
  EXPECT_EQ(describe(std::tuple(1)), "(1,)");
  EXPECT_EQ(describe(std::map<int, bool>{{1, false}}), "{1: False}");
}

TEST(Describe, ShortensWhatIsLong) {
  EXPECT_EQ(describe(std::string(50, 'x')), "'" + std::string(40, 'x') + "'... (50 bytes)");
  EXPECT_EQ(describe(std::vector<int>(100, 0)), "[0, 0, 0, 0, 0, 0, 0, 0, ... 100 in all]");
}

}  // namespace
}  // namespace mp
