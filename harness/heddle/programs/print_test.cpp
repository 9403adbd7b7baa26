// Text and value are two forms of one thing: generated programs survive being written and read.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <heddle/programs/parse.hpp>
#include <heddle/programs/print.hpp>

namespace heddle::programs {
namespace {

using rc::Gen;

/// Few of them: what matters is which, and long lists of long lists take long.
template <class T>
Gen<std::vector<T>> some(Gen<T> each) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 5), [each = std::move(each)](std::size_t count) {
    return rc::gen::container<std::vector<T>>(count, each);
  });
}

Gen<std::string> names() {
  return rc::gen::map(rc::gen::inRange(0, 1000), [](int i) { return "n" + std::to_string(i); });
}
template <class T>
Gen<Payload> kind(Gen<T> content) {
  return rc::gen::map(std::move(content), [](T value) { return Payload{std::move(value)}; });
}
Gen<std::string> texts() {
  return rc::gen::container<std::string>(
      rc::gen::map(rc::gen::inRange(0, 256), [](int i) { return static_cast<char>(i); }));
}
Gen<mp::Bytes> byte_strings() {
  return rc::gen::container<mp::Bytes>(
      rc::gen::map(rc::gen::inRange(0, 256), [](int i) { return static_cast<std::byte>(i); }));
}
Gen<double> durations() {
  return rc::gen::map(rc::gen::inRange(0, 100'000), [](int i) { return i / 1000.0; });
}
Gen<Payload> payloads() {
  const Gen<double> reals =
      rc::gen::map(rc::gen::arbitrary<double>(), [](double d) { return std::isfinite(d) ? d : 0.5; });
  return rc::gen::oneOf(
      rc::gen::just(none()), kind(rc::gen::arbitrary<bool>()), kind(rc::gen::arbitrary<std::int64_t>()),
      kind(reals), kind(texts()), kind(byte_strings()),
      rc::gen::map(rc::gen::container<std::vector<std::int64_t>>(rc::gen::arbitrary<std::int64_t>()),
                   [](const std::vector<std::int64_t>& items) {
                     List list;
                     for (const std::int64_t item : items) list.items.push_back(payload_of(item));
                     return Payload{list};
                   }),
      rc::gen::map(rc::gen::inRange(0, 70'000), [](int i) { return Payload{Sized{i}}; }),
      rc::gen::map(durations(), [](double d) { return Payload{Slow{d}}; }),
      rc::gen::element(Payload{Unserialisable{}}, Payload{Undecodable{}}));
}
Gen<Term> terms() {
  return rc::gen::oneOf(
      rc::gen::map(payloads(), [](Payload p) { return Term{std::move(p)}; }),
      rc::gen::map(
          rc::gen::tuple(names(), rc::gen::arbitrary<std::int64_t>(), rc::gen::maybe(names())),
          [](const auto& t) {
            return Term{Reference{std::get<0>(t), std::get<1>(t), std::get<2>(t) ? *std::get<2>(t) : ""}};
          }),
      rc::gen::map(rc::gen::nonEmpty(some(names())),
                   [](std::vector<std::string> list) { return Term{NameList{std::move(list)}}; }));
}
/// Only in parentheses is it clear where these end.
Gen<Term> terms_of_calls() {
  using Pair = std::pair<std::string, std::string>;
  return rc::gen::oneOf(
      terms(),
      rc::gen::map(rc::gen::pair(names(), names()),
                   [](Pair p) {
                     return Term{Method{p.first, p.second}};
                   }),
      rc::gen::map(rc::gen::pair(names(), names()), [](Pair p) {
        return Term{Comparison{p.first, p.second, Comparison::Relation::at_most, payload_of(1)}};
      }));
}
Gen<Argument> arguments() {
  const auto each = rc::gen::tuple(rc::gen::arbitrary<bool>(), names(), terms_of_calls());
  return rc::gen::map(each, [](const auto& t) {
    return Argument{.keyword = std::get<0>(t) ? std::get<1>(t) : "", .term = std::get<2>(t)};
  });
}
Gen<Matcher> matchers() {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 6), terms(), terms(), names()), [](const auto& t) {
    Matcher matcher{.kind = static_cast<Matcher::Kind>(std::get<0>(t))};
    const bool has_one = matcher.kind == Matcher::Kind::equals || matcher.kind == Matcher::Kind::permutes ||
                         matcher.kind == Matcher::Kind::begins;
    if (has_one) matcher.terms = {std::get<1>(t)};
    if (matcher.kind == Matcher::Kind::one_of) matcher.terms = {std::get<1>(t), std::get<2>(t)};
    if (matcher.kind == Matcher::Kind::raises) matcher.exception = std::get<3>(t);
    if (matcher.kind == Matcher::Kind::raises && matcher.exception.size() % 2 == 0)
      matcher.terms = {std::get<1>(t)};
    return matcher;
  });
}
Gen<Expectation> expectations() {
  return rc::gen::map(
      rc::gen::tuple(some(matchers()), rc::gen::maybe(durations()), rc::gen::maybe(durations())),
      [](const auto& t) {
        Expectation expectation{.alternatives = std::get<0>(t)};
        if (std::get<1>(t)) expectation.seconds_min = *std::get<1>(t);
        if (std::get<2>(t)) expectation.seconds_max = *std::get<2>(t);
        return expectation;
      });
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

Gen<Operation> operations() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 8), rc::gen::maybe(names()), rc::gen::maybe(names()), names(),
                     some(arguments()), expectations(), rc::gen::container<std::vector<Term>>(4, terms())),
      [](const auto& t) {
        Operation operation{
            .name = std::get<3>(t), .arguments = std::get<4>(t), .expectation = std::get<5>(t)};
        if (std::get<1>(t)) operation.binding = *std::get<1>(t);
        if (std::get<2>(t)) operation.target = *std::get<2>(t);
        return shaped(std::move(operation), static_cast<Form>(std::get<0>(t)), std::get<6>(t));
      });
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

