// See the header. What GitHub takes in bounds it: a result has a place, sources are told relative to the
// root, and no result has more than 1,000 locations in its flow.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include <heddle/core/rule_pages.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/core/version.hpp>
#include <heddle/reports/sarif.hpp>
#include <heddle/story/story.hpp>
#include <heddle/story/values.hpp>
#include <heddle/story/words.hpp>

namespace heddle {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t operations_max = 500;  // of a flow
constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr std::string_view fingerprint_name = "heddleFinding/v1";

std::string_view level_of(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

/// Slashes and plain letters stay; everything else that a URI gives a meaning to is written in hexadecimal.
std::string uri_of(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char letter : path) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') ||
                          std::string_view("/._-~+").find(letter) != std::string_view::npos;
    uri += is_plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return uri;
}

Json message(const std::string& text) { return {{"text", text}}; }

class Log {
 public:
  explicit Log(const ReportRun& run) : run_(run) {}

  Json make() {
    Json results = Json::array();
    for (const ReportItem& item : run_.items)
      for (const Failure* failure : alarms_of(item)) results.push_back(result_of(item, *failure));
    Json run{{"tool", {{"driver", driver()}}},
             {"invocations", Json::array({invocation()})},
             {"columnKind", "unicodeCodePoints"}};
    if (!run_.root.empty()) run["originalUriBaseIds"] = {{"SRCROOT", {{"uri", uri_of(run_.root) + "/"}}}};
    run["results"] = std::move(results);
    return {{"$schema", schema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  }

 private:
  Json driver() const {
    Json all = Json::array();
    for (const Rule& rule : rules()) {
      const std::string id(rule.id);
      all.push_back(
          {{"id", id},
           {"shortDescription", message(std::string(rule.summary))},
           {"fullDescription", message(std::string(rule.summary))},
           {"help", {{"text", plain_page(page_of(id))}, {"markdown", without_links(page_of(id))}}},
           {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
           {"properties", {{"tags", {"concurrency", "multiprocessing"}}, {"precision", "very-high"}}}});
    }
    return {{"name", "heddle"}, {"semanticVersion", version}, {"rules", std::move(all)}};
  }

  Json invocation() const {
    bool is_whole = true;
    Json notes = Json::array();
    for (const ReportItem& item : run_.items) {
      is_whole = is_whole && !item.result.interrupted;
      for (const std::string& complaint : complaints_of(item))
        notes.push_back({{"level", "error"}, {"message", message(item.scenario + ": " + complaint)}});
    }
    return {{"executionSuccessful", is_whole},
            {"commandLine", run_.command},
            {"startTimeUtc", began_words(run_) + "Z"},
            {"toolExecutionNotifications", std::move(notes)}};
  }

  Json physical(const mp::Location& where) const {
    const std::string file = file_of(run_.root, where);
    Json artifact{{"uri", uri_of(file)}};
    if (!file.starts_with('/')) artifact["uriBaseId"] = "SRCROOT";
    Json region{{"startLine", where.line()}};
    if (where.column() > 0) region["startColumn"] = where.column();
    return {{"artifactLocation", std::move(artifact)}, {"region", std::move(region)}};
  }

  Json location(const mp::Location& where, const std::string& words) const {
    Json made{{"message", message(words)}};
    if (where.line() > 0) made["physicalLocation"] = physical(where);
    return made;
  }

  Json result_of(const ReportItem& item, const Failure& failure) const {
    const Finding& finding = failure.finding;
    const std::string replay = replay_line(item, failure);
    std::string words = fmt::format("{}: {}", item.scenario, finding.sentence);
    if (!replay.empty()) words += "\n\nReplay: " + replay;
    Json made{
        {"ruleId", finding.rule},
        {"ruleIndex", index_of(finding.rule)},
        {"level", level_of(finding.severity)},
        {"message", message(words)},
        {"locations", Json::array()},
        {"relatedLocations", Json::array()},
        {"partialFingerprints", {{fingerprint_name, fingerprint_of(run_.root, item.scenario, finding)}}},
        {"properties", {{"replay", replay}, {"harm", name_of(finding.harm)}, {"scenario", item.scenario}}}};
    add_places(made, finding);
    if (const auto story = story::story_of(failure, operations_max))
      made["codeFlows"] = Json::array({flow_of(*story, failure)});
    return made;
  }

  static std::ptrdiff_t index_of(const std::string& id) {
    const auto all = rules();
    const auto found = std::ranges::find(all, id, &Rule::id);
    return found == all.end() ? -1 : found - all.begin();
  }

  /// The last party is where it went wrong; a finding without a place of the program's is told of its
  /// scenario.
  void add_places(Json& made, const Finding& finding) const {
    int id = 0;
    for (const Party& party : finding.parties) {
      if (party.where.line() == 0) continue;
      Json place = location(party.where, party.who + ": " + party.operation);
      place["id"] = ++id;
      made["relatedLocations"].push_back(place);
      place.erase("id");
      made["locations"] = Json::array({std::move(place)});
    }
  }

  Json flow_of(const story::Story& story, const Failure& failure) const {
    std::map<std::size_t, Json> flows;
    std::size_t order = 0;
    for (const story::Operation& operation : story.operations) {
      const bool is_essential = operation.party > 0 || operation.switched > 0;
      Json& steps = flows[operation.lane];
      std::string words = operation.words;
      if (!operation.result.empty()) words += " -> " + operation.result;
      if (!operation.has_ended) words += " (waits)";
      steps.push_back({{"location", location(operation.where, words)},
                       {"executionOrder", ++order},
                       {"importance", is_essential ? "essential" : "important"}});
    }
    Json threads = Json::array();
    for (auto& [lane, steps] : flows)
      threads.push_back({{"id", story::name_of(story.lanes[lane])}, {"locations", std::move(steps)}});
    Json flow{{"threadFlows", std::move(threads)}};
    if (failure.critical_pair)
      flow["message"] = message("it happens because " + story::words_of(*failure.critical_pair));
    return flow;
  }

  const ReportRun& run_;
};

class SarifReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    return story::written(Log(run).make(), 2) + "\n";
  }
};

}  // namespace

std::unique_ptr<Report> make_sarif_report() { return std::make_unique<SarifReport>(); }

}  // namespace heddle
