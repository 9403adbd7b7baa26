// See the header.
#include <nlohmann/json.hpp>

#include <heddle/results/asked_json.hpp>

namespace heddle::results {
namespace {

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

}  // namespace

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

}  // namespace heddle::results
