// What tests of oracles need again and again: explore a small program and say which rules were found, about
// what and between whom; start a process or a thread in one line.
#pragma once

#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/effort.hpp>
#include <mp/multiprocessing.hpp>
#include <set>
#include <string>
#include <string_view>

namespace heddle::trial {

using Names = std::set<std::string>;

inline Options options_of(std::uint64_t executions) {
  return {.budget = {.executions = executions}, .findings_max = 8};
}

/// The rules found; how the exploration went wrong, if it did.
inline Names rules_of(const Result& result) {
  Names rules;
  if (const auto* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) rules.insert(failure.finding.rule);
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) rules.insert(broken->why);
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) rules.insert(gave_up->why);
  return rules;
}

/// What the first finding says; nothing without one.
inline std::string sentence_of(void (*program)()) {
  const Result result = explore(program, options_of(300));
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? "" : failed->failures.at(0).finding.sentence;
}

inline void expect_silence(void (*program)()) {
  EXPECT_EQ(rules_of(explore(program, options_of(effort(500)))), Names{});
}

/// Exactly this rule, about this object, with these parties, and its damage seen.
inline void expect_finding(void (*program)(), const std::string& rule, const std::string& object,
                           const Names& parties) {
  const Result result = explore(program, options_of(300));
  ASSERT_EQ(rules_of(result), Names{rule});
  const auto& failures = std::get<Failed>(result.verdict).failures;
  ASSERT_EQ(failures.size(), 1U);
  const Finding& finding = failures[0].finding;
  EXPECT_EQ(finding.object, object) << finding.sentence;
  EXPECT_EQ(finding.harm, Harm::seen);
  Names who;
  for (const Party& party : finding.parties) who.insert(party.who);
  EXPECT_EQ(who, parties) << finding.sentence;
}

template <auto target, class... A>
mp::Process start(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name});
  process.start();
  return process;
}

template <auto target, class... A>
mp::Process start_daemon(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name, .daemon = true});
  process.start();
  return process;
}

template <class Body>
mp::Thread start_thread(std::string_view name, Body body) {
  mp::Thread thread(body, {.name = name});
  thread.start();
  return thread;
}

}  // namespace heddle::trial
