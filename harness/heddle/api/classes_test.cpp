// Dynamic partial order reduction on programs whose classes are known: their number is that of its complete
// executions, of different class hashes, and where the exhaustive search comes to an end that of its hashes.
// The programs are the customary small ones of the field, over words; the counts are closed forms or what
// other explorers agree on, where a fetch_add or an exchange is taken for a write.
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <heddle/api/heddle.hpp>
#include <mp/os/os.hpp>
#include <span>
#include <string>
#include <vector>

namespace heddle {
namespace {

using mp::os;
using mp::Word;
using Bodies = std::vector<std::function<void()>>;

void enter(void* body) { (*static_cast<std::function<void()>*>(body))(); }

/// Each in a thread, started and joined in this order.
void run(Bodies bodies) {
  std::vector<mp::ThreadId> threads;
  for (auto& body : bodies)
    threads.push_back(os().start_thread({.name = "t", .entry = &enter, .argument = &body}).value());
  for (const mp::ThreadId thread : threads) static_cast<void>(os().join_thread(thread, mp::never));
}

std::uint32_t load(const Word& word) { return os().load(word); }
void store(Word& word, std::uint32_t value) { os().store(word, value); }

void add_plainly(Word& word, std::uint32_t addend) { store(word, load(word) + addend); }

// A writer and readers: each reads before or after.
template <int count>
void readers() {
  Word x;
  Bodies bodies{[&] { store(x, 1); }};
  for (int i = 0; i < count; ++i) bodies.emplace_back([&] { load(x); });
  run(bodies);
}

template <int threads, int each>
void stores() {
  Word x;
  Bodies bodies;
  for (int i = 0; i < threads; ++i)
    bodies.emplace_back([&] {
      for (std::uint32_t k = 0; k < each; ++k) store(x, k);
    });
  run(bodies);
}

template <int threads, int each>
void increments() {
  Word x;
  Bodies bodies;
  for (int i = 0; i < threads; ++i)
    bodies.emplace_back([&] {
      for (int k = 0; k < each; ++k) add_plainly(x, 1);
    });
  run(bodies);
}

template <std::uint32_t count>
void rotating_exchanges() {
  Word x;
  Bodies bodies;
  for (std::uint32_t i = 0; i < count; ++i)
    bodies.emplace_back([&, i] { os().compare_exchange(x, i, i + 1); });
  run(bodies);
}

// Each thread but one makes its element one more than its left neighbour; one looks for a zero from the
// right.
template <std::size_t count>
void last_zero() {
  std::vector<Word> array(count + 1);
  Bodies bodies{[&] {
    std::size_t i = count;
    while (load(array[i]) != 0) --i;
  }};
  for (std::size_t i = 1; i <= count; ++i)
    bodies.emplace_back([&, i] { store(array[i], load(array[i - 1]) + 1); });
  run(bodies);
}

// Two threads add what the other has to their own, and a third looks at both.
template <int count>
void fibonacci() {
  Word i{1};
  Word j{1};
  const auto add = [](Word& own, const Word& other) {
    for (int k = 0; k < count; ++k) {
      const std::uint32_t mine = load(own);
      store(own, mine + load(other));
    }
  };
  run({[&] {
         load(i);
         load(j);
       },
       [&] { add(i, j); }, [&] { add(j, i); }});
}

template <std::size_t count>
void independent() {
  std::vector<Word> words(count);
  Bodies bodies;
  for (Word& word : words)
    bodies.emplace_back([&] {
      store(word, 1);
      store(word, 2);
    });
  run(bodies);
}

void store_buffering() {
  Word x;
  Word y;
  run({[&] {
         store(x, 1);
         load(y);
       },
       [&] {
         store(y, 1);
         load(x);
       }});
}

void two_writers_two_readers() {
  Word x;
  Word y;
  run({[&] { store(x, 1); }, [&] { store(y, 1); },
       [&] {
         load(x);
         load(y);
       },
       [&] {
         load(y);
         load(x);
       }});
}

void two_stores_and_a_load() {
  Word x;
  run({[&] {
         store(x, 1);
         store(x, 2);
       },
       [&] { load(x); }});
}

// Whoever polls one pipe does not mind what is written to another: it looks before or after its own is
// written.
void poller_and_two_pipes() {
  const auto [reads, writes] = os().pipe().value();
  const auto [other_reads, other_writes] = os().pipe().value();
  const std::byte byte{1};
  run({[&] {
         mp::PollItem item{.fd = reads};
         static_cast<void>(os().poll(std::span(&item, 1), mp::never));
       },
       [&] { static_cast<void>(os().write(other_writes, std::span(&byte, 1))); },
       [&] { static_cast<void>(os().write(writes, std::span(&byte, 1))); }});
}

struct Known {
  const char* name;
  void (*program)();
  std::uint64_t classes;
};
void PrintTo(const Known& known, std::ostream* out) { *out << known.name; }

std::string name_of_case(const testing::TestParamInfo<Known>& info) { return info.param.name; }

class Classes : public testing::TestWithParam<Known> {};

Result explore_by(const char* strategy, const Known& known) {
  Options options{.strategy = strategy, .budget = {.executions = 1'000'000}};
  options.run.granularity = Granularity::os;
  return explore(known.program, options, known.name);
}

TEST_P(Classes, AreRunOnceEach) {
  const Result result = explore_by("dpor", GetParam());
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.coverage.executions, GetParam().classes);
  EXPECT_EQ(result.coverage.interleavings, GetParam().classes);
  EXPECT_TRUE(result.coverage.exhausted);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Classes,
    testing::Values(
        Known{"readers_2", readers<2>, 4}, Known{"readers_8", readers<8>, 256},
        Known{"stores_2_5", stores<2, 5>, 252}, Known{"stores_3_3", stores<3, 3>, 1680},
        Known{"last_write_4", stores<4, 1>, 24}, Known{"last_write_6", stores<6, 1>, 720},
        Known{"increments_2_1", increments<2, 1>, 4}, Known{"increments_3_1", increments<3, 1>, 36},
        Known{"increments_4_1", increments<4, 1>, 576}, Known{"increments_2_2", increments<2, 2>, 34},
        Known{"increments_2_3", increments<2, 3>, 328}, Known{"increments_3_2", increments<3, 2>, 7134},
        Known{"exchanges_4", rotating_exchanges<4>, 14}, Known{"exchanges_8", rotating_exchanges<8>, 2048},
        Known{"last_zero_5", last_zero<5>, 64}, Known{"last_zero_10", last_zero<10>, 3328},
        Known{"fibonacci_2", fibonacci<2>, 140}, Known{"fibonacci_3", fibonacci<3>, 1698},
        Known{"independent_4", independent<4>, 1}, Known{"store_buffering", store_buffering, 3},
        Known{"two_writers_two_readers", two_writers_two_readers, 15},
        Known{"two_stores_and_a_load", two_stores_and_a_load, 3},
        Known{"poller_and_two_pipes", poller_and_two_pipes, 2}),
    name_of_case);

class SmallClasses : public testing::TestWithParam<Known> {};

TEST_P(SmallClasses, AreThoseOfTheExhaustiveSearch) {
  const Result all = explore_by("exhaustive", GetParam());
  EXPECT_TRUE(all.coverage.exhausted);
  EXPECT_EQ(all.coverage.interleavings, GetParam().classes);
}

INSTANTIATE_TEST_SUITE_P(Programs, SmallClasses,
                         testing::Values(Known{"increments_2_1", increments<2, 1>, 4},
                                         Known{"stores_2_2", stores<2, 2>, 6},
                                         Known{"store_buffering", store_buffering, 3}),
                         name_of_case);

// The program ends, and with it a thread that nobody joins, wherever that is.
void cut_off() {
  Word x;
  std::function<void()> body = [&] {
    store(x, 1);
    store(x, 2);
  };
  static_cast<void>(os().start_thread({.name = "t", .entry = &enter, .argument = &body}));
  load(x);
  os().exit_process(0);  // while what the thread works on is still there
}

TEST(ClassesCutOff, AreRunThoughTheEndOfTheProgramCutsTasksOff) {
  const Known known{"cut_off", cut_off, 0};
  const Result all = explore_by("exhaustive", known);
  const Result once = explore_by("dpor", known);
  EXPECT_TRUE(all.coverage.exhausted);
  EXPECT_TRUE(once.coverage.exhausted);
  EXPECT_GT(once.coverage.executions, 3U);
  EXPECT_EQ(once.coverage.interleavings, all.coverage.interleavings);
}

}  // namespace
}  // namespace heddle
