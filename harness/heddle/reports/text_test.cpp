// The text report against files under golden/. HEDDLE_GOLDEN_WRITE=1 writes them anew; look at the
// difference before keeping it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <heddle/core/token.hpp>
#include <heddle/reports/text.hpp>

namespace heddle {
namespace {

mp::Location place();

/// Two workers, one of which says task_done() too often; `puts` makes the history longer.
class Story {
 public:
  explicit Story(std::uint32_t puts, bool predicted = false) {
    main_ = add_process("main");
    first_ = add_process("worker-1");
    second_ = add_process("worker-2");
    tasks_ = history_.objects.add();
    history_.objects[tasks_].kind = mp::ObjectKind::joinable_queue;
    history_.objects[tasks_].name = "tasks";
    for (std::uint32_t put = 1; put <= puts; ++put) add(main_, mp::Verb::put, std::to_string(put), "");
    OperationRow& get = add(second_, mp::Verb::get, "", "2");
    get.blocked = true;
    get.step_begin = 0;
    add(first_, mp::Verb::get, "", "1");
    add(first_, mp::Verb::task_done, "", "");
    OperationRow& join = add(main_, mp::Verb::join, "", "");
    join.blocked = true;
    join.ended = false;
    add(second_, mp::Verb::task_done, "", "");
    add(second_, mp::Verb::task_done, "", "").succeeded = false;
    history_.step = step_;
    finding_.rule = "task-done-overflow";
    finding_.object = "tasks";
    finding_.sentence = "tasks: task_done() was called once more often than put()";
    finding_.step = step_;
    finding_.harm = predicted ? Harm::predicted : Harm::seen;
    finding_.parties = {
        {.who = "worker-2", .operation = "tasks.task_done()", .where = place(), .step = step_ - 1}};
  }

  Result result() const {
    Result made;
    Failure failure;
    failure.finding = finding_;
    failure.tape.entries = {
        {.task = "main", .kind = ChoiceKind::task, .ordinal = 3, .chosen = "main/worker-2"}};
    failure.default_digest = 77;
    failure.found_at = 12;
    failure.tape_found.entries.resize(9);
    failure.shrink_executions = 43;
    failure.history = std::make_shared<const Situation>(history_);
    made.verdict = Failed{{failure}};
    made.coverage = {.executions = 1340,
                     .interleavings = 288,
                     .choice_points = 9000,
                     .steps = 45120,
                     .steps_longest = 61,
                     .exhausted = false,
                     .seconds = 0.125};
    made.outcomes = {"1 2", "2 1"};
    return made;
  }

 private:
  TaskIndex add_process(const char* name) {
    const ProcessIndex process = history_.processes.add();
    const TaskIndex task = history_.tasks.add();
    history_.processes[process].name = history_.tasks[task].name = name;
    history_.processes[process].main = task;
    history_.tasks[task].process = process;
    return task;
  }
  OperationRow& add(TaskIndex task, mp::Verb verb, std::string argument, std::string result) {
    OperationRow& row = history_.operations[history_.operations.add()];
    row.task = task;
    row.verb = verb;
    row.object = tasks_;
    row.ended = row.succeeded = true;
    history_.words_for(row) = {.argument = std::move(argument), .result = std::move(result)};
    step_ += 2;
    row.step_begin = step_ - 1;
    row.step_end = step_;
    return row;
  }

