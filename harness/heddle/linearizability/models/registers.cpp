#include <string>
#include <utility>

#include <heddle/linearizability/models/calls.hpp>
#include <heddle/linearizability/models/registers.hpp>
#include <heddle/linearizability/sequential.hpp>

namespace heddle::linearizability {
namespace {

class CasRegister final : public Model {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"read", 0}, {"write", 1}, {"cas", 2}};
    return is_one_of(call, signatures);
  }
  State initial() const override { return {"nil"}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.operation == "cas") return compare_and_set(state, call, next);
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "write") return next.push_back({call.arguments[0]});
    if (may_return(call, state[0])) next.push_back(state);
  }

 private:
  // Of the three only this one's failure says something about the register.
  static void compare_and_set(const State& state, const Call& call, std::vector<State>& next) {
    const bool is_equal = state[0] == call.arguments[0];
    if (call.ending == Ending::failed || (call.ending == Ending::returned && call.result == "False")) {
      if (!is_equal) next.push_back(state);
    } else if (is_equal) {
      next.push_back({call.arguments[1]});
    }
  }
};

class StringKv final : public Model {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"get", 1}, {"put", 2}, {"append", 2}};
    return is_one_of(call, signatures);
  }
  std::string part_of(const Call& call) const override { return call.arguments[0]; }
  State initial() const override { return {""}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "put") return next.push_back({call.arguments[1]});
    if (call.operation == "append") return next.push_back({state[0] + call.arguments[1]});
    if (may_return(call, state[0])) next.push_back(state);
  }
};

class Value final : public Model {
 public:
  explicit Value(std::int64_t first) : first_(first) {}

  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"get", 0}, {"set", 1}};
    return is_one_of(call, signatures);
  }
  State initial() const override { return {std::to_string(first_)}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "set") return next.push_back({call.arguments[0]});
    if (may_return(call, state[0])) next.push_back(state);
  }

 private:
  std::int64_t first_;
};

/// The state of one key: nothing, or its value.
class Dict final : public Model {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"get", 1}, {"set", 2}, {"pop", 1}, {"contains", 1}};
    return is_one_of(call, signatures);
  }
  std::string part_of(const Call& call) const override { return call.arguments[0]; }
  State initial() const override { return {}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.ending == Ending::failed) return next.push_back(state);
    if (call.operation == "set") return next.push_back({call.arguments[1]});
    if (call.operation == "contains") {
      if (may_return(call, state.empty() ? "False" : "True")) next.push_back(state);
    } else if (may_return(call, state.empty() ? "KeyError" : state[0])) {
      next.push_back(call.operation == "pop" ? State{} : state);
    }
  }
};

/// The state: what is in it.
class List final : public Sequential {
 public:
  bool admits(const Call& call) const override {
    static constexpr Signature signatures[] = {{"append", 1}, {"pop", 0}, {"get", 1}, {"set", 2}, {"len", 0}};
    return is_one_of(call, signatures);
  }

 private:
  std::optional<std::string> make(State& state, const Call& call) const override {
    if (call.operation == "len") return std::to_string(state.size());
    if (call.operation == "append") return append(state, call.arguments[0]);
    if (call.operation == "pop") return pop(state);
    std::string* const found = find(state, call.arguments[0]);
    if (found == nullptr) return "IndexError";
    if (call.operation == "get") return *found;
    *found = call.arguments[1];
    return "None";
  }
  static std::string append(State& state, const std::string& value) {
    state.push_back(value);
    return "None";
  }
  static std::string pop(State& state) {
    if (state.empty()) return "IndexError";
    std::string last = std::move(state.back());
    state.pop_back();
    return last;
  }
  static std::string* find(State& state, const std::string& position) {
    for (std::size_t at = 0; at < state.size(); ++at)
      if (std::to_string(at) == position) return &state[at];
    return nullptr;
  }
};

}  // namespace

std::unique_ptr<Model> cas_register() { return std::make_unique<CasRegister>(); }
std::unique_ptr<Model> string_kv() { return std::make_unique<StringKv>(); }
std::unique_ptr<Model> value(std::int64_t first) { return std::make_unique<Value>(first); }
std::unique_ptr<Model> dict() { return std::make_unique<Dict>(); }
std::unique_ptr<Model> list() { return std::make_unique<List>(); }

}  // namespace heddle::linearizability
