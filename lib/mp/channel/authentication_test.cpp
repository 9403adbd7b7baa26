// The digests against published values, and handshakes message by message: with ourselves, with the two
// generations of CPython, and with peers that mean no good.
#include <mp/channel/authentication.hpp>

#include <gtest/gtest.h>

#include <string>

#include <mp/channel/digest.hpp>
#include <mp/errors.hpp>

namespace mp {
namespace {

using Kind = HandshakeFailure::Kind;

Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
std::string hex_of(std::span<const std::byte> bytes) {
  std::string hex;
  for (const std::byte byte : bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[static_cast<std::size_t>(byte) >> 4U];
    hex += digits[static_cast<std::size_t>(byte) & 15U];
  }
  return hex;
}
std::string digest_of(std::string_view name, std::string_view key, std::string_view message) {
  return hex_of(digest::keyed(name, bytes_of(key), bytes_of(message)).value());
}

TEST(Digest, EqualsThePublishedVectors) {
  constexpr std::string_view message = "what do ya want for nothing?";
  EXPECT_EQ(digest_of("md5", "Jefe", message), "750c783e6ab0b503eaa86e310a5db738");
  EXPECT_EQ(digest_of("sha256", "Jefe", message),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(digest_of("sha384", "Jefe", message),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            "8e2240ca5e69e2c78b3239ecfab21649");
  EXPECT_EQ(digest_of("sha3_256", "Jefe", message),
            "c7d4072e788877ae3596bbb0da73b887c9171f93095b294ae857fbe2645e1ba5");
  EXPECT_EQ(digest_of("sha3_384", "Jefe", message),
            "f1101f8cbf9766fd6764d2ed61903f21ca9b18f57cf3e1a23ca13508a93243ce"
            "48c045dc007f26a21b3f5e0e9df4c20a");
}

TEST(Digest, TakesAnEmptyKeyAndAnEmptyMessage) {
  EXPECT_EQ(digest_of("md5", "", ""), "74e6f7298a9c2d168935f58c001bad88");
  EXPECT_EQ(digest_of("sha256", "", ""), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, OfAnyOtherNameThereIsNone) {
  for (const std::string_view name : {"", "sha1", "SHA256", "sha2566", "md5 "})
    EXPECT_EQ(digest::keyed(name, bytes_of("key"), bytes_of("message")), std::nullopt) << name;
}

Handshake::Challenge counting_bytes(unsigned first = 0) {
  Handshake::Challenge challenge{};
  for (std::size_t i = 0; i < challenge.size(); ++i) challenge[i] = static_cast<std::byte>(first + i);
  return challenge;
}

Handshake server(std::string_view key) { return {HandshakeSide::server, bytes_of(key), counting_bytes()}; }
Handshake client(std::string_view key) { return {HandshakeSide::client, bytes_of(key), counting_bytes(100)}; }

std::string framed(std::string_view message) {
  return std::string(3, '\0') + static_cast<char>(message.size()) + std::string(message);
}

/// Feeds all of it, in parts as large as are asked for. False: it wanted no more before the end.
bool feed(Handshake& handshake, std::string_view text) {
  Bytes bytes = bytes_of(text);
  std::span<const std::byte> rest(bytes);
  while (!rest.empty()) {
    const std::size_t part = std::min(rest.size(), handshake.wanted());
    if (part == 0) return false;
    handshake.take(rest.first(part));
    rest = rest.subspan(part);
  }
  return true;
}

/// Both sides say what they have to say until neither has anything to say.
void converse(Handshake& one, Handshake& other) {
  while (true) {
    const std::string there = text_of(one.take_output());
    const std::string back = text_of(other.take_output());
    if (there.empty() && back.empty()) return;
    EXPECT_TRUE(feed(other, there) && feed(one, back));
  }
}

std::optional<Kind> kind_of(const Handshake& handshake) {
  if (!handshake.failure()) return std::nullopt;
  return handshake.failure()->kind;
}

TEST(Handshake, OfTwoWithTheSameKeySucceeds) {
  for (const std::string_view key : {"", "k", "a key of the usual length, or more than that"}) {
    Handshake one = server(key);
    Handshake other = client(key);
    converse(one, other);
    EXPECT_TRUE(one.is_over() && other.is_over());
    EXPECT_EQ(kind_of(one), std::nullopt);
    EXPECT_EQ(kind_of(other), std::nullopt);
  }
}

TEST(Handshake, OfTwoWithDifferentKeysFailsOnBothSides) {
  Handshake one = server("right");
  Handshake other = client("wrong");
  converse(one, other);
  ASSERT_TRUE(one.failure() && other.failure());
  EXPECT_EQ(one.failure()->words, "digest received was wrong");
  EXPECT_EQ(other.failure()->words, "digest sent was rejected");
  EXPECT_THROW(throw_handshake_failure(*one.failure()), AuthenticationError);
}

TEST(Handshake, OfAServerBeginsWithAChallengeThatNamesItsDigest) {
  Handshake one = server("key");
  EXPECT_EQ(text_of(one.take_output()), framed("#CHALLENGE#{sha256}" + text_of(counting_bytes())));
}

// What CPython 3.11 answers: MD5 over all that follows the word.
TEST(Handshake, OfAServerTakesTheOldAnswer) {
  Handshake one = server("key");
  one.take_output();
  Bytes challenge = bytes_of("{sha256}");
  const Handshake::Challenge random = counting_bytes();
  challenge.insert(challenge.end(), random.begin(), random.end());
  const Bytes answer = digest::keyed("md5", bytes_of("key"), challenge).value();
  EXPECT_EQ(hex_of(answer), "044b1f89b24a16c831a13039e4534300");
  feed(one, framed(text_of(answer)));
  EXPECT_EQ(text_of(one.take_output()), framed("#WELCOME#"));
}

TEST(Handshake, OfAClientAnswersAnOldChallengeInTheOldForm) {
  Handshake one = client("key");
  const std::string random(20, 'r');
  feed(one, framed("#CHALLENGE#" + random));
  const Bytes answer = digest::keyed("md5", bytes_of("key"), bytes_of(random)).value();
  EXPECT_EQ(text_of(one.take_output()), framed(text_of(answer)));
}

TEST(Handshake, OfAClientAnswersByTheDigestThatIsAskedFor) {
  for (const std::string name : {"md5", "sha256", "sha384", "sha3_256", "sha3_384"}) {
    Handshake one = client("key");
    const std::string challenge = "{" + name + "}" + std::string(40, 'r');
    feed(one, framed("#CHALLENGE#" + challenge));
    const Bytes answer = digest::keyed(name, bytes_of("key"), bytes_of(challenge)).value();
    EXPECT_EQ(text_of(one.take_output()), framed("{" + name + "}" + text_of(answer)));
    EXPECT_FALSE(one.is_over());
  }
}

TEST(Handshake, NeverWantsMoreThanTheMessageHas) {
  Handshake one = server("key");
  EXPECT_EQ(one.wanted(), 4U);
  one.take(bytes_of(std::string_view("\0\0", 2)));
  EXPECT_EQ(one.wanted(), 2U);
  one.take(bytes_of(std::string_view("\0\x10", 2)));
  EXPECT_EQ(one.wanted(), 16U);
  one.take(Bytes(15));
  EXPECT_EQ(one.wanted(), 1U);
}

TEST(Handshake, LeavesWhatFollowsOnTheStream) {
  Handshake one = server("key");
  Handshake other = client("key");
  feed(other, text_of(one.take_output()));
  feed(one, text_of(other.take_output()));
  feed(other, text_of(one.take_output()));
  feed(one, text_of(other.take_output()));
  feed(other, text_of(one.take_output()));
  EXPECT_FALSE(feed(one, text_of(other.take_output()) + "and the first message"));
  EXPECT_EQ(one.wanted(), 0U);
  EXPECT_EQ(kind_of(one), std::nullopt);
}

// --- peers that mean no good -------------------------------------------------------------------------------

/// What a server makes of this as the answer to its challenge.
std::optional<Kind> server_hears(std::string_view text) {
  Handshake one = server("key");
  feed(one, text);
  return kind_of(one);
}
std::optional<Kind> client_hears(std::string_view text) {
  Handshake one = client("key");
  feed(one, text);
  return kind_of(one);
}

TEST(Handshake, RefusesWhatIsNoAnswer) {
  const std::string right = text_of(digest::keyed("sha256", bytes_of("key"), bytes_of("other")).value());
  for (const std::string& answer :
       {std::string(), std::string(16, 'x'), std::string(20, 'x'), "{sha256}" + right,
        "{sha256}" + right + "x", std::string("{sha256}"), "{sha1}" + std::string(20, 'x'), "{}" + right,
        "{sha256" + right, "sha256}" + right, std::string(255, '{'), std::string(256, '\xff')})
    EXPECT_EQ(server_hears(answer.size() < 256 ? framed(answer) : std::string("\0\0\1\0", 4) + answer),
              Kind::refused)
        << answer;
}

TEST(Handshake, TellsTheOtherSideThatItsAnswerWasWrong) {
  Handshake one = server("key");
  one.take_output();
  feed(one, framed(std::string(16, 'x')));
  EXPECT_EQ(text_of(one.take_output()), framed("#FAILURE#"));
}

TEST(Handshake, RefusesMessagesThatAreTooLong) {
  for (const std::string_view header :
       {std::string_view("\0\0\1\1", 4), std::string_view("\x7f\xff\xff\xff", 4),
        std::string_view("\xff\xff\xff\xff", 4), std::string_view("GET ", 4)}) {
    EXPECT_EQ(server_hears(header), Kind::refused);
    EXPECT_EQ(client_hears(header), Kind::refused);
  }
}

TEST(Handshake, OfAClientWantsAChallengeFirst) {
  for (const std::string_view message : {"", "#WELCOME#", "#FAILURE#", "#CHALLENGE", "hello"}) {
    Handshake one = client("key");
    feed(one, framed(message));
    ASSERT_EQ(kind_of(one), Kind::no_challenge) << message;
    EXPECT_THROW(throw_handshake_failure(*one.failure()), AssertionError);
  }
}

TEST(Handshake, RefusesChallengesThatItCannotAnswer) {
  for (const std::string& challenge :
       {std::string(), std::string(16, 'x'), std::string(19, 'x'), std::string(21, 'x'),
        "{sha1}" + std::string(40, 'x'), "{sha256}" + std::string(4, 'x')})
    EXPECT_EQ(client_hears(framed("#CHALLENGE#" + challenge)), Kind::refused) << challenge;
}

TEST(Handshake, OfAClientIsNotWelcomeByAnyOtherWord) {
  for (const std::string_view verdict : {"", "#WELCOME", "#WELCOME#!", "#FAILURE#", "#welcome#"})
    EXPECT_EQ(client_hears(framed("#CHALLENGE#" + std::string(20, 'r')) + framed(verdict)), Kind::refused);
}

TEST(Handshake, IsOverAfterAFailure) {
  Handshake one = client("key");
  EXPECT_FALSE(feed(one, framed("hello") + framed("#CHALLENGE#" + std::string(20, 'r'))));
  EXPECT_EQ(one.wanted(), 0U);
  EXPECT_TRUE(one.take_output().empty());
}

TEST(Handshake, ThatWasCutShortIsNotOver) {
  const std::string whole = framed("#CHALLENGE#" + std::string(20, 'r')) + framed("#WELCOME#");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Handshake one = client("key");
    EXPECT_TRUE(feed(one, std::string_view(whole).substr(0, length)));
    EXPECT_FALSE(one.is_over()) << length;
  }
}

TEST(Handshake, FailuresOfTheConnectionHaveTheNamesOfTheirErrors) {
  EXPECT_THROW(throw_handshake_failure({.kind = Kind::gone, .words = "gone"}), EOFError);
  EXPECT_THROW(throw_handshake_failure({.kind = Kind::gone, .words = "gone", .error = {ECONNRESET}}),
               ConnectionResetError);
  EXPECT_THROW(throw_handshake_failure({.kind = Kind::gone, .words = "gone", .error = {EPIPE}}),
               BrokenPipeError);
  EXPECT_THROW(throw_handshake_failure({.kind = Kind::late, .words = "late"}), TimeoutError);
}

}  // namespace
}  // namespace mp
