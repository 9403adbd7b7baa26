// What a program under test says to the harness, passed on to the session of its OS thread. Outside a
// harness an outcome or a label is dropped, the first alternative is taken, and a failed check ends the
// program.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include <heddle/api/heddle.hpp>

namespace heddle {

void outcome(std::string_view text) {
  if (Session* here = session()) here->outcome(text);
}
void outcome(std::int64_t value) { outcome(std::string_view(fmt::format_int(value).c_str())); }

void must_reach(std::string_view name) {
  if (Session* here = session()) here->label(name, LabelUse::must_reach);
}
void reached(std::string_view name) {
  if (Session* here = session()) here->label(name, LabelUse::reached);
}

std::uint32_t choose(std::uint32_t count) {
  Session* here = session();
  return here == nullptr || count < 2 ? 0 : here->choose(count);
}

Unexplored::Unexplored() {
  if (Session* here = session()) here->leave_unexplored(true);
}
Unexplored::~Unexplored() {
  if (Session* here = session()) here->leave_unexplored(false);
}

void check(bool holds, std::string_view words, mp::Location where) {
  if (holds) return;
  if (Session* here = session()) return here->fail(words, where);
  fmt::print(stderr, "{}:{}: check failed: {}\n", where.file_name(), where.line(), words);
  std::abort();
}

}  // namespace heddle
