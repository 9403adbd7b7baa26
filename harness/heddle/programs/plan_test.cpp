// What is said of programs that are well formed and make no sense.
#include <gtest/gtest.h>

#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::programs {
namespace {

Expected<std::shared_ptr<const Plan>> plan_of(const std::string& text) {
  auto program = parse("program p\n" + text, "p");
  if (!program) return tl::unexpected(program.error());
  return plan(*std::move(program), "p");
}

/// What is wrong and what to do; empty: nothing.
std::string complaint_of(const std::string& text) {
  const auto planned = plan_of(text);
  return planned ? "" : planned.error().what + ": " + planned.error().hint;
}

TEST(Plan, NeedsAMain) {
  EXPECT_EQ(complaint_of(""), "p:1:1: there is no process main: the execution begins with 'process main:'");
  EXPECT_EQ(complaint_of("thread main:\n  pass"),
            "p:2:8: main is not a plain process: write 'process main:'");
}

TEST(Plan, KnowsNoOtherNames) {
  EXPECT_EQ(complaint_of("object tasks = Queue()\nprocess main:\n  task.get()"),
            "p:4:3: nothing is called 'task': did you mean 'tasks'?");
  EXPECT_EQ(complaint_of("process main:\n  x == 1"),
            "p:3:3: 'x' is not bound to a result here: bind it first: x = tasks.get()");
  EXPECT_EQ(complaint_of("object tasks = Queu()\nprocess main:\n  pass"),
            "p:2:8: nothing is made by 'Queu': did you mean 'JoinableQueue' or 'Queue' or 'SimpleQueue'?");
  EXPECT_EQ(complaint_of("expect findings: sentinel-shortag\nprocess main:\n  pass"),
            "p:2:18: no rule is called 'sentinel-shortag': did you mean 'sentinel-shortage'?");
}

TEST(Plan, HintsAtTheOperationMeant) {
  EXPECT_EQ(complaint_of("object tasks = Queue()\nprocess main:\n  tasks.gett()"),
            "p:4:3: no operation of Queue is called 'gett': did you mean 'get'?");
  EXPECT_EQ(complaint_of("process main:\n  slep(1)"),
            "p:3:3: no function is called 'slep': did you mean 'sleep'?");
  EXPECT_EQ(complaint_of("process main:\n  w.exitcode()\nprocess w:\n  pass"),
            "p:3:3: 'exitcode' is not written like this: write it without parentheses");
}

TEST(Plan, KnowsTheOperationsOfEachKind) {
  EXPECT_EQ(complaint_of("object tasks = Queue()\nprocess main:\n  tasks.join()").substr(0, 45),
            "p:4:3: no operation of Queue is called 'join'");
  EXPECT_EQ(complaint_of("object tasks = JoinableQueue()\nprocess main:\n  tasks.join()"), "");
  EXPECT_EQ(complaint_of("object guard = Lock()\nobject c = Condition(guard)\nprocess main:\n  c.wait(1)"),
            "");
}

TEST(Plan, ChecksArguments) {
  const std::string queue = "object tasks = Queue()\nprocess main:\n  ";
  EXPECT_EQ(complaint_of(queue + "tasks.put()"), "p:4:3: put() lacks its argument 'obj': it takes a value");
  EXPECT_EQ(complaint_of(queue + "tasks.get(1)").substr(0, 43),
            "p:4:13: found 1, expected True or False: do");
  EXPECT_EQ(complaint_of(queue + "tasks.get(True, block=True)"),
            "p:4:19: get() is given 'block' twice: leave one out");
  EXPECT_EQ(complaint_of(queue + "tasks.get(blok=True)"),
            "p:4:13: get() has no parameter 'blok': did you mean 'block'?");
  EXPECT_EQ(complaint_of(queue + "tasks.qsize(3)"),
            "p:4:15: qsize() takes at most 0 arguments: leave the rest out");
  EXPECT_EQ(complaint_of(queue + "tasks.put(tasks)").substr(0, 43),
            "p:4:13: found 'tasks', which is no value, e");
  EXPECT_EQ(complaint_of(queue + "raise(Fulll)"),
            "p:4:9: no exception is called 'Fulll': did you mean 'Full'?");
}

TEST(Plan, ChecksWhatKindOfObjectIsNamed) {
  EXPECT_EQ(complaint_of("object tasks = Queue()\nobject c = Condition(tasks)\nprocess main:\n  pass"),
            "p:3:22: 'tasks' is a Queue: name a Lock or a RLock");
  EXPECT_EQ(
      complaint_of("object a = Lock()\nobject c = Condition()\nprocess main:\n  c.wait_for(a.value == 1)"),
      "p:5:14: 'a' has no value: an attribute is compared, such as the value of a Value");
  EXPECT_EQ(complaint_of("object a = Lock()\nobject d = a.dict()\nprocess main:\n  pass").substr(0, 32),
            "p:3:8: nothing is made by 'dict'");
}

TEST(Plan, ChecksWhatABarrierCalls) {
  const std::string trips = "object trips = Semaphore(0)\nobject b = Barrier(2, ";
  const std::string main = ")\nprocess main:\n  b.wait()";
  EXPECT_EQ(complaint_of(trips + "trips.release" + main), "");
  EXPECT_EQ(complaint_of(trips + "action=None" + main), "");
  EXPECT_EQ(complaint_of(trips + "trips.relase" + main),
            "p:3:23: no operation of Semaphore is called 'relase': did you mean 'release'?");
  EXPECT_EQ(complaint_of(trips + "trip.release" + main),
            "p:3:23: no object is called 'trip': did you mean 'trips'?");
  EXPECT_EQ(complaint_of(trips + "trips" + main).substr(0, 64),
            "p:3:23: found 'trips', which is no value, expected an operation ");
  EXPECT_EQ(complaint_of("object q = Queue()\nobject b = Barrier(2, q.put)\nprocess main:\n  pass"),
            "p:3:23: put() lacks its argument 'obj': it takes a value");
  EXPECT_EQ(complaint_of("object q = Queue()\nprocess main:\n  q.put(q.get)").substr(0, 41),
            "p:4:9: found 'q.get', expected a value: d");
}

TEST(Plan, ChecksWhatIsWaitedFor) {
  const std::string ends = "object a, b = Pipe()\nobject l = Lock()\nprocess main:\n  x = 3\n  ";
  EXPECT_EQ(complaint_of(ends + "wait([a, x, b], 1)"), "");
  EXPECT_EQ(complaint_of(ends + "wait([])"), "");
  EXPECT_EQ(complaint_of(ends + "wait([l])"), "p:6:8: 'l' is a Lock: name a Connection");
  EXPECT_EQ(complaint_of(ends + "wait([a, tasks])"),
            "p:6:8: no object is called 'tasks': declare it: object, process or thread");
  EXPECT_EQ(complaint_of(ends + "wait([3])").substr(0, 55),
            "p:6:8: found [3], expected a list of names such as [a, ");
  EXPECT_EQ(complaint_of(ends + "wait(a)").substr(0, 45), "p:6:8: found 'a', which is no value, expected");
  EXPECT_EQ(complaint_of(ends + "sleep([a])").substr(0, 45), "p:6:9: found a list of names, expected a numb");
}

TEST(Plan, ChecksWhatExceptionsCarry) {
  const std::string end = "object a, b = Pipe()\nprocess main:\n  a.recv_bytes_into(size(3)) raises ";
  EXPECT_EQ(complaint_of(end + "BufferTooShort(b'hello')"), "");
  EXPECT_EQ(complaint_of(end + "EOFError(b'hello')"),
            "p:4:37: EOFError carries no value: write raises EOFError");
}

TEST(Plan, ChecksWhatALoopCompares) {
  const std::string barrier = "object b = Barrier(2)\nprocess main:\n  while ";
  EXPECT_EQ(complaint_of(barrier + "b.n_waiting < 1:\n    sleep(1)"), "");
  EXPECT_EQ(complaint_of(barrier + "b.waiting < 1:\n    sleep(1)"),
            "p:4:9: 'b' has no waiting: an attribute is compared, such as the value of a Value");
  EXPECT_EQ(complaint_of(barrier + "True:\n    sleep(1)").substr(0, 60),
            "p:4:9: found True, expected a predicate such as x.value >= 4");
}

TEST(Plan, LetsConnectionsOnlyBeResultsOneCanUse) {
  const std::string end = "object a, b = Pipe()\nprocess main:\n  x = a.recv()\n  ";
  EXPECT_EQ(complaint_of(end + "x.send(3)"), "");
  EXPECT_EQ(complaint_of(end + "x.get()").substr(0, 47), "p:5:3: no operation of Connection is called 'ge");
}

TEST(Plan, HoldsGeneratedProgramsToTheLimits) {
  Program program{.name = "p", .scripts = {{.name = "main"}}};
  program.scripts[0].operations = {{.uid = 1, .name = "record", .arguments = {{.term = Payload{Sized{-1}}}}}};
  EXPECT_EQ(plan(program).error().what, "p: a value beyond the limits");
  program.scripts[0].operations[0].arguments[0].term = none();
  EXPECT_TRUE(plan(program));
  program.scripts[0].copies = 0;
  EXPECT_EQ(plan(program).error().what, "p: 'main' has 0 copies");
}

TEST(Plan, RefusesAmbiguity) {
  EXPECT_EQ(complaint_of("object a = Lock()\nobject a = Lock()\nprocess main:\n  pass"),
            "p:3:8: two things are called 'a': give one of them another name");
  EXPECT_EQ(complaint_of("object a = Lock()\nprocess a:\n  pass\nprocess main:\n  pass"),
            "p:2:8: two things are called 'a': give one of them another name");
  EXPECT_EQ(complaint_of("process main:\n  w = choose(2)\nprocess w:\n  pass"),
            "p:3:3: 'w' is an object or a script already: give the result another name");
}

TEST(Plan, RefusesWhatIsTooMuch) {
  EXPECT_EQ(complaint_of("process main:\n  a.start()\nprocess a * 40:\n  b.start()\nprocess b * 40:\n  pass"),
            "p:2:9: more than 1000 processes and threads: start fewer copies");
}

TEST(Plan, RefusesScriptsThatStartThemselves) {
  EXPECT_EQ(complaint_of("process main:\n  a.start()\nprocess a:\n  b.start()\nprocess b:\n  a.start()"),
            "p:4:9: 'a' would start itself: a script may not name itself, or one that leads back to it");
}

TEST(Plan, ChecksParametersOfScripts) {
  EXPECT_EQ(complaint_of("process main(x=1):\n  pass"),
            "p:2:9: main is not a plain process: write 'process main:'");
  EXPECT_EQ(complaint_of("process main:\n  pass\nprocess w(x=1, x=2):\n  pass"),
            "p:4:16: two parameters are called 'x': give one of them another name");
  EXPECT_EQ(complaint_of("object x = Lock()\nprocess main:\n  pass\nprocess w(x=1):\n  pass"),
            "p:5:11: 'x' is an object or a script already: give the result another name");
}

TEST(Plan, ChecksWhatScriptsMake) {
  EXPECT_EQ(complaint_of("process main:\n  a = Pipe()"),
            "p:3:3: Pipe makes 2 at once: declare it: object a, b = Pipe()");
  EXPECT_EQ(complaint_of("process main:\n  a = Lokc()").substr(0, 39),
            "p:3:3: no function is called 'Lokc': di");
  EXPECT_EQ(complaint_of("process main:\n  a = Lock()\n  a = Queue()"),
            "p:4:3: 'a' is an object or a script already: give the result another name");
  EXPECT_EQ(complaint_of("process main:\n  a = 1\n  a = Lock()"),
            "p:4:3: 'a' is a result already: give the object another name");
  EXPECT_EQ(complaint_of("process main:\n  a = Lock() == 3"),
            "p:3:14: an object is compared with a value: expect ok, == None or raises NAME");
  EXPECT_EQ(complaint_of("process main:\n  a = Lock()\n  a == 3").substr(0, 43),
            "p:4:3: found 'a', which is no value, expect");
  EXPECT_EQ(complaint_of("process main:\n  a = Lock()\nprocess w:\n  a.acquire()").substr(0, 33),
            "p:5:3: nothing is called 'a': did");
}

TEST(Plan, KnowsWhatIsWrittenHow) {
  const std::string array =
      "object a = Array('i', 3)\nobject m = SharedMemory(create=True, size=1)\nprocess main:\n  ";
  EXPECT_EQ(complaint_of(array + "a.len()"),
            "p:5:3: 'len' is not written like this: write len(x), x being the object");
  EXPECT_EQ(complaint_of(array + "m.buf"), "p:5:3: 'buf' is not written like this: write buf[...]");
  EXPECT_EQ(complaint_of(array + "len(m)").substr(0, 54),
            "p:5:3: no operation of SharedMemory is called 'len': d");
  EXPECT_EQ(complaint_of(array + "a.get_lokc()"),
            "p:5:3: no operation of Array is called 'get_lokc': did you mean 'get_lock'?");
  EXPECT_EQ(complaint_of(array + "a['x']").substr(0, 40), "p:5:5: found 'x', expected an integer: d");
  EXPECT_EQ(complaint_of(array + "a[0:b'']").substr(0, 40), "p:5:7: found b'', expected an integer: d");
  EXPECT_EQ(complaint_of(array + "Value('i', 0, lock=a)"),
            "p:5:17: 'a' is a Array: name a Lock or a RLock or a DataLock");
  EXPECT_EQ(complaint_of("object a = RawArray('i', 3)\nprocess main:\n  a.get_lock()").substr(0, 52),
            "p:4:3: no operation of RawArray is called 'get_lock'");
}

TEST(Plan, KeepsAManagerWithMain) {
  EXPECT_EQ(
      complaint_of("object m = Manager()\nprocess main:\n  w.start()\nprocess w:\n  m.shutdown()"),
      "p:5:9: 'w' names 'm', a Manager, which cannot be handed over: only main and its threads may use it");
}

TEST(Plan, HandsAChildWhatItAndItsChildrenName) {
  const auto planned = plan_of(
      "object a = Lock()\nobject b = Lock()\nobject c = Lock()\nprocess main:\n  c.acquire()\n  w.start()\n"
      "process w:\n  b.acquire()\n  v.start()\nprocess v:\n  a.acquire()");
  ASSERT_TRUE(planned) << planned.error().what;
  EXPECT_EQ((*planned)->scripts.at(1).objects, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ((*planned)->scripts.at(2).objects, (std::vector<std::size_t>{0}));
}

TEST(Plan, HandsAChildWhatItsBarriersCall) {
  const auto planned = plan_of(
      "object l = Lock()\nobject a = Semaphore(0)\nobject b = Barrier(1, a.release)\n"
      "object c = Barrier(1, b.wait)\nprocess main:\n  w.start()\nprocess w:\n  c.wait()");
  ASSERT_TRUE(planned) << planned.error().what;
  EXPECT_EQ((*planned)->scripts.at(1).objects, (std::vector<std::size_t>{1, 2, 3}));
}

TEST(Plan, WritesOutcomesAsExplorationsTellThem) {
  const auto planned = plan_of("expect outcomes: (1, None), ('a')\nprocess main:\n  pass");
  ASSERT_TRUE(planned);
  EXPECT_EQ(outcome_lines((*planned)->program), (std::vector<std::string>{"1, None", "'a'"}));
}

}  // namespace
}  // namespace heddle::programs
