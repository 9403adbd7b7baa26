// The JSON of result files, and the only file that knows nlohmann. Numbers of 64 bits that mean nothing but
// themselves are written in hexadecimal, so that readers whose numbers are doubles keep them. Whatever is
// missing or of another type makes the file malformed: a result is never guessed.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <heddle/core/token.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::results {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 4;
constexpr std::size_t hash_letters = 16;

// --- words and numbers ----------------------------------------------------------------------------------

bool is_utf8(const std::string& text) {
  try {
    static_cast<void>(Json(text).dump());
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

std::string hex_of(std::string_view bytes) {
  std::string letters;
  for (const char byte : bytes) letters += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return letters;
}

std::uint64_t number_of_hex(std::string_view letters) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(letters.data(), letters.data() + letters.size(), number, 16);
  if (error != std::errc() || end != letters.data() + letters.size() || letters.empty())
    throw std::invalid_argument("no hexadecimal number");
  return number;
}

/// What a program records may be any bytes, and JSON holds text.
Json of_text(const std::string& text) { return is_utf8(text) ? Json(text) : Json{{"hex", hex_of(text)}}; }

std::string text_from(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const auto& letters = json.at("hex").get_ref<const std::string&>();
  if (letters.size() % 2 != 0) throw std::invalid_argument("half a byte");
  std::string bytes;
  for (std::size_t at = 0; at < letters.size(); at += 2)
    bytes += static_cast<char>(number_of_hex(std::string_view(letters).substr(at, 2)));
  return bytes;
}

std::string of_hash(std::uint64_t hash) { return fmt::format("{:016x}", hash); }
std::uint64_t hash_from(const Json& json) { return number_of_hex(json.get_ref<const std::string&>()); }

std::uint64_t number_from(const Json& json) {
  if (!json.is_number_unsigned()) throw std::invalid_argument("a number below 0, or none");
  return json.get<std::uint64_t>();
}

std::uint32_t small_from(const Json& json) {
  const std::uint64_t number = number_from(json);
  if (number > UINT32_MAX) throw std::invalid_argument("a number that is too large");
  return static_cast<std::uint32_t>(number);
}

template <class T>
T found(std::optional<T> value) {
  if (!value) throw std::invalid_argument("an unknown name");
  return *value;
}

// --- parts ----------------------------------------------------------------------------------------------

// One string is a fifth of the size of an array of numbers, and quicker to read.
std::string of_hashes(std::vector<std::uint64_t> hashes) {
  std::ranges::sort(hashes);
  if (hashes.size() > interleavings_kept) hashes.resize(interleavings_kept);
  std::string letters;
  letters.reserve(hashes.size() * hash_letters);
  for (const std::uint64_t hash : hashes) letters += of_hash(hash);
  return letters;
}

std::vector<std::uint64_t> hashes_from(const std::string& letters) {
  if (letters.size() % hash_letters != 0) throw std::invalid_argument("half a hash");
  std::vector<std::uint64_t> hashes;
  for (std::size_t at = 0; at < letters.size(); at += hash_letters)
    hashes.push_back(number_of_hex(std::string_view(letters).substr(at, hash_letters)));
  return hashes;
}

Json of_names(const std::set<std::string>& names) {
  Json all = Json::array();
  for (const std::string& name : names) all.push_back(of_text(name));
  return all;
}

std::set<std::string> names_from(const Json& json) {
  std::set<std::string> names;
  for (const Json& name : json) names.insert(text_from(name));
  return names;
}

// The rest follows from a part, or is not kept: which orders were seen, and what a strategy promises.
Json of_coverage(const Coverage& coverage) {
  return {{"executions", coverage.executions},
          {"abandoned", coverage.abandoned},
          {"interleavings", coverage.interleavings},
          {"choice_points", coverage.choice_points},
          {"steps", coverage.steps},
          {"steps_longest", coverage.steps_longest},
          {"exhausted", coverage.exhausted},
          {"is_partly_unexplored", coverage.is_partly_unexplored},
          {"seconds", coverage.seconds},
          {"reached", of_names(coverage.reached)}};
}

Coverage coverage_from(const Json& json) {
  return {.executions = number_from(json.at("executions")),
          .abandoned = number_from(json.at("abandoned")),
          .interleavings = number_from(json.at("interleavings")),
          .choice_points = number_from(json.at("choice_points")),
          .steps = number_from(json.at("steps")),
          .steps_longest = number_from(json.at("steps_longest")),
          .exhausted = json.at("exhausted").get<bool>(),
          .is_partly_unexplored = json.value("is_partly_unexplored", false),
          .seconds = json.at("seconds").get<double>(),
          .reached = names_from(json.at("reached"))};
}

/// Its tape and options are in its token, which has no scenario: the file names the program.
Json of_catch(const Catch& caught) {
  const Token token{.scenario = "", .run = caught.run, .default_digest = 0, .tape = caught.tape};
  return {{"rule", caught.finding.rule},
          {"object", of_text(caught.finding.object)},
          {"harm", caught.finding.harm == Harm::seen},
          {"found_at", caught.found_at},
          {"found_by", caught.found_by},
          {"is_beyond", caught.is_beyond},
          {"tape", write_token(token)}};
}

Catch catch_from(const Json& json) {
  const Expected<Token> token = read_token(json.at("tape").get_ref<const std::string&>());
  if (!token) throw std::invalid_argument(token.error().what);
  Catch caught;
  caught.finding.rule = json.at("rule").get<std::string>();
  caught.finding.object = text_from(json.at("object"));
  caught.finding.harm = json.at("harm").get<bool>() ? Harm::seen : Harm::predicted;
  caught.tape = token->tape;
  caught.run = token->run;
  caught.found_at = number_from(json.at("found_at"));
  caught.found_by = json.at("found_by").get<std::string>();
  caught.is_beyond = json.at("is_beyond").get<bool>();
  return caught;
}

Json of_refuted(const std::set<Refutation>& refuted) {
  Json all = Json::array();
  for (const Refutation& each : refuted) all.push_back({{"rule", each.rule}, {"place", of_text(each.place)}});
  return all;
}

std::set<Refutation> refuted_from(const Json& json) {
  std::set<Refutation> refuted;
  for (const Json& each : json)
    refuted.insert({each.at("rule").get<std::string>(), text_from(each.at("place"))});
  return refuted;
}

Json of_suppressed(const std::set<Suppressed>& suppressed) {
  Json all = Json::array();
  for (const Suppressed& each : suppressed)
    all.push_back({{"by", of_text(each.by)},
                   {"reason", of_text(each.reason)},
                   {"rule", each.rule},
                   {"object", of_text(each.object)}});
  return all;
}

std::set<Suppressed> suppressed_from(const Json& json) {
  std::set<Suppressed> suppressed;
  for (const Json& each : json)
    suppressed.insert({.by = text_from(each.at("by")),
                       .reason = text_from(each.at("reason")),
                       .rule = each.at("rule").get<std::string>(),
                       .object = text_from(each.at("object"))});
  return suppressed;
}

Json of_part(const Partial& part) {
  Json caught = Json::array();
  for (const Catch& each : part.caught) caught.push_back(of_catch(each));
  return {{"first", part.share.first},
          {"step", part.share.step},
          {"made", part.made},
          {"ended", part.ended},
          {"coverage", of_coverage(part.coverage)},
          {"outcomes", of_names(part.outcomes)},
          {"must_reach", of_names(part.must_reach)},
          {"caught", std::move(caught)},
          {"refuted", of_refuted(part.refuted)},
          {"suppressed", of_suppressed(part.suppressed)},
          {"harm_attempts", part.harm_attempts},
          {"given_up", part.given_up},
          {"left_open", part.left_open},
          {"first_schedule", of_hash(part.first_schedule)},
          {"has_varied", part.has_varied},
          {"was_cut", part.was_cut},
          {"others_have_enough", part.others_have_enough},
          {"interleavings", of_hashes(part.interleavings)}};
}

Partial part_from(const Json& json) {
  Partial part;
  part.share = {.first = number_from(json.at("first")), .step = number_from(json.at("step"))};
  if (part.share.step == 0) throw std::invalid_argument("a step of 0");
  part.made = number_from(json.at("made"));
  part.ended = json.at("ended").get<bool>();
  part.coverage = coverage_from(json.at("coverage"));
  part.outcomes = names_from(json.at("outcomes"));
  part.must_reach = names_from(json.at("must_reach"));
  for (const Json& caught : json.at("caught")) part.caught.push_back(catch_from(caught));
  part.refuted = refuted_from(json.at("refuted"));
  part.suppressed = suppressed_from(json.at("suppressed"));
  part.harm_attempts = number_from(json.at("harm_attempts"));
  part.given_up = number_from(json.at("given_up"));
  part.left_open = number_from(json.at("left_open"));
  part.first_schedule = hash_from(json.at("first_schedule"));
  part.has_varied = json.at("has_varied").get<bool>();
  part.was_cut = json.at("was_cut").get<bool>();
  part.others_have_enough = json.at("others_have_enough").get<bool>();
  part.interleavings = hashes_from(json.at("interleavings").get_ref<const std::string&>());
  return part;
}

// --- the file -------------------------------------------------------------------------------------------

Json of_suppressions(const Suppressions& suppressions) {
  Json lines = Json::array();
  for (const Suppression& each : suppressions.lines)
    lines.push_back({{"rule", each.rule},
                     {"pattern", of_text(each.pattern)},
                     {"reason", of_text(each.reason)},
                     {"line", each.line},
                     {"until", each.until ? Json(words_of(*each.until)) : Json(nullptr)},
                     {"is_expired", each.is_expired}});
  return {{"file", of_text(suppressions.file)}, {"lines", std::move(lines)}};
}

Suppressions suppressions_from(const Json& json) {
  Suppressions suppressions{.file = text_from(json.at("file"))};
  for (const Json& each : json.at("lines")) {
    Suppression line{.rule = each.at("rule").get<std::string>(),
                     .pattern = text_from(each.at("pattern")),
                     .reason = text_from(each.at("reason")),
                     .line = small_from(each.at("line")),
                     .is_expired = each.at("is_expired").get<bool>()};
    const Json& until = each.at("until");
    if (!until.is_null()) line.until = found(date_of(until.get_ref<const std::string&>()));
    suppressions.lines.push_back(std::move(line));
  }
  return suppressions;
}

Json of_asked(const Asked& asked) {
  Json budget{{"executions", asked.budget.executions}};
  budget["seconds"] = asked.budget.time ? Json(asked.budget.time->count()) : Json(nullptr);
  Json faults = Json::array();
  for (const ChoiceKind kind : fault_kinds)
    if (asked.run.faults.contains(kind)) faults.push_back(name_of(kind));
  return {{"strategy", asked.strategy},
          {"seed", asked.seed},
          {"budget", std::move(budget)},
          {"granularity", name_of(asked.run.granularity)},
          {"time", name_of(asked.run.time)},
          {"faults", std::move(faults)},
          {"faults_max", asked.run.faults_max},
          {"steps_max", asked.run.steps_max},
          {"program_seed", asked.run.seed},
          {"findings_max", asked.findings_max},
          {"looks_beyond_maximal", asked.looks_beyond_maximal},
          {"suppressions", of_suppressions(asked.suppressions)}};
}

void options_from(const Json& json, Asked& asked) {
  asked.strategy = json.at("strategy").get<std::string>();
  asked.seed = number_from(json.at("seed"));
  asked.budget.executions = number_from(json.at("budget").at("executions"));
  const Json& seconds = json.at("budget").at("seconds");
  if (!seconds.is_null()) asked.budget.time = std::chrono::duration<double>(seconds.get<double>());
  asked.run.granularity = found(granularity_of(json.at("granularity").get_ref<const std::string&>()));
  asked.run.time = found(time_mode_of(json.at("time").get_ref<const std::string&>()));
  for (const Json& name : json.at("faults"))
    asked.run.faults.add(found(fault_of(name.get_ref<const std::string&>())));
  asked.run.faults_max = small_from(json.at("faults_max"));
  asked.run.steps_max = number_from(json.at("steps_max"));
  asked.run.seed = number_from(json.at("program_seed"));
  asked.findings_max = small_from(json.at("findings_max"));
  asked.looks_beyond_maximal = json.at("looks_beyond_maximal").get<bool>();
  asked.suppressions = suppressions_from(json.at("suppressions"));
}

Json of_told(const Told& told) {
  return {{"rule", told.rule}, {"object", of_text(told.object)},     {"severity", told.severity},
          {"harm", told.harm}, {"sentence", of_text(told.sentence)}, {"token", told.token}};
}

Told told_from(const Json& json) {
  return {.rule = json.at("rule").get<std::string>(),
          .object = text_from(json.at("object")),
          .severity = json.at("severity").get<std::string>(),
          .harm = json.at("harm").get<std::string>(),
          .sentence = text_from(json.at("sentence")),
          .token = json.at("token").get<std::string>()};
}

StoredResult result_from(const Json& json) {
  StoredResult result;
  result.asked.version = json.at("version").get<std::string>();
  result.asked.program = text_from(json.at("program"));
  result.asked.program_digest = hash_from(json.at("program_digest"));
  options_from(json.at("options"), result.asked);
  const Json& shard = json.at("shard");
  const std::uint32_t number = small_from(shard.at("number"));
  result.shard.count = small_from(shard.at("of"));
  if (number < 1 || number > result.shard.count) throw std::invalid_argument("no such shard");
  result.shard.index = number - 1;
  result.verdict = json.at("verdict").get<std::string>();
  for (const Json& each : json.at("findings")) result.findings.push_back(told_from(each));
  for (const Json& each : json.at("lost")) result.lost.push_back(text_from(each));
  for (const Json& each : json.at("parts")) result.parts.push_back(part_from(each));
  if (result.parts.empty()) throw std::invalid_argument("no parts");
  return result;
}

Error malformed(const std::string& name, const std::string& why) {
  return {.code = "result-malformed",
          .what = fmt::format("{} is no result of heddle's: {}", name, why),
          .hint = "leave it out, and run its shard again; heddle run --result FILE writes such files"};
}

template <class Read>
auto read(std::string_view text, const std::string& name, Read read_json)
    -> Expected<decltype(read_json(Json()))> {
  try {
    const Json json = Json::parse(text);
    const Json& version = json.at("heddle_result");
    if (version != format)
      return tl::unexpected(
          Error{.code = "result-version",
                .what = fmt::format("{} has format {}; this heddle reads {}", name, version.dump(), format),
                .hint = "use the heddle that wrote it, or run its shard again"});
    return read_json(json);
  } catch (const std::exception& exception) {  // nlohmann's, and those thrown above
    return tl::unexpected(malformed(name, exception.what()));
  }
}

}  // namespace

