// See the header.
#include <algorithm>
#include <nlohmann/json.hpp>

#include <heddle/core/token.hpp>
#include <heddle/results/part_json.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::results {
namespace {

constexpr std::size_t hash_letters = 16;

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

}  // namespace

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

}  // namespace heddle::results
