// What run --shrink-to adds to a finding in a program: the smallest program that still shows it, in a file of
// its own, and its report.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/cli/subject.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::cli {

/// Before anything is run. Errors flag-without-effect, of what is no program from a file, and
/// result-unwritable.
Expected<void> check_shrinkable(const RunScenario& asked, const Subject& subject);

/// Of the first finding; without one nothing is written. Error result-unwritable.
Expected<void> write_shrunk(const RunScenario& asked, const Subject& subject, const Result& result,
                            const Context& context);

}  // namespace heddle::cli