std::string text_of(const Partial& part) {
  return Json{{"heddle_result", format}, {"part", of_part(part)}}.dump();
}

std::string text_of(const StoredResult& result) {
  Json findings = Json::array();
  for (const Told& each : result.findings) findings.push_back(of_told(each));
  Json lost = Json::array();
  for (const std::string& each : result.lost) lost.push_back(of_text(each));
  Json parts = Json::array();
  for (const Partial& each : result.parts) parts.push_back(of_part(each));
  const Json json{{"heddle_result", format},
                  {"version", result.asked.version},
                  {"program", of_text(result.asked.program)},
                  {"program_digest", of_hash(result.asked.program_digest)},
                  {"options", of_asked(result.asked)},
                  {"shard", {{"number", result.shard.index + 1}, {"of", result.shard.count}}},
                  {"verdict", result.verdict},
                  {"findings", std::move(findings)},
                  {"lost", std::move(lost)},
                  {"parts", std::move(parts)}};
  return json.dump(1) + "\n";
}

Expected<StoredResult> read_result(std::string_view text, const std::string& name) {
  return read(text, name, [](const Json& json) { return result_from(json); });
}

Expected<Partial> read_partial(std::string_view text, const std::string& name) {
  return read(text, name, [](const Json& json) { return part_from(json.at("part")); });
}

}  // namespace heddle::results
