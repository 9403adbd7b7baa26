// Programs over locks and conditions. Each says in which order its locks were taken. What dpor counts has
// closed forms: phil(n) (2^n - 1)^2, the literature's number squared, and phil_ok(n) 2^n (2^n - 3).
#include <fmt/format.h>

#include <array>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/trial/known_classes_rows.hpp>
#include <heddle/trial/thread_bodies.hpp>

namespace heddle::trial {
namespace {

/// A lock that remembers who took it. What is written between acquire and release is not seen to be shared.
class Turnstile {
 public:
  void enter(std::size_t who) {
    lock_.acquire();
    order_ += std::to_string(who) + " ";
  }
  void leave() { lock_.release(); }
  const std::string& order() const { return order_; }

 private:
  mp::Lock lock_;
  std::string order_;
};

template <class Turnstiles>
void say_orders(const Turnstiles& all) {
  std::string orders;
  for (const Turnstile& each : all) orders += each.order() + "/ ";
  outcome(orders);
}

// Each thread so many critical sections of one lock.
template <std::size_t threads, int each>
void sections() {
  std::array<Turnstile, 1> turnstile;
  Bodies bodies;
  for (std::size_t i = 0; i < threads; ++i)
    bodies.emplace_back([&, i] {
      for (int k = 0; k < each; ++k) {
        turnstile[0].enter(i);
        turnstile[0].leave();
      }
    });
  run_bodies(std::move(bodies));
  say_orders(turnstile);
}

enum class Last { like_the_others, other_way_round };

// All at once they take the fork at their left, then the other; and all starve, unless the last begins with
// the other.
template <std::size_t count, Last last>
void philosophers() {
  std::array<Turnstile, count> forks;
  Bodies bodies;
  for (std::size_t i = 0; i < count; ++i)
    bodies.emplace_back([&, i] {
      const bool is_turned = last == Last::other_way_round && i == count - 1;
      Turnstile& first = forks[is_turned ? 0 : i];
      Turnstile& second = forks[is_turned ? i : (i + 1) % count];
      first.enter(i);
      second.enter(i);
      second.leave();
      first.leave();
    });
  run_bodies(std::move(bodies));
  say_orders(forks);
}

// Threads wait for a flag, which another sets, telling all.
template <std::size_t waiters>
void handoff() {
  mp::Lock lock;
  mp::Condition condition(lock);
  bool is_ready = false;
  std::string order;
  Bodies bodies{[&] {
    lock.acquire();
    order += "s ";
    is_ready = true;
    condition.notify_all();
    lock.release();
  }};
  for (std::size_t i = 0; i < waiters; ++i)
    bodies.emplace_back([&, i] {
      lock.acquire();
      order += std::to_string(i) + " ";
      while (!is_ready) {
        condition.wait();
        order += std::to_string(i) + " ";
      }
      lock.release();
    });
  run_bodies(std::move(bodies));
  outcome(order);
}

constexpr auto starving = Last::like_the_others;
constexpr auto safe = Last::other_way_round;

constexpr KnownClasses rows[] = {
    {"locked_n(2)", sections<2, 1>, 4, 2},           {"locked_n(3)", sections<3, 1>, 48, 6},
    {"locked_n(4)", sections<4, 1>, 1344, 24},       {"locked_2x(2)", sections<2, 2>, 40, 6},
    {"locked_2x(3)", sections<2, 3>, 496, 20},       {"phil(2)", philosophers<2, starving>, 9, 3},
    {"phil(3)", philosophers<3, starving>, 49, 7},   {"phil(4)", philosophers<4, starving>, 225, 15},
    {"phil(5)", philosophers<5, starving>, 961, 31}, {"phil_ok(2)", philosophers<2, safe>, 4, 2},
    {"phil_ok(3)", philosophers<3, safe>, 40, 6},    {"phil_ok(4)", philosophers<4, safe>, 208, 14},
    {"phil_ok(5)", philosophers<5, safe>, 928, 30},  {"cv_handoff(1)", handoff<1>, 6, 2},
    {"cv_handoff(2)", handoff<2>, 392, 10},          {"cv_handoff(3)", handoff<3>, 166332, 96},
};

}  // namespace

std::span<const KnownClasses> known_classes_over_locks() { return rows; }

}  // namespace heddle::trial
