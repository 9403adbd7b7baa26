// Counting orders, and naming those that are missing.
#include <gtest/gtest.h>

#include <heddle/core/orders.hpp>

namespace heddle {
namespace {

using mp::Verb;

std::vector<ObjectOrders> lock_and_queue() {
  return {{.object = "lock",
           .kind = mp::ObjectKind::lock,
           .pairs = {{.one = Verb::acquire, .other = Verb::acquire, .one_first = true, .other_first = true},
                     {.one = Verb::acquire, .other = Verb::release, .one_first = true}}},
          {.object = "queue",
           .kind = mp::ObjectKind::queue,
           .pairs = {{.one = Verb::put, .other = Verb::put, .other_first = true}}}};
}

TEST(Orders, AreTwoForEachPair) {
  const OrdersSeen count = count_orders(lock_and_queue());
  EXPECT_EQ(count.seen, 4U);
  EXPECT_EQ(count.all, 6U);
}

TEST(Orders, OfNothingAreNone) { EXPECT_EQ(count_orders({}).all, 0U); }

TEST(Orders, ThatAreMissingAreNamed) {
  EXPECT_EQ(
      orders_missing(lock_and_queue()),
      (std::vector<std::string>{"lock: release() before acquire()",
                                "queue: put() of the earlier-born task before that of the later-born one"}));
}

}  // namespace
}  // namespace heddle
