// Programs as text, from whoever wrote them. Whatever the bytes are, they are refused with the place that is
// wrong, or they are a program that is the same when it is written and read again, whose canonical text is
// stable, and which can be planned or is refused for what it means.
#include <cstdint>
#include <cstdlib>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <string>
#include <string_view>

namespace {

using namespace heddle;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_plan(const programs::Program& program) {
  const auto plan = programs::plan(program, "input");
  if (!plan) {
    require(plan.error().code == "program-malformed" && !plan.error().what.empty());
    return;
  }
  require((*plan)->program == program && (*plan)->scripts.size() == program.scripts.size());
  static_cast<void>(programs::outcome_lines(program));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto program = programs::parse(text, "input");
  if (!program) {
    require(program.error().code == "program-malformed" && program.error().what.starts_with("input:"));
    return 0;
  }
  const std::string written = programs::print(*program);
  const auto again = programs::parse(written, "again");
  require(again.has_value() && *again == *program);
  require(programs::print(*again) == written);
  check_plan(*program);
  return 0;
}
