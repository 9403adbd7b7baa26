// Tells the calls on the objects of a program whose histories are held against models (core/history.hpp).
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <heddle/programs/call.hpp>
#include <heddle/programs/objects/table.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::programs {

/// Before the objects are made. Without a harness that keeps histories nothing is done.
void specify_histories(const Plan& plan);

/// Makes the call, by the name that models know it by: `put_nowait` is a put, `x.value` a get, `x.value = 1`
/// and `d['k'] = 1` are sets. How long it may wait is no part of it. Raises what the call raises; Empty,
/// Full, IndexError, KeyError, ValueError and AssertionError are results by their names, and of whatever else
/// is raised nobody knows what has been done.
Payload tell(std::string_view object, const OperationRow& row, Call& call);

/// The same of a call that somebody else makes.
Payload tell(std::string_view object, const OperationRow& row, const std::vector<Evaluated>& arguments,
             mp::Location where, const std::function<Payload()>& make);

}  // namespace heddle::programs
