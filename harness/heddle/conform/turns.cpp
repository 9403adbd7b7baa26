// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <heddle/conform/turns.hpp>

namespace heddle::conform {
namespace {

/// More calls than a case can issue before its deadline.
constexpr std::size_t calls_max = 1'000'000;

/// "worker:2"; false: it is no such thing.
bool append(std::vector<std::string>& order, std::string_view part) {
  const std::size_t colon = part.find(':');
  const std::string_view name = part.substr(0, colon);
  std::size_t times = 1;
  if (colon != std::string_view::npos) {
    const std::string_view digits = part.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), times);
    if (error != std::errc() || end != digits.data() + digits.size()) return false;
  }
  if (name.empty() || times == 0 || times > calls_max - std::min(order.size(), calls_max)) return false;
  order.insert(order.end(), times, std::string(name));
  return true;
}

}  // namespace

std::string turns_text(const std::vector<Exchange>& trace) {
  std::string text;
  for (std::size_t at = 0; at < trace.size();) {
    std::size_t times = 1;
    while (at + times < trace.size() && trace[at + times].process == trace[at].process) ++times;
    text += (text.empty() ? "" : ",") + trace[at].process;
    if (times > 1) text += fmt::format(":{}", times);
    at += times;
  }
  return text;
}

Expected<std::vector<std::string>> turns_in(std::string_view text) {
  std::vector<std::string> order;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (!append(order, text.substr(0, comma)))
      return tl::unexpected(Error{.code = "order-malformed",
                                  .what = fmt::format("'{}' is no part of an order", text.substr(0, comma)),
                                  .hint = "a failed case says its order: main:3,worker,main:2"});
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return order;
}

void Turns::leave() {
  kept_ = std::min(at_, kept_);
  at_ = order_.size();
}

}  // namespace heddle::conform
