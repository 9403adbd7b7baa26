// Assertions of the program's own that hold in most interleavings: that results come in the order in which
// their processes were started, that no more are inside than a semaphore should let in, that two accounts
// together have what they had while a transfer goes on. Mended by a sum of what comes, by the right initial
// value, by one lock for both accounts.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <scenarios/misuse/team.hpp>

namespace heddle::misuse {
namespace {

void answer(mp::SimpleQueue<int>& answers, int question) { answers.put(question); }

void expect_order(mp::SimpleQueue<int>& answers) {
  for (int question = 1; question <= 2; ++question)
    check(answers.get() == question, "answers come in the order of the questions");
}

void expect_all(mp::SimpleQueue<int>& answers) {
  const int first = answers.get();
  check(first + answers.get() == 3, "each question has its answer");
}

template <auto expect>
void questions() {
  mp::SimpleQueue<int> answers({.name = "answers"});
  Team team;
  team.start("first", mp::fn<&answer>, mp::args(answers, 1));
  team.start("second", mp::fn<&answer>, mp::args(answers, 2));
  expect(answers);
  team.join();
}

constexpr int seats = 2;

int change(mp::Value<int>& count, int by) {
  const mp::With held(count.get_lock());
  count.value() += by;
  return count.value();
}

void ride(mp::Semaphore& free_seats, mp::Value<int>& riders) {
  const mp::With seat(free_seats);
  check(change(riders, 1) <= seats, "nobody rides without a seat");
  change(riders, -1);
}

template <int tickets>
void carousel() {
  mp::Semaphore free_seats(tickets, {.name = "free-seats"});
  mp::Value<int> riders(0, {.name = "riders"});
  Team team;
  for (const char* rider : {"rider-1", "rider-2", "rider-3"})
    team.start(rider, mp::fn<&ride>, mp::args(free_seats, riders));
  team.join();
}

void transfer(mp::Value<int>& from, mp::Value<int>& to, mp::Lock&) {
  change(from, -10);
  change(to, 10);
}

void audit(mp::Value<int>& one, mp::Value<int>& other, mp::Lock&) {
  const int sum = one.value();
  check(sum + other.value() == 100, "no money comes or goes");
}

void transfer_locked(mp::Value<int>& from, mp::Value<int>& to, mp::Lock& books) {
  const mp::With held(books);
  transfer(from, to, books);
}

void audit_locked(mp::Value<int>& one, mp::Value<int>& other, mp::Lock& books) {
  const mp::With held(books);
  audit(one, other, books);
}

template <auto move, auto sum_up>
void accounts() {
  mp::Value<int> mine(60, {.name = "mine"});
  mp::Value<int> yours(40, {.name = "yours"});
  mp::Lock books({.name = "books"});
  Team team;
  team.start("clerk", mp::fn<move>, mp::args(mine, yours, books));
  team.start("auditor", mp::fn<sum_up>, mp::args(mine, yours, books));
  team.join();
}

}  // namespace

std::vector<Scenario> assertion() {
  const std::vector<ExpectedFinding> failed = {{.rule = "assertion"}};
  return {
      {.name = "misuse/assertion-1",
       .summary = "main asserts that answers come in the order in which processes were started",
       .body = &questions<&expect_order>,
       .expected = failed},
      {.name = "misuse/assertion-1-fixed",
       .summary = "main asserts that all answers come",
       .body = &questions<&expect_all>},
      {.name = "misuse/assertion-2",
       .summary = "a Semaphore for two seats begins with three",
       .body = &carousel<seats + 1>,
       .expected = failed},
      {.name = "misuse/assertion-2-fixed",
       .summary = "a Semaphore for two seats begins with two",
       .body = &carousel<seats>},
      {.name = "misuse/assertion-3",
       .summary = "a transfer between two Values holds the lock of one at a time, and an audit reads both",
       .body = &accounts<&transfer, &audit>,
       .expected = failed},
      {.name = "misuse/assertion-3-fixed",
       .summary = "a transfer between two Values holds one Lock throughout, as does an audit",
       .body = &accounts<&transfer_locked, &audit_locked>},
  };
}

}  // namespace heddle::misuse
