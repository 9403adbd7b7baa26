// The matrix of orders on histories written by hand.
#include <gtest/gtest.h>

#include <heddle/engine/order_matrix.hpp>
#include <utility>

namespace heddle {
namespace {

using mp::Verb;

constexpr TaskIndex main_task = 0;
constexpr TaskIndex first = 1;
constexpr TaskIndex second = 2;

/// Three tasks, and objects by their ids.
class History {
 public:
  explicit History(std::vector<ThingId> objects) {
    for (int task = 0; task < 3; ++task) situation_.tasks.add();
    for (const ThingId id : objects) {
      ObjectRow& row = situation_.objects[situation_.objects.add()];
      row.id = id;
      row.name = "object-" + std::to_string(id);
      row.kind = mp::ObjectKind::lock;
    }
  }
  History& operation(TaskIndex task, Verb verb, ObjectIndex object = 0) {
    OperationRow& row = situation_.operations[situation_.operations.add()];
    row.task = task;
    row.verb = verb;
    row.object = object;
    row.kind = object == none ? mp::ObjectKind::none : situation_.objects[object].kind;
    return *this;
  }
  Situation& situation() { return situation_; }

 private:
  Situation situation_;
};

std::vector<PairOrders> pairs_of(const OrderMatrix& matrix) {
  const auto orders = matrix.orders();
  return orders.empty() ? std::vector<PairOrders>{} : orders.at(0).pairs;
}

TEST(OrderMatrix, SeesWhatAnotherTaskDidBefore) {
  OrderMatrix matrix;
  matrix.take_in(History({7}).operation(first, Verb::put).operation(second, Verb::get).situation());
  EXPECT_EQ(pairs_of(matrix),
            (std::vector<PairOrders>{{.one = Verb::put, .other = Verb::get, .one_first = true}}));
}

TEST(OrderMatrix, CollectsOrdersFromSeveralExecutions) {
  OrderMatrix matrix;
  matrix.take_in(History({7}).operation(first, Verb::put).operation(second, Verb::get).situation());
  matrix.take_in(History({7}).operation(second, Verb::get).operation(first, Verb::put).situation());
  EXPECT_EQ(pairs_of(matrix),
            (std::vector<PairOrders>{
                {.one = Verb::put, .other = Verb::get, .one_first = true, .other_first = true}}));
}

TEST(OrderMatrix, TellsTasksApartWhoDoTheSame) {
  OrderMatrix matrix;
  matrix.take_in(History({7}).operation(second, Verb::put).operation(first, Verb::put).situation());
  EXPECT_EQ(pairs_of(matrix),
            (std::vector<PairOrders>{{.one = Verb::put, .other = Verb::put, .other_first = true}}));
}

TEST(OrderMatrix, IgnoresTheOrderWithinATask) {
  OrderMatrix matrix;
  matrix.take_in(History({7}).operation(first, Verb::put).operation(first, Verb::get).situation());
  EXPECT_TRUE(matrix.orders().empty());
}

TEST(OrderMatrix, IgnoresHelpersProcessesAndWhatHasNoObject) {
  OrderMatrix matrix;
  History history({7, 8});
  history.situation().objects[1].kind = mp::ObjectKind::process;
  history.situation().tasks[second].role = mp::Role::helper;
  history.operation(first, Verb::put).operation(second, Verb::feed);
  history.operation(main_task, Verb::start, 1).operation(first, Verb::finish, 1);
  history.operation(main_task, Verb::sleep, none).operation(first, Verb::sleep, none);
  matrix.take_in(history.situation());
  EXPECT_TRUE(matrix.orders().empty());
}

TEST(OrderMatrix, KnowsAnObjectAgainByItsId) {
  OrderMatrix matrix;
  matrix.take_in(History({7, 8}).operation(first, Verb::put, 1).operation(second, Verb::get, 1).situation());
  matrix.take_in(History({8, 7}).operation(second, Verb::get, 0).operation(first, Verb::put, 0).situation());
  const auto orders = matrix.orders();
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].object, "object-8");
  EXPECT_TRUE(orders[0].pairs.at(0).one_first && orders[0].pairs.at(0).other_first);
}

TEST(OrderMatrix, KnowsWhetherTasksEverMet) {
  OrderMatrix matrix;
  matrix.take_in(History({7}).operation(first, Verb::put).situation());
  EXPECT_FALSE(matrix.never_met());  // one task has nobody to meet
  matrix.take_in(History({7, 8}).operation(first, Verb::put, 0).operation(second, Verb::put, 1).situation());
  EXPECT_TRUE(matrix.never_met());
  matrix.take_in(History({7}).operation(first, Verb::put).operation(second, Verb::put).situation());
  EXPECT_FALSE(matrix.never_met());
}

TEST(OrderMatrix, SaysWhenThereAreTooManyObjects) {
  OrderMatrix matrix;
  for (ThingId id = 1; id <= OrderMatrix::objects_max + 1; ++id) {
    EXPECT_FALSE(matrix.is_full()) << id;
    matrix.take_in(History({id}).operation(first, Verb::put).operation(second, Verb::get).situation());
  }
  EXPECT_TRUE(matrix.is_full());
  EXPECT_EQ(matrix.orders().size(), OrderMatrix::objects_max);
}

}  // namespace
}  // namespace heddle
