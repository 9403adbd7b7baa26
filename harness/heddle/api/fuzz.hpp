// A program as the target of a coverage-guided fuzzer. libFuzzer's whole target:
//
//   extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
//     heddle::fuzz(&body, {data, size});
//     return 0;
//   }
//
// An input is an execution: its bytes are the answers to the choices that come up, one byte each
// (engine/byte_choices.hpp). See docs/reference/fuzzing.md for how a target is built and run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <heddle/api/heddle.hpp>

namespace heddle {

struct FuzzOptions {
  std::string name = "program";  // of tokens: HEDDLE_REPLAY replays those of a program of this name
  RunOptions run = {};
  bool judge_misuse = true;        // as in Options
  Suppressions suppressions = {};  // findings that no input is kept for
  bool keeps_predictions = true;   // an error that only another execution would show ends the fuzzing too
  bool keeps_warnings = false;     // a warning is a reason to keep an input, as an error is
  bool has_interleavings = true;   // hand-overs between tasks count as coverage
  /// Each execution is made twice and must be the same, also where nothing was found in it.
  bool checks_determinism = false;
};

/// Runs one execution of `body`, before all oracles. When it has a finding that is an error, or when what
/// `body` does is not decided by its choices alone, prints the report that `heddle run` would, with the line
/// that replays the finding, confirmed and shrunk, and aborts, so that the fuzzer keeps the input. Warnings,
/// unless asked for, and executions that are given up are no reason to keep one.
///
/// Where the environment has HEDDLE_REPLAY=<token> and the token is of a program of this name, that execution
/// is replayed and reported instead, and the process ends with 1 if it has a finding, otherwise 0.
///
/// One fuzzer is one program with one set of options: those of the first call hold. For one OS thread.
void fuzz(const std::function<void()>& body, std::span<const std::uint8_t> bytes,
          const FuzzOptions& options = {});

/// The same for those who judge themselves: the result that fuzz() would abort with, if there is one.
class Fuzzing {
 public:
  explicit Fuzzing(FuzzOptions options);
  ~Fuzzing();
  Fuzzing(const Fuzzing&) = delete;
  Fuzzing& operator=(const Fuzzing&) = delete;

  std::optional<Result> run(const std::function<void()>& body, std::span<const std::uint8_t> bytes);
  /// The same in another way than options().run says: an input may decide that too.
  std::optional<Result> run(const std::function<void()>& body, std::span<const std::uint8_t> bytes,
                            const RunOptions& way);

  const FuzzOptions& options() const;
  /// So many choices came up in the last execution that the bytes decided.
  std::size_t choices() const;

 private:
  class Executions;
  std::unique_ptr<Executions> executions_;
};

/// The report of such a result. `command` is what the line to paste runs.
std::string fuzz_report(const Result& result, const FuzzOptions& options, const std::string& command);

}  // namespace heddle

/// The counters that a fuzzer reads as coverage, where the program is linked with a fuzzer's
/// (harness/heddle/fuzzing); otherwise this function is not there.
extern "C" [[gnu::weak]] std::uint8_t* heddle_interleaving_counters(std::size_t* count);

/// Who has inputs of more than choices defines these two: what a fuzzer's mutations and crossovers do instead
/// of moving switches. They are called as LLVMFuzzerCustomMutator and LLVMFuzzerCustomCrossOver are.
extern "C" [[gnu::weak]] std::size_t heddle_edit_input(std::uint8_t* data, std::size_t size,
                                                       std::size_t size_max, unsigned seed);
extern "C" [[gnu::weak]] std::size_t heddle_splice_inputs(const std::uint8_t* one, std::size_t one_size,
                                                          const std::uint8_t* other, std::size_t other_size,
                                                          std::uint8_t* into, std::size_t into_size,
                                                          unsigned seed);
