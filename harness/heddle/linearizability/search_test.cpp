#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include <heddle/core/random.hpp>
#include <heddle/linearizability/models/registry.hpp>
#include <heddle/linearizability/search.hpp>

namespace heddle::linearizability {
namespace {

std::unique_ptr<Model> model_of(std::string_view name) {
  const ModelRow* const row = find_model(name);
  return row->make(row->value);
}

std::optional<bool> decide(const Model& model, const std::vector<Call>& calls) {
  return Search(model, calls).advance(1'000'000);
}

Call write_of(std::string value, std::uint64_t begin, std::uint64_t end) {
  return {.client = "0", .operation = "write", .arguments = {std::move(value)}, .begin = begin, .end = end};
}
Call read_of(std::string result, std::uint64_t begin, std::uint64_t end) {
  return {.client = "1",
          .operation = "read",
          .arguments = {},
          .result = std::move(result),
          .begin = begin,
          .end = end};
}
Call open(Call call) {
  call.ending = Ending::open;
  call.end = never;
  call.result.clear();
  return call;
}

TEST(Search, AnEmptyHistoryHasAnOrder) { EXPECT_EQ(decide(*model_of("cas-register"), {}), true); }

TEST(Search, AReadSeesWhatWasWrittenBefore) {
  const auto model = model_of("cas-register");
  EXPECT_EQ(decide(*model, {write_of("1", 1, 2), read_of("1", 3, 4)}), true);
  EXPECT_EQ(decide(*model, {write_of("1", 1, 2), read_of("nil", 3, 4)}), false);
}

TEST(Search, AReadBesideAWriteSeesEitherValue) {
  const auto model = model_of("cas-register");
  EXPECT_EQ(decide(*model, {write_of("1", 1, 4), read_of("1", 2, 3)}), true);
  EXPECT_EQ(decide(*model, {write_of("1", 1, 4), read_of("nil", 2, 3)}), true);
  EXPECT_EQ(decide(*model, {write_of("1", 1, 4), read_of("2", 2, 3)}), false);
}

TEST(Search, OnceSeenAWriteStaysSeen) {
  EXPECT_EQ(
      decide(*model_of("cas-register"), {write_of("1", 1, 6), read_of("1", 2, 3), read_of("nil", 4, 5)}),
      false);
}

TEST(Search, AnOpenWriteMayTakeEffectLateOrNever) {
  const auto model = model_of("cas-register");
  EXPECT_EQ(decide(*model, {open(write_of("1", 1, 0)), read_of("nil", 2, 3), read_of("1", 4, 5)}), true);
  EXPECT_EQ(decide(*model, {open(write_of("1", 1, 0)), read_of("nil", 2, 3)}), true);
  EXPECT_EQ(decide(*model, {open(write_of("1", 1, 0)), read_of("1", 2, 3), read_of("nil", 4, 5)}), false);
}

TEST(Search, AStateThatFreeChoicesLeadToIsTriedAfterOthers) {
  // The open get takes an item, a's or b's; only if it is a's can the next two get b's and nothing else.
  const auto put = [](std::string client, std::string item, std::uint64_t at) {
    return Call{.client = std::move(client),
                .operation = "put",
                .arguments = {std::move(item)},
                .begin = at,
                .end = at + 1};
  };
  const auto get = [](std::string result, std::uint64_t at) {
    return Call{.client = "c",
                .operation = "get",
                .arguments = {},
                .result = std::move(result),
                .begin = at,
                .end = at + 1};
  };
  Call lost{.client = "d", .operation = "get", .arguments = {}, .ending = Ending::open, .begin = 5};
  const auto model = model_of("queue");
  EXPECT_EQ(decide(*model, {put("a", "a1", 1), put("b", "b1", 3), lost, put("a", "a2", 6), get("b1", 8),
                            get("a2", 10)}),
            true);
  EXPECT_EQ(decide(*model, {put("a", "a1", 1), put("a", "a2", 3), lost, get("a2", 8), get("a1", 10)}), false);
}

TEST(Search, TriesEveryStateThatACallMayLeadTo) {
  const auto call = [](std::string client, std::string operation, std::vector<std::string> arguments,
                       std::string result, std::uint64_t at) {
    return Call{.client = std::move(client),
                .operation = std::move(operation),
                .arguments = std::move(arguments),
                .result = std::move(result),
                .begin = at,
                .end = at + 1};
  };
  // Whose x was it? Only if it was b's can b2 come next.
  EXPECT_EQ(decide(*model_of("queue"), {call("a", "put", {"x"}, "", 1), call("b", "put", {"x"}, "", 3),
                                        call("b", "put", {"b2"}, "", 5), call("c", "get", {}, "x", 7),
                                        call("c", "get", {}, "b2", 9), call("c", "get", {}, "x", 11)}),
            true);
}

TEST(Search, StatesThatAreWrittenAlikeAreTwo) {
  const auto call = [](std::string client, std::string operation, std::vector<std::string> arguments,
                       std::string result, std::uint64_t begin, std::uint64_t end) {
    return Call{.client = std::move(client),
                .operation = std::move(operation),
                .arguments = std::move(arguments),
                .result = std::move(result),
                .begin = begin,
                .end = end};
  };
  EXPECT_EQ(decide(*model_of("simple-queue"),
                   {call("a", "put", {"x"}, "", 1, 3), call("b", "put", {"xx"}, "", 2, 4),
                    call("c", "get", {}, "xx", 5, 6), call("c", "get", {}, "x", 7, 8)}),
            true);
}

TEST(Search, GoesOnWhereItStopped) {
  const auto model = model_of("cas-register");
  const std::vector<Call> calls{write_of("1", 1, 4), read_of("nil", 2, 3), read_of("1", 5, 6)};
  Search search(*model, calls);
  std::optional<bool> decided;
  int slices = 0;
  for (; !decided && slices < 100; ++slices) decided = search.advance(1);
  EXPECT_EQ(decided, true);
  EXPECT_GT(slices, 1);
  EXPECT_EQ(search.order(), (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_EQ(search.state(), State{"1"});
}

// --- against all orders ---------------------------------------------------------------------------------

/// Whether calls in this order lead anywhere; where a choice is free, any.
bool leads_on(const Model& model, const std::vector<Call>& calls, const std::vector<std::size_t>& order) {
  std::vector<State> states{model.initial()};
  for (const std::size_t call : order) {
    std::vector<State> next;
    for (const State& state : states) model.successors(state, calls[call], next);
    states = std::move(next);
  }
  return !states.empty();
}

bool keeps_time(const std::vector<Call>& calls, const std::vector<std::size_t>& order) {
  for (std::size_t late = 0; late < order.size(); ++late)
    for (std::size_t early = 0; early < late; ++early)
      if (calls[order[late]].end < calls[order[early]].begin) return false;
  return true;
}

/// Every subset that has all calls with an end, in every order.
bool has_order(const Model& model, const std::vector<Call>& calls) {
  for (unsigned subset = 0; subset < 1U << calls.size(); ++subset) {
    std::vector<std::size_t> order;
    bool is_whole = true;
    for (std::size_t call = 0; call < calls.size(); ++call) {
      const bool is_in = (subset >> call & 1U) != 0;
      if (is_in) order.push_back(call);
      is_whole = is_whole && (is_in || calls[call].ending == Ending::open);
    }
    if (!is_whole) continue;
    do {
      if (keeps_time(calls, order) && leads_on(model, calls, order)) return true;
    } while (std::ranges::next_permutation(order).found);
  }
  return false;
}

/// Operations of a model with results that are often right.
struct Vocabulary {
  std::string_view model;
  std::vector<Call> calls;
};

Vocabulary vocabulary_of(std::size_t which) {
  const auto call = [](std::string operation, std::vector<std::string> arguments, std::string result) {
    return Call{
        .operation = std::move(operation), .arguments = std::move(arguments), .result = std::move(result)};
  };
  switch (which) {
    case 0:
      return {"cas-register",
              {call("write", {"1"}, "ok"), call("write", {"2"}, "ok"), call("read", {}, "1"),
               call("read", {}, "2"), call("cas", {"1", "2"}, "ok"), call("cas", {"2", "1"}, "ok")}};
    case 1:
      return {"queue",
              {call("put", {"x"}, "None"), call("put", {"y"}, "None"), call("get", {}, "x"),
               call("get", {}, "y"), call("get", {}, "Empty"), call("empty", {}, "False")}};
    case 2:
      return {"rlock",
              {call("acquire", {}, "True"), call("acquire", {}, "False"), call("release", {}, "None"),
               call("release", {}, "AssertionError")}};
    default:
      return {"simple-queue",
              {call("put", {"x"}, "None"), call("put", {"y"}, "None"), call("get", {}, "x"),
               call("get", {}, "y"), call("empty", {}, "True")}};
  }
}

/// Up to six calls of three clients, each one after the other; some without an end, some that failed.
std::vector<Call> some_history(const Vocabulary& vocabulary, Random& random) {
  std::vector<Call> calls;
  std::array<std::size_t, 3> running{};  // by client: the number of its call, from 1
  for (std::uint64_t moment = 1; moment <= 14; ++moment) {
    const std::uint32_t client = random.below(3);
    std::size_t& call = running[client];
    if (call != 0) {
      calls[call - 1].end = moment;
      if (random.below(8) == 0) calls[call - 1].ending = Ending::failed;
      call = 0;
    } else if (calls.size() < 6) {
      calls.push_back(vocabulary.calls[random.below(static_cast<std::uint32_t>(vocabulary.calls.size()))]);
      calls.back().client = std::to_string(client);
      calls.back().begin = moment;
      call = calls.size();
    }
  }
  for (Call& call : calls)
    if (call.end == never) call = open(call);
  return calls;
}

void check_order(const Model& model, const std::vector<Call>& calls, const std::vector<std::size_t>& order) {
  EXPECT_TRUE(keeps_time(calls, order));
  EXPECT_TRUE(leads_on(model, calls, order));
  for (std::size_t call = 0; call < calls.size(); ++call)
    EXPECT_TRUE(calls[call].ending == Ending::open || std::ranges::find(order, call) != order.end()) << call;
}

TEST(Search, DecidesAsTryingAllOrdersDoes) {
  std::array<int, 2> answers{};
  for (std::uint64_t number = 0; number < 1'500; ++number) {
    SCOPED_TRACE(number);
    Random random(1, number);
    const Vocabulary vocabulary = vocabulary_of(number % 4);
    const auto model = model_of(vocabulary.model);
    const std::vector<Call> calls = some_history(vocabulary, random);
    Search search(*model, calls);
    const std::optional<bool> decided = search.advance(1'000'000);
    ASSERT_EQ(decided, has_order(*model, calls));
    ++answers[*decided ? 1 : 0];
    if (*decided) check_order(*model, calls, search.order());
  }
  EXPECT_GT(answers[0], 150);  // neither answer is rare
  EXPECT_GT(answers[1], 150);
}

}  // namespace
}  // namespace heddle::linearizability
