// What comes out of a crossing of an exception, for those with a row of their own, those of the program's
// own, and the rest.
#include <mp/codec/raised.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <stdexcept>

#include <mp/errors.hpp>

namespace mp {

struct Storm {
  int force = 0;
};
struct Flood : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Fragile {};

template <>
struct codec<Storm> {
  static void encode(Encoder& encoder, const Storm& storm) { encoder.integer(storm.force); }
  static Storm decode(Decoder& decoder) { return {codec<int>::decode(decoder)}; }
};
template <>
struct codec<Flood> {
  static void encode(Encoder& encoder, const Flood& flood) { encoder.text(flood.what()); }
  static Flood decode(Decoder&) { throw DecodeError("no floods here"); }
};
template <>
struct codec<Fragile> {
  static void encode(Encoder&, const Fragile&) { throw ValueError("too fragile"); }
  static Fragile decode(Decoder&) { return {}; }
};

namespace {

template <class E>
Raised caught(const E& exception, const Raises& own = {}) {
  try {
    throw exception;
  } catch (...) {
    return raised_now(own.take);
  }
}

Raised crossed(const Raised& raised) { return decode_message<Raised>(encode_message(raised)); }

/// The exception as it is thrown again: its type must be exactly this one.
template <class E>
E arrived(const E& exception, const Raises& own = {}) {
  try {
    raise(crossed(caught(exception, own)), own);
  } catch (const E& again) {
    EXPECT_EQ(typeid(again), typeid(E));
    return again;
  }
}

template <class E>
void expect_words_cross() {
  EXPECT_STREQ(arrived(E("in words")).what(), "in words") << typeid(E).name();
}

TEST(Raised, CrossesWithItsTypeAndWords) {
  expect_words_cross<Error>();
  expect_words_cross<ValueError>();
  expect_words_cross<AssertionError>();
  expect_words_cross<EOFError>();
  expect_words_cross<ProcessError>();
  expect_words_cross<TimeoutError>();
  expect_words_cross<AuthenticationError>();
  expect_words_cross<KeyError>();
  expect_words_cross<IndexError>();
  expect_words_cross<TypeError>();
  expect_words_cross<BufferError>();
  expect_words_cross<RuntimeError>();
  expect_words_cross<BrokenBarrierError>();
  expect_words_cross<OwnerDied>();
  expect_words_cross<DecodeError>();
  expect_words_cross<BrokenPool>();
  expect_words_cross<MaybeEncodingError>();
}

TEST(Raised, CrossesFromTheLanguageToo) {
  expect_words_cross<std::runtime_error>();
  expect_words_cross<std::range_error>();
  expect_words_cross<std::overflow_error>();
  expect_words_cross<std::underflow_error>();
  expect_words_cross<std::logic_error>();
  expect_words_cross<std::domain_error>();
  expect_words_cross<std::invalid_argument>();
  expect_words_cross<std::length_error>();
  expect_words_cross<std::out_of_range>();
  arrived(std::bad_alloc());
}

TEST(Raised, CrossesWithoutWords) {
  arrived(Empty());
  arrived(Full());
  arrived(StopIteration());
}

TEST(Raised, CarriesNumbers) {
  EXPECT_EQ(arrived(OSError("no", ENOSPC)).number(), ENOSPC);
  EXPECT_EQ(arrived(BrokenPipeError("no")).number(), EPIPE);
  EXPECT_EQ(arrived(ConnectionResetError("no")).number(), ECONNRESET);
  EXPECT_EQ(arrived(FileNotFoundError("no")).number(), ENOENT);
  EXPECT_EQ(arrived(FileExistsError("no")).number(), EEXIST);
  EXPECT_EQ(arrived(WorkerLost("no", -9)).exitcode(), -9);
}

TEST(Raised, CarriesTheMessageThatWasTooLong) {
  const Bytes message(3, std::byte{7});
  EXPECT_EQ(arrived(BufferTooShort(message)).message(), message);
}

TEST(Raised, IsARemoteErrorWhereNobodyKnowsTheType) {
  try {
    raise(crossed(caught(Flood("high"))));
    FAIL();
  } catch (const RemoteError& error) {
    EXPECT_EQ(error.type(), "mp::Flood");
    EXPECT_EQ(error.words(), "high");
  }
}

TEST(Raised, OfNoClassOfExceptionsHasATypeAndNoWords) {
  EXPECT_EQ(caught(7).type, "int");
  EXPECT_THROW(raise(crossed(caught(7))), RemoteError);
}

TEST(Raised, CrossesTwiceAsWhatItWasAtFirst) {
  const RemoteError once("mp::Flood", "high");
  EXPECT_EQ(caught(once).type, "mp::Flood");
  EXPECT_EQ(arrived(once).words(), "high");
  EXPECT_STREQ(arrived(RemoteError("words alone")).what(), "words alone");
}

TEST(Raised, CrossesAsATypeOfTheProgramsOwnThatIsNamed) {
  EXPECT_EQ(arrived(Storm{12}, raises<Storm>).force, 12);
  EXPECT_EQ(arrived(Storm{12}, raises<Fragile, Storm>).force, 12);
  EXPECT_STREQ(arrived(KeyError("other"), raises<Storm>).what(), "other");
}

TEST(Raised, ThatIsDerivedFromANamedTypeDoesNotLoseWhatItAdds) {
  struct Deluge : Flood {
    using Flood::Flood;
  };
  EXPECT_NE(caught(Deluge("higher"), raises<Flood>).type, "mp::Flood");
}

TEST(Raised, WhoseDecoderRefusesIsThatRefusal) {
  EXPECT_THROW(raise(crossed(caught(Flood("high"), raises<Flood>)), raises<Flood>), DecodeError);
}

TEST(Raised, WhoseEncoderRefusesCountsAsUnnamed) {
  const Raised raised = caught(Fragile(), raises<Fragile>);
  EXPECT_EQ(raised, (Raised{.type = "mp::Fragile"}));
}

TEST(Raised, IsHadAsAPointerToo) {
  EXPECT_THROW(std::rethrow_exception(exception_of(caught(KeyError("k")))), KeyError);
  EXPECT_THROW(std::rethrow_exception(exception_of({.type = "mp::Storm"}, raises<Storm>)), DecodeError);
}

}  // namespace
}  // namespace mp
