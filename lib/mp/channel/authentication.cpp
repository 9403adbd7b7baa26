// The protocol, message by message.
#include <mp/channel/authentication.hpp>

#include <algorithm>
#include <cassert>
#include <string>

#include <mp/channel/digest.hpp>
#include <mp/errors.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

using View = std::span<const std::byte>;
using Kind = HandshakeFailure::Kind;

constexpr std::string_view challenge_word = "#CHALLENGE#";
constexpr std::string_view welcome = "#WELCOME#";
constexpr std::string_view refusal = "#FAILURE#";
constexpr std::string_view our_digest = "sha256";

constexpr std::size_t header_bytes = 4;
constexpr std::size_t old_challenge_bytes = 20;  // of CPython up to 3.11, whose answers are MD5's 16 bytes
constexpr std::size_t old_answer_bytes = 16;

View bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

bool starts_with(View bytes, std::string_view word) {
  return bytes.size() >= word.size() && std::ranges::equal(bytes.first(word.size()), bytes_of(word));
}

void append(Bytes& out, View bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// "{name}" in front of what is digested, or of a digest.
struct Labelled {
  std::string name;  // empty: of the form without a name
  View rest;
};

/// Absent: it has neither a name that is known nor one of the two lengths of the old form.
std::optional<Labelled> read_label(View message) {
  if (message.size() == old_challenge_bytes || message.size() == old_answer_bytes)
    return Labelled{.name = {}, .rest = message};
  const auto end = std::ranges::find(message, static_cast<std::byte>('}'));
  if (!starts_with(message, "{") || end == message.end()) return std::nullopt;
  std::string name;
  std::ranges::transform(message.begin() + 1, end, std::back_inserter(name),
                         [](std::byte letter) { return static_cast<char>(letter); });
  if (!digest::is_known(name)) return std::nullopt;
  const auto length = static_cast<std::size_t>(end - message.begin()) + 1;
  return Labelled{.name = std::move(name), .rest = message.subspan(length)};
}

Bytes label(std::string_view name) {
  Bytes out;
  append(out, bytes_of("{"));
  append(out, bytes_of(name));
  append(out, bytes_of("}"));
  return out;
}

}  // namespace

void throw_handshake_failure(const HandshakeFailure& failure) {
  const std::string words(failure.words);
  switch (failure.kind) {
    case Kind::refused:
      throw AuthenticationError(words);
    case Kind::no_challenge:
      throw AssertionError(words);
    case Kind::late:
      throw TimeoutError(words);
    case Kind::gone:
      break;
  }
  if (failure.error == Errno{}) throw EOFError(words);
  throw_os_error(failure.error, words);
}

Handshake::Handshake(HandshakeSide side, std::span<const std::byte> key, const Challenge& challenge_bytes)
    : side_(side), key_(key.begin(), key.end()), challenge_(label(our_digest)) {
  append(challenge_, challenge_bytes);
  awaited_ = header_bytes;
  step_ = Step::awaits_challenge;
  if (side_ == HandshakeSide::server) challenge();
}

void Handshake::fail(HandshakeFailure failure) {
  step_ = Step::over;
  failure_ = failure;
}

void Handshake::send(View message) {
  const std::array header{std::byte{0}, std::byte{0}, std::byte{0}, static_cast<std::byte>(message.size())};
  append(output_, header);
  append(output_, message);
}

void Handshake::challenge() {
  Bytes message;
  append(message, bytes_of(challenge_word));
  append(message, challenge_);
  send(message);
  step_ = Step::awaits_answer;
}

void Handshake::take(View bytes) {
  assert(bytes.size() <= wanted());
  append(received_, bytes);
  if (received_.size() == awaited_ && !has_header_ && !is_over()) take_header();
  if (received_.size() < awaited_ || !has_header_ || is_over()) return;
  const Bytes message = std::exchange(received_, {});
  has_header_ = false;
  awaited_ = header_bytes;
  take_message(message);
}

void Handshake::take_header() {
  std::size_t length = 0;
  for (const std::byte byte : received_) length = length << 8U | static_cast<std::size_t>(byte);
  if (length > message_bytes_max)
    return fail({.kind = Kind::refused, .words = "a message of the handshake is too long"});
  received_.clear();
  has_header_ = true;
  awaited_ = length;
}

void Handshake::take_message(View message) {
  switch (step_) {
    case Step::awaits_answer:
      return check_answer(message);
    case Step::awaits_challenge:
      return answer(message);
    case Step::awaits_verdict:
      return take_verdict(message);
    case Step::over:
      break;
  }
}

// The digest is over the whole challenge, its label too, so nobody can exchange that on the way.
void Handshake::check_answer(View answer) {
  const std::optional<Labelled> labelled = read_label(answer);
  std::optional<Bytes> expected;
  if (labelled) expected = digest::keyed(labelled->name.empty() ? "md5" : labelled->name, key_, challenge_);
  if (!expected || !digest::are_equal(*expected, labelled->rest)) {
    send(bytes_of(refusal));
    return fail({.kind = Kind::refused, .words = "digest received was wrong"});
  }
  send(bytes_of(welcome));
  step_ = side_ == HandshakeSide::server ? Step::awaits_challenge : Step::over;
}

void Handshake::answer(View message) {
  if (!starts_with(message, challenge_word))
    return fail({.kind = Kind::no_challenge, .words = "a challenge was expected"});
  const View theirs = message.subspan(challenge_word.size());
  const std::optional<Labelled> labelled = read_label(theirs);
  if (!labelled || theirs.size() < old_challenge_bytes)
    return fail(
        {.kind = Kind::refused, .words = "a challenge is too short, or wants a digest that is unknown"});
  const bool is_old = labelled->name.empty();
  const std::optional<Bytes> result = digest::keyed(is_old ? "md5" : labelled->name, key_, theirs);
  if (!result)
    return fail({.kind = Kind::refused, .words = "a challenge wants a digest that this machine forbids"});
  Bytes reply = is_old ? Bytes() : label(labelled->name);
  append(reply, *result);
  send(reply);
  step_ = Step::awaits_verdict;
}

void Handshake::take_verdict(View verdict) {
  if (verdict.size() != welcome.size() || !starts_with(verdict, welcome))
    return fail({.kind = Kind::refused, .words = "digest sent was rejected"});
  if (side_ == HandshakeSide::client) return challenge();
  step_ = Step::over;
}

}  // namespace mp