RC_GTEST_PROP(Print, IsReadBackAsTheSameProgram, ()) {
  Program program{.name = "generated/p-1"};
  if (*rc::gen::arbitrary<bool>())
    program.findings = {{.rule = "crash", .with_harm = *rc::gen::arbitrary<bool>()}};
  if (*rc::gen::arbitrary<bool>()) program.outcomes = {*some(payloads())};
  program.objects.push_back({.names = {"a", "b"},
                             .made_by = *rc::gen::element(std::string(), std::string("m")),
                             .maker = "Pipe",
                             .arguments = *some(arguments())});
  std::uint32_t uid = 0;
  for (int i = 0; i < 2; ++i)
    program.scripts.push_back(
        script_of(*some(operations()), uid, static_cast<std::uint32_t>(*rc::gen::inRange(1, 5))));
  const std::string text = print(program);
  const auto read = parse(text, "text");
  if (!read) RC_FAIL(read.error().what + "\n" + text);
  RC_ASSERT(*read == program);
  RC_ASSERT(print(*read) == text);
}

/// Words of the language in any order: nothing but an error or a program comes of them.
RC_GTEST_PROP(Parse, SurvivesAnyOrderOfItsWords, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "program ", "p", "\n", "\n  ", "\n    ", "expect ", "findings", ": ", "object ", "q", " = ", "Queue",
      "(", ")", "process ", "main", "repeat ", "3", "-", "x", ".", "get", "[", "]", "'a'", "b'\\x00'", "in ",
      "{", "}", "raises ", "Empty", "for ", "iter", ", ", "None", "with ", "@", "after ", "|", "ok", "*",
      "\xff", "#", "\t", "1e9", "size(", "pass", "+", "permutes", "begins", "x=1"));
  std::string text = *rc::gen::element<std::string>("", "program p\nobject q = Queue()\nprocess main:\n  ");
  for (const std::string& word : words) text += word;
  const auto program = parse(text, "p");
  if (!program) return;
  const auto again = parse(print(*program), "p");
  if (!again) RC_FAIL(again.error().what + "\n" + text);
  RC_ASSERT(*again == *program);
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
