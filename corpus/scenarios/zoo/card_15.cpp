// Card 15: who holds a recursive lock is remembered by thread and not by process. A child that is forked
// while its parent holds the lock takes it for its own and goes straight in.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/counting_lock.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void pay_in(CountingLock& lock, mp::RawValue<int>& balance) {
  const mp::With held(lock);
  balance.value() = balance.value() + 5;
}

template <OwnerMistake mistake>
void body() {
  CountingLock lock(mistake);
  mp::RawValue<int> balance(0, {.name = "balance"});
  lock.acquire();
  mp::Process clerk(mp::fn<&pay_in>, mp::args(lock, balance), {.name = "clerk"});
  clerk.start();
  balance.value() = balance.value() + 10;  // before anybody pays in
  lock.release();
  clerk.join();
  check(balance.value() == 15, "both payments arrive");
}

}  // namespace

Rows card_15() {
  return {
      {.name = "zoo/card-15",
       .summary = "a clerk is started under a recursive lock that does not know its holder's process",
       .body = &body<OwnerMistake::outlives_the_fork>,
       .expected = {{.rule = "shared-memory-race", .with_harm = true}}},
      {.name = "zoo/card-15-fixed",
       .summary = "a clerk is started under a recursive lock that knows its holder's process",
       .body = &body<OwnerMistake::none>},
  };
}

}  // namespace heddle::zoo
