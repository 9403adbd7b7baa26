// Messages come out as they went in, and noise is no message.
#include <gtest/gtest.h>

#include <heddle/core/random.hpp>
#include <heddle/worlds/host/message.hpp>

namespace heddle::host {
namespace {

Message typical() {
  return {.kind = MessageKind::misused,
          .object = 7,
          .number = -3,
          .who = "worker-1",
          .operation = "task_done",
          .rule = "task-done-overflow",
          .text = "task_done() called too many times",
          .where = mp::Location::current()};
}

TEST(Message, ArrivesAsItWasSent) {
  std::string bytes = pack(typical());
  const Message read = take_message(bytes).value();
  EXPECT_EQ(read.kind, typical().kind);
  EXPECT_EQ(read.object, typical().object);
  EXPECT_EQ(read.number, typical().number);
  EXPECT_EQ(read.who, typical().who);
  EXPECT_EQ(read.operation, typical().operation);
  EXPECT_EQ(read.rule, typical().rule);
  EXPECT_EQ(read.text, typical().text);
  EXPECT_EQ(read.where.line(), typical().where.line());
  EXPECT_TRUE(bytes.empty());
}

TEST(Message, WaitsForItsLastByte) {
  const std::string whole = pack(typical());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string part = whole.substr(0, size);
    EXPECT_FALSE(take_message(part));
    EXPECT_EQ(part.size(), size);
  }
}

TEST(Message, LeavesTheNextOneInTheBuffer) {
  std::string bytes = pack(typical()) + pack(Message{.kind = MessageKind::ended});
  EXPECT_TRUE(take_message(bytes));
  EXPECT_EQ(take_message(bytes)->kind, MessageKind::ended);
}

TEST(Message, FitsIntoOneIndivisibleWrite) {
  Message message = typical();
  for (std::string* text : {&message.who, &message.operation, &message.rule, &message.text})
    text->assign(100'000, 'x');
  std::string bytes = pack(message);
  EXPECT_LE(bytes.size(), 4096u);
  EXPECT_TRUE(take_message(bytes));
}

TEST(Message, IsNeverMadeOfNoise) {
  Random random(3);
  for (int round = 0; round < 10'000; ++round) {
    std::string bytes(5 + random.below(60), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.below(256));
    take_message(bytes);
  }
  std::string bytes(5000, '\xff');
  EXPECT_FALSE(take_message(bytes));
  EXPECT_TRUE(bytes.empty());
}

}  // namespace
}  // namespace heddle::host
