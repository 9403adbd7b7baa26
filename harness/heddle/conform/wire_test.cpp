// What is written is read again, and what is none is refused.
#include <gtest/gtest.h>

#include <heddle/conform/wire.hpp>

namespace heddle::conform {
namespace {

using programs::Payload;
using programs::payload_of;

Order again(const Order& order) {
  const auto read = order_in(line_of(order));
  EXPECT_TRUE(read) << line_of(order);
  return read ? *read : Order{};
}
Answer again(const Answer& answer) {
  const auto read = answer_in(line_of(answer));
  EXPECT_TRUE(read) << line_of(answer);
  return read ? *read : Answer{};
}

Payload some_values() {
  return {programs::List{
      {programs::none(), payload_of(true), payload_of(3), Payload{2.0}, payload_of(std::string("a\nb")),
       payload_of(mp::Bytes{std::byte{0}, std::byte{255}}), Payload{programs::Sized{9}},
       Payload{programs::Slow{0.5}}, Payload{programs::Unserialisable{}}, Payload{programs::Undecodable{}}}}};
}

TEST(Wire, OrdersAreReadAsTheyWereWritten) {
  const Call call{.seq = 7,
                  .process = "worker-2",
                  .form = CallForm::item_write,
                  .object = "d",
                  .operation = "",
                  .arguments = {{.term = some_values()}, {.keyword = "timeout", .term = payload_of(1)}},
                  .bind = "x"};
  const CaseBegun begun{.id = "q/1",
                        .start_method = "fork",
                        .scripts = {{.name = "worker",
                                     .kind = programs::Script::Runner::thread,
                                     .copies = 2,
                                     .daemon = true,
                                     .parameters = {{"x", some_values()}},
                                     .objects = {"q"},
                                     .scripts = {"other"}}},
                        .objects = {"q"},
                        .text = "program q/1\n"};
  for (const Order& order :
       {Order(Suite{.name = "heddle"}), Order(begun), Order(call), Order(CaseEnded{"q/1"})})
    EXPECT_EQ(again(order), order) << line_of(order);
}

TEST(Wire, TermsKeepWhatTheyName) {
  Call call{.seq = 1, .process = "main", .form = CallForm::make, .operation = "Barrier", .names = {"b"}};
  call.arguments = {{.term = ObjectName{"q"}},
                    {.term = FunctionName{"square"}},
                    {.term = ExceptionName{"ValueError"}},
                    {.term = programs::Method{.object = "trips", .name = "release"}},
                    {.term = programs::Comparison{.object = "n",
                                                  .relation = programs::Comparison::Relation::at_least,
                                                  .value = payload_of(4)}},
                    {.term = Several{{ObjectName{"a"}, payload_of(5)}}}};
  EXPECT_EQ(again(Order(call)), Order(call)) << line_of(Order(call));
}

TEST(Wire, AnswersAreReadAsTheyWereWritten) {
  const Hello hello{.implementation = "mine",
                    .version = "1",
                    .language = "C",
                    .issues_url = "",
                    .capabilities = {"Queue"},
                    .limits = {{"processes", 4}},
                    .start_methods = {"fork"}};
  const Raised raised{.type = "Full",
                      .bases = {"Exception"},
                      .words = "full",
                      .carries = payload_of(1),
                      .is_definite = false};
  for (const Answer& answer :
       {Answer(hello), Answer(Ready{"a"}), Answer(Skipped{"a", "no"}), Answer(Done{"a"}),
        Answer(Errored{"a", "b"}), Answer(Blocked{3}), Answer(Exited{"w", -9}),
        Answer(Returned{.seq = 1, .process = "main", .outcome = some_values(), .seconds = 0.5}),
        Answer(Returned{.seq = 1, .process = "main", .outcome = raised})})
    EXPECT_EQ(again(answer), answer) << line_of(answer);
}

TEST(Wire, NonsenseIsAnError) {
  for (const char* const line :
       {"", "{", "[]", "3", "{}", R"({"type":"hullo"})", R"({"ev":"ret","seq":"one"})",
        R"({"ev":"ret","seq":1,"process":"p","result":{"bytes":"0"}})",
        R"({"ev":"ret","seq":1,"process":"p","result":{"a":1,"b":2}})"})
    EXPECT_FALSE(answer_in(line)) << line;
  EXPECT_EQ(answer_in("{").error().code, "adapter-malformed");
  EXPECT_FALSE(order_in(R"({"ev":"call","seq":1,"process":"p","form":"jump","operation":"x","args":[]})"));
}

TEST(Wire, CallsReadLikePrograms) {
  EXPECT_EQ(
      words_of(Call{.object = "q",
                    .operation = "put",
                    .arguments = {{.term = payload_of(1)}, {.keyword = "block", .term = payload_of(false)}}}),
      "q.put(1, block=False)");
  EXPECT_EQ(words_of(Call{.form = CallForm::make, .operation = "Pipe", .names = {"a", "b"}}),
            "a, b = Pipe()");
}

}  // namespace
}  // namespace heddle::conform
