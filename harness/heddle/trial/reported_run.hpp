// A run for the tests of reports: a deadlock that was not declared, a finding that was, a search that gave up
// and one that found nothing; names and words that every format has to write with care.
#pragma once

#include <heddle/core/report.hpp>

namespace heddle::trial {

inline constexpr std::string_view careful_words = "a <b> & \"c\" said 50% ]]> \x01 \xff</script>\nand more";

ReportRun reported_run();

}  // namespace heddle::trial
