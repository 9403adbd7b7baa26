// See the header. A finding that was not declared is a failure; what kept a scenario from being judged is an
// error; a search that was cut short with nothing found has been skipped.
#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include <heddle/core/xml_text.hpp>
#include <heddle/reports/junit.hpp>
#include <heddle/story/words.hpp>

namespace heddle {
namespace {

struct Count {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
  double seconds = 0;
  void add(const Count& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    seconds += other.seconds;
  }
};

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

std::string folder_of(const std::string& scenario) {
  const std::size_t slash = scenario.rfind('/');
  return slash == std::string::npos ? "heddle" : scenario.substr(0, slash);
}

std::string name_in_folder(const std::string& scenario) {
  const std::size_t slash = scenario.rfind('/');
  return slash == std::string::npos ? scenario : scenario.substr(slash + 1);
}

std::string words_of(const ReportRun& run, const ReportItem& item, const Failure& failure) {
  std::string words = failure.finding.sentence + "\n\n";
  for (const Party& party : failure.finding.parties)
    words += fmt::format("{} ({}:{}): {}\n", party.who, file_of(run.root, party.where), party.where.line(),
                         party.operation);
  for (const Essential& each : failure.essentials)
    words += fmt::format("at step {} {}\n", each.step, story::words_of(each));
  if (failure.critical_pair)
    words += fmt::format("it happens because {}\n", story::words_of(*failure.critical_pair));
  return words + "\n" + replay_line(item, failure) + "\n";
}

class Document {
 public:
  explicit Document(const ReportRun& run) : run_(run), is_gtest_(run.junit_flavour == JunitFlavour::gtest) {}

  std::string make() {
    pugi::xml_node root = document_.append_child("testsuites");
    set(root, "name", is_gtest_ ? "AllTests" : "heddle");
    std::map<std::string, std::vector<const ReportItem*>> suites;
    for (const ReportItem& item : run_.items) suites[folder_of(item.scenario)].push_back(&item);
    Count all;
    for (const auto& [name, items] : suites) all.add(add_suite(root, name, items));
    set_count(root, all);
    if (is_gtest_) set(root, "timestamp", began_words(run_));
    std::ostringstream text;
    document_.save(text, "  ", pugi::format_indent, pugi::encoding_utf8);
    return text.str();
  }

 private:
  void set_count(pugi::xml_node node, const Count& count) const {
    set(node, "tests", fmt::to_string(count.tests));
    set(node, "failures", fmt::to_string(count.failures));
    set(node, "errors", fmt::to_string(count.errors));
    if (is_gtest_) set(node, "disabled", "0");
    set(node, "time", fmt::format("{:.3f}", count.seconds));
  }

  Count add_suite(pugi::xml_node root, const std::string& name, const std::vector<const ReportItem*>& items) {
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", name);
    Count count;
    for (const ReportItem* item : items) count.add(add_case(suite, *item));
    set_count(suite, count);
    set(suite, "skipped", fmt::to_string(count.skipped));
    set(suite, "timestamp", began_words(run_));
    return count;
  }

  Count add_case(pugi::xml_node suite, const ReportItem& item) {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "name", name_in_folder(item.scenario));
    set(test, "classname", folder_of(item.scenario));
    set(test, "time", fmt::format("{:.3f}", item.result.coverage.seconds));
    Count count{.tests = 1, .seconds = item.result.coverage.seconds};
    const std::vector<const Failure*> alarms = alarms_of(item);
    if (is_gtest_) describe(test, item, alarms);
    for (const Failure* failure : alarms)
      add(test, "failure", failure->finding.rule, failure->finding.sentence, words_of(run_, item, *failure));
    count.failures = alarms.empty() ? 0 : 1;
    const std::vector<std::string> complaints = complaints_of(item);
    for (const std::string& complaint : complaints)
      add(test, "error", "not as declared", complaint, complaint);
    count.errors = complaints.empty() ? 0 : 1;
    if (item.result.interrupted && alarms.empty() && complaints.empty()) {
      add(test, "skipped", "interrupted", "interrupted: nothing found until then", "");
      count.skipped = 1;
    }
    return count;
  }

  void describe(pugi::xml_node test, const ReportItem& item,
                const std::vector<const Failure*>& alarms) const {
    set(test, "status", "run");
    set(test, "result", item.result.interrupted ? "suppressed" : "completed");
    set(test, "timestamp", began_words(run_));
    if (alarms.empty() || alarms[0]->finding.parties.empty()) return;
    const mp::Location where = alarms[0]->finding.parties[0].where;
    set(test, "file", file_of(run_.root, where));
    set(test, "line", fmt::to_string(where.line()));
  }

  static void add(pugi::xml_node test, const char* kind, const std::string& type, const std::string& message,
                  const std::string& text) {
    pugi::xml_node node = test.append_child(kind);
    set(node, "type", type);
    set(node, "message", message);
    if (!text.empty()) node.text().set(xml_text(text).c_str());
  }

  const ReportRun& run_;
  const bool is_gtest_;
  pugi::xml_document document_;
};

class JunitReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override { return Document(run).make(); }
};

}  // namespace

std::unique_ptr<Report> make_junit_report() { return std::make_unique<JunitReport>(); }

}  // namespace heddle
