// Somebody puts money in, somebody takes some out, and an auditor, if both are done, computes the wrong sum:
// the assertion fails whenever it is reached. 17 to 19 switch points; the reference
// counts 17.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr int opening = 1;
constexpr int deposited = 2;
constexpr int withdrawn = 4;

struct Account {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<int> balance{opening, {.name = "balance"}};
  mp::RawValue<bool> has_deposited{false, {.name = "has-deposited"}};
  mp::RawValue<bool> has_withdrawn{false, {.name = "has-withdrawn"}};
};

void change(Account& account, int amount, mp::RawValue<bool>& is_done) {
  const mp::With held(account.lock);
  account.balance.value() += amount;
  is_done.value() = true;
}

void audit(Account& account) {
  const mp::With held(account.lock);
  if (!account.has_deposited.value() || !account.has_withdrawn.value()) return;
  check(account.balance.value() == opening - deposited - withdrawn, "the auditor's sum is the balance");
}

void body() {
  Account account;
  Crew crew;
  crew.start("auditor", [&] { audit(account); });
  crew.start("depositor", [&] { change(account, deposited, account.has_deposited); });
  crew.start("withdrawer", [&] { change(account, -withdrawn, account.has_withdrawn); });
  crew.join();
}

}  // namespace

Scenario account() {
  return {.name = "classic/account",
          .summary = "an auditor who comes last, though started first, computes the wrong sum",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
