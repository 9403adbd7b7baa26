// A fuzzer of a primitive: an input (input.hpp) is one execution of one program, drawn by one of the
// primitive's properties and perhaps edited, before all oracles.
//
// What ends the fuzzer. Of a program as its property has it, whatever breaks the property, as in
// checking.hpp: any finding, also a warning, that it does not declare, and that is not about a death that the
// property is despite of. Of an edited program, which may misuse what it likes, that nobody can run and no
// rule says why, and that an operation raises what no program knows. Of both, that an execution is another
// one when it is made once more; and, without our doing, a crash of the harness or of a primitive, which are
// one process.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <heddle/api/fuzz.hpp>
#include <properties/fuzzing/drawing.hpp>

namespace heddle::properties {

class Target {
 public:
  /// They must outlive the target.
  explicit Target(std::span<const Property> properties) : properties_(properties) {}

  struct Found {
    programs::Program program = {};  // as drawn, or smaller where a smaller one shows the same
    Result result = {};
    std::string words() const;  // the program, the report, and the line that replays it
  };
  /// Absent: nothing is wrong with this input.
  std::optional<Found> run(std::span<const std::uint8_t> bytes);

 private:
  /// The rules that are put aside, and whether executions are made twice.
  using Key = std::pair<std::set<std::string>, bool>;
  Fuzzing& fuzzing_for(const Key& key);

  const std::span<const Property> properties_;
  std::map<Key, std::unique_ptr<Fuzzing>> fuzzings_ = {};
};

/// The whole of a fuzzer: aborts with the words of what is found. With HEDDLE_FUZZ_SHOW in the environment
/// each program is printed before it is run, for inputs that end the process in it.
void fuzz(std::span<const Property> properties, std::span<const std::uint8_t> bytes);

}  // namespace heddle::properties
