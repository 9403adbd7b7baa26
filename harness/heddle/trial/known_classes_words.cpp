// Programs over words.
#include <array>
#include <cstddef>

#include <heddle/trial/known_classes_rows.hpp>
#include <heddle/trial/thread_bodies.hpp>

namespace heddle::trial {
namespace {

using mp::os;
using mp::Word;

std::uint32_t load(const Word& word) { return os().load(word); }
void store(Word& word, std::uint32_t value) { os().store(word, value); }

// A writer and readers: each reads before or after.
template <int count>
void readers() {
  Word x;
  Bodies bodies{[&] { store(x, 1); }};
  for (int i = 0; i < count; ++i) bodies.emplace_back([&] { load(x); });
  run_bodies(std::move(bodies));
}

template <int count>
void writers_and_a_reader() {
  Word x;
  Bodies bodies{[&] { load(x); }};
  for (std::uint32_t i = 0; i < count; ++i) bodies.emplace_back([&, i] { store(x, i); });
  run_bodies(std::move(bodies));
}

template <int threads, int each>
void stores() {
  Word x;
  Bodies bodies;
  for (int i = 0; i < threads; ++i)
    bodies.emplace_back([&] {
      for (std::uint32_t k = 0; k < each; ++k) store(x, k);
    });
  run_bodies(std::move(bodies));
}

template <int threads, int each>
void increments() {
  Word x;
  Bodies bodies;
  for (int i = 0; i < threads; ++i)
    bodies.emplace_back([&] {
      for (int k = 0; k < each; ++k) store(x, load(x) + 1);
    });
  run_bodies(std::move(bodies));
}

// Each thread adds so many times to each of some words, without looking.
template <int threads, int each, std::size_t count = 1>
void additions() {
  std::array<Word, count> words;
  Bodies bodies;
  for (int i = 0; i < threads; ++i)
    bodies.emplace_back([&] {
      for (int k = 0; k < each; ++k)
        for (Word& word : words) os().fetch_add(word, 1);
    });
  run_bodies(std::move(bodies));
}

template <std::uint32_t count>
void rotating_exchanges() {
  Word x;
  Bodies bodies;
  for (std::uint32_t i = 0; i < count; ++i)
    bodies.emplace_back([&, i] { os().compare_exchange(x, i, i + 1); });
  run_bodies(std::move(bodies));
}

// Each thread but one makes its element one more than its left neighbour; one looks for a zero from the
// right.
template <std::size_t count>
void last_zero() {
  std::array<Word, count + 1> array;
  Bodies bodies{[&] {
    std::size_t i = count;
    while (load(array[i]) != 0) --i;
  }};
  for (std::size_t i = 1; i <= count; ++i)
    bodies.emplace_back([&, i] { store(array[i], load(array[i - 1]) + 1); });
  run_bodies(std::move(bodies));
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
  run_bodies({[&] {
                load(i);
                load(j);
              },
              [&] { add(i, j); }, [&] { add(j, i); }});
}

// Each thread puts four messages into a table, by a hash that keeps the first eleven threads apart.
template <std::uint32_t threads>
void indexer() {
  std::array<Word, 128> table;
  Bodies bodies;
  for (std::uint32_t thread = 0; thread < threads; ++thread)
    bodies.emplace_back([&, thread] {
      for (std::uint32_t message = 1; message <= 4; ++message) {
        const std::uint32_t put = message * 11 + thread;
        std::uint32_t at = put * 7 % 128;
        while (os().compare_exchange(table[at], 0, put) != 0) at = (at + 1) % 128;
      }
    });
  run_bodies(std::move(bodies));
}

// Each thread looks for a free block for its inode; those of the first thirteen are apart.
template <std::size_t threads>
void filesystem() {
  constexpr std::size_t count = 26;
  std::array<Word, count> blocks;
  Bodies bodies;
  for (std::size_t thread = 0; thread < threads; ++thread)
    bodies.emplace_back([&, thread] {
      std::size_t at = thread * 2 % count;
      while (os().compare_exchange(blocks[at], 0, 1) != 0) at = (at + 1) % count;
    });
  run_bodies(std::move(bodies));
}

// Each thread marks the cell that an index points at, which moves on as threads are started.
template <std::uint32_t count>
void sigma() {
  Word index;
  std::array<Word, count> cells;
  std::function<void()> body = [&] { store(cells[load(index)], 1); };
  std::array<mp::ThreadId, count> threads;
  for (std::uint32_t i = 0; i < count; ++i) {
    store(index, i);
    threads[i] = start_body(body);
  }
  for (const mp::ThreadId thread : threads) static_cast<void>(os().join_thread(thread, mp::never));
}

template <std::size_t count>
void independent() {
  std::array<Word, count> words;
  Bodies bodies;
  for (Word& word : words)
    bodies.emplace_back([&] {
      store(word, 1);
      store(word, 2);
    });
  run_bodies(std::move(bodies));
}

void store_buffering() {
  Word x;
  Word y;
  run_bodies({[&] {
                store(x, 1);
                load(y);
              },
              [&] {
                store(y, 1);
                load(x);
              }});
}

void message_passing() {
  Word x;
  Word y;
  run_bodies({[&] {
                store(x, 1);
                store(y, 1);
              },
              [&] {
                load(y);
                load(x);
              }});
}

void two_writers_two_readers() {
  Word x;
  Word y;
  run_bodies({[&] { store(x, 1); }, [&] { store(y, 1); },
              [&] {
                load(x);
                load(y);
              },
              [&] {
                load(y);
                load(x);
              }});
}

constexpr KnownClasses rows[] = {
    {"readers(2)", readers<2>, 4},
    {"readers(8)", readers<8>, 256},
    {"readers(13)", readers<13>, 8192},
    {"n_writers_a_reader(3)", writers_and_a_reader<3>, 24},
    {"n_writers_a_reader(4)", writers_and_a_reader<4>, 120},
    {"n_writers_a_reader(5)", writers_and_a_reader<5>, 720},
    {"floating_read(4)", writers_and_a_reader<4>, 120},
    {"lastwrite(4)", stores<4, 1>, 24},
    {"lastwrite(6)", stores<6, 1>, 720},
    {"stores(2,5)", stores<2, 5>, 252},
    {"stores(3,3)", stores<3, 3>, 1680},
    {"stores(2,8)", stores<2, 8>, 12870},
    {"ainc(3)", additions<3, 1>, 6},
    {"binc(2)", additions<2, 1, 2>, 4},
    {"mutex_n(2)", additions<2, 1>, 2},
    {"mutex_n(3)", additions<3, 1>, 6},
    {"mutex_n(4)", additions<4, 1>, 24},
    {"mutex_n(5)", additions<5, 1>, 120},
    {"mutex_2x(2)", additions<2, 2>, 6},
    {"mutex_2x(3)", additions<2, 3>, 20},
    {"mutex_2x(5)", additions<2, 5>, 252},
    {"circular_buffer(3)", additions<2, 3>, 20},
    {"circular_buffer(7)", additions<2, 7>, 3432},
    {"inc_nt(2,1)", increments<2, 1>, 4},
    {"inc_nt(3,1)", increments<3, 1>, 36},
    {"inc_nt(4,1)", increments<4, 1>, 576},
    {"inc_nt(2,2)", increments<2, 2>, 34},
    {"inc_nt(2,3)", increments<2, 3>, 328},
    {"inc_nt(3,2)", increments<3, 2>, 7134},
    {"casrot(4)", rotating_exchanges<4>, 14},
    {"casrot(8)", rotating_exchanges<8>, 2048},
    {"lastzero(5)", last_zero<5>, 64},
    {"lastzero(10)", last_zero<10>, 3328},
    {"lastzero(15)", last_zero<15>, 147456},
    {"fib_bench(2)", fibonacci<2>, 140},
    {"fib_bench(3)", fibonacci<3>, 1698},
    {"fib_bench(4)", fibonacci<4>, 19605},
    {"fib_bench(5)", fibonacci<5>, 218243},
    {"indexer(12)", indexer<12>, 8},
    {"indexer(15)", indexer<15>, 4096},
    {"filesystem(14)", filesystem<14>, 2},
    {"filesystem(16)", filesystem<16>, 8},
    {"filesystem(18)", filesystem<18>, 32},
    {"filesystem(19)", filesystem<19>, 64},
    {"sigma(4)", sigma<4>, 105},
    {"indep(4)", independent<4>, 1},
    {"SB", store_buffering, 3},
    {"MP", message_passing, 3},
    {"IRIW", two_writers_two_readers, 15},
};

}  // namespace

std::span<const KnownClasses> known_classes_over_words() { return rows; }

}  // namespace heddle::trial
