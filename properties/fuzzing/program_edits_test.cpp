// Edited programs: what each edit does, that every one makes sense, and what is expected of it.
#include <gtest/gtest.h>

#include <heddle/core/random.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <properties/checking.hpp>
#include <properties/fuzzing/other_calls.hpp>
#include <properties/fuzzing/program_edits.hpp>
#include <properties/registry.hpp>
#include <set>
#include <string>

namespace heddle::properties {
namespace {

enum Kind : std::uint8_t { insert, drop, swap, number, other };

const std::string text =
    "program p\n"
    "expect history: tasks like queue(2)\n"
    "object tasks = Queue(2)\n"
    "process main:\n"
    "  tasks.put(1)\n"
    "  x = tasks.get()\n"
    "  tasks.put(x)\n"
    "  tasks.get() == 1\n";

/// The operations of main after one edit, in one line, without what is expected of them.
std::string after(const Edit& edit) {
  const programs::Program made = edited(program_of(text), {&edit, 1});
  std::string words;
  for (programs::Operation operation : made.scripts.at(0).operations) {
    operation.expectation = {};
    words += (words.empty() ? "" : ", ") + programs::print(operation);
  }
  return words;
}

TEST(ProgramEdits, DoubleAnOperationElsewhere) {
  EXPECT_EQ(after({.kind = insert, .place = 1, .other = 3}),
            "tasks.put(1), tasks.get(), x = tasks.get(), tasks.put(x), tasks.get()");
}

TEST(ProgramEdits, DropOne) {
  EXPECT_EQ(after({.kind = drop, .place = 3}), "tasks.put(1), x = tasks.get(), tasks.put(x)");
}

TEST(ProgramEdits, SwapNeighbours) {
  EXPECT_EQ(after({.kind = swap, .place = 0}), "x = tasks.get(), tasks.put(1), tasks.put(x), tasks.get()");
}

TEST(ProgramEdits, ChangeANumberOfAnObjectOrAnOperation) {
  const Edit maxsize{.kind = number, .place = 0, .amount = 4};
  EXPECT_NE(programs::print(edited(program_of(text), {&maxsize, 1})).find("Queue(3)"), std::string::npos);
  EXPECT_EQ(after({.kind = number, .place = 1, .amount = 1}),
            "tasks.put(0), x = tasks.get(), tasks.put(x), tasks.get()");
}

TEST(ProgramEdits, DoSomethingElseToAnObject) {
  std::set<std::string> made;
  for (std::uint8_t what = 0; what < 40; ++what)
    made.insert(after({.kind = other, .place = 0, .amount = what}));
  EXPECT_TRUE(made.contains("tasks.qsize(), tasks.put(1), x = tasks.get(), tasks.put(x), tasks.get()"));
  EXPECT_TRUE(made.contains("tasks.close(), tasks.put(1), x = tasks.get(), tasks.put(x), tasks.get()"));
}

TEST(ProgramEdits, DoSomethingElseToAProcess) {
  const programs::Program program = program_of("program p\nprocess main:\n  a.start()\nprocess a:\n  pass\n");
  std::set<std::string> made;
  for (std::uint32_t what = 0; what < 40; ++what)
    if (const auto call = other_call(program, 0, what)) made.insert(programs::print(*call));
  EXPECT_TRUE(made.contains("a.terminate()"));
  EXPECT_TRUE(made.contains("a.exitcode"));
}

TEST(ProgramEdits, LeaveOutWhatMakesNoSense) {
  const programs::Program program = program_of(text);
  const Edit use_before_binding{.kind = swap, .place = 1};
  EXPECT_EQ(edited(program, {&use_before_binding, 1}), program) << "and nothing else is changed either";
}

TEST(ProgramEdits, ExpectOnlyThatOperationsReturnOrRaise) {
  const Edit edit{.kind = drop, .place = 0};
  const std::string made = programs::print(edited(program_of(text), {&edit, 1}));
  EXPECT_EQ(made,
            "program p\nexpect findings: none\nobject tasks = Queue(2)\nprocess main:\n"
            "  x = tasks.get() ok | raises Exception\n"
            "  tasks.put(x) ok | raises Exception\n"
            "  tasks.get() ok | raises Exception\n");
}

TEST(ProgramEdits, MakeSenseOfEveryPropertysPrograms) {
  for (const Property& property : properties())
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      Random random(seed);
      const programs::Program program = program_of(property.draw(random, 3));
      std::vector<Edit> edits(edits_max);
      for (Edit& edit : edits) {
        edit.kind = static_cast<std::uint8_t>(random.next());
        edit.place = static_cast<std::uint8_t>(random.next());
        edit.other = static_cast<std::uint8_t>(random.next());
        edit.amount = static_cast<std::uint8_t>(random.next());
      }
      const programs::Program made = edited(program, edits);
      const auto planned = programs::plan(made);
      EXPECT_TRUE(planned) << planned.error().what << "\n" << programs::print(made);
    }
}

}  // namespace
}  // namespace heddle::properties
