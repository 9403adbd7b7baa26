#include <gtest/gtest.h>

#include <heddle/linearizability/check.hpp>
#include <heddle/linearizability/models/registry.hpp>

namespace heddle::linearizability {
namespace {

std::unique_ptr<Model> model_of(std::string_view name) {
  const ModelRow* const row = find_model(name);
  return row->make(row->value);
}

Call put_of(std::string key, std::string text, std::uint64_t begin, std::uint64_t end) {
  return {.client = "0",
          .operation = "put",
          .arguments = {std::move(key), std::move(text)},
          .begin = begin,
          .end = end};
}
Call get_of(std::string key, std::string result, std::uint64_t begin, std::uint64_t end) {
  return {.client = "1",
          .operation = "get",
          .arguments = {std::move(key)},
          .result = std::move(result),
          .begin = begin,
          .end = end};
}

TEST(Check, OrdersOfPartsMakeOneOfTheWhole) {
  const auto model = model_of("string-kv");
  // x: get before put; y: put before get. The get of x ends before the put of y begins.
  const std::vector<Call> history{put_of("x", "1", 1, 9), get_of("x", "", 2, 3), put_of("y", "2", 4, 6),
                                  get_of("y", "2", 5, 8)};
  const Judgement judgement = check(*model, history, {});
  EXPECT_EQ(judgement.answer, Answer::yes);
  EXPECT_EQ(judgement.order, (std::vector<std::size_t>{1, 0, 2, 3}));
}

TEST(Check, ThePartWithoutAnOrderIsNamed) {
  const auto model = model_of("string-kv");
  const std::vector<Call> history{put_of("x", "1", 1, 2), put_of("y", "2", 3, 4), get_of("x", "1", 5, 6),
                                  get_of("y", "", 7, 8)};
  const Judgement judgement = check(*model, history, {});
  EXPECT_EQ(judgement.answer, Answer::no);
  EXPECT_EQ(judgement.part, "y");
}

TEST(Check, TheShortestIllegalPrefixEndsWithTheReturnThatNothingExplains) {
  const auto model = model_of("string-kv");
  const std::vector<Call> history{put_of("x", "1", 1, 2), get_of("x", "1", 3, 4), put_of("x", "2", 5, 12),
                                  get_of("x", "2", 6, 7), get_of("x", "1", 8, 9), get_of("x", "2", 10, 11)};
  const Judgement judgement = check(*model, history, {});
  ASSERT_TRUE(judgement.prefix);
  EXPECT_EQ(judgement.prefix->last, 4U);  // the get that sees the old text again
  EXPECT_EQ(judgement.prefix->calls, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(judgement.prefix->state, State{"2"});
}

TEST(Check, WhatHadNotReturnedYetIsOpenInThePrefix) {
  const auto model = model_of("string-kv");
  // The put returns at the very end; until the get of "1" it may have been whenever one likes.
  const std::vector<Call> history{put_of("x", "1", 1, 10), get_of("x", "1", 2, 3), get_of("x", "", 4, 5)};
  const Judgement judgement = check(*model, history, {});
  ASSERT_TRUE(judgement.prefix);
  EXPECT_EQ(judgement.prefix->last, 2U);
  EXPECT_EQ(judgement.prefix->order.front(), 0U);
}

/// n writes side by side, then a read of what none of them wrote: every order has to be refused.
std::vector<Call> hard_part(std::string key, std::uint64_t writes) {
  std::vector<Call> calls;
  for (std::uint64_t each = 1; each <= writes; ++each) {
    Call call{.client = std::to_string(each),
              .operation = "append",
              .arguments = {key, std::to_string(each) + ","}};
    call.begin = each;
    call.end = 1'000 + each;
    calls.push_back(std::move(call));
  }
  calls.push_back(get_of(std::move(key), "none", 2'000, 2'001));
  return calls;
}

TEST(Check, IsUnknownOnceTheBudgetIsSpent) {
  const auto model = model_of("string-kv");
  const std::vector<Call> history = hard_part("x", 12);
  int asked = 0;
  EXPECT_EQ(check(*model, history, {.is_spent = [&] { return ++asked > 2; }}).answer, Answer::unknown);
  EXPECT_EQ(check(*model, history, {.remembered_max = 1'000}).answer, Answer::unknown);
}

TEST(Check, AHardPartDoesNotHideAnIllegalOne) {
  const auto model = model_of("string-kv");
  std::vector<Call> history = hard_part("x", 30);
  history.push_back(put_of("y", "1", 3'000, 3'001));
  history.push_back(get_of("y", "", 3'002, 3'003));
  const Judgement judgement = check(*model, history, {.remembered_max = 1'000'000});
  EXPECT_EQ(judgement.answer, Answer::no);
  EXPECT_EQ(judgement.part, "y");
}

}  // namespace
}  // namespace heddle::linearizability
