#include <xxhash.h>

#include <algorithm>
#include <utility>

#include <heddle/linearizability/search.hpp>

namespace heddle::linearizability {
namespace {

struct Moment {
  std::uint64_t when;
  std::uint32_t node;
};

void append(std::string& bytes, const std::uint64_t* numbers, std::size_t count) {
  bytes.append(reinterpret_cast<const char*>(numbers), count * sizeof *numbers);
}

}  // namespace

Search::Search(const Model& model, std::span<const Call> calls)
    : model_(model),
      calls_(calls),
      next_(2 * calls.size() + 1),
      previous_(2 * calls.size() + 1),
      taken_set_((calls.size() + 63) / 64),
      state_(model.initial()) {
  std::vector<Moment> moments;
  for (std::size_t call = 0; call < calls.size(); ++call) {
    const auto begin = static_cast<Node>(2 * call + 1);
    moments.push_back({.when = calls[call].begin, .node = begin});
    if (calls[call].end != never) moments.push_back({.when = calls[call].end, .node = begin + 1});
  }
  std::ranges::sort(moments, {}, &Moment::when);
  Node last = 0;
  for (const Moment& moment : moments) {
    next_[last] = moment.node;
    previous_[moment.node] = last;
    last = moment.node;
  }
  next_[last] = 0;
  previous_[0] = last;
  at_ = next_[0];
}

void Search::unlink(Node node) {
  next_[previous_[node]] = next_[node];
  previous_[next_[node]] = previous_[node];
}

// The node still knows its neighbours, which are next to each other again if what was unlinked last is
// relinked first.
void Search::relink(Node node) {
  next_[previous_[node]] = node;
  previous_[next_[node]] = node;
}

void Search::take_out(std::size_t call) {
  const auto begin = static_cast<Node>(2 * call + 1);
  unlink(begin);
  if (calls_[call].end != never) unlink(begin + 1);
  taken_set_[call / 64] |= std::uint64_t{1} << call % 64;
}

void Search::put_back(std::size_t call) {
  const auto begin = static_cast<Node>(2 * call + 1);
  if (calls_[call].end != never) relink(begin + 1);
  relink(begin);
  taken_set_[call / 64] &= ~(std::uint64_t{1} << call % 64);
}

bool Search::is_new(const State& state) {
  key_.clear();
  append(key_, taken_set_.data(), taken_set_.size());
  for (const std::string& each : state) {
    const std::uint64_t size = each.size();  // so that {"ab"} is not {"a", "b"}
    append(key_, &size, 1);
    key_ += each;
  }
  const XXH128_hash_t hash = XXH3_128bits(key_.data(), key_.size());
  return seen_.insert({.low = hash.low64, .high = hash.high64}).second;
}

/// With the call taken out: moves on to the next state it may lead to that is new.
bool Search::try_next(Taken& taken) {
  while (taken.tried < taken.states.size()) {
    const State& state = taken.states[taken.tried++];
    if (!is_new(state)) continue;
    state_ = state;
    at_ = next_[0];
    return true;
  }
  return false;
}

/// Undoes what was taken last until something else can be tried. False: nothing is left.
bool Search::go_back() {
  while (!taken_.empty()) {
    Taken& last = taken_.back();
    if (try_next(last)) return true;
    put_back(last.call);
    state_ = std::move(last.before);
    at_ = next_[static_cast<Node>(2 * last.call + 1)];
    taken_.pop_back();
    if (is_begin(at_)) return true;
  }
  return false;
}

/// Goes on with this call as the next of the order, if it leads anywhere new.
bool Search::take(std::size_t call) {
  states_.clear();
  model_.successors(state_, calls_[call], states_);
  if (states_.empty()) return false;
  Taken taken{.call = call, .before = state_, .states = states_};
  take_out(call);
  if (try_next(taken)) {
    taken_.push_back(std::move(taken));
    return true;
  }
  put_back(call);
  return false;
}

std::optional<bool> Search::advance(std::uint64_t steps) {
  for (; steps > 0; --steps) {
    if (at_ == 0) return true;  // no end was met on the way: all that returned are taken
    if (!is_begin(at_)) {
      if (!go_back()) return false;
      continue;
    }
    if (!take(call_of(at_))) at_ = next_[at_];
  }
  return std::nullopt;
}

std::vector<std::size_t> Search::order() const {
  std::vector<std::size_t> order;
  for (const Taken& taken : taken_) order.push_back(taken.call);
  return order;
}

}  // namespace heddle::linearizability
