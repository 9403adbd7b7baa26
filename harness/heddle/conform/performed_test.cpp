// Calls of messages, made on objects that a program knows.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/conform/performed.hpp>
#include <heddle/programs/exceptions.hpp>
#include <map>
#include <mp/errors.hpp>

namespace heddle::conform {
namespace {

using programs::payload_of;

/// What a script of an adapter does with its names, in the simulated world.
class Names {
 public:
  void make(const std::string& name, const std::string& maker, std::vector<Argument> arguments = {}) {
    const Made all =
        made({.form = CallForm::make, .operation = maker, .arguments = std::move(arguments), .names = {name}},
             find_);
    things_[name] = {all.objects.at(0), all.kind};
  }
  programs::Payload call(const std::string& object, const std::string& operation,
                         std::vector<Argument> arguments = {}) const {
    return performed({.object = object, .operation = operation, .arguments = std::move(arguments)}, find_);
  }
  const Find& find() const { return find_; }

 private:
  std::map<std::string, programs::Carried> things_;
  Find find_ = [this](const std::string& name) {
    const auto found = things_.find(name);
    if (found == things_.end()) throw mp::AttributeError(name);
    return found->second;
  };
};

/// Every expectation of the body has to hold in the one execution that there is.
void play(void (*body)(Names& names)) {
  const auto result = explore(
      [body] {
        Names names;
        body(names);
      },
      Options{.budget = {.executions = 1}});
  EXPECT_FALSE(std::holds_alternative<Failed>(result.verdict));
}

TEST(Performed, ArgumentsGoByPositionAndByName) {
  play([](Names& names) {
    names.make("queue", "Queue", {{.keyword = "maxsize", .term = payload_of(1)}});
    names.call("queue", "put", {{.term = payload_of(7)}, {.keyword = "timeout", .term = payload_of(1)}});
    check(names.call("queue", "qsize") == payload_of(1), "one is there");
    check(names.call("queue", "get") == payload_of(7), "it is what was put");
  });
}

TEST(Performed, AMethodIsCalledWithoutArguments) {
  play([](Names& names) {
    names.make("permits", "Semaphore", {{.term = payload_of(0)}});
    calling({.object = "permits", .name = "release"}, names.find())();
    check(names.call("permits", "get_value") == payload_of(1), "it was released");
  });
}

TEST(Performed, WaitGivesPositions) {
  play([](Names& names) {
    const Made ends = made({.form = CallForm::make, .operation = "Pipe", .names = {"a", "b"}}, names.find());
    const Find find = [&](const std::string& name) {
      return programs::Carried{ends.objects.at(name == "a" ? 0 : 1), ends.kind};
    };
    performed({.object = "a", .operation = "send", .arguments = {{.term = payload_of(1)}}}, find);
    const Several both{{ObjectName{"a"}, ObjectName{"b"}}};
    const auto ready = performed({.operation = "wait", .arguments = {{.term = both}}}, find);
    check(ready == programs::Payload{programs::List{{payload_of(1)}}}, "the second is ready");
  });
}

TEST(Performed, WhatIsNotThereIsAnAttributeError) {
  play([](Names& names) {
    names.make("lock", "Lock");
    for (const char* const operation : {"put", "no_such_thing"}) {
      bool is_refused = false;
      try {
        names.call("lock", operation);
      } catch (const mp::AttributeError&) {
        is_refused = true;
      }
      check(is_refused, operation);
    }
  });
}

TEST(Performed, CapabilitiesAreWhatCanBeMade) {
  const auto all = capabilities_of_rows();
  for (const char* const each : {"Queue", "Manager", "Pool", "wait"})
    EXPECT_NE(std::find(all.begin(), all.end(), each), all.end()) << each;
  EXPECT_EQ(std::find(all.begin(), all.end(), "dict"), all.end());
}

}  // namespace
}  // namespace heddle::conform
