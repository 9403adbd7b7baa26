// Tokens as text: "h1-", then base64 with the URL alphabet and no padding of
//
//   length of the payload (4 bytes, big endian) | XXH32 of the payload (4 bytes, big endian) | payload
//
// The payload is one msgpack array: scenario, options, digest, a table of labels and the tape's entries as
// numbers. Labels are front-coded: sorted, each gives how many letters it shares with the one before, so
// that spawn paths cost their last segment. The length stands in front because it tells a token that was
// cut off from one that was changed. Whatever is read is written again and compared: a text is accepted
// only if it is the one text of its token, which also rules out stray bits and unused elements.
#include <openssl/evp.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <climits>
#include <msgpack.hpp>
#include <set>
#include <tuple>

#include <heddle/core/token.hpp>

namespace heddle {
namespace {

constexpr std::string_view prefix = "h1-";
constexpr std::uint32_t mode_bits = 4;     // of the granularity, and of the time mode above it
constexpr std::uint32_t faults_shift = 8;  // the faults' place above both
constexpr std::uint64_t kinds_first = 4;   // kinds of choice that stand beside the ordinal
constexpr std::size_t header_bytes = 8;
constexpr std::uint32_t checksum_seed = 1;
constexpr std::size_t label_bytes_max = std::size_t{64} << 20;  // front-coded labels unfold
constexpr std::size_t letters_max = std::size_t{64} << 20;      // far below what OpenSSL's int can count

using Payload = std::tuple<std::string,                  // scenario
                           std::uint32_t,                // granularity | time mode << 4 | faults << 8
                           std::uint64_t,                // seed
                           std::uint32_t,                // faults_max
                           std::uint64_t,                // steps_max
                           std::uint64_t,                // default_digest
                           std::vector<std::uint32_t>,   // per label: letters shared with the one before
                           std::vector<std::string>,     // per label: the rest
                           std::vector<std::uint64_t>>;  // per entry: who, when, what

Error corrupt(std::string what) {
  return {.code = "token-corrupt",
          .what = std::move(what),
          .hint = "copy the whole line again from the report that printed it"};
}
Error truncated() {
  return {.code = "token-truncated",
          .what = "the token ends too early",
          .hint = "copy the line to its end; a terminal or a mail may have broken it"};
}

// --- letters --------------------------------------------------------------------------------------------

std::string letters_of(const std::string& bytes) {
  std::string letters(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(letters.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  letters.resize((bytes.size() * 4 + 2) / 3);
  std::ranges::replace(letters, '+', '-');
  std::ranges::replace(letters, '/', '_');
  return letters;
}

bool is_letter(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
}

/// The bytes that all of these letters make; a last letter that makes no byte alone is left out.
std::string bytes_of(std::string_view letters) {
  std::string padded(letters);
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  padded.resize((padded.size() + 3) / 4 * 4, 'A');
  std::string bytes(padded.size() / 4 * 3, '\0');
  EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                  reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
  bytes.resize(letters.size() * 3 / 4);
  return bytes;
}

std::string without_space(std::string_view text) {
  std::string kept;
  for (const char letter : text)
    if (std::string_view(" \t\r\n\v\f").find(letter) == std::string_view::npos) kept += letter;
  return kept;
}

void put_number(std::string& bytes, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 0xffu);
}
std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4)) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

// --- payload --------------------------------------------------------------------------------------------

// An entry is three numbers: the task's label, ordinal * 4 + kind, and the answer. A kind beyond the first
// four shows in the first number, which then lies beyond the table of labels by its size: a table of labels
// once or twice over, so to say. So tokens made before there was a fifth kind mean what they meant.

std::vector<std::string> labels_of(const Tape& tape) {
  std::set<std::string> labels;
  for (const TapeEntry& entry : tape.entries) {
    labels.insert(entry.task);
    labels.insert(entry.chosen);
  }
  return {labels.begin(), labels.end()};
}

std::uint64_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  return static_cast<std::uint64_t>(std::ranges::lower_bound(labels, label) - labels.begin());
}

