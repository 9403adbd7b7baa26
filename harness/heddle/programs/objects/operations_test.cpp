// Operations that no case under corpus/cases uses: each once, in the simulated world.
#include <gtest/gtest.h>

#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/trial/trial.hpp>

namespace heddle::programs {
namespace {

using trial::Names;

/// The rules that a program with this main breaks.
Names rules_of(const std::string& text) {
  auto program = parse("program p\n" + text, "p.program");
  if (!program) throw std::runtime_error(program.error().what);
  const auto planned = plan(*std::move(program), "p.program");
  if (!planned) throw std::runtime_error(planned.error().what);
  return trial::rules_of(explore(body_of(*planned, Time::simulated), trial::options_of(300)));
}

TEST(ProgramValue, WrapsIntegersAndRefusesOtherTypes) {
  EXPECT_EQ(
      rules_of("object a = Value('B', 300)\nobject b = Value('b', 200)\nobject c = Value('c')\n"
               "object d = Value('f')\nprocess main:\n  a.value == 44\n  b.value == -56\n"
               "  a.value = 0.5 raises TypeError\n  a.value = 'x' raises TypeError\n  a.value == 44\n"
               "  c.value = 65 raises TypeError\n  c.value = b'xy' raises TypeError\n  c.value = b'x'\n"
               "  c.value == b'x'\n  d.value = 3\n  d.value == 3.0\n  d.value = True\n  d.value == 1.0\n"),
      Names{});
}

TEST(ProgramValue, SharesTheLockThatAnotherGave) {
  EXPECT_EQ(
      rules_of("object a = Value('i', 1)\nprocess main:\n  lock = a.get_lock()\n"
               "  b = Value('i', 2, lock=lock)\n  w.start()\n  b.acquire()\n  a.acquire(False) == True\n"
               "  a.release()\n  b.release()\n  w.join()\nprocess w:\n  a.acquire()\n  a.release()\n"),
      Names{});
}

TEST(ProgramValue, IsASubjectOfPredicates) {
  EXPECT_EQ(rules_of("process main:\n  c = Condition()\n  n = Value('i', 4)\n  with c:\n"
                     "    c.wait_for(n.value >= 4) == True\n    c.wait_for(n.value < 4, 1) == False\n"),
            Names{});
}

TEST(ProgramNumbers, AreRefusedWhereAnIntDoesNotHoldThem) {
  EXPECT_EQ(rules_of("process main:\n  s = Semaphore(4294967297) raises ValueError\n"
                     "  b = Barrier(4294967297) raises ValueError\n"
                     "  q = Queue(4294967297) raises ValueError\n"),
            Names{});
}

TEST(ProgramArray, HasAValueAndARawOfLetters) {
  EXPECT_EQ(
      rules_of(
          "object a = Array('c', b'hello')\nobject n = RawArray('i', 2)\nprocess main:\n"
          "  a.value = b'hi'\n  a.raw == b'hi\\x00lo'\n  a.value == b'hi'\n  a.raw = b'HE'\n"
          "  a[:3] == b'HE\\x00'\n  a[1] == b'E'\n  a[1:3] = b'yo'\n  list(a) == [b'H', b'y', b'o', b'l', "
          "b'o']\n"
          "  a.value = b'longer' raises ValueError\n  n.value raises AttributeError\n"
          "  n.raw = b'' raises AttributeError\n  n[0] = 'x' raises TypeError\n  n[:] = 3 raises TypeError\n"
          "  n[::0] raises ValueError\n"),
      Names{});
}

TEST(ProgramArray, IsRacedForWithoutALock) {
  const std::string rest = "process main:\n  w.start()\n  a[0] = 1\n  w.join()\nprocess w:\n  a[0] = 2\n";
  EXPECT_EQ(rules_of("object a = RawArray('i', 2)\n" + rest), Names{"shared-memory-race"});
  EXPECT_EQ(rules_of("object a = Array('i', 2)\n" + rest), Names{});
}

TEST(ProgramSharedMemory, IsGoneFromAClosedHandle) {
  EXPECT_EQ(rules_of("process main:\n  m = SharedMemory(create=True, size=8)\n  m.buf[2:6] = b'abcd'\n"
                     "  m.buf[1:4] == b'\\x00ab'\n  m.buf[::2] raises ValueError\n  m.unlink()\n  m.close()\n"
                     "  m.buf[0] raises ValueError\n"),
            Names{});
}

TEST(ProgramSharedMemory, IsRacedFor) {
  EXPECT_EQ(
      rules_of("object m = SharedMemory(create=True, size=1)\nprocess main:\n  w.start()\n  m.buf[0] = 1\n"
               "  w.join()\n  m.unlink()\nprocess w:\n  m.buf[0] = 2\n"),
      Names{"shared-memory-race"});
}

TEST(ProgramShareableList, TellsOfItsMemory) {
  EXPECT_EQ(
      rules_of("object l = ShareableList([1, 2])\nprocess main:\n  w.start()\n  w.join()\n  l[0] == 3\n"
               "  ShareableList() raises ValueError\n  ShareableList(3) raises TypeError\n"
               "  x = l.shm.size\n  n = l.shm.name\n  m = SharedMemory(n)\n  m.size == x\n  l.shm.unlink()\n"
               "process w:\n  l[0] = 3\n"),
      Names{});
}

TEST(ProgramProcess, HasAKeyThatCanBeSet) {
  EXPECT_EQ(
      rules_of("process main:\n  me = current_process()\n  me.authkey = b'family'\n  w.authkey == b'family'\n"
               "  w.authkey = b'child'\n  w.pid == None\n  w.start()\n  w.join()\n  w.exitcode == 0\n"
               "process w:\n  me = current_process()\n  me.authkey == b'child'\n  p = parent_process()\n"
               "  x = p.pid\n  p.ident == x\n"),
      Names{});
}

}  // namespace
}  // namespace heddle::programs
