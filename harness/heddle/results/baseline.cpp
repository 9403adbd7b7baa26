// See the header.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <heddle/results/baseline.hpp>

namespace heddle::results {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;

}  // namespace

Expected<Baseline> read_baseline(std::string_view text, const std::string& file) {
  Baseline baseline;
  try {
    const Json json = Json::parse(text);
    if (json.at("heddle-baseline") != format) throw std::invalid_argument("it has another format");
    for (const Json& each : json.at("findings"))
      baseline.insert({.scenario = each.at("scenario").get<std::string>(),
                       .rule = each.at("rule").get<std::string>(),
                       .object = each.at("object").get<std::string>(),
                       .fingerprint = each.at("fingerprint").get<std::string>()});
  } catch (const std::exception& exception) {  // nlohmann's, and the one thrown above
    return tl::unexpected(Error{.code = "baseline-malformed",
                                .what = fmt::format("{} is no baseline: {}", file, exception.what()),
                                .hint = "write it anew with --fix, after a look at what it had"});
  }
  return baseline;
}

std::string text_of(const Baseline& baseline) {
  std::string text = fmt::format("{{\"heddle-baseline\": {}, \"findings\": [", format);
  std::string_view before = "\n";
  for (const KnownFinding& each : baseline) {
    const Json json{{"scenario", each.scenario},
                    {"rule", each.rule},
                    {"object", each.object},
                    {"fingerprint", each.fingerprint}};
    text += fmt::format("{}  {}", before, json.dump(-1, ' ', false, Json::error_handler_t::replace));
    before = ",\n";
  }
  return text + "\n]}\n";
}

}  // namespace heddle::results
