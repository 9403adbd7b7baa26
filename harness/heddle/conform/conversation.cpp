// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include <heddle/conform/conversation.hpp>

namespace heddle::conform {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Most calls return within the first; the looks at the group get rarer while it runs.
constexpr microseconds first_pause{300};
constexpr microseconds pause_max{10'000};
/// An adapter that polls never rests: after so long it counts as blocked.
constexpr milliseconds patience_with_polling{300};
/// Nobody has run for so long, and no call is timed. Longer than a port's own patience, of a second, with
/// those whom it ends.
constexpr milliseconds rest_of_the_dead{2'000};
/// Who was late may have said anything, without end: so much of it is checked.
constexpr std::size_t late_lines_max = 10'000;

std::string quoted(const std::string& process, const Exchange& exchange) {
  const std::string where = exchange.line > 0 ? fmt::format(" (line {})", exchange.line) : "";
  return fmt::format("{}: {}{}", process, exchange.call, where);
}

}  // namespace

Conversation::Conversation(AdapterProcess& adapter, const Check& check,
                           std::chrono::duration<double> deadline, bool has_clock)
    : adapter_(adapter),
      check_(check),
      deadline_(SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(deadline)),
      has_clock_(has_clock) {}

void Conversation::say(const Order& order) {
  const std::string line = line_of(order);
  if (check_) unchecked_.emplace_back(Direction::to_adapter, line);
  if (trouble_ == Trouble::none && !adapter_.send(line, deadline_))
    fail(Trouble::deadline,
         fmt::format("the deadline is over, and the adapter does not read. Waiting: {}", waiting()));
}

std::uint64_t Conversation::call(Call call, int where, std::optional<double> patience) {
  call.seq = ++seq_;
  if (patience)  // as far as a case may last
    timers_[seq_] = SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(
                                             std::chrono::duration<double>(std::min(*patience, 1e6)));
  trace_.push_back({.process = call.process, .call = words_of(call), .line = where});
  say(call);
  return seq_;
}

Heard Conversation::fail(Trouble trouble, std::string why) {
  if (trouble_ == Trouble::none) {
    trouble_ = trouble;
    why_ = std::move(why);
  }
  return Heard::trouble;
}

// What comes after the deadline is not heard, or one who never stops would be listened to for ever.
Heard Conversation::receive(Moment until) {
  if (trouble_ != Trouble::none) return Heard::trouble;
  if (is_late()) return be_late();
  std::string line;
  switch (adapter_.receive(line, std::min(until, deadline_))) {
    case Received::line:
      return take_in(line);
    case Received::end:
      return fail(Trouble::died, fmt::format("the adapter has gone: {}", adapter_.ending()));
    case Received::too_long:
      return fail(Trouble::malformed, "the adapter wrote without an end of the line");
    case Received::nothing:
      break;
  }
  return is_late() ? be_late() : Heard::quiet;
}

Heard Conversation::be_late() {
  return fail(Trouble::deadline, fmt::format("the deadline is over. Waiting: {}", waiting()));
}

Heard Conversation::listen() {
  microseconds pause = first_pause;
  const Moment enough = SteadyClock::now() + patience_with_polling;
  while (true) {
    if (const Heard heard = receive(SteadyClock::now() + pause); heard != Heard::quiet) return heard;
    // A message that was written before the looks is in the pipe by now.
    if (is_quiescent(adapter_.keeper()) && !adapter_.has_input()) return Heard::quiet;
    if (SteadyClock::now() >= enough) return Heard::quiet;
    pause = std::min(2 * pause, pause_max);
  }
}

Heard Conversation::wait(AtRest at_rest) {
  std::vector<ThreadSeen> before = threads_below(adapter_.keeper());
  while (true) {
    const Heard heard = receive(SteadyClock::now() + rest_of_the_dead);
    if (heard != Heard::quiet) return heard;
    std::vector<ThreadSeen> now = threads_below(adapter_.keeper());
    const bool is_dead = are_at_rest(now) && now == before && !adapter_.has_input();
    if (is_dead && !is_timed())
      return at_rest == AtRest::is_quiet
                 ? Heard::quiet
                 : fail(Trouble::hang, fmt::format("nobody can go on. Waiting: {}", waiting()));
    before = std::move(now);
  }
}

// A timer that is over would have had somebody run since.
bool Conversation::is_timed() const {
  const Moment now = SteadyClock::now();
  return has_clock_ || std::ranges::any_of(timers_, [&](const auto& timer) { return timer.second >= now; });
}

Heard Conversation::take_in(const std::string& line) {
  if (check_) unchecked_.emplace_back(Direction::from_adapter, line);
  const Expected<Answer> answer = answer_in(line);
  if (!answer) return fail(Trouble::malformed, answer.error().what);
  if (const auto* const returned = std::get_if<Returned>(&*answer))
    take_in(*returned);
  else if (const auto* const exited = std::get_if<Exited>(&*answer))
    take_in(*exited);
  else if (!std::holds_alternative<Blocked>(*answer))
    reply_ = *answer;
  return trouble_ == Trouble::none ? Heard::something : Heard::trouble;
}

void Conversation::take_in(const Returned& returned) {
  if (returned.seq == 0 || returned.seq > trace_.size() ||
      trace_[returned.seq - 1].process != returned.process || returned_.contains(returned.seq)) {
    fail(Trouble::malformed,
         fmt::format("call {} of {} returned, which is none that waits", returned.seq, returned.process));
    return;
  }
  Exchange& exchange = trace_[returned.seq - 1];
  exchange.state =
      std::holds_alternative<Raised>(returned.outcome) ? Exchange::State::raised : Exchange::State::returned;
  exchange.result = words_of(returned);
  exchange.came_after = seq_;
  exchange.seconds = returned.seconds;
  news_.insert(returned.process);
  timers_.erase(returned.seq);
  returned_.emplace(returned.seq, returned);
}

void Conversation::take_in(const Exited& exited) {
  exited_.insert(exited.process);
  news_.insert(exited.process);
  std::uint64_t seq = 0;
  for (Exchange& exchange : trace_) {
    ++seq;
    if (exchange.process == exited.process && exchange.state == Exchange::State::pending) {
      timers_.erase(seq);
      exchange.state = Exchange::State::gone;
      exchange.result =
          exited.code ? fmt::format("the process ended with {}", *exited.code) : "the process ended";
    }
  }
}

std::optional<Answer> Conversation::reply() {
  while (!reply_)
    if (receive(deadline_) == Heard::trouble) return std::nullopt;
  return std::exchange(reply_, std::nullopt);
}

bool Conversation::has_passed_check() {
  std::vector<std::pair<Direction, std::string>> lines = std::exchange(unchecked_, {});
  if (trouble_ == Trouble::deadline) lines.resize(std::min(lines.size(), late_lines_max));
  for (const auto& [direction, line] : lines)
    if (const auto wrong = check_(direction, line)) {
      const char* const verb = direction == Direction::to_adapter ? "sent" : "received";
      trouble_ = Trouble::malformed;
      why_ = fmt::format("{}: {}", verb, *wrong);
      return false;
    }
  return true;
}

const Returned* Conversation::returned(std::uint64_t seq) const {
  const auto found = returned_.find(seq);
  return found == returned_.end() ? nullptr : &found->second;
}

std::optional<std::string> Conversation::next_news() {
  if (news_.empty()) return std::nullopt;
  return std::move(news_.extract(news_.begin()).value());
}

std::string Conversation::waiting() const {
  std::string words;
  for (const Exchange& exchange : trace_)
    if (exchange.state == Exchange::State::pending)
      words += (words.empty() ? "" : "; ") + quoted(exchange.process, exchange);
  return words.empty() ? "nobody" : words;
}

}  // namespace heddle::conform
