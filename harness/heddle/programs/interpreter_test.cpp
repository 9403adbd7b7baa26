// Programs do what they say, in the simulated world.
#include <gtest/gtest.h>

#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/trial/trial.hpp>

namespace heddle::programs {
namespace {

using trial::Names;
using Outcomes = std::set<std::string>;

Result result_of(const std::string& text, const Options& options = trial::options_of(300)) {
  auto program = parse("program p\n" + text, "p.program");
  if (!program) throw std::runtime_error(program.error().what);
  const auto planned = plan(*std::move(program), "p.program");
  if (!planned) throw std::runtime_error(planned.error().what);
  return explore(body_of(*planned, Time::simulated), options);
}
Outcomes outcomes_of(const std::string& text) {
  Options options = trial::options_of(300);
  options.judge_misuse = false;  // that a call is rejected is what some programs are about
  const Result result = result_of(text, options);
  EXPECT_EQ(trial::rules_of(result), Names{}) << text;
  return result.outcomes;
}
/// The words of the one finding.
std::string sentence_of(const std::string& text) {
  const Result result = result_of(text);
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? "" : failed->failures.at(0).finding.sentence;
}

TEST(Interpreter, HandsObjectsToProcessesAndThreads) {
  EXPECT_EQ(
      outcomes_of(
          "object tasks = Queue()\nobject done = Queue()\nprocess main:\n  worker.start()\n  tasks.put(41)\n"
          "  done.get() == 42\n  worker.join()\n  worker.exitcode == 0\n  record('end')\n"
          "process worker:\n  helper.start()\n  helper.join()\n"
          "thread helper:\n  x = tasks.get()\n  done.put(x + 1)\n"),
      Outcomes{"'end'"});
}

TEST(Interpreter, FindsEveryOutcome) {
  EXPECT_EQ(outcomes_of("object tasks = Queue()\nprocess main:\n  a.start()\n  b.start()\n  x = tasks.get()\n"
                        "  record(x)\nprocess a:\n  tasks.put(1)\nprocess b:\n  tasks.put(2)\n"),
            (Outcomes{"1", "2"}));
}

TEST(Interpreter, DoesAnOperationToEachCopy) {
  EXPECT_EQ(outcomes_of("object n = Semaphore(0)\nprocess main:\n  w.start()\n  w.join()\n  w.exitcode == 3\n"
                        "  x = n.get_value()\n  record(x)\nprocess w * 3:\n  n.release()\n  exit(3)\n"),
            Outcomes{"3"});
}

TEST(Interpreter, RepeatsBlocks) {
  EXPECT_EQ(
      outcomes_of("object n = Semaphore(0)\nprocess main:\n  repeat 2:\n    repeat 3:\n      n.release()\n"
                  "    repeat 0:\n      n.release()\n  n.get_value() == 6\n"),
      Outcomes{});
}

TEST(Interpreter, IteratesUntilTheSentinel) {
  EXPECT_EQ(
      outcomes_of("object tasks = Queue()\nprocess main:\n  repeat 3:\n    tasks.put(1)\n  tasks.put(None)\n"
                  "  n = 0\n  for x in iter(tasks.get, None):\n    x == 1\n    n = n + 1\n  n == 3\n"),
      Outcomes{});
}

TEST(Interpreter, HoldsALockWhileABlockRuns) {
  EXPECT_EQ(outcomes_of("object guard = Lock()\nprocess main:\n  w.start()\n  w.join()\n  w.exitcode == 1\n"
                        "  guard.acquire(False) == True\n  guard.release()\n  with guard:\n    "
                        "guard.acquire(False) == False\n"
                        "process w:\n  with guard:\n    raise(ValueError)\n"),
            Outcomes{});
}

TEST(Interpreter, StartsTheSameScriptInSeveralProcesses) {
  EXPECT_EQ(
      outcomes_of(
          "object n = Semaphore(0)\nprocess main:\n  leaf.start()\n  w.start()\n  w.join()\n  leaf.join()\n"
          "  n.get_value() == 2\nprocess w:\n  leaf.start()\n  leaf.join()\nprocess leaf:\n  n.release()\n"),
      Outcomes{});
}

TEST(Interpreter, UsesManagersDicts) {
  EXPECT_EQ(outcomes_of("object m = Manager()\nobject d = m.dict()\nprocess main:\n  w.start()\n  w.join()\n"
                        "  d['a'] == 1\n  d['b'] raises KeyError\n  d.get('b') == None\n  d.keys() == ['a']\n"
                        "process w:\n  d['a'] = 1\n"),
            Outcomes{});
}

TEST(Interpreter, WaitsForPredicates) {
  EXPECT_EQ(
      outcomes_of(
          "object c = Condition()\nobject n = Value('i', 0)\nprocess main:\n  w.start()\n  c.acquire()\n"
          "  c.wait_for(n.value >= 1) == True\n  c.release()\n  w.join()\n"
          "process w:\n  c.acquire()\n  n.value = 1\n  c.notify()\n  c.release()\n"),
      Outcomes{});
}

TEST(Interpreter, MeasuresSimulatedTime) {
  EXPECT_EQ(
      outcomes_of(
          "object tasks = Queue()\nprocess main:\n  tasks.get(timeout=30) raises Empty after 30 within 30\n"),
      Outcomes{});
}

TEST(Interpreter, SaysWhatCameOutOtherwise) {
  EXPECT_EQ(sentence_of("object tasks = Queue(2)\nprocess main:\n  tasks.put_nowait(3) raises Full\n"),
            "main: line 4: tasks.put_nowait(3) raises Full: expected raises Full, got None");
  EXPECT_EQ(sentence_of("process main:\n  sleep(2) within 1\n"),
            "main: line 3: sleep(2) within 1: expected it to take 1 s at most, it took 2 s");
}

TEST(Interpreter, PlacesFindingsInTheText) {
  const Result result = result_of("process main:\n  w.start()\n  w.join()\nprocess w:\n  sleep(1) == 3\n");
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.rule, "assertion");
  ASSERT_FALSE(finding.parties.empty());
  EXPECT_STREQ(finding.parties[0].where.file_name(), "p.program");
  EXPECT_EQ(finding.parties[0].where.line(), 6U);
}

TEST(Interpreter, LetsWhatIsNotExpectedLeaveTheScript) {
  EXPECT_EQ(
      trial::rules_of(result_of("process main:\n  w.start()\n  w.join()\nprocess w:\n  raise(ValueError)\n")),
      Names{"crash"});
  EXPECT_EQ(trial::rules_of(result_of("process main:\n  w.start()\n  w.join()\n  w.exitcode == 1\n"
                                      "process w:\n  raise(ValueError)\n")),
            Names{});
}

TEST(Interpreter, StopsAndResumesProcesses) {
  EXPECT_EQ(outcomes_of("object go = Event()\nobject n = Semaphore(0)\nprocess main:\n  w.start()\n"
                        "  n.acquire()\n  w.stop() == None\n  go.set()\n  n.acquire(timeout=5) == False\n"
                        "  w.resume() == None\n  n.acquire() == True\n  w.join()\n"
                        "process w:\n  n.release()\n  go.wait()\n  n.release()\n"),
            Outcomes{});
}

TEST(Interpreter, RunsABarriersActionInThePartyThatComesLast) {
  EXPECT_EQ(outcomes_of("object n = Semaphore(0)\nobject b = Barrier(2, n.release)\nprocess main:\n"
                        "  t.start()\n  repeat 2:\n    b.wait()\n  n.get_value() == 2\n  t.join()\n"
                        "thread t:\n  w.start()\n  w.join()\nprocess w:\n  b.wait()\n"
                        "  n.get_value() == 1\n  b.wait() in {0, 1}\n"),
            Outcomes{});
}

TEST(Interpreter, LetsAnActionWaitAtAnotherBarrier) {
  EXPECT_EQ(
      outcomes_of("object n = Semaphore(0)\nobject a = Barrier(1, n.release)\n"
                  "object b = Barrier(1, a.wait)\nprocess main:\n  b.wait() == 0\n  n.get_value() == 1\n"
                  "  b.wait() == 0\n  n.get_value() == 2\n"),
      Outcomes{});
}

TEST(Interpreter, BreaksABarrierWhoseActionRaises) {
  EXPECT_EQ(
      outcomes_of("object guard = Lock()\nobject b = Barrier(2, guard.release)\nprocess main:\n  w.start()\n"
                  "  b.wait() raises ValueError | raises BrokenBarrierError\n  w.join()\n  b.broken == True\n"
                  "process w:\n  b.wait() raises ValueError | raises BrokenBarrierError\n"),
      Outcomes{});
}

TEST(Interpreter, LoopsWhileAPredicateHolds) {
  EXPECT_EQ(outcomes_of("object n = Value('i', 0)\nprocess main:\n  while n.value < 3:\n    x = n.value\n"
                        "    n.value = x + 1\n  n.value == 3\n"),
            Outcomes{});
}

TEST(Interpreter, UsesAConnectionThatCameThroughAConnection) {
  EXPECT_EQ(outcomes_of("object a, b = Pipe()\nobject r, w = Pipe(False)\nprocess main:\n  c.start()\n"
                        "  a.send(w)\n  w.close()\n  r.recv() == 3\n  r.recv() raises EOFError\n  c.join()\n"
                        "process c:\n  x = b.recv()\n  x.send(3)\n  x.recv() raises OSError\n  x.close()\n"),
            Outcomes{});
}

TEST(Interpreter, RefusesToSendWhatOnlyAChildIsHanded) {
  EXPECT_EQ(outcomes_of("object a, b = Pipe()\nobject q = SimpleQueue()\nobject guard = Lock()\n"
                        "object m = Manager()\nobject d = m.dict()\nprocess main:\n"
                        "  a.send(guard) raises RuntimeError\n  q.put(guard) raises RuntimeError\n"
                        "  a.send(d) raises RuntimeError\n  a.send(m) raises RuntimeError\n"
                        "  q.put(a) raises RuntimeError\n  b.poll() == False\n  q.empty() == True\n"),
            Outcomes{});
}

TEST(Interpreter, RaisesTypeErrorsOfWhatIsNoConnection) {
  EXPECT_EQ(outcomes_of("process main:\n  x = 3\n  x.send(1) raises TypeError\n  y = 'a'\n"
                        "  wait([y], 0) raises TypeError\n  wait([], 0.5) == [] after 0.5 within 0.5\n"),
            Outcomes{});
}

TEST(Interpreter, CountsSentinels) {
  EXPECT_EQ(trial::rules_of(result_of(
                "object tasks = Queue()\nprocess main:\n  w.start()\n  tasks.put(None)\n  w.join()\n"
                "process w * 2:\n  tasks.get() == None\n")),
            Names{"sentinel-shortage"});
}

TEST(Interpreter, HandsArgumentsToProcessesAndThreads) {
  EXPECT_EQ(outcomes_of("process main:\n  w.start()\n  w.join()\n  w.exitcode == 0\n"
                        "process w * 2(x=1, y=['a', None], daemon=False):\n  t.start()\n  t.join()\n"
                        "  x + 1 == 2\n  y == ['a', None]\n  x = 5\n  x == 5\n"
                        "thread t(x=b'z'):\n  x == b'z'\n  record(x)\n"),
            Outcomes{"b'z', b'z'"});
}

TEST(Interpreter, MakesWhatOnlyTheScriptKnows) {
  EXPECT_EQ(
      outcomes_of("process main:\n  n = Semaphore(2)\n  n.acquire()\n  n.get_value() == 1\n"
                  "  n = Semaphore(7)\n  n.get_value() == 7\n  w.start()\n  w.join()\n"
                  "process w:\n  guard = Lock()\n  n = Condition(guard)\n  n.notify() raises AssertionError\n"
                  "  with guard:\n    n.notify()\n"),
      Outcomes{});
}

TEST(Interpreter, GivesEachThreadItsOwn) {
  EXPECT_EQ(
      outcomes_of("process main:\n  t.start()\n  t.join()\n"
                  "thread t * 2:\n  n = Value('i', 0)\n  x = n.value\n  n.value = x + 1\n  n.value == 1\n"),
      Outcomes{});
}

TEST(Interpreter, KnowsNothingFromSomething) {
  EXPECT_EQ(
      outcomes_of("object p = parent_process()\nprocess main:\n  p.name raises AttributeError\n"
                  "  q = parent_process() == None\n  q.is_alive() raises AttributeError\n"
                  "  l = Lock() ok\n  v = Value('x') raises TypeError\n  v.value raises AttributeError\n"
                  "  Array('i', 1, lock=l) ok\n"),
      Outcomes{});
  EXPECT_EQ(sentence_of("process main:\n  x = Lock() == None\n"),
            "main: line 3: x = Lock() == None: expected None, got 'a Lock'");
}

TEST(Interpreter, CallsAndComparesWhatOnlyTheScriptKnows) {
  EXPECT_EQ(outcomes_of("process main:\n  n = Semaphore(0)\n  b = Barrier(1, n.release)\n  b.wait() == 0\n"
                        "  n.get_value() == 1\n  v = Value('i', 0)\n  while v.value < 3:\n    x = v.value\n"
                        "    v.value = x + 1\n  v.value == 3\n"),
            Outcomes{});
}

TEST(Interpreter, AddsResults) {
  EXPECT_EQ(
      outcomes_of("process main:\n  a = 2\n  b = 0.5\n  a + b == 2.5\n  b + a + 1 == 3.5\n  a + a - 1 == 3\n"
                  "  t = 'x'\n  t + t == 'xx'\n  t + a raises TypeError\n"
                  "  l = append([], a)\n  l = append(l, t)\n  l + l == [2, 'x', 2, 'x']\n"
                  "  append(a, l) raises TypeError\n"),
      Outcomes{});
}

TEST(Interpreter, ComparesInAnyOrderAndByTheBeginning) {
  EXPECT_EQ(outcomes_of("object tasks = Queue()\nprocess main:\n  w.start()\n  v.start()\n  seen = []\n"
                        "  repeat 2:\n    x = tasks.get()\n    seen = append(seen, x)\n"
                        "  seen permutes [1, 2]\n  seen begins [1] | begins [2]\n  w.join()\n  v.join()\n"
                        "process w:\n  tasks.put(1)\nprocess v:\n  tasks.put(2)\n"),
            Outcomes{});
  EXPECT_EQ(sentence_of("process main:\n  x = [1, 1, 2]\n  x permutes [1, 2, 2] | begins [2]\n"),
            "main: line 4: x permutes [1, 2, 2] | begins [2]: expected a permutation of [1, 2, 2] or "
            "something that begins with [2], got [1, 1, 2]");
}

TEST(Interpreter, RaisesTypeErrorsOfResults) {
  EXPECT_EQ(outcomes_of("object tasks = Queue()\nprocess main:\n  x = tasks.get_nowait() raises Empty\n"
                        "  x == 1 | raises TypeError\n  y = tasks.get(False) raises Empty\n"),
            Outcomes{});
}

}  // namespace
}  // namespace heddle::programs
