// The table of a manager's server: what keeps an object in it, and that all go with the table.
#include <mp/manager/objects.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace mp::manager {
namespace {

/// Holds others, and is counted while it is there.
class Holder final : public Object {
 public:
  explicit Holder(int& count) : count_(count) { ++count_; }
  ~Holder() override { --count_; }
  std::optional<Reply> attempt(Call&) override { return done(); }
  std::optional<Reply> expire(Call&) override { return done(); }
  void withdraw(Call&) override {}
  void undo(Call&) override {}

  std::vector<Hold> holds;

 private:
  int& count_;
};

class ObjectsTable : public testing::Test {
 protected:
  std::shared_ptr<Entry> add() {
    return objects_->find(objects_->add(std::make_unique<Holder>(count_), ObjectId::none));
  }
  void put(const std::shared_ptr<Entry>& inner, Entry& outer) {
    static_cast<Holder&>(*outer.body).holds.push_back(objects_->hold(inner));
  }

  int count_ = 0;
  std::unique_ptr<Objects> objects_ = std::make_unique<Objects>(os(), 1);
};

TEST_F(ObjectsTable, TakesAllWithItThoughTheyHoldEachOther) {
  {
    const std::shared_ptr<Entry> one = add();
    const std::shared_ptr<Entry> other = add();
    put(one, *other);
    put(other, *one);
    put(one, *one);
    objects_->drop(*one);
    objects_->issue_ticket(other);
    objects_->issue_ticket(add());
  }
  EXPECT_EQ(count_, 3);
  objects_.reset();
  EXPECT_EQ(count_, 0);
}

TEST_F(ObjectsTable, BuriesChainsOnceNobodyHoldsThem) {
  {
    const std::shared_ptr<Entry> outer = add();
    const std::shared_ptr<Entry> inner = add();
    put(inner, *outer);
    objects_->drop(*inner);
    objects_->drop(*outer);
    EXPECT_EQ(objects_->size(), 2U);
  }
  EXPECT_EQ(objects_->size(), 1U);
  EXPECT_EQ(count_, 2);
  objects_->bury();
  EXPECT_EQ(objects_->size(), 0U);
  EXPECT_EQ(count_, 0);
}

// A reference that nobody had is not given back.
TEST_F(ObjectsTable, CountsNotBelowNone) {
  std::shared_ptr<Entry> held = add();
  const std::uint64_t number = held->number;
  for (int i = 0; i < 3; ++i) objects_->drop(*held);
  objects_->take(*held);
  held.reset();
  EXPECT_NE(objects_->find(number), nullptr);
  objects_->drop(*objects_->find(number));
  EXPECT_EQ(objects_->find(number), nullptr);
}

}  // namespace
}  // namespace mp::manager
