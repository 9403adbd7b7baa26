// What tests of rejected calls need: to go on behind one, and to say what is found of it.
#pragma once

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle::trial {

/// Swallows what the primitive throws, and with it what tells of the mistake.
template <class Call>
void swallow(Call&& call) {
  try {
    call();
  } catch (const mp::Error&) {
  }
}

/// Exactly this rule, an error about this object, first of all by this task, and said in these words.
inline void expect_rejection(void (*program)(), const std::string& rule, const std::string& object,
                             const std::string& who, const std::string& words) {
  const Result result = explore(program, options_of(300));
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, object);
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.parties.at(0).who, who);
  EXPECT_NE(finding.sentence.find(words), std::string::npos) << finding.sentence;
}

}  // namespace heddle::trial
