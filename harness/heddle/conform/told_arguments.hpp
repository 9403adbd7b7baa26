// The arguments of an operation as a message has them: as the program writes them, by position or keyword,
// with what its names stand for at the moment.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <heddle/conform/wire.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/variables.hpp>

namespace heddle::conform {

/// `is_function`: as in len(x), whose first argument is the object. TypeError: a name stands for nothing.
std::vector<Argument> told_arguments(const programs::Plan& plan, const programs::Step& step,
                                     std::span<const programs::Parameter> parameters, bool is_function,
                                     const programs::Variables& variables);
std::vector<Argument> told_arguments(const programs::Plan& plan, const programs::ObjectPlan& object,
                                     const programs::Variables& variables);

/// After how many seconds the call is to end by itself, as its arguments have it; absent: they do not say.
std::optional<double> patience_of(const programs::Step& step, std::span<const programs::Parameter> parameters,
                                  const programs::Variables& variables);

}  // namespace heddle::conform