// While there were no faults but kills, a token gave their number and no kinds. So where any may strike,
// kills have their bit turned over, and those tokens mean what they meant.
std::uint32_t turn_kills_over(std::uint32_t bits, std::uint32_t faults_max) {
  return faults_max > 0 ? bits ^ FaultSet { ChoiceKind::kill }.bits() : bits;
}

std::string pack(const Token& token) {
  const std::vector<std::string> labels = labels_of(token.tape);
  std::vector<std::uint32_t> shared;
  std::vector<std::string> rest;
  std::string_view before;
  for (const std::string& label : labels) {
    const auto parting = std::ranges::mismatch(before, label);
    shared.push_back(static_cast<std::uint32_t>(parting.in1 - before.begin()));
    rest.push_back(label.substr(shared.back()));
    before = label;
  }
  std::vector<std::uint64_t> entries;
  for (const TapeEntry& entry : token.tape.entries) {
    const auto kind = static_cast<std::uint64_t>(entry.kind);
    entries.push_back(index_of(labels, entry.task) + kind / kinds_first * labels.size());
    entries.push_back(std::uint64_t{entry.ordinal} * kinds_first + kind % kinds_first);
    entries.push_back(picks_task(entry.kind) ? index_of(labels, entry.chosen) : entry.answer);
  }
  const std::uint32_t modes = static_cast<std::uint32_t>(token.run.granularity) |
                              static_cast<std::uint32_t>(token.run.time) << mode_bits |
                              turn_kills_over(token.run.faults.bits(), token.run.faults_max) << faults_shift;
  msgpack::sbuffer buffer;
  msgpack::pack(buffer, Payload(token.scenario, modes, token.run.seed, token.run.faults_max,
                                token.run.steps_max, token.default_digest, shared, rest, entries));
  return {buffer.data(), buffer.size()};
}

/// Every count is bounded by the number of bytes there are, so no length field can claim memory.
Payload unpack_payload(std::string_view bytes) {
  const msgpack::unpack_limit limit(bytes.size(), 0, bytes.size(), 0, 0, 4);
  const msgpack::object_handle handle = msgpack::unpack(bytes.data(), bytes.size(), nullptr, nullptr, limit);
  return handle->as<Payload>();
}

std::optional<std::vector<std::string>> read_labels(const Payload& payload) {
  const auto& shared = std::get<6>(payload);
  const auto& rest = std::get<7>(payload);
  if (shared.size() != rest.size()) return std::nullopt;
  std::vector<std::string> labels;
  std::string label;
  std::size_t bytes = 0;
  for (std::size_t index = 0; index < rest.size(); ++index) {
    if (shared[index] > label.size()) return std::nullopt;
    label = label.substr(0, shared[index]) + rest[index];
    bytes += label.size();
    if (bytes > label_bytes_max) return std::nullopt;
    labels.push_back(label);
  }
  return labels;
}

std::optional<Tape> read_tape(const Payload& payload) {
  const auto labels = read_labels(payload);
  const auto& numbers = std::get<8>(payload);
  if (!labels || numbers.size() % 3 != 0) return std::nullopt;
  Tape tape;
  for (std::size_t at = 0; at < numbers.size(); at += 3) {
    const std::uint64_t ordinal = numbers[at + 1] / kinds_first;
    if (labels->empty() || ordinal > UINT32_MAX) return std::nullopt;
    const std::uint64_t turns = numbers[at] / labels->size();
    if (turns > (choice_kinds - 1) / kinds_first) return std::nullopt;
    const std::uint64_t kind = turns * kinds_first + numbers[at + 1] % kinds_first;
    if (kind >= choice_kinds) return std::nullopt;
    TapeEntry entry;
    entry.kind = static_cast<ChoiceKind>(kind);
    entry.task = (*labels)[numbers[at] % labels->size()];
    entry.ordinal = static_cast<std::uint32_t>(ordinal);
    const std::uint64_t answer = numbers[at + 2];
    if (answer >= (picks_task(entry.kind) ? labels->size() : std::uint64_t{1} << 32)) return std::nullopt;
    if (picks_task(entry.kind))
      entry.chosen = (*labels)[answer];
    else
      entry.answer = static_cast<std::uint32_t>(answer);
    tape.entries.push_back(std::move(entry));
  }
  return tape;
}

