// See the header.
#include <nlohmann/json.hpp>

#include <heddle/core/rules.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/core/token.hpp>
#include <heddle/core/version.hpp>
#include <heddle/story/story.hpp>
#include <heddle/story/values.hpp>
#include <heddle/story/words.hpp>

namespace heddle::story {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t operations_max = 10'000;  // of a story; more are left out of its middle

void add_place(Json& values, const ReportRun& run, const mp::Location& where) {
  if (where.line() == 0) return;
  values["file"] = file_of(run.root, where);
  values["line"] = where.line();
  values["column"] = where.column();
}

Json values_of(const ReportRun& run, const Party& party) {
  Json values{{"who", party.who}, {"operation", party.operation}, {"step", party.step}};
  add_place(values, run, party.where);
  return values;
}

// --- the story ------------------------------------------------------------------------------------------

Json values_of(const ReportRun& run, const Operation& operation) {
  Json values{{"lane", operation.lane},
              {"words", operation.words},
              {"object", operation.object},
              {"kind", operation.kind},
              {"verb", operation.verb},
              {"argument", operation.argument},
              {"result", operation.result},
              {"begin", operation.begin},
              {"end", operation.end},
              {"ended", operation.has_ended},
              {"succeeded", operation.has_succeeded},
              {"waited", operation.has_waited},
              {"party", operation.party},
              {"switched", operation.switched}};
  add_place(values, run, operation.where);
  return values;
}

Json values_of(const ReportRun& run, const Story& story) {
  Json values{{"end", story.end},        {"left_out", story.left_out},
              {"lanes", Json::array()},  {"operations", Json::array()},
              {"arrows", Json::array()}, {"holds", Json::array()},
              {"changes", Json::array()}};
  for (const Lane& lane : story.lanes)
    values["lanes"].push_back(
        {{"process", lane.process}, {"thread", lane.thread}, {"helper", lane.is_helper}});
  for (const Operation& operation : story.operations)
    values["operations"].push_back(values_of(run, operation));
  for (const Arrow& arrow : story.arrows)
    values["arrows"].push_back({{"why", arrow.why}, {"from", arrow.from}, {"to", arrow.to}});
  for (const Hold& hold : story.holds)
    values["holds"].push_back({{"lock", hold.lock},
                               {"lane", hold.lane},
                               {"begin", hold.begin},
                               {"end", hold.end},
                               {"ended", hold.has_ended}});
  for (const Change& change : story.changes)
    values["changes"].push_back({{"step", change.step}, {"object", change.object}, {"state", change.state}});
  return values;
}

// --- the finding ----------------------------------------------------------------------------------------

Json values_of(const Tape& tape) {
  Json values = Json::array();
  for (const TapeEntry& entry : tape.entries) {
    Json one{{"task", entry.task}, {"kind", name_of(entry.kind)}, {"ordinal", entry.ordinal}};
    if (picks_task(entry.kind))
      one["chosen"] = entry.chosen;
    else
      one["answer"] = entry.answer;
    values.push_back(std::move(one));
  }
  return values;
}

Json values_of(const ReportRun& run, const Essential& essential) {
  Json values{
      {"step", essential.step},       {"kind", name_of(essential.kind)},  {"who", essential.who},
      {"instead", essential.instead}, {"operation", essential.operation}, {"words", words_of(essential)}};
  add_place(values, run, essential.where);
  return values;
}

Json values_of(const RunOptions& options) {
  return {{"granularity", name_of(options.granularity)},
          {"time", name_of(options.time)},
          {"seed", options.seed},
          {"faults", options.faults_max > 0 ? heddle::words_of(options.faults) : ""},
          {"faults_max", options.faults_max}};
}

/// Empty where nothing runs the failure again.
std::string token_of(const ReportItem& item, const Failure& failure) {
  const std::string line = replay_line(item, failure);
  return line.substr(line.rfind(' ') + 1);
}

bool is_race(const Finding& finding) {
  const Rule* const known = rule(finding.rule);
  return known != nullptr && known->is_race;
}

Json values_of(const ReportRun& run, const ReportItem& item, const Failure& failure, bool is_alarm) {
  const Finding& finding = failure.finding;
  Json values{{"rule", finding.rule},
              {"severity", finding.severity == Severity::error ? "error" : "warning"},
              {"race", is_race(finding)},
              {"harm", finding.harm == Harm::seen ? "seen" : "predicted"},
              {"object", finding.object},
              {"sentence", finding.sentence},
              {"declared", !is_alarm},
              {"step", finding.step},
              {"parties", Json::array()},
              {"run", values_of(failure.run)},
              {"fingerprint", fingerprint_of(run.root, item.scenario, finding)},
              {"replay", replay_line(item, failure)},
              {"token", token_of(item, failure)},
              {"tape", values_of(failure.tape)},
              {"tape_found", values_of(failure.tape_found)},
              {"shrink_executions", failure.shrink_executions},
              {"found_at", failure.found_at},
              {"found_by", failure.found_by},
              {"essentials", Json::array()}};
  for (const Party& party : finding.parties) values["parties"].push_back(values_of(run, party));
  for (const Essential& each : failure.essentials) values["essentials"].push_back(values_of(run, each));
  if (failure.critical_pair)
    values["because"] = {{"words", words_of(*failure.critical_pair)},
                         {"first", values_of(run, failure.critical_pair->first)},
                         {"second", values_of(run, failure.critical_pair->second)}};
  if (const auto story = story_of(failure, operations_max)) values["story"] = values_of(run, *story);
  return values;
}

// --- the exploration --------------------------------------------------------------------------------------

Json values_of(const Coverage& seen) {
  Json values{{"executions", seen.executions},
              {"abandoned", seen.abandoned},
              {"interleavings", seen.interleavings},
              {"choice_points", seen.choice_points},
              {"steps", seen.steps},
              {"steps_longest", seen.steps_longest},
              {"exhausted", seen.exhausted},
              {"seconds", seen.seconds},
              {"reached", seen.reached},
              {"unreached", seen.unreached},
              {"orders", Json::array()}};
  for (const ObjectOrders& object : seen.orders)
    for (const PairOrders& pair : object.pairs)
      values["orders"].push_back({{"object", object.object},
                                  {"one", heddle::name_of(pair.one)},
                                  {"other", heddle::name_of(pair.other)},
                                  {"one_first", pair.one_first},
                                  {"other_first", pair.other_first}});
  return values;
}

std::string_view name_of(const Verdict& verdict) {
  if (std::holds_alternative<Passed>(verdict)) return "passed";
  if (std::holds_alternative<Failed>(verdict)) return "failed";
  return std::holds_alternative<GaveUp>(verdict) ? "gave up" : "broken";
}

void add_failures(Json& values, const ReportRun& run, const ReportItem& item) {
  const auto* const failed = std::get_if<Failed>(&item.result.verdict);
  if (failed == nullptr) return;
  const std::vector<const Failure*> alarms = alarms_of(item);
  for (const Failure& failure : failed->failures) {
    const bool is_alarm = std::find(alarms.begin(), alarms.end(), &failure) != alarms.end();
    values["findings"].push_back(values_of(run, item, failure, is_alarm));
  }
}

}  // namespace

nlohmann::ordered_json values_of(const ReportRun& run, const ReportItem& item) {
  Json values{{"scenario", item.scenario},
              {"verdict", name_of(item.result.verdict)},
              {"ok", alarms_of(item).empty() && complaints_of(item).empty()},
              {"interrupted", item.result.interrupted},
              {"complaints", complaints_of(item)},
              {"findings", Json::array()},
              {"suppressed", sums_of(item.result.suppressed)},
              {"outcomes", item.result.outcomes},
              {"coverage", values_of(item.result.coverage)}};
  if (item.declared) values["declared"] = {{"rules", item.declared->rules}, {"wrong", item.declared->wrong}};
  add_failures(values, run, item);
  return values;
}

nlohmann::ordered_json values_of(const ReportRun& run) {
  Json values{
      {"format", "heddle-report"}, {"version", format_version},       {"heddle", version},
      {"command", run.command},    {"began", began_words(run) + "Z"}, {"explorations", Json::array()}};
  for (const ReportItem& item : run.items) values["explorations"].push_back(values_of(run, item));
  return values;
}

std::string written(const nlohmann::ordered_json& values, int indent) {
  return values.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace heddle::story
