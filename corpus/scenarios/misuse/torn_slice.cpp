// Several elements of an Array that belong together, read while another process is between two of them: a
// position read in a range-based for, a sum under another lock than the transfer's, a word read letter by
// letter. Mended by the lock around the loop, the same lock on both sides, one read of the whole.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_state.hpp>
#include <scenarios/misuse/team.hpp>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

using Position = mp::Array<int>;

void fly(Position& position) {
  const mp::With held(position.get_lock());
  for (int axis = 0; axis < 3; ++axis) position[axis] = 7;
}

void watch(Position& position) {
  std::vector<int> seen;
  for (const int coordinate : position) seen.push_back(coordinate);
  outcome(mp::describe(seen));
}

void watch_locked(Position& position) {
  const mp::With held(position.get_lock());
  watch(position);
}

template <auto look>
void drone() {
  Position position({0, 0, 0}, {.name = "position"});
  Team team;
  team.start("drone", mp::fn<&fly>, mp::args(position));
  team.start("radar", mp::fn<look>, mp::args(position));
  team.join();
}

void transfer(mp::Array<int>& balances, mp::Lock& lock) {
  const mp::With held(lock);
  balances[0] = 70;
  balances[1] = 130;
}

int sum_of(mp::Array<int>& balances) {
  int sum = 0;
  for (const int balance : balances.slice()) sum += balance;
  return sum;
}

void audit(mp::Array<int>& balances, mp::Lock&) {
  const mp::With held(balances.get_lock());
  outcome(sum_of(balances));
}

void audit_locked(mp::Array<int>& balances, mp::Lock& lock) {
  const mp::With held(lock);
  outcome(sum_of(balances));
}

template <auto check_books>
void bank() {
  mp::Array<int> balances({100, 100}, {.name = "balances"});
  mp::Lock lock({.name = "lock"});
  Team team;
  team.start("clerk", mp::fn<&transfer>, mp::args(balances, lock));
  team.start("auditor", mp::fn<check_books>, mp::args(balances, lock));
  team.join();
}

using Label = mp::Array<char>;

std::string read_letters(Label& label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) text += label[i];
  return text;
}

std::string read_at_once(Label& label) { return label.raw(); }

template <auto read>
void sign() {
  Label label("red", {.name = "label"});
  mp::Process painter(mp::fn<[](Label& own) { own.set_value("tan"); }>, mp::args(label), {.name = "painter"});
  painter.start();
  outcome(read(label));
  painter.join();
}

}  // namespace

std::vector<Scenario> torn_slice() {
  const std::vector<ExpectedFinding> torn = {{.rule = "torn-slice"}};
  return {
      {.name = "misuse/torn-slice-1",
       .summary = "a position is stored under the lock of its Array and read in a for without it",
       .body = &drone<&watch>,
       .expected = torn},
      {.name = "misuse/torn-slice-1-fixed",
       .summary = "a position is stored and read in a for under the lock of its Array",
       .body = &drone<&watch_locked>,
       .outcomes = {"[0, 0, 0]", "[7, 7, 7]"}},
      {.name = "misuse/torn-slice-2",
       .summary = "a transfer holds a Lock, the audit holds the lock of the Array instead",
       .body = &bank<&audit>,
       .expected = torn},
      {.name = "misuse/torn-slice-2-fixed",
       .summary = "a transfer and the audit hold the same Lock",
       .body = &bank<&audit_locked>,
       .outcomes = {"200"}},
      {.name = "misuse/torn-slice-3",
       .summary = "a label is painted at once and read letter by letter",
       .body = &sign<&read_letters>,
       .expected = torn},
      {.name = "misuse/torn-slice-3-fixed",
       .summary = "a label is painted at once and read at once",
       .body = &sign<&read_at_once>,
       .outcomes = {"red", "tan"}},
  };
}

}  // namespace heddle::misuse