std::optional<Token> unpack(std::string_view bytes) try {
  const Payload payload = unpack_payload(bytes);
  constexpr std::uint32_t mode_mask = (1U << mode_bits) - 1;
  const std::uint32_t granularity = std::get<1>(payload) & mode_mask;
  const std::uint32_t time = std::get<1>(payload) >> mode_bits & mode_mask;
  const std::uint32_t faults_max = std::get<3>(payload);
  const auto faults = FaultSet::of_bits(turn_kills_over(std::get<1>(payload) >> faults_shift, faults_max));
  if (!faults || granularity > static_cast<std::uint32_t>(Granularity::os) ||
      time > static_cast<std::uint32_t>(TimeMode::races))
    return std::nullopt;
  std::optional<Tape> tape = read_tape(payload);
  if (!tape) return std::nullopt;
  return Token{.scenario = std::get<0>(payload),
               .run = {.granularity = static_cast<Granularity>(granularity),
                       .time = static_cast<TimeMode>(time),
                       .seed = std::get<2>(payload),
                       .faults = *faults,
                       .faults_max = faults_max,
                       .steps_max = std::get<4>(payload)},
               .default_digest = std::get<5>(payload),
               .tape = std::move(*tape)};
} catch (const std::exception&) {  // msgpack: malformed bytes, wrong types, numbers out of range
  return std::nullopt;
}

// --- the text around it ---------------------------------------------------------------------------------

std::uint32_t checksum_of(std::string_view payload) {
  return XXH32(payload.data(), payload.size(), checksum_seed);
}

/// What is wrong before the first letter of the body.
std::optional<Error> check_prefix(std::string_view text) {
  if (text.starts_with(prefix)) return std::nullopt;
  if (prefix.starts_with(text)) return truncated();
  const std::size_t dash = text.find('-');
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const std::string_view version = dash == std::string_view::npos || dash < 2 ? "" : text.substr(1, dash - 1);
  if (text.front() != 'h' || version.empty() || !std::ranges::all_of(version, is_digit))
    return corrupt("this is not a heddle token: it should start with 'h1-'");
  return Error{
      .code = "token-version",
      .what = "the token has format h" + std::string(version.substr(0, 9)) + "; this heddle reads h1",
      .hint = "replay it with the heddle that made it, or find the bug again with this one"};
}

}  // namespace

std::string write_token(const Token& token) {
  const std::string payload = pack(token);
  std::string bytes;
  put_number(bytes, static_cast<std::uint32_t>(payload.size()));
  put_number(bytes, checksum_of(payload));
  return std::string(prefix) + letters_of(bytes + payload);
}

Expected<Token> read_token(std::string_view text) {
  if (text.size() > letters_max) return tl::unexpected(corrupt("this is too long for a token"));
  const std::string whole = without_space(text);
  if (const auto wrong = check_prefix(whole)) return tl::unexpected(*wrong);
  const std::string_view letters = std::string_view(whole).substr(prefix.size());
  if (!std::ranges::all_of(letters, is_letter))
    return tl::unexpected(corrupt("the token holds a character that no token has"));
  const std::string bytes = bytes_of(letters);
  if (bytes.size() < header_bytes) return tl::unexpected(truncated());
  const std::string_view payload = std::string_view(bytes).substr(header_bytes);
  const std::uint32_t length = number_at(bytes, 0);
  if (payload.size() < length) return tl::unexpected(truncated());
  if (payload.size() > length || checksum_of(payload) != number_at(bytes, 4))
    return tl::unexpected(corrupt("the token's checksum does not match: it was changed on its way"));
  const std::optional<Token> token = unpack(payload);
  if (!token || write_token(*token) != whole)
    return tl::unexpected(corrupt("the token's checksum matches, but no heddle wrote it"));
  return *token;
}

}  // namespace heddle
