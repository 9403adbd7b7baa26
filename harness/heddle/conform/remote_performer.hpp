// Does the operations of one process's or thread's script by asking the adapter for them. What a program says
// to the harness alone (record, choose, append, raise) never leaves.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <heddle/conform/stage.hpp>
#include <heddle/programs/performer.hpp>

namespace heddle::conform {

class RemotePerformer final : public programs::Performer {
 public:
  /// `process`: as the port's instance is called.
  RemotePerformer(Stage& stage, std::string process, std::shared_ptr<programs::Scope> scope)
      : stage_(stage), process_(std::move(process)), scope_(std::move(scope)) {}

  programs::Payload perform(const programs::Step& step, const programs::OperationRow& row,
                            programs::Object* target, const programs::Variables& variables) override;
  std::shared_ptr<programs::Object> make(const programs::Step& step, programs::Object* target,
                                         const programs::Variables& variables) override;
  bool holds(const programs::PlannedTerm& comparison, const programs::Variables& variables,
             mp::Location where) override;
  /// What the operations so far took, as the adapter measured it.
  mp::Instant now() override { return spent_; }

  /// The program's declared objects; only main makes them.
  void make_objects();
  /// What the port raised last, in words; empty if the script has done something since. If an exception
  /// leaves a script, this says whether it was the port's.
  const std::string& raised() const { return raised_; }
  /// What the script exits with.
  const std::vector<Argument>& exit_arguments() const { return exit_arguments_; }

 private:
  programs::Payload ask(Call call, int line, std::optional<double> patience = {});
  programs::Payload perform_here(const programs::Step& step, const programs::OperationRow& row,
                                 const programs::Variables& variables);
  Call call_of(const programs::Step& step, const programs::OperationRow& row, const programs::Object* target,
               const programs::Variables& variables) const;

  Stage& stage_;
  std::string process_;
  std::shared_ptr<programs::Scope> scope_;
  mp::Instant spent_{};
  std::vector<Argument> exit_arguments_;
  std::string raised_;
};

}  // namespace heddle::conform
