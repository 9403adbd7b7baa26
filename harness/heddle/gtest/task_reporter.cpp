// See the header. Everything in ReportTestPartResult runs on the host heap: a part's words become the
// finding's, which outlives the process that failed.
#include <heddle/core/arena.hpp>
#include <heddle/core/location_at.hpp>
#include <heddle/core/session.hpp>
#include <heddle/gtest/task_reporter.hpp>
#include <heddle/gtest/task_traces.hpp>
#include <string_view>

namespace heddle::gtest {

TaskReporter::TaskReporter(testing::TestPartResultArray& outside)
    : ScopedFakeTestPartResultReporter(INTERCEPT_ONLY_CURRENT_THREAD, &outside) {}

void TaskReporter::ReportTestPartResult(const testing::TestPartResult& part) {
  const HostAllocation host;
  Session* const running = session();
  if (running == nullptr) {
    ScopedFakeTestPartResultReporter::ReportTestPartResult(part);
    return;
  }
  if (part.skipped() && !skipped_) skipped_ = part.message();
  if (!part.failed() || has_failed_) return;
  has_failed_ = true;
  std::string words = in_one_line(part.message());
  const TaskTraces* const traces = TaskTraces::installed();
  if (const std::string trace = traces == nullptr ? "" : traces->words(); !trace.empty())
    words += "; traced from " + trace;
  const char* const file = part.file_name();
  running->fail(words, location_at(file == nullptr ? "" : file, part.line_number()));
}

std::string in_one_line(std::string_view words) {
  std::string line;
  while (!words.empty()) {
    const std::size_t end = words.find('\n');
    std::string_view piece = words.substr(0, end);
    words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
    const std::size_t start = piece.find_first_not_of(' ');
    if (start == std::string_view::npos) continue;
    if (!line.empty()) line += line.ends_with(':') ? " " : "; ";
    line += piece.substr(start);
  }
  return line;
}

void prepare_gtest() {
  const CalmFlags calm;
  testing::TestPartResultArray ignored;
  const testing::ScopedFakeTestPartResultReporter reporter(
      testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &ignored);
  const testing::ScopedTrace trace(__FILE__, __LINE__, "");
  ADD_FAILURE();
}

CalmFlags::CalmFlags()
    : break_on_failure_(GTEST_FLAG_GET(break_on_failure)),
      throw_on_failure_(GTEST_FLAG_GET(throw_on_failure)) {
  GTEST_FLAG_SET(break_on_failure, false);
  GTEST_FLAG_SET(throw_on_failure, false);
}

CalmFlags::~CalmFlags() {
  GTEST_FLAG_SET(break_on_failure, break_on_failure_);
  GTEST_FLAG_SET(throw_on_failure, throw_on_failure_);
}

}  // namespace heddle::gtest
