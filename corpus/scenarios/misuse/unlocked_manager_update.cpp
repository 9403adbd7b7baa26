// Managed containers that are read and then written, which the server does as two requests: a cache that is
// looked into and then filled, a count whose lock is taken for the write alone, a stock that tills count
// down. Mended by one request that does both, by a lock around the two, by a list that everybody appends to.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_state.hpp>
#include <scenarios/misuse/team.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using Prices = mp::DictProxy<std::string, int>;

int ask_for_price() { return 4; }

void look_then_fill(Prices& prices) {
  if (!prices.contains("pear")) prices.set("pear", ask_for_price());
}

void fill_if_absent(Prices& prices) { prices.setdefault("pear", ask_for_price()); }

template <auto look_up>
void price_cache() {
  mp::Manager manager;
  Prices prices = manager.dict<std::string, int>("prices");
  Team team;
  team.start("shop-1", mp::fn<look_up>, mp::args(prices));
  team.start("shop-2", mp::fn<look_up>, mp::args(prices));
  team.join();
  check(prices.at("pear") == 4, "the price is in the cache");
}

void lock_the_write(mp::NamespaceProxy& statistics, mp::LockProxy& lock) {
  const int served = statistics.get<int>("served");
  const mp::With held(lock);
  statistics.set("served", served + 1);
}

void lock_both(mp::NamespaceProxy& statistics, mp::LockProxy& lock) {
  const mp::With held(lock);
  statistics.set("served", statistics.get<int>("served") + 1);
}

template <auto serve>
void requests_served() {
  mp::Manager manager;
  mp::NamespaceProxy statistics = manager.Namespace("statistics");
  mp::LockProxy lock = manager.Lock("lock");
  statistics.set("served", 0);
  Team team;
  team.start("server", mp::fn<serve>, mp::args(statistics, lock));
  serve(statistics, lock);
  team.join();
  outcome(statistics.get<int>("served"));
}

using Goods = mp::ListProxy<int>;

constexpr int stocked = 3;

void stock_counted_down() {
  mp::Manager manager;
  Goods stock = manager.list<int>({stocked, stocked}, "stock");
  const auto sell = [&stock] { stock[0] -= 1; };
  mp::Thread till_1(sell, {.name = "till-1"});
  mp::Thread till_2(sell, {.name = "till-2"});
  till_1.start();
  till_2.start();
  till_1.join();
  till_2.join();
  outcome(stock.at(0));
}

void sales_appended() {
  mp::Manager manager;
  Goods sales = manager.list<int>("sales");
  const auto sell = [&sales] { sales.append(0); };
  mp::Thread till_1(sell, {.name = "till-1"});
  mp::Thread till_2(sell, {.name = "till-2"});
  till_1.start();
  till_2.start();
  outcome(static_cast<std::int64_t>(sales.size()));  // a look in between
  till_1.join();
  till_2.join();
  check(stocked - static_cast<int>(sales.count(0)) == 1, "two were sold");
}

}  // namespace

std::vector<Scenario> unlocked_manager_update() {
  const std::vector<ExpectedFinding> lost = {{.rule = "unlocked-manager-update", .with_harm = true}};
  return {
      {.name = "misuse/unlocked-manager-update-1",
       .summary = "two shops fill a managed cache if contains() says that there is nothing",
       .body = &price_cache<&look_then_fill>,
       .expected = lost},
      {.name = "misuse/unlocked-manager-update-1-fixed",
       .summary = "two shops fill a managed cache by setdefault()",
       .body = &price_cache<&fill_if_absent>},
      {.name = "misuse/unlocked-manager-update-2",
       .summary = "two processes count in a Namespace and take a managed Lock for the write alone",
       .body = &requests_served<&lock_the_write>,
       .expected = lost},
      {.name = "misuse/unlocked-manager-update-2-fixed",
       .summary = "two processes count in a Namespace under a managed Lock",
       .body = &requests_served<&lock_both>,
       .outcomes = {"2"}},
      {.name = "misuse/unlocked-manager-update-3",
       .summary = "the threads of two tills count a managed stock down by -=",
       .body = &stock_counted_down,
       .expected = lost},
      {.name = "misuse/unlocked-manager-update-3-fixed",
       .summary = "the threads of two tills append each sale to a managed list",
       .body = &sales_appended},
  };
}

}  // namespace heddle::misuse
