// Looks that come again and again, told apart by task, thing, place and kind; and thousands of them.
#include <gtest/gtest.h>

#include <set>

#include <heddle/oracles/sleep_order/polls.hpp>

namespace heddle::sleep_order {
namespace {

using mp::Verb;

const mp::Location here = mp::Location::current();
const mp::Location there = mp::Location::current();

OperationRow look(std::uint64_t part = 1) {
  OperationRow row;
  row.task = 1;
  row.object = 2;
  row.part = part;
  row.verb = Verb::load;
  row.where = here;
  return row;
}

TEST(Polls, AreLooksThatComeTwice) {
  Polls polls;
  EXPECT_FALSE(polls.is_polled(look()));
  polls.looked(look());
  EXPECT_FALSE(polls.is_polled(look()));
  polls.looked(look());
  EXPECT_TRUE(polls.is_polled(look()));
}

TEST(Polls, AreOfOneTaskThingPartKindAndPlace) {
  OperationRow of_another_task = look();
  of_another_task.task = 2;
  OperationRow of_another_thing = look();
  of_another_thing.object = 1;
  OperationRow of_another_kind = look();
  of_another_kind.verb = Verb::qsize;
  OperationRow from_elsewhere = look();
  from_elsewhere.where = there;
  for (const OperationRow& other :
       {of_another_task, of_another_thing, look(2), of_another_kind, from_elsewhere}) {
    Polls polls;
    polls.looked(look());
    polls.looked(other);
    EXPECT_FALSE(polls.is_polled(look()));
    EXPECT_FALSE(polls.is_polled(other));
  }
}

TEST(Polls, AreNoneWhereTheTaskHasChangedTheThingInBetween) {
  Polls polls;
  for (int i = 0; i < 3; ++i) {
    polls.looked(look());
    polls.changed(look());
  }
  EXPECT_FALSE(polls.is_polled(look()));
  OperationRow of_another_thing = look();
  of_another_thing.object = 3;
  OperationRow of_another_task = look();
  of_another_task.task = 0;
  polls.looked(look());
  polls.changed(of_another_thing);
  polls.changed(of_another_task);
  polls.looked(look());
  EXPECT_TRUE(polls.is_polled(look()));
}

/// A look that has the number as its task, as its thing or as its part.
OperationRow numbered(std::uint32_t number, int field) {
  OperationRow row = look();
  if (field == 0) row.task = number;
  if (field == 1) row.object = number;
  if (field == 2) row.part = number;
  return row;
}

TEST(Polls, AreToldApartByTheThousand) {
  for (int field = 0; field < 3; ++field) {
    Polls polls;
    for (std::uint32_t number = 0; number < 5'000; ++number) polls.looked(numbered(number, field));
    for (std::uint32_t number = 0; number < 5'000; number += 2) polls.looked(numbered(number, field));
    std::uint64_t wrong = 0;
    for (std::uint32_t number = 0; number < 5'000; ++number)
      if (polls.is_polled(numbered(number, field)) != (number % 2 == 0)) ++wrong;
    EXPECT_EQ(wrong, 0U) << field;
  }
}

TEST(Polls, AreVisitedByPlaceAndForgottenAtTheBeginning) {
  Polls polls;
  for (int i = 0; i < 2; ++i) polls.looked(look());
  std::multiset<std::uint32_t> lines;
  const auto visit = [&](const mp::Location& where) { lines.insert(where.line()); };
  polls.visit(visit);
  EXPECT_EQ(lines, std::multiset<std::uint32_t>{here.line()});
  polls.changed(look());
  polls.begin();
  EXPECT_FALSE(polls.is_polled(look()));
  polls.looked(look());
  EXPECT_FALSE(polls.is_polled(look()));
  polls.looked(look());
  EXPECT_TRUE(polls.is_polled(look()));
}

}  // namespace
}  // namespace heddle::sleep_order
