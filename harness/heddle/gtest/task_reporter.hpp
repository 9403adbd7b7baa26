// Where GoogleTest sends the parts of this OS thread while a HEDDLE_TEST is explored. A failed part of a
// simulated task goes to the session, as an assertion of the program's own; it is only flagged there,
// because GoogleTest holds a lock of its own here and must be left by the way it was entered. What is
// reported outside a task is kept, to be passed on when the exploration is over.
#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace heddle::gtest {

class TaskReporter final : public testing::ScopedFakeTestPartResultReporter {
 public:
  explicit TaskReporter(testing::TestPartResultArray& outside);

  /// A new execution begins: its first failed part counts again.
  void begin() { has_failed_ = false; }
  void ReportTestPartResult(const testing::TestPartResult& part) override;

  /// The words of the first GTEST_SKIP in a task, if there was one.
  const std::optional<std::string>& skipped() const { return skipped_; }

 private:
  bool has_failed_ = false;
  std::optional<std::string> skipped_;
};

/// "Value of: x; Actual: false; Expected: true": a part's words on one line, for a finding's sentence.
std::string in_one_line(std::string_view words);

/// Has GoogleTest make, on the host heap, what it keeps per OS thread and makes on first use: in a task
/// that would be memory of a process that ends.
void prepare_gtest();

/// While alive, a failed part neither breaks into a debugger nor throws: both would leave a task by a way
/// that GoogleTest does not know.
class CalmFlags {
 public:
  CalmFlags();
  ~CalmFlags();
  CalmFlags(const CalmFlags&) = delete;
  CalmFlags& operator=(const CalmFlags&) = delete;

 private:
  bool break_on_failure_;
  bool throw_on_failure_;
};

}  // namespace heddle::gtest
