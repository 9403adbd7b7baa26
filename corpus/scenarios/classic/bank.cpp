// Two tellers move money between two accounts. Each access to a balance is under the bank's lock, a whole
// transfer is not, so that money is lost or made.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Bank {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<int> checking{100, {.name = "checking"}};
  mp::RawValue<int> savings{100, {.name = "savings"}};
};

int read(Bank& bank, mp::RawValue<int>& balance) {
  const mp::With held(bank.lock);
  return balance.value();
}

void write(Bank& bank, mp::RawValue<int>& balance, int amount) {
  const mp::With held(bank.lock);
  balance.value() = amount;
}

void transfer(Bank& bank, mp::RawValue<int>& from, mp::RawValue<int>& to, int amount) {
  write(bank, from, read(bank, from) - amount);
  write(bank, to, read(bank, to) + amount);
}

void body() {
  Bank bank;
  Crew crew;
  crew.start("saver", [&] { transfer(bank, bank.checking, bank.savings, 30); });
  crew.start("spender", [&] { transfer(bank, bank.savings, bank.checking, 50); });
  crew.join();
  check(bank.checking.value() + bank.savings.value() == 200, "transfers neither make nor lose money");
}

}  // namespace

Scenario bank() {
  return {.name = "classic/bank",
          .summary = "two tellers move money, with the lock free between reading and writing a balance",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
