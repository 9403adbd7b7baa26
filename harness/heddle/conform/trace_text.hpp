// A trace as people read it: the calls in the order in which they were issued, and what came of each.
#pragma once

#include <string>

#include <heddle/conform/case.hpp>

namespace heddle::conform {

std::string trace_text(const CaseResult& result);

}  // namespace heddle::conform
