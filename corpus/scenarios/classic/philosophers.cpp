// Everybody takes the fork to the left, then the fork to the right. 18 switch points with three, 30 with
// five, as in the reference (din_phil).
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>
#include <vector>

namespace heddle::classic {
namespace {

template <int seats>
void body() {
  std::vector<mp::Lock> forks;
  for (int i = 0; i < seats; ++i) forks.emplace_back(mp::LockOptions{.name = "fork"});
  Crew crew;
  for (int i = 0; i < seats; ++i)
    crew.start("philosopher", [&forks, i] {
      const mp::With left(forks[static_cast<std::size_t>(i)]);
      const mp::With right(forks[static_cast<std::size_t>((i + 1) % seats)]);
    });
  crew.join();
}

template <int seats>
Scenario made(std::string_view name, std::string_view summary) {
  return {.name = name, .summary = summary, .body = &body<seats>, .expected = {{.rule = "deadlock"}}};
}

}  // namespace

Scenario philosophers_3() {
  return made<3>("classic/philosophers-3", "three philosophers take the left fork first");
}
Scenario philosophers_4() {
  return made<4>("classic/philosophers-4", "four philosophers take the left fork first");
}
Scenario philosophers_5() {
  return made<5>("classic/philosophers-5", "five philosophers take the left fork first");
}

}  // namespace heddle::classic
