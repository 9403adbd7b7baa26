// Each oracle is shown what it asked for, in the order of the oracles, and nothing else.
#include <gtest/gtest.h>

#include <heddle/core/suppressions.hpp>
#include <heddle/worlds/sim/audience.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heddle::sim {
namespace {

using mp::ObjectKind;

class Nobody final : public Findings {
 public:
  bool add(Finding) override { return true; }
  void refute(Refutation) override {}
  void put_aside(const Finding&, Suppressed) override {}
  void leave_open() override {}
};

class Listener final : public Oracle {
 public:
  Listener(char name, EventMask events, ObjectKinds kinds, std::string& shown)
      : name_(name), events_(events), kinds_(kinds), shown_(shown) {}
  EventMask interests() const override { return events_; }
  ObjectKinds kinds() const override { return kinds_; }
  void begin() override {}
  void observe(const Event&, const Situation&, Findings&) override { shown_ += name_; }

 private:
  char name_;
  EventMask events_;
  ObjectKinds kinds_;
  std::string& shown_;
};

class AudienceTest : public testing::Test {
 protected:
  void listen(char name, EventMask events, ObjectKinds kinds) {
    oracles_.push_back(std::make_unique<Listener>(name, events, kinds, shown_));
  }
  std::string shown(EventKind kind) {
    audience_.set(oracles_);
    shown_.clear();
    audience_.show({.kind = kind}, situation_, nobody_);
    return shown_;
  }
  std::string shown(EventKind kind, ObjectKind object) {
    audience_.set(oracles_);
    shown_.clear();
    audience_.show_operation({.kind = kind}, object, situation_, nobody_);
    return shown_;
  }

  static constexpr EventMask begun = mask_of(EventKind::operation_begun);
  static constexpr EventMask ended = mask_of(EventKind::operation_ended);
  static constexpr EventMask stuck = mask_of(EventKind::stuck);

  std::vector<std::unique_ptr<Oracle>> oracles_;
  Audience audience_;

 private:
  std::string shown_;
  Situation situation_;
  Nobody nobody_;
};

TEST_F(AudienceTest, ShowsEventsToThoseThatAsked) {
  listen('a', stuck | begun, ObjectKinds::all());
  listen('b', begun, ObjectKinds::all());
  listen('c', stuck, ObjectKinds::all());
  EXPECT_EQ(shown(EventKind::stuck), "ac");
  EXPECT_EQ(shown(EventKind::ended), "");
  EXPECT_TRUE(audience_.wants(EventKind::stuck));
  EXPECT_FALSE(audience_.wants(EventKind::ended));
}

TEST_F(AudienceTest, ShowsOperationsOnTheirKindsOfObject) {
  listen('a', begun | ended, {ObjectKind::lock, ObjectKind::queue});
  listen('b', begun, ObjectKinds::all());
  listen('c', ended, {ObjectKind::none});
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::lock), "ab");
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::none), "b");
  EXPECT_EQ(shown(EventKind::operation_ended, ObjectKind::queue), "a");
  EXPECT_EQ(shown(EventKind::operation_ended, ObjectKind::none), "c");
  EXPECT_EQ(shown(EventKind::operation_ended, ObjectKind::async_result), "");
}

TEST_F(AudienceTest, KindsLimitNoOtherEvent) {
  listen('a', stuck | ended, {ObjectKind::lock});
  EXPECT_EQ(shown(EventKind::stuck), "a");
}

TEST_F(AudienceTest, TakesNoteOfOtherOracles) {
  listen('a', begun, {ObjectKind::lock});
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::lock), "a");
  oracles_.clear();
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::lock), "");
  listen('b', begun, {ObjectKind::queue});
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::lock), "");
  EXPECT_EQ(shown(EventKind::operation_begun, ObjectKind::queue), "b");
}

}  // namespace
}  // namespace heddle::sim
