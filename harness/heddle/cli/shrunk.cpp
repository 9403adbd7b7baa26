// The small program is read again from its file, so that its report names the lines of that.
#include <fmt/format.h>

#include <heddle/api/heddle.hpp>
#include <heddle/api/program_shrinking.hpp>
#include <heddle/api/search.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/shrunk.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/reduction.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {

Expected<void> check_shrinkable(const RunScenario& asked, const Subject& subject) {
  if (!subject.program)
    return tl::unexpected(Error{
        .code = "flag-without-effect",
        .what = fmt::format("--shrink-to means nothing for '{}', which is written in C++", asked.scenario),
        .hint = "operations can be taken away from programs in .program files only"});
  return results::check_writable(asked.shrink_to);
}

Expected<void> write_shrunk(const RunScenario& asked, const Subject& subject, const Result& result,
                            const Context& context) {
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr || failed->failures[0].finding.rule == "vacuous") return {};
  const programs::Program& whole = subject.program->program();
  const ShrunkProgram small = shrink_program(whole, failed->failures[0], asked.suppressions);
  if (const auto written = results::write_whole(asked.shrink_to, programs::print(small.program)); !written)
    return written;
  const auto program = LoadedProgram::load(asked.shrink_to);
  if (!program) return tl::unexpected(program.error());
  const auto body = program->body(programs::Time::simulated);
  const RunOptions& run = small.failure.run;
  const Token token{.scenario = asked.shrink_to,
                    .run = run,
                    .default_digest = default_digest(body, run),
                    .tape = small.failure.tape};
  context.output.write(fmt::format("\n{}: {} of {}, after {} programs\n", asked.shrink_to,
                                   text::counted(programs::operations_in(small.program), "operation"),
                                   programs::operations_in(whole), small.candidates));
  context.output.write(
      text_report(replay(body, token, asked.suppressions), {.scenario = asked.shrink_to,
                                                            .replay_command = context.replay_command,
                                                            .width = context.terminal.width,
                                                            .colour = context.terminal.colour}));
  return {};
}

}  // namespace heddle::cli
