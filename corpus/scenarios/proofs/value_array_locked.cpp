// Each process increments a shared Value and each element of a shared Array under the one Lock.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/proofs/crew.hpp>
#include <scenarios/proofs/proofs.hpp>

namespace heddle::proofs {
namespace {

void increment(mp::Value<int>& counter, mp::Array<int>& numbers, mp::Lock& lock) {
  mp::With held(lock);
  counter.value() += 1;
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += 1;
}

template <int workers>
void body() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Array<int> numbers({1, 2}, {.name = "numbers"});
  mp::Lock lock({.name = "lock"});
  run_crew<workers>(mp::fn<&increment>, counter, numbers, lock);
  check(counter.value() == workers, "no increment is lost");
  check(numbers[0] == 1 + workers && numbers[1] == 2 + workers, "nor one of an element");
}

}  // namespace

Scenario value_array_locked_2() {
  return {.name = "proofs/value-array-locked-2",
          .summary = "two processes increment a Value and an Array under a Lock",
          .body = &body<2>};
}

Scenario value_array_locked_3() {
  return {.name = "proofs/value-array-locked-3",
          .summary = "three processes increment a Value and an Array under a Lock",
          .body = &body<3>};
}

}  // namespace heddle::proofs
