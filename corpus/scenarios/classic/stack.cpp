// One thread pushes ten numbers, one pops as often, once a flag says that there is something: nobody takes
// the flag back. At most 154 switch points, as in the reference.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr int size = 10;

struct Stack {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<int> top{0, {.name = "top"}};
  mp::RawValue<bool> has_items{false, {.name = "has-items"}};
  mp::RawArray<int> items{size, {.name = "items"}};
};

void push(Stack& stack, int item) {
  const mp::With held(stack.lock);
  check(stack.top.value() < size, "there is room for as many as are pushed");
  stack.items[static_cast<int>(stack.top.value())] = item;
  stack.top.value() += 1;
  stack.has_items.value() = true;
}

void pop(Stack& stack) {
  const mp::With held(stack.lock);
  if (!stack.has_items.value()) return;
  const int top = stack.top.value();
  check(top > 0, "a stack that has items is not empty");
  stack.top.value() -= 1;
  [[maybe_unused]] const int item = stack.items[top - 1];
}

void body() {
  Stack stack;
  Crew crew;
  crew.start("pusher", [&] {
    for (int i = 0; i < size; ++i) push(stack, i);
  });
  crew.start("popper", [&] {
    for (int i = 0; i < size; ++i) pop(stack);
  });
  crew.join();
}

}  // namespace

Scenario stack() {
  return {.name = "classic/stack",
          .summary = "a popper believes a flag that says that something was pushed once",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
