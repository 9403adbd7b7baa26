// Runs a program under faults and looks at what is left when it has ended.
#include <heddle/trial/fault_programs.hpp>

#include <cerrno>
#include <cstdlib>

#include <heddle/trial/effort.hpp>
#include <heddle/trial/rows.hpp>

namespace heddle::trial {

namespace {

constexpr std::uint64_t executions = effort(600);
constexpr int descriptors_max = 64;

FaultSet faults_of(FaultTemper temper) {
  if (temper == FaultTemper::quiet) return {ChoiceKind::eintr, ChoiceKind::short_io, ChoiceKind::spurious};
  return {ChoiceKind::fork, ChoiceKind::fds, ChoiceKind::enospc};
}

// The heap keeps one idle arena, whose descriptor is no leak: it is there before the program begins, and
// large enough for all that the program asks for.
void fill_the_heap() { const mp::RawArray<char> large(256 * 1024); }

// A child that is still there holds what its Process has, and is held by the list of children.
void end_children() {
  for (const mp::ProcessHandle& child : mp::active_children()) {
    child.kill();
    child.join();
  }
}

void run_and_look(void (*program)()) {
  std::string end = "done";
  int before = -1;
  try {
    fill_the_heap();
    before = descriptors_open();
    program();
  } catch (const mp::Error& error) {
    end = std::string("refused: ") + error.what();
  }
  end_children();
  outcome(end);
  if (before >= 0) check(descriptors_open() <= before, "descriptors are left behind after '" + end + "'");
}

}  // namespace

int descriptors_open() {
  int open = 0;
  for (mp::Descriptor fd = 0; fd < descriptors_max; ++fd) {
    mp::PollItem item{.fd = fd};
    const mp::Result<int> ready = mp::os().poll(std::span(&item, 1), mp::immediately);
    if (ready || ready.error().value != EBADF) ++open;
  }
  return open;
}

std::string trouble_under_faults(const FaultProgram& program, FaultTemper temper, std::uint32_t faults_max) {
  Options options{
      .budget = {.executions = executions},
      .run = {.granularity = Granularity::os, .faults = faults_of(temper), .faults_max = faults_max}};
  options.judge_misuse = false;
  const Result result =
      explore([body = program.program] { run_and_look(body); }, options, std::string(program.name));
  std::string trouble = trouble_in(result);
  if (!trouble.empty()) return trouble;
  if (temper == FaultTemper::quiet ? result.outcomes == Names{"done"} : result.outcomes.size() > 1) return {};
  for (const std::string& each : result.outcomes) trouble += "'" + each + "' ";
  return "it ends as " + trouble;
}

}  // namespace heddle::trial
