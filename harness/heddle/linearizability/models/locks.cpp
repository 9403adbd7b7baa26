#include <heddle/linearizability/models/calls.hpp>
#include <heddle/linearizability/models/locks.hpp>

namespace heddle::linearizability {
namespace {

bool is_returned(const Call& call, std::string_view result) {
  return call.ending == Ending::returned && call.result == result;
}

/// acquire() and release() of something counted, without arguments.
bool acquires_or_releases(const Call& call) {
  static constexpr Signature signatures[] = {{"acquire", 0}, {"release", 0}};
  return is_one_of(call, signatures);
}

/// A lock is a semaphore of one permit that cannot have more.
class Permits final : public Model {
 public:
  Permits(std::int64_t permits, bool is_bounded) : permits_(permits), is_bounded_(is_bounded) {}

  bool admits(const Call& call) const override { return acquires_or_releases(call); }
  State initial() const override { return {std::to_string(permits_)}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    const std::int64_t left = std::stoll(state[0]);
    const bool is_acquire = call.operation == "acquire";
    const bool must_refuse = is_acquire ? left == 0 : is_bounded_ && left == permits_;
    if (call.ending == Ending::failed || is_returned(call, is_acquire ? "False" : "ValueError")) {
      if (must_refuse || call.ending == Ending::failed) next.push_back(state);
    } else if (!must_refuse) {
      next.push_back({std::to_string(is_acquire ? left - 1 : left + 1)});
    }
  }

 private:
  std::int64_t permits_;
  bool is_bounded_;
};

/// The state: nothing, or its owner and how often it has acquired.
class RLock final : public Model {
 public:
  bool admits(const Call& call) const override { return acquires_or_releases(call); }
  State initial() const override { return {}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    const bool is_owner = !state.empty() && state[0] == call.client;
    call.operation == "acquire" ? acquire(state, call, is_owner, next) : release(state, call, is_owner, next);
  }

 private:
  static void acquire(const State& state, const Call& call, bool is_owner, std::vector<State>& next) {
    const bool can = is_owner || state.empty();
    if (is_returned(call, "False")) {
      if (!can) next.push_back(state);
    } else if (can) {
      next.push_back({call.client, std::to_string(is_owner ? std::stoll(state[1]) + 1 : 1)});
    }
  }
  static void release(const State& state, const Call& call, bool is_owner, std::vector<State>& next) {
    if (is_returned(call, "AssertionError")) {
      if (!is_owner) next.push_back(state);
    } else if (is_owner) {
      const std::int64_t depth = std::stoll(state[1]) - 1;
      next.push_back(depth == 0 ? State{} : State{call.client, std::to_string(depth)});
    }
  }
};

class Event final : public Model {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"set", 0}, {"clear", 0}, {"is_set", 0}, {"wait", 0}};
    return is_one_of(call, signatures);
  }
  State initial() const override { return {"False"}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "set") return next.push_back({"True"});
    if (call.operation == "clear") return next.push_back({"False"});
    if (may_return(call, state[0])) next.push_back(state);
  }
};

}  // namespace

std::unique_ptr<Model> lock() { return std::make_unique<Permits>(1, true); }
std::unique_ptr<Model> rlock() { return std::make_unique<RLock>(); }
std::unique_ptr<Model> semaphore(std::int64_t permits) { return std::make_unique<Permits>(permits, false); }
std::unique_ptr<Model> bounded_semaphore(std::int64_t permits) {
  return std::make_unique<Permits>(permits, true);
}
std::unique_ptr<Model> event() { return std::make_unique<Event>(); }

}  // namespace heddle::linearizability