  Situation history_;
  Finding finding_;
  TaskIndex main_ = 0, first_ = 0, second_ = 0;
  ObjectIndex tasks_ = 0;
  std::uint64_t step_ = 0;
};

std::string render(const Result& result, ReportRun run = {}) {
  run.items.push_back({.scenario = "misuse/overflow", .replay_command = "heddle replay", .result = result});
  return make_text_report()->render(run);
}

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = "harness/heddle/reports/golden/" + name;
  if (std::getenv("HEDDLE_GOLDEN_WRITE") != nullptr) std::ofstream(path) << text;
  std::stringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

std::string last_line_of(const std::string& text) {
  const std::size_t start = text.rfind('\n', text.size() - 2);
  return text.substr(start + 1, text.size() - start - 2);
}

TEST(TextReport, ShowsAFinding) { expect_golden("failed.txt", render(Story(2).result())); }

TEST(TextReport, ShowsAPrediction) { expect_golden("predicted.txt", render(Story(2, true).result())); }

TEST(TextReport, SaysWhatEachDeviationDoesAndWhichOrderDecides) {
  Result result = Story(2).result();
  Failure& failure = std::get<Failed>(result.verdict).failures[0];
  failure.essentials = {
      {.kind = ChoiceKind::task,
       .step = 6,
       .who = "worker-2",
       .instead = "main",
       .operation = "tasks.join()",
       .where = place()},
      {.kind = ChoiceKind::wake, .step = 7, .who = "worker-1", .instead = "worker-2"},
      {.kind = ChoiceKind::timer, .step = 8, .who = "main"},
      {.kind = ChoiceKind::data, .step = 9, .who = "worker-1", .operation = "tasks.get()", .answer = 3},
      {.kind = ChoiceKind::kill, .step = 10, .who = "worker-1", .operation = "tasks.task_done()"}};
  failure.critical_pair = {{.who = "worker-2", .operation = "tasks.get()", .where = place(), .step = 6},
                           {.who = "main", .operation = "", .where = {}}};
  expect_golden("explained.txt", render(result));
}

TEST(TextReport, ShortensALongHistory) { expect_golden("long.txt", render(Story(200).result())); }

TEST(TextReport, FitsANarrowTerminal) {
  ReportRun run;
  run.width = 44;
  expect_golden("narrow.txt", render(Story(2).result(), run));
}

TEST(TextReport, ColoursOnDemand) {
  ReportRun run;
  run.colour = true;
  expect_golden("coloured.txt", render(Story(2).result(), run));
}

TEST(TextReport, ShowsEveryFindingWithItsOwnLine) {
  Result result = Story(2).result();
  auto& failures = std::get<Failed>(result.verdict).failures;
  failures.push_back(failures[0]);
  failures[1].finding.rule = "crash";
  failures[1].finding.severity = Severity::warning;
  failures[1].finding.parties.clear();
  failures[1].history = nullptr;
  expect_golden("two.txt", render(result));
}

TEST(TextReport, ShowsThatAllPassed) {
  Result result;
  result.coverage = {.executions = 15,
                     .interleavings = 15,
                     .choice_points = 70,
                     .steps = 300,
                     .steps_longest = 20,
                     .exhausted = true,
                     .seconds = 0.001};
  for (char letter = 'a'; letter < 'n'; ++letter) result.outcomes.insert(std::string(1, letter) + "\n");
  expect_golden("passed.txt", render(result));
}

TEST(TextReport, NotesWhatIsBeyondTheTimeModeOfAProgramThatPassed) {
  Result result = Story(2).result();
  result.beyond = std::get<Failed>(result.verdict).failures;
  result.beyond[0].run.time = TimeMode::races;
  result.verdict = Passed{};
  const std::string words = render(result);
  EXPECT_NE(words.find("passed: no finding"), std::string::npos);
  EXPECT_NE(words.find(
                "note: only if a sleep or a timeout ends before its time (--time races): task-done-overflow"),
            std::string::npos)
      << words;
  EXPECT_EQ(words.find("note:"), words.rfind("note:"));
  EXPECT_GT(words.rfind("h1-"), words.find("note:"));
}

TEST(TextReport, SaysWhichOfSeveralStrategiesFoundIt) {
  Result result = Story(2).result();
  std::get<Failed>(result.verdict).failures[0].found_by = "surw";
  EXPECT_NE(render(result).find("found in execution 12 by surw"), std::string::npos);
}

TEST(TextReport, CountsAbandonedExecutionsApart) {
  Result result;
  result.coverage = {.executions = 3, .abandoned = 2, .interleavings = 3, .steps = 30, .exhausted = true};
  const std::string words = render(result);
  EXPECT_NE(words.find("3 executions"), std::string::npos);
  EXPECT_NE(words.find("2 executions more abandoned"), std::string::npos);
}

Result passed_by_chance() {
  Result result;
  result.coverage = {
      .executions = 1'000,
      .interleavings = 300,
      .choice_points = 9'000,
      .steps = 45'000,
      .steps_longest = 60,
      .interleavings_once = 25,
      .is_by_chance = true,
      .miss_bound = {.strategy = "pct", .depth = 2, .executions = 100, .tasks = 4, .choices = 10}};
  std::vector<PairOrders> pairs{
      {.one = mp::Verb::acquire, .other = mp::Verb::release, .one_first = true, .other_first = true}};
  for (const mp::Verb verb : {mp::Verb::put, mp::Verb::get, mp::Verb::empty, mp::Verb::full})
    pairs.push_back({.one = verb, .other = mp::Verb::qsize, .one_first = true});
  result.coverage.orders = {{.object = "door", .kind = mp::ObjectKind::lock, .pairs = std::move(pairs)}};
  return result;
}

TEST(TextReport, SaysWhatMayBeUnseen) { expect_golden("unseen.txt", render(passed_by_chance())); }

TEST(TextReport, EstimatesNothingFromAnIncompleteCount) {
  Result result = passed_by_chance();
  result.coverage.are_interleavings_cut = true;
  const std::string words = render(result);
  EXPECT_NE(words.find("more than 300 distinct interleavings"), std::string::npos);
  EXPECT_EQ(words.find("would show an unseen"), std::string::npos);
}

TEST(TextReport, EstimatesNothingWhenAllWasSeenOrNothingDrawn) {
  Result result = passed_by_chance();
  result.coverage.exhausted = true;
  EXPECT_EQ(render(result).find("probability"), std::string::npos);
  result.coverage.exhausted = result.coverage.is_by_chance = false;
  EXPECT_EQ(render(result).find("unseen interleaving"), std::string::npos);
}

TEST(TextReport, SaysWhenTasksNeverMet) {
  Result result = passed_by_chance();
  result.coverage.have_never_met = true;
  EXPECT_NE(render(result).find("no two tasks used a common object"), std::string::npos);
}

TEST(TextReport, ShowsThatItGaveUp) {
  Result result;
  result.verdict = GaveUp{"hang: no end within 10 s; unfinished: main"};
  result.interrupted = true;
  expect_golden("gave_up.txt", render(result));
}

TEST(TextReport, ShowsThatItIsBroken) {
  Result result;
  result.verdict = Broken{.why = "nondeterministic: two replays differ", .step = 1234};
  expect_golden("broken.txt", render(result));
}

TEST(TextReport, EndsInALineThatReproduces) {
  const std::string line = last_line_of(render(Story(2).result()));
  ASSERT_TRUE(line.starts_with("heddle replay "));
  const auto token = read_token(line.substr(14));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->scenario, "misuse/overflow");
  EXPECT_EQ(token->tape.entries.size(), 1u);
}

TEST(TextReport, SaysSoWhenNothingReproduces) {
  const std::string text =
      make_text_report()->render({.items = {{.scenario = "misuse/overflow", .result = Story(2).result()}}});
  EXPECT_EQ(text.find("h1-"), std::string::npos);
}

#line 31 "/home/somebody/corpus/scenarios/overflow.cpp"
mp::Location place() { return mp::Location::current(); }

}  // namespace
}  // namespace heddle
