// The JSON of result files. Whatever is missing or of another type makes the file malformed.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include <heddle/results/asked_json.hpp>
#include <heddle/results/part_json.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::results {
namespace {

constexpr int format = 4;

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
