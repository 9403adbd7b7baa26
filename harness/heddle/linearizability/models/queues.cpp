#include <algorithm>

#include <heddle/linearizability/models/calls.hpp>
#include <heddle/linearizability/models/queues.hpp>

namespace heddle::linearizability {
namespace {

/// The state: the items.
class SimpleQueue final : public Model {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"put", 1}, {"get", 0}, {"empty", 0}};
    return is_one_of(call, signatures);
  }
  State initial() const override { return {}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "empty") {
      if (may_return(call, state.empty() ? "True" : "False")) next.push_back(state);
    } else if (call.operation == "put") {
      next.push_back(state);
      next.back().push_back(call.arguments[0]);
    } else if (!state.empty() && may_return(call, state[0])) {
      next.emplace_back(state.begin() + 1, state.end());
    }
  }
};

/// The state: how much is to be done, then producer and item by turns, ordered by producers, each one's items
/// as they were put. Between producers there is no order to be kept.
class Queue final : public Model {
 public:
  Queue(std::int64_t maxsize, bool is_joinable) : maxsize_(maxsize), is_joinable_(is_joinable) {}

  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"put", 1}, {"get", 0}, {"empty", 0}};
    static constexpr Signature joinable[] = {{"task_done", 0}, {"join", 0}};
    return is_one_of(call, signatures) || (is_joinable_ && is_one_of(call, joinable));
  }
  State initial() const override { return {"0"}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "put") return put(state, call, next);
    if (call.operation == "get") return get(state, call, next);
    if (call.operation == "task_done") return task_done(state, call, next);
    const bool can =
        call.operation == "join" ? state[0] == "0" : may_return(call, "True") || state.size() > 1;
    if (can) next.push_back(state);
  }

 private:
  static bool is_refused(const Call& call, std::string_view error) {
    return call.ending == Ending::returned && call.result == error;
  }
  static std::string more(const State& state, std::int64_t by) {
    return std::to_string(std::stoll(state[0]) + by);
  }

  // A slot is free again a moment after its item has been taken, so a bounded queue may be full with fewer.
  void put(const State& state, const Call& call, std::vector<State>& next) const {
    if (is_refused(call, "Full")) {
      if (maxsize_ > 0) next.push_back(state);
      return;
    }
    if (maxsize_ > 0 && static_cast<std::int64_t>(state.size() / 2) >= maxsize_) return;
    std::size_t at = 1;
    while (at < state.size() && state[at] <= call.client) at += 2;
    next.push_back(state);
    State& added = next.back();
    added.insert(added.begin() + static_cast<std::ptrdiff_t>(at), {call.client, call.arguments[0]});
    if (is_joinable_) added[0] = more(state, 1);
  }

  // The first item of any producer.
  static void get(const State& state, const Call& call, std::vector<State>& next) {
    if (is_refused(call, "Empty")) return next.push_back(state);
    for (std::size_t at = 1; at < state.size(); at += 2) {
      if (at > 1 && state[at] == state[at - 2]) continue;
      if (!may_return(call, state[at + 1])) continue;
      next.push_back(state);
      const auto taken = next.back().begin() + static_cast<std::ptrdiff_t>(at);
      next.back().erase(taken, taken + 2);
    }
  }

  static void task_done(const State& state, const Call& call, std::vector<State>& next) {
    const bool is_nothing_to_do = state[0] == "0";
    if (is_refused(call, "ValueError")) {
      if (is_nothing_to_do) next.push_back(state);
    } else if (!is_nothing_to_do) {
      next.push_back(state);
      next.back()[0] = more(state, -1);
    }
  }

  std::int64_t maxsize_;
  bool is_joinable_;
};

}  // namespace

std::unique_ptr<Model> simple_queue() { return std::make_unique<SimpleQueue>(); }
std::unique_ptr<Model> queue(std::int64_t maxsize) { return std::make_unique<Queue>(maxsize, false); }
std::unique_ptr<Model> joinable_queue(std::int64_t maxsize) { return std::make_unique<Queue>(maxsize, true); }

}  // namespace heddle::linearizability
