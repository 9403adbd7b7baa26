// A Value or an element of an Array that is read and then written, with its own lock free in between: tickets
// that are left when one looks, a histogram that two processes fill, an account that is locked twice. Mended
// by holding that lock from before the read until after the write, or by counting apart.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_state.hpp>
#include <scenarios/misuse/team.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

void look_and_sell(mp::Value<int>& tickets) {
  if (tickets.value() > 0) tickets.value() -= 1;
}

void look_and_sell_locked(mp::Value<int>& tickets) {
  const mp::With held(tickets.get_lock());
  look_and_sell(tickets);
}

template <auto sell>
void box_offices() {
  mp::Value<int> tickets(2, {.name = "tickets"});
  Team team;
  for (const char* office : {"office-1", "office-2", "office-3"})
    team.start(office, mp::fn<sell>, mp::args(tickets));
  team.join();
  outcome(tickets.value());
}

constexpr int lengths = 4;

// Counts how many words there are of each length, from `first` on.
void count_words(mp::Array<int>& counts, int first, std::vector<int> words) {
  for (const int length : words) counts[first + length] += 1;
}

template <int histograms>
void word_lengths() {
  mp::Array<int> counts(histograms * lengths, {.name = "counts"});
  Team team;
  team.start("chapter-1", mp::fn<&count_words>, mp::args(counts, 0, std::vector<int>{3, 1}));
  team.start("chapter-2", mp::fn<&count_words>,
             mp::args(counts, (histograms - 1) * lengths, std::vector<int>{2, 3}));
  team.join();
  int longest = 0;
  for (int i = lengths - 1; i < histograms * lengths; i += lengths) longest += counts[i];
  outcome(longest);
}

int balance_of(mp::Value<int>& account) {
  const mp::With held(account.get_lock());
  return account.value();
}

void pay_in_two_steps(mp::Value<int>& account, int amount) {
  const int balance = balance_of(account);
  const mp::With held(account.get_lock());
  account.value() = balance + amount;
}

void pay(mp::Value<int>& account, int amount) {
  const mp::With held(account.get_lock());
  account.value() = balance_of(account) + amount;  // an RLock: its holder may take it again
}

template <auto change>
void account_of_two() {
  mp::Value<int> account(100, {.name = "account"});
  mp::Process shop(mp::fn<change>, mp::args(account, -30), {.name = "shop"});
  shop.start();
  change(account, 5);
  shop.join();
  outcome(balance_of(account));
}

}  // namespace

std::vector<Scenario> unlocked_shared_value() {
  const std::vector<ExpectedFinding> lost = {{.rule = "unlocked-shared-value", .with_harm = true}};
  return {
      {.name = "misuse/unlocked-shared-value-1",
       .summary = "three offices sell a ticket if a Value says that some are left",
       .body = &box_offices<&look_and_sell>,
       .expected = lost},
      {.name = "misuse/unlocked-shared-value-1-fixed",
       .summary = "three offices look and sell under the lock of the Value of tickets",
       .body = &box_offices<&look_and_sell_locked>,
       .outcomes = {"0"}},
      {.name = "misuse/unlocked-shared-value-2",
       .summary = "two processes count into the elements of one Array by +=",
       .body = &word_lengths<1>,
       .expected = lost},
      {.name = "misuse/unlocked-shared-value-2-fixed",
       .summary = "two processes count into halves of an Array, which main adds up",
       .body = &word_lengths<2>,
       .outcomes = {"2"}},
      {.name = "misuse/unlocked-shared-value-3",
       .summary = "a balance is read under the lock of its Value and stored under it later",
       .body = &account_of_two<&pay_in_two_steps>,
       .expected = lost},
      {.name = "misuse/unlocked-shared-value-3-fixed",
       .summary = "a balance is read and stored under the lock of its Value, taken once more to read",
       .body = &account_of_two<&pay>,
       .outcomes = {"75"}},
  };
}

}  // namespace heddle::misuse
