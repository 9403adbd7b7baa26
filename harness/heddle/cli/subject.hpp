// What a command runs: a scenario of the binary's, or a program from a file. Both have a name, a body and
// declared findings; a program's are in its text.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <heddle/cli/context.hpp>
#include <heddle/core/scenario.hpp>
#include <heddle/programs/interpreter.hpp>

namespace heddle::cli {

/// A program with what it declares, in the words of a scenario.
class LoadedProgram {
 public:
  /// Errors program-unreadable and program-malformed.
  static Expected<LoadedProgram> load(const std::string& file);

  /// Without a body; valid as long as this object or a copy is.
  const Scenario& declared() const { return held_->declared; }
  const programs::Program& program() const { return held_->plan->program; }
  std::function<void()> body(programs::Time time) const { return programs::body_of(held_->plan, time); }

 private:
  struct Held {
    std::string file;
    std::shared_ptr<const programs::Plan> plan;
    std::vector<std::string> outcomes;
    Scenario declared = {};
  };
  std::shared_ptr<Held> held_;
};

struct Subject {
  Scenario declared;  // its views stay valid as long as `program` and the binary's scenarios
  std::function<void()> body;
  std::optional<LoadedProgram> program = {};  // absent: a scenario of the binary's
};

/// A name that ends in .program, or that is no scenario's and names a file, is a program's. Errors
/// scenario-unknown, and those of LoadedProgram::load.
Expected<Subject> find_subject(std::span<const Scenario> scenarios, const std::string& name,
                               programs::Time time);

}  // namespace heddle::cli
