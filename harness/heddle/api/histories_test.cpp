// What is told of a call: its object, its arguments and what came of it, in words.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/linearizability/models/registry.hpp>
#include <mp/manager/manager.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace heddle {
namespace {

class Notebook final : public Session {
 public:
  void outcome(std::string_view) override {}
  void label(std::string_view, LabelUse) override {}
  std::uint32_t choose(std::uint32_t) override { return 0; }
  void fail(std::string_view, mp::Location) override {}
  WatchId watch(const Statement&) override { return 0; }
  void unwatch(WatchId) override {}
  void specify(const Specification& told) override {
    specification = told;
    lines.emplace_back(told.object);
  }
  CallId call_begun(const ToldCall& told) override {
    std::string line = std::string(told.object) + "." + std::string(told.operation);
    for (const std::string& each : told.arguments) line += " " + each;
    lines.push_back(line);
    where = told.where;
    return lines.size();
  }
  void call_returned(CallId call, std::string_view result) override {
    lines[call - 1] += " -> " + std::string(result);
  }
  std::vector<std::string> lines;
  Specification specification;
  mp::Location where;
};

class Histories : public testing::Test {
 protected:
  using Lines = std::vector<std::string>;
  Notebook notebook_;
  const SessionScope scope_{&notebook_};
};

TEST_F(Histories, TellTheCallAndItsResult) {
  const auto three = [] { return std::optional<int>(3); };
  EXPECT_EQ(record("box", "swap", three, 5, true, "text"), 3);
  EXPECT_EQ(notebook_.where.line(), __LINE__ - 1U);  // compilers differ in calls of several lines
  EXPECT_EQ(notebook_.lines, Lines{"box.swap 5 True text -> 3"});
}

TEST_F(Histories, TellNoneOfACallWithoutAResult) {
  record("box", "clear", [] {});
  record("box", "find", [] { return std::optional<int>(); });
  EXPECT_EQ(notebook_.lines, (Lines{"box.clear -> None", "box.find -> None"}));
}

template <class Error>
void refuse(const Error& error) {
  EXPECT_THROW(record("box", "get", [&]() -> int { throw error; }), Error);
}

TEST_F(Histories, TellARefusalByItsName) {
  refuse(mp::Empty());
  refuse(mp::Full());
  refuse(mp::KeyError("k"));
  refuse(mp::IndexError("i"));
  refuse(mp::ValueError("v"));
  refuse(mp::AssertionError("a"));
  EXPECT_EQ(notebook_.lines,
            (Lines{"box.get -> Empty", "box.get -> Full", "box.get -> KeyError", "box.get -> IndexError",
                   "box.get -> ValueError", "box.get -> AssertionError"}));
}

TEST_F(Histories, TellNoResultOfACallThatFailedNobodyKnowsWhere) {
  refuse(mp::OSError("full disk"));
  refuse(mp::RemoteError("gone"));
  refuse(std::runtime_error("no"));
  refuse(7);
  EXPECT_EQ(notebook_.lines, Lines(4, "box.get"));
}

TEST_F(Histories, TellWhatAnObjectShouldBeLike) {
  linearizable("gate", "semaphore", 3);
  EXPECT_EQ(notebook_.lines, Lines{"gate"});
  EXPECT_EQ(notebook_.specification.model(notebook_.specification.number)->initial(), State{"3"});
  linearizable("lock", "semaphore");
  EXPECT_EQ(notebook_.specification.number, 1);
}

TEST_F(Histories, GiveBackWhatTheCallRefersTo) {
  int cell = 1;
  record("box", "at", [&]() -> int& { return cell; }) = 4;
  EXPECT_EQ(cell, 4);
}

}  // namespace
}  // namespace heddle
