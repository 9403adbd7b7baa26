// What programs' texts mean, and what is said of those that mean nothing.
#include <gtest/gtest.h>

#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::programs {
namespace {

/// The operations of main that these lines are.
std::vector<Operation> operations_of(const std::string& lines) {
  const auto program = parse("program p\nprocess main:\n" + lines, "p.program");
  EXPECT_TRUE(program) << program.error().what;
  return program ? program->scripts.at(0).operations : std::vector<Operation>{};
}
Operation operation_of(const std::string& line) { return operations_of("  " + line).at(0); }

/// What is wrong with a text, from its line number on.
std::string complaint_of(const std::string& text) {
  auto program = parse(text, "p");
  if (program) {
    const auto planned = plan(*std::move(program), "p");
    return planned ? "" : planned.error().what + "; " + planned.error().hint;
  }
  EXPECT_EQ(program.error().code, "program-malformed");
  return program.error().what;
}
std::string complaint_of_main(const std::string& lines) {
  return complaint_of("program p\nobject tasks = Queue(2)\nobject a, b = Pipe()\nprocess main:\n" + lines);
}

Payload value_in(const std::string& text) {
  return std::get<Payload>(operation_of(text).arguments.at(0).term);
}

TEST(Parse, ReadsValues) {
  EXPECT_EQ(value_in("None"), none());
  EXPECT_EQ(value_in("True"), payload_of(true));
  EXPECT_EQ(value_in("-9223372036854775808"), payload_of(INT64_MIN));
  EXPECT_EQ(value_in("0.5"), Payload{0.5});
  EXPECT_EQ(value_in("-1e3"), Payload{-1000.0});
  EXPECT_EQ(value_in("'it\\'s'"), payload_of(std::string("it's")));
  EXPECT_EQ(value_in("\"a#b\""), payload_of(std::string("a#b")));
  EXPECT_EQ(value_in("b'\\x00z'"), payload_of(mp::Bytes{std::byte{0}, std::byte{'z'}}));
  EXPECT_EQ(value_in("size(70000)"), Payload{Sized{70000}});
  EXPECT_EQ(value_in("slow(0.25)"), Payload{Slow{0.25}});
  EXPECT_EQ(value_in("unserialisable"), Payload{Unserialisable{}});
  EXPECT_EQ(value_in("undecodable"), Payload{Undecodable{}});
  EXPECT_EQ(value_in("[1, [None]]"), (Payload{List{{payload_of(1), Payload{List{{none()}}}}}}));
}

TEST(Parse, ReadsEveryForm) {
  EXPECT_EQ(operation_of("tasks.put(1)").form, Form::call);
  EXPECT_EQ(operation_of("worker.exitcode").form, Form::read);
  EXPECT_EQ(operation_of("counter.value = x + 1").form, Form::write);
  EXPECT_EQ(operation_of("d['a']").form, Form::item_read);
  EXPECT_EQ(operation_of("d['a'] = 1").form, Form::item_write);
  EXPECT_EQ(operation_of("x + 1 == 3").form, Form::value);
  EXPECT_EQ(operation_of("repeat 3:\n    pass").form, Form::repeat);
  EXPECT_EQ(operation_of("for x in iter(tasks.get, None):\n    pass").form, Form::iterate);
  EXPECT_EQ(operation_of("while barrier.n_waiting < 3:\n    pass").form, Form::loop);
  EXPECT_EQ(operation_of("with guard:\n    pass").form, Form::with);
}

TEST(Parse, ReadsItemsAndSlices) {
  EXPECT_EQ(operation_of("a[x + 1]").form, Form::item_read);
  EXPECT_EQ(operation_of("a[-1] = 2").form, Form::item_write);
  const Operation slice = operation_of("a[1:x:-2] = [3]");
  EXPECT_EQ(slice.form, Form::slice_write);
  ASSERT_EQ(slice.arguments.size(), 4U);
  EXPECT_EQ(slice.arguments[1].term, Term{Reference{.name = "x"}});
  EXPECT_EQ(slice.arguments[2].term, Term{payload_of(-2)});
  const Operation whole = operation_of("a[:]");
  EXPECT_EQ(whole.form, Form::slice_read);
  EXPECT_EQ(whole, operation_of("a[None:None:]"));
}

TEST(Parse, ReadsMembersOfMembers) {
  const Operation call = operation_of("values.shm.unlink()");
  EXPECT_EQ(call.target, "values");
  EXPECT_EQ(call.name, "shm.unlink");
  const Operation item = operation_of("block.buf[0] = 1");
  EXPECT_EQ(item.form, Form::item_write);
  EXPECT_EQ(item.name, "buf");
  EXPECT_EQ(operation_of("block.size").name, "size");
}

TEST(Parse, ReadsBindingTargetNameAndArguments) {
  const Operation operation = operation_of("x = tasks.get(False, timeout=0.5)");
  EXPECT_EQ(operation.binding, "x");
  EXPECT_EQ(operation.target, "tasks");
  EXPECT_EQ(operation.name, "get");
  ASSERT_EQ(operation.arguments.size(), 2U);
  EXPECT_EQ(operation.arguments[0], (Argument{.term = payload_of(false)}));
  EXPECT_EQ(operation.arguments[1], (Argument{.keyword = "timeout", .term = Payload{0.5}}));
}

TEST(Parse, ReadsWhatNamesObjects) {
  const auto argument_of = [](const std::string& text) {
    return operation_of("f(" + text + ")").arguments.at(0).term;
  };
  EXPECT_EQ(argument_of("trips.release"), Term(Method{"trips", "release"}));
  EXPECT_EQ(argument_of("[here, there]"), Term(NameList{{"here", "there"}}));
  EXPECT_EQ(argument_of("b.n_waiting == 2"),
            Term(Comparison{"b", "n_waiting", Comparison::Relation::equal, payload_of(2)}));
}

TEST(Parse, ReadsWhatAnExceptionCarries) {
  const Expectation expectation = operation_of("f() raises BufferTooShort('a')").expectation;
  EXPECT_EQ(expectation.alternatives.at(0), (Matcher{.kind = Matcher::Kind::raises,
                                                     .terms = {payload_of(std::string("a"))},
                                                     .exception = "BufferTooShort"}));
}

TEST(Parse, LetsAMemberHaveAWordOfTheLanguageForItsName) {
  EXPECT_EQ(operation_of("d.size() == 5").name, "size");
  EXPECT_EQ(operation_of("f(d.size)").arguments.at(0).term, Term(Method{"d", "size"}));
}

TEST(Parse, ReadsExpectations) {
  const Expectation expectation =
      operation_of("tasks.get() == 1 | in {2, x} | raises Empty | ok after 0.5 within 2").expectation;
  const std::vector<Matcher> alternatives{
      {.kind = Matcher::Kind::equals, .terms = {payload_of(1)}},
      {.kind = Matcher::Kind::one_of, .terms = {payload_of(2), Reference{.name = "x"}}},
      {.kind = Matcher::Kind::raises, .exception = "Empty"},
      {.kind = Matcher::Kind::ok}};
  EXPECT_EQ(expectation, (Expectation{.alternatives = alternatives, .seconds_min = 0.5, .seconds_max = 2.0}));
}

TEST(Parse, NumbersOperationsAndKeepsGivenUids) {
  const auto operations = operations_of("  sleep(1)\n  @7 repeat 2:\n    sleep(1)\n  sleep(1)\n");
  ASSERT_EQ(operations.size(), 3U);
  EXPECT_EQ(operations[0].uid, 1U);
  EXPECT_EQ(operations[1].uid, 7U);
  EXPECT_EQ(operations[1].block.at(0).uid, 8U);
  EXPECT_EQ(operations[2].uid, 9U);
}

TEST(Parse, ReadsScriptsWithTheirOptions) {
  const auto program = parse("program p\nprocess w * 3(daemon=True):\n  pass\nthread t:\n  pass\n", "p");
  ASSERT_TRUE(program);
  EXPECT_EQ(program->scripts.at(0), (Script{.name = "w", .copies = 3, .daemon = true, .operations = {}}));
  EXPECT_EQ(program->scripts.at(1).runner, Script::Runner::thread);
}

TEST(Parse, ReadsWhatIsExpectedOfTheProgram) {
  const auto program = parse(
      "program p\nexpect findings: crash, pipe-multi-reader with harm\nexpect outcomes: (1, 'a'), ()\n", "p");
  ASSERT_TRUE(program);
  EXPECT_EQ(program->findings, (std::vector<RuleExpectation>{
                                   {.rule = "crash"}, {.rule = "pipe-multi-reader", .with_harm = true}}));
  EXPECT_EQ(program->outcomes,
            (std::vector<std::vector<Payload>>{{payload_of(1), payload_of(std::string("a"))}, {}}));
}

TEST(Parse, RefusesWhatIsNoText) {
  EXPECT_EQ(complaint_of(""), "p:1:1: found an empty text, expected a line 'program NAME'");
  EXPECT_EQ(complaint_of(std::string(3, '\0')),
            "p:1:1: found the byte 0x00, expected a name, a value or an operator");
  EXPECT_EQ(complaint_of("program p\n\x80\xff"),
            "p:2:1: found the byte 0x80, expected a name, a value or an operator");
}

TEST(Parse, SaysWhereAndWhatWasExpected) {
  EXPECT_EQ(complaint_of_main("  tasks.put(1"), "p:5:14: found the end of the line, expected ')'");
  EXPECT_EQ(complaint_of_main("  tasks.put(1))"), "p:5:15: found ')', expected the end of the line");
  EXPECT_EQ(complaint_of_main("  tasks.put('a)"),
            "p:5:13: found a text that does not end, expected a closing ' on this line");
  EXPECT_EQ(complaint_of_main("  wait([a, 3])"),
            "p:5:12: found '3', expected the name of an object or a result");
  EXPECT_EQ(complaint_of_main("  condition.wait_for(n.value)"),
            "p:5:29: found ')', expected ==, !=, <, <=, > or >=");
  EXPECT_EQ(complaint_of_main("  raises = tasks.get()"),
            "p:5:3: found 'raises', expected a name for the result");
}

TEST(Parse, SaysWhatIsWrongWithSlicesAndParameters) {
  EXPECT_EQ(complaint_of_main("  a[]"), "p:5:5: found ']', expected a value");
  EXPECT_EQ(complaint_of_main("  a[1 2]"), "p:5:7: found '2', expected ']'");
  EXPECT_EQ(complaint_of_main("  a[1:2:3:4]"), "p:5:10: found ':', expected ']'");
  EXPECT_EQ(complaint_of_main("  a.(1)"), "p:5:5: found '(', expected an operation");
  EXPECT_EQ(complaint_of_main("  x permutes"), "p:5:13: found the end of the line, expected a value");
  EXPECT_EQ(complaint_of("program p\nprocess w(3):\n  pass"),
            "p:2:11: found '3', expected daemon=True or a parameter with its value, such as x=1");
  EXPECT_EQ(complaint_of("program p\nprocess w(x=y):\n  pass"), "p:2:13: found 'y', expected a value");
  EXPECT_EQ(complaint_of("program p\nprocess w(daemon=True, daemon=True):\n  pass"),
            "p:2:24: found 'daemon', expected daemon once only");
}

TEST(Parse, RefusesNumbersThatDoNotFit) {
  EXPECT_EQ(complaint_of_main("  tasks.put(9223372036854775808)"),
            "p:5:13: found '9223372036854775808', expected an integer of 64 bits");
  EXPECT_EQ(complaint_of_main("  tasks.put(1e999)"),
            "p:5:13: found '1e999', expected a number that a double can hold");
  EXPECT_EQ(complaint_of_main("  tasks.put(1.2.3)"),
            "p:5:13: found '1.2.3', expected a number that a double can hold");
  EXPECT_EQ(complaint_of_main("  tasks.put(size(99999999999))"),
            "p:5:18: found '99999999999', expected a number of bytes, 0 to 67108864");
  EXPECT_EQ(complaint_of_main("  repeat 9999999:\n    pass"),
            "p:5:10: found '9999999', expected how often, 0 to 1000000");
}

TEST(Parse, RefusesDeepNesting) {
  EXPECT_EQ(complaint_of_main("  tasks.put(" + std::string(100'000, '[')),
            "p:5:30: found '[', expected lists at most 16 deep");
  std::string repeats;
  for (std::size_t depth = 1; depth < 20; ++depth) repeats += std::string(2 * depth, ' ') + "repeat 1:\n";
  EXPECT_EQ(complaint_of_main(repeats),
            "p:13:19: found one block too many, expected at most 8 within each other");
}

TEST(Parse, RefusesWrongIndentation) {
  EXPECT_EQ(complaint_of_main("sleep(1)"),
            "p:5:1: found no indented line, expected an operation, or 'pass', "
            "further in than the line above");
  EXPECT_EQ(complaint_of_main("  sleep(1)\n    sleep(1)"),
            "p:6:5: found another indentation, expected 2 spaces, as above");
  EXPECT_EQ(complaint_of_main("\tsleep(1)"),
            "p:5:1: found no indented line, expected an operation, or 'pass', "
            "further in than the line above");
}

TEST(Parse, CannotReadWhatIsNotThere) {
  EXPECT_EQ(parse_file("no/such.program").error().code, "program-unreadable");
  EXPECT_EQ(parse_file("/").error().code, "program-unreadable");
  EXPECT_EQ(parse_file("/dev/zero").error().code, "program-unreadable");
}

}  // namespace
}  // namespace heddle::programs
