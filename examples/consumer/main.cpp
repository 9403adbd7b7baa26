// The primitives alone, in production: two workers take numbers from one queue and put their squares into
// another. Nothing of heddle's harness is linked.
#include <cstdio>
#include <mp/multiprocessing.hpp>
#include <optional>

namespace {

void square(mp::Queue<std::optional<int>>& numbers, mp::Queue<int>& squares) {
  while (const std::optional<int> number = numbers.get()) squares.put(*number * *number);
}

}  // namespace

int main() {
  mp::Queue<std::optional<int>> numbers;
  mp::Queue<int> squares;
  mp::Process one(mp::fn<&square>, mp::args(numbers, squares));
  mp::Process other(mp::fn<&square>, mp::args(numbers, squares));
  one.start();
  other.start();
  for (int number = 1; number <= 10; ++number) numbers.put(number);
  numbers.put(std::nullopt);
  numbers.put(std::nullopt);
  int sum = 0;
  for (int i = 0; i < 10; ++i) sum += squares.get();
  one.join();
  other.join();
  std::printf("the sum of the squares of 1 to 10 is %d\n", sum);
  return sum == 385 ? 0 : 1;
}
