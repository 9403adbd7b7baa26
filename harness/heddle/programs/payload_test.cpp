// Payloads cross, or refuse to.
#include <gtest/gtest.h>

#include <heddle/programs/payload.hpp>
#include <mp/errors.hpp>

namespace heddle::programs {
namespace {

Payload crossed(const Payload& payload) { return mp::decode_message<Payload>(mp::encode_message(payload)); }

TEST(Payload, CrossesAsItIs) {
  const Payload payloads[] = {none(),
                              payload_of(true),
                              payload_of(-3),
                              {0.5},
                              payload_of(std::string("text")),
                              payload_of(mp::Bytes{std::byte{0}}),
                              {List{{payload_of(1), {List{{none()}}}}}},
                              {Sized{5}}};
  for (const Payload& payload : payloads) EXPECT_EQ(crossed(payload), payload) << literal(payload);
}

TEST(Payload, HasTheSizeItSays) { EXPECT_GE(mp::encode_message(Payload{Sized{70'000}}).size(), 70'000U); }

TEST(Payload, RefusesToBeEncodedIfUnserialisable) {
  EXPECT_THROW(mp::encode_message(Payload{Unserialisable{}}), mp::RuntimeError);
}

TEST(Payload, RefusesToBeDecodedIfUndecodable) {
  EXPECT_THROW(crossed(Payload{Undecodable{}}), mp::DecodeError);
}

TEST(Payload, IsNotDecodedFromAnythingElse) {
  EXPECT_THROW(mp::decode_message<Payload>(mp::encode_message(std::pair<int, int>(99, 0))), mp::DecodeError);
  EXPECT_THROW(mp::decode_message<Payload>(mp::encode_message(3)), mp::DecodeError);
}

TEST(Payload, IsASentinelIfItIsNone) {
  EXPECT_TRUE(is_none(none()));
  EXPECT_FALSE(is_none(payload_of(0)));
}

TEST(Payload, MatchesBytesBySize) {
  EXPECT_TRUE(matches({Sized{2}}, payload_of(mp::Bytes(2))));
  EXPECT_FALSE(matches({Sized{2}}, payload_of(mp::Bytes(3))));
  EXPECT_FALSE(matches(payload_of(1), payload_of(true)));
}

TEST(Payload, GrowsUpToTheLimits) {
  const Payload large{mp::Bytes(40 << 20)};
  EXPECT_EQ(sum_of(large, large), std::nullopt);
  EXPECT_EQ(sum_of(payload_of(INT64_MAX), payload_of(1)), std::nullopt);
  Payload nested{List{}};
  for (int depth = 0; depth < 15; ++depth) nested = Payload{List{{nested}}};
  EXPECT_TRUE(is_within_limits(nested));
  EXPECT_FALSE(is_within_limits(Payload{List{{nested}}}));
}

TEST(Payload, AddsAsPythonDoes) {
  EXPECT_EQ(sum_of(payload_of(1), Payload{0.5}), Payload{1.5});
  EXPECT_EQ(sum_of(payload_of(std::string("a")), payload_of(std::string("b"))),
            payload_of(std::string("ab")));
  EXPECT_EQ(sum_of(payload_of(1), payload_of(std::string("b"))), std::nullopt);
}

}  // namespace
}  // namespace heddle::programs
