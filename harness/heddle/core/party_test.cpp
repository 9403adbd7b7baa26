// Operations in the words of findings: their arguments once these are known, and places of the program only.
#include <gtest/gtest.h>

#include <heddle/core/location_at.hpp>
#include <heddle/core/party.hpp>
#include <string>

namespace heddle {
namespace {

class Parties : public testing::Test {
 protected:
  Parties() {
    const ProcessIndex process = situation_.processes.add();
    task_ = situation_.tasks.add();
    situation_.processes[process].name = situation_.tasks[task_].name = "worker";
    situation_.processes[process].main = task_;
    situation_.tasks[task_].process = process;
    object_ = situation_.objects.add();
    situation_.objects[object_].name = "home";
    situation_.objects[object_].where = location_at("program.cpp", 7);
  }

  OperationIndex add(mp::ObjectKind kind, mp::Verb verb, mp::Location where) {
    const OperationIndex index = situation_.operations.add();
    OperationRow& row = situation_.operations[index];
    row.task = task_;
    row.kind = kind;
    row.verb = verb;
    row.object = object_;
    row.where = where;
    row.step_begin = 3;
    return index;
  }

  // As the compiler names a file of lib/mp, seen from this one.
  static mp::Location place_in_the_primitives() {
    const std::string here = mp::Location::current().file_name();
    return location_at(here.substr(0, here.rfind("harness/heddle/")) + "lib/mp/pool/pool.cpp", 34);
  }

  Situation situation_;
  TaskIndex task_ = 0;
  ObjectIndex object_ = 0;
};

TEST_F(Parties, StandWhereTheProgramCalled) {
  const auto at = add(mp::ObjectKind::pool, mp::Verb::close, location_at("program.cpp", 12));
  EXPECT_EQ(party_of(situation_, at).where.line(), 12U);
}

TEST_F(Parties, StandWhereTheObjectWasMadeIfAPrimitiveCalled) {
  const auto at = add(mp::ObjectKind::pool, mp::Verb::terminate, place_in_the_primitives());
  EXPECT_EQ(party_of(situation_, at).where.line(), 7U);
}

TEST_F(Parties, StandNowhereIfThatIsInsideAPrimitiveToo) {
  situation_.objects[object_].where = place_in_the_primitives();
  const auto at = add(mp::ObjectKind::pool, mp::Verb::terminate, place_in_the_primitives());
  EXPECT_EQ(party_of(situation_, at).where.line(), 0U);
}

TEST_F(Parties, CallAManagersEndAsTheProgramDoes) {
  const auto close = add(mp::ObjectKind::manager, mp::Verb::close, location_at("program.cpp", 9));
  const auto make = add(mp::ObjectKind::manager, mp::Verb::connect, location_at("program.cpp", 8));
  const auto reach = add(mp::ObjectKind::manager, mp::Verb::connect, location_at("program.cpp", 7));
  EXPECT_EQ(words_of(situation_, close), "home.shutdown()");
  EXPECT_EQ(words_of(situation_, make), "home.create()");
  EXPECT_EQ(words_of(situation_, reach), "home.connect()");
}

TEST_F(Parties, GetTheArgumentsThatWereToldLater) {
  const auto at = add(mp::ObjectKind::queue, mp::Verb::put, location_at("program.cpp", 12));
  Finding finding{.sentence = "worker called home.put() in vain", .parties = {party_of(situation_, at)}};
  situation_.words_for(situation_.operations[at]).argument = "41";
  complete_words(finding, situation_);
  EXPECT_EQ(finding.parties[0].operation, "home.put(41)");
  EXPECT_EQ(finding.sentence, "worker called home.put(41) in vain");
}

// Which of the two the sentence means cannot be told.
TEST_F(Parties, LeaveASentenceAloneThatMayMeanAnother) {
  const auto one = add(mp::ObjectKind::queue, mp::Verb::put, location_at("program.cpp", 12));
  const auto other = add(mp::ObjectKind::queue, mp::Verb::put, location_at("program.cpp", 13));
  situation_.operations[other].step_begin = 4;
  Finding finding{.sentence = "worker called home.put()",
                  .parties = {party_of(situation_, one), party_of(situation_, other)}};
  situation_.words_for(situation_.operations[one]).argument = "41";
  situation_.words_for(situation_.operations[other]).argument = "42";
  complete_words(finding, situation_);
  EXPECT_EQ(finding.sentence, "worker called home.put()");
  EXPECT_EQ(finding.parties[1].operation, "home.put(42)");
}

}  // namespace
}  // namespace heddle
