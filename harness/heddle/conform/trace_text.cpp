// See the header. A result stands beside its call; if other calls were issued before it came, that is said.
// The last line runs it again.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/conform/trace_text.hpp>

namespace heddle::conform {
namespace {

std::string outcome_of(const Exchange& exchange, std::uint64_t number) {
  if (exchange.state == Exchange::State::pending)
    return exchange.call.starts_with("end(") || exchange.call.starts_with("exit(") ? "" : " ... nothing came";
  const std::string late =
      exchange.came_after > number ? fmt::format(" (after call {})", exchange.came_after) : "";
  return fmt::format(" -> {}{}", exchange.result, late);
}

}  // namespace

std::string trace_text(const CaseResult& result) {
  std::size_t width = 4;
  for (const Exchange& exchange : result.trace) width = std::max(width, exchange.process.size());
  std::string text = result.message + "\n";
  std::uint64_t number = 0;
  for (const Exchange& exchange : result.trace) {
    ++number;
    const std::string line = exchange.line > 0 ? fmt::format("line {}", exchange.line) : "";
    text += fmt::format("{:>4}  {:<{}}  {:<8}  {}{}\n", number, exchange.process, width, line, exchange.call,
                        outcome_of(exchange, number));
  }
  if (!result.again.empty()) text += "again: " + result.again + "\n";
  return text;
}

}  // namespace heddle::conform
