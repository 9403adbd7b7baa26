// Does a result say exactly what its scenario declares? A pure question, so that it can be tested hard: the
// gate is only as good as this answer.
#pragma once

#include <string>
#include <vector>

#include <heddle/core/report.hpp>
#include <heddle/core/scenario.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::cli {

/// One sentence for everything that is not as declared; empty: all is well. `least`: error lets warnings be
/// that are not declared.
std::vector<std::string> mismatches(const Scenario& scenario, const Result& result,
                                    Severity least = Severity::warning);

/// The same for reports, with the rules that the scenario expects.
Declared declared_of(const Scenario& scenario, std::vector<std::string> wrong);

/// Have all the expected rules been found, with harm where it is asked for? There may be more.
bool has_all_expected(const Scenario& scenario, const Result& result);

/// Were all outcomes seen that the scenario declares? There may be more.
bool has_all_outcomes(const Scenario& scenario, const Result& result);

/// Is every finding of an expected rule, or below `least`? Not all of them need be there.
bool has_only_expected(const Scenario& scenario, const Result& result, Severity least = Severity::warning);

/// "pipe-multi-reader with harm, crash"; "nothing", "gave up", "broken".
std::string found_words(const Result& result);

}  // namespace heddle::cli
