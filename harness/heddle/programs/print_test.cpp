// Text and value are two forms of one thing: generated programs survive being written and read.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/trial/by_chance.hpp>

namespace heddle::programs {
namespace {

// Drawn one number at a time: generators put together from generators take twenty seconds to compile.
int below(int bound) { return *rc::gen::inRange(0, bound); }
bool coin() { return below(2) == 1; }
std::int64_t integer() { return *rc::gen::arbitrary<std::int64_t>(); }

/// Few of them: what matters is which, and long lists of long lists take long.
template <class Draw>
auto some(Draw draw, int count_min = 0) {
  std::vector<decltype(draw())> drawn;
  for (int count = count_min + below(5 - count_min); count > 0; --count) drawn.push_back(draw());
  return drawn;
}

std::string name() { return "n" + std::to_string(below(1000)); }
std::string maybe_name() { return coin() ? name() : std::string(); }
std::string text() {
  std::string letters;
  for (int count = below(20); count > 0; --count) letters += static_cast<char>(below(256));
  return letters;
}
mp::Bytes byte_string() {
  return some([] { return static_cast<std::byte>(below(256)); });
}
double duration() { return below(100'000) / 1000.0; }
double real() {
  const auto drawn = std::bit_cast<double>(integer());
  return std::isfinite(drawn) ? drawn : 0.5;
}
Payload payload() {
  switch (below(11)) {
    case 0:
      return none();
    case 1:
      return Payload{coin()};
    case 2:
      return Payload{integer()};
    case 3:
      return Payload{real()};
    case 4:
      return Payload{text()};
    case 5:
      return Payload{byte_string()};
    case 6:
      return Payload{List{some([] { return payload_of(integer()); })}};
    case 7:
      return Payload{Sized{below(70'000)}};
    case 8:
      return Payload{Slow{duration()}};
    case 9:
      return Payload{Unserialisable{}};
  }
  return Payload{Undecodable{}};
}
Term term() {
  switch (below(3)) {
    case 0:
      return Term{payload()};
    case 1:
      return Term{Reference{name(), integer(), maybe_name()}};
  }
  return Term{NameList{some(&name, 1)}};
}
/// Only in parentheses is it clear where these end.
Term term_of_call() {
  switch (below(4)) {
    case 0:
      return Term{Method{name(), name()}};
    case 1:
      return Term{Comparison{name(), name(), Comparison::Relation::at_most, payload_of(1)}};
  }
  return term();
}
Argument argument() { return {.keyword = maybe_name(), .term = term_of_call()}; }
Matcher matcher() {
  Matcher matcher{.kind = static_cast<Matcher::Kind>(below(6))};
  const bool has_one = matcher.kind == Matcher::Kind::equals || matcher.kind == Matcher::Kind::permutes ||
                       matcher.kind == Matcher::Kind::begins;
  if (has_one) matcher.terms = {term()};
  if (matcher.kind == Matcher::Kind::one_of) matcher.terms = {term(), term()};
  if (matcher.kind == Matcher::Kind::raises) matcher.exception = name();
  if (matcher.kind == Matcher::Kind::raises && coin()) matcher.terms = {term()};
  return matcher;
}
Expectation expectation() {
  Expectation expectation{.alternatives = some(&matcher)};
  if (coin()) expectation.seconds_min = duration();
  if (coin()) expectation.seconds_max = duration();
  return expectation;
}

/// As many arguments as the form has.
Operation shaped(Operation operation, Form form, const std::vector<Term>& terms) {
  operation.form = form;
  if (form == Form::value || (is_item(form) && operation.target.empty())) operation.name.clear();
  if (form == Form::value) operation.target.clear();
  if (form != Form::call && operation.target.empty() && form != Form::value) operation.target = "t";
  if (form == Form::call) return operation;
  operation.arguments.clear();
  const std::size_t counts[] = {0, 0, 1, 1, 2, 3, 4, 1};  // by form
  for (std::size_t i = 0; i < counts[static_cast<std::size_t>(form)]; ++i)
    operation.arguments.push_back({.term = terms[i]});
  return operation;
}

Operation operation() {
  Operation operation{.binding = maybe_name(), .target = maybe_name(), .name = name()};
  operation.arguments = some(&argument);
  operation.expectation = expectation();
  const auto form = static_cast<Form>(below(8));
  return shaped(std::move(operation), form, {term(), term(), term(), term()});
}

/// Blocks within blocks, and uids with gaps, as a shrinker leaves them.
Script script_of(std::vector<Operation> operations, std::uint32_t& uid, std::uint32_t gap) {
  Script script{.name = "s", .copies = gap};
  if (gap != 2) script.daemon = gap == 1;
  if (gap == 3) script.parameters = {{.name = "x", .value = payload_of(1)}, {.name = "y"}};
  for (Operation& operation : operations) operation.uid = uid += gap;
  if (operations.size() > 2) {
    Operation repeat{.uid = operations[0].uid, .form = Form::repeat, .arguments = {{.term = payload_of(3)}}};
    if (gap == 2)
      repeat = {.uid = repeat.uid, .form = Form::iterate, .binding = "x", .target = "t", .name = "get"};
    if (gap == 2) repeat.arguments = {{.term = none()}};
    if (gap == 3) repeat = {.uid = repeat.uid, .form = Form::with, .target = "t"};
    if (gap == 4) repeat = {.uid = repeat.uid, .form = Form::loop};
    if (gap == 4) repeat.arguments = {{.term = Comparison{"t", "a", Comparison::Relation::less, none()}}};
    repeat.block.assign(operations.begin() + 1, operations.end() - 1);
    operations.erase(operations.begin(), operations.end() - 1);
    operations.insert(operations.begin(), std::move(repeat));
  }
  script.operations = std::move(operations);
  return script;
}

TEST(Print, IsReadBackAsTheSameProgram) {
  trial::check_by_chance([] {
    Program program{.name = "generated/p-1"};
    if (coin()) program.findings = {{.rule = "crash", .with_harm = coin()}};
    if (coin()) program.outcomes = {some(&payload)};
    if (coin()) program.histories = {{.object = "a", .model = "simple-queue"}};
    if (coin()) program.histories.push_back({.object = "b", .model = "queue", .number = below(9)});
    program.objects.push_back(
        {.names = {"a", "b"}, .made_by = coin() ? "m" : "", .maker = "Pipe", .arguments = some(&argument)});
    std::uint32_t uid = 0;
    for (int i = 0; i < 2; ++i)
      program.scripts.push_back(script_of(some(&operation), uid, static_cast<std::uint32_t>(1 + below(4))));
    const std::string text = print(program);
    const auto read = parse(text, "text");
    if (!read) RC_FAIL(read.error().what + "\n" + text);
    RC_ASSERT(*read == program);
    RC_ASSERT(print(*read) == text);
  });
}

/// Words of the language in any order: nothing but an error or a program comes of them.
TEST(Parse, SurvivesAnyOrderOfItsWords) {
  trial::check_by_chance([] {
    const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "program ", "p", "\n", "\n  ", "\n    ", "expect ", "findings", ": ", "object ", "q", " = ", "Queue",
        "(", ")", "process ", "main", "repeat ", "3", "-", "x", ".", "get", "[", "]", "'a'", "b'\\x00'",
        "in ", "{", "}", "raises ", "Empty", "for ", "iter", ", ", "None", "with ", "@", "after ", "|", "ok",
        "*", "\xff", "#", "\t", "1e9", "size(", "pass", "+", "permutes", "begins", "x=1"));
    std::string text = *rc::gen::element<std::string>("", "program p\nobject q = Queue()\nprocess main:\n  ");
    for (const std::string& word : words) text += word;
    const auto program = parse(text, "p");
    if (!program) return;
    const auto again = parse(print(*program), "p");
    if (!again) RC_FAIL(again.error().what + "\n" + text);
    RC_ASSERT(*again == *program);
  });
}

TEST(Print, IsCanonical) {
  const std::string canonical =
      "program p\nexpect findings: none\nexpect outcomes: (1, 'a')\nobject tasks = Queue(2)\n"
      "object a, b = Pipe(duplex=False)\nprocess main:\n  tasks.put(1, True, timeout=0.5) raises Full | ok\n"
      "  repeat 2:\n    x = tasks.get() after 0.5\n  @9 x + 1 == 2\n  a[1:] = x\n  a.b.c[::2] permutes "
      "[1]\nthread t(y='', daemon=True):\n  pass\n";
  const auto read = parse(
      "# a comment\nprogram  p\nexpect outcomes:(1,\"a\")  # another\n\nobject tasks=Queue( 2 )\n"
      "object a,b = Pipe(duplex = False,)\nprocess main :\n    tasks.put(1,True,timeout=0.500) raises "
      "Full|ok\n"
      "    repeat 2 :\n     x=tasks.get() after 5e-1\n    @9 x+1==2\n    a[1 :None] = x\n    a.b . c[: "
      ":2]permutes[1]\nthread t( daemon=True,y = \"\" ):\n pass\n",
      "p");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(print(*read), canonical);
}

}  // namespace
}  // namespace heddle::programs
