// What every report asks of a run, whatever it looks like.
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <string_view>

#include <heddle/core/report.hpp>
#include <heddle/core/token.hpp>

namespace heddle {
namespace {

bool is_declared(const ReportItem& item, const Failure& failure) {
  return item.declared &&
         std::ranges::find(item.declared->rules, failure.finding.rule) != item.declared->rules.end();
}

}  // namespace

std::vector<const Failure*> alarms_of(const ReportItem& item) {
  std::vector<const Failure*> alarms;
  if (const Failed* failed = std::get_if<Failed>(&item.result.verdict))
    for (const Failure& failure : failed->failures)
      if (!is_declared(item, failure)) alarms.push_back(&failure);
  return alarms;
}

std::vector<std::string> complaints_of(const ReportItem& item) {
  if (const GaveUp* gave_up = std::get_if<GaveUp>(&item.result.verdict)) return {"gave up: " + gave_up->why};
  if (const Broken* broken = std::get_if<Broken>(&item.result.verdict)) return {"broken: " + broken->why};
  if (!item.declared || !alarms_of(item).empty()) return {};
  return item.declared->wrong;
}

std::string file_of(const std::string& root, const mp::Location& where) {
  const std::string_view file = where.file_name();
  const bool is_within =
      !root.empty() && file.size() > root.size() && file.starts_with(root) && file[root.size()] == '/';
  return std::string(is_within ? file.substr(root.size() + 1) : file);
}

std::string began_words(const ReportRun& run) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(run.began);
  const std::chrono::hh_mm_ss time(run.began - day);
  return fmt::format("{}T{:02}:{:02}:{:02}", words_of(Date(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string fingerprint_of(const std::string& root, const std::string& scenario, const Finding& finding) {
  std::string known = scenario + "|" + finding.rule + "|" + finding.object;
  for (const Party& party : finding.parties)
    known += fmt::format("|{}:{}", file_of(root, party.where),
                         party.operation.substr(0, party.operation.find('(')));
  return fmt::format("{:016x}", XXH3_64bits(known.data(), known.size()));
}

std::string replay_line(const ReportItem& item, const Failure& failure) {
  if (item.replay_command.empty()) return "";
  return item.replay_command + " " +
         write_token({.scenario = item.scenario,
                      .run = failure.run,
                      .default_digest = failure.default_digest,
                      .tape = failure.tape});
}

}  // namespace heddle
