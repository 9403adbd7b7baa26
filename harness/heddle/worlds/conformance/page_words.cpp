// What the page promises of words, cells and the memory that processes share.
#include <algorithm>
#include <limits>

#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

void operations_give_the_old_value(mp::Os& os) {
  mp::Word& word = share<mp::Word>(os);
  demand_equal(os.load(word), 0, "a fresh word");
  os.store(word, 5);
  demand_equal(os.exchange(word, 7), 5, "exchange");
  demand_equal(os.compare_exchange(word, 6, 9), 7, "compare_exchange that finds another value");
  demand_equal(os.load(word), 7, "the word after it");
  demand_equal(os.compare_exchange(word, 7, 9), 7, "compare_exchange that finds the value");
  demand_equal(os.fetch_add(word, 3), 9, "fetch_add");
  demand_equal(os.load(word), 12, "the word at the end");
}

void fetch_add_wraps(mp::Os& os) {
  mp::Word& word = share<mp::Word>(os);
  os.fetch_add(word, std::numeric_limits<std::uint32_t>::max());
  demand_equal(os.fetch_add(word, 2), std::numeric_limits<std::uint32_t>::max(), "fetch_add of -1");
  demand_equal(os.load(word), 1, "the word after it wrapped");
}

void wait_refuses_another_value(mp::Os& os) {
  mp::Word& word = share<mp::Word>(os);
  os.store(word, 3);
  demand_failure(os.word_wait(word, 2, mp::never), EAGAIN, "wait on another value");
  demand_failure(os.word_wait(word, 2, mp::immediately), EAGAIN, "wait on another value, at once");
}

void wait_ends_at_its_deadline(mp::Os& os) {
  mp::Word& word = share<mp::Word>(os);
  demand_failure(os.word_wait(word, 0, mp::immediately), ETIMEDOUT, "wait at once");
  const mp::Instant deadline = soon(os);
  demand_failure(os.word_wait(word, 0, deadline), ETIMEDOUT, "wait with a deadline");
  demand(os.now() >= deadline, "the wait ended before its deadline");
  demand_failure(os.word_wait(word, 0, deadline), ETIMEDOUT, "wait with a deadline in the past");
}

void sleep_on(mp::Os& os, mp::Word* const& word) { value_of(os.word_wait(*word, 0, late(os)), "word_wait"); }

/// Wakes until this many were woken; a sleeper may not be asleep at first.
void wake_exactly(mp::Os& os, mp::Word& word, int wanted) {
  const mp::Instant deadline = late(os);
  for (int woken = 0; woken < wanted; os.sleep_until(os.now() + 1ms)) {
    const int now_woken = os.word_wake(word, 1);
    demand(now_woken == 0 || now_woken == 1, "a wake of one woke more");
    woken += now_woken;
    demand(os.now() < deadline, "a sleeper was never woken");
  }
}

void wake_counts_the_woken(mp::Os& os) {
  mp::Word* const word = &share<mp::Word>(os);
  demand_equal(os.word_wake(*word, 10), 0, "woken where nobody sleeps");
  std::array<mp::ProcessId, 3> sleepers;
  for (mp::ProcessId& sleeper : sleepers) sleeper = start_child<&sleep_on>(os, word);
  wake_exactly(os, *word, 3);
  for (const mp::ProcessId sleeper : sleepers) demand_success(os, sleeper);
  demand_equal(os.word_wake(*word, 10), 0, "woken after all have gone");
}

struct TwoWords {
  mp::Word asleep;
  mp::Word other;
};

void wake_is_for_one_word(mp::Os& os) {
  TwoWords& words = share<TwoWords>(os);
  mp::Word* const word = &words.asleep;
  const mp::ProcessId sleeper = start_child<&sleep_on>(os, word);
  os.sleep_until(soon(os));
  demand_equal(os.word_wake(words.other, 10), 0, "woken at another word");
  wake_exactly(os, *word, 1);
  demand_success(os, sleeper);
}

void dead_sleepers_are_not_woken(mp::Os& os) {
  mp::Word* const word = &share<mp::Word>(os);
  const mp::ProcessId sleeper = start_child<&sleep_on>(os, word);
  os.sleep_until(soon(os));
  value_of(os.signal_process(sleeper, mp::Signal::kill), "kill");
  wait_for(os, sleeper);
  demand_equal(os.word_wake(*word, 10), 0, "woken after the sleeper was killed");
}

constexpr int additions = 500;

void add_often(mp::Os& os, mp::Word* const& word) {
  for (int i = 0; i < additions; ++i) os.fetch_add(*word, 1);
}

void additions_are_not_lost(mp::Os& os) {
  mp::Word* const word = &share<mp::Word>(os);
  const mp::ProcessId a = start_child<&add_often>(os, word);
  const mp::ProcessId b = start_child<&add_often>(os, word);
  add_often(os, word);
  demand_success(os, a);
  demand_success(os, b);
  demand_equal(os.load(*word), 3 * additions, "the sum");
}

using Text = std::array<char, 8>;

void store_words(mp::Os& os, mp::Cell<Text>* const& cell) {
  os.store_cell(&cell->value, as_bytes("hello\0\0\0"));
}

void cells_are_shared(mp::Os& os) {
  mp::Cell<Text>* const cell = &share<mp::Cell<Text>>(os);
  demand_success(os, start_child<&store_words>(os, cell));
  Text found{};
  os.load_cell(&cell->value, std::as_writable_bytes(std::span(found)));
  demand(std::string_view(found.data()) == "hello", "what a child stored is not what is loaded");
}

void mappings_start_as_zeros(mp::Os& os) {
  constexpr std::size_t bytes = 10'000;
  const std::span<std::byte> block = value_of(mp::map_shared(os, bytes), "map_shared");
  demand_equal(static_cast<std::int64_t>(block.size()), bytes, "bytes mapped");
  const auto is_zero = [](std::byte byte) { return byte == std::byte{}; };
  demand(std::all_of(block.begin(), block.end(), is_zero), "a fresh mapping is not zero");
  const std::span<std::byte> other = value_of(mp::map_shared(os, bytes), "map_shared");
  demand(other.data() >= block.data() + bytes || other.data() + bytes <= block.data(),
         "two mappings overlap");
  value_of(os.unmap_segment(block), "unmap_segment");
  value_of(os.unmap_segment(other), "unmap_segment");
}

void unmap_in_the_child(mp::Os& os, const std::span<std::byte>& block) {
  value_of(os.unmap_segment(block), "unmap_segment");
}

void unmapping_is_each_process_own(mp::Os& os) {
  const std::span<std::byte> block = value_of(mp::map_shared(os, sizeof(mp::Word)), "map_shared");
  auto& word = *reinterpret_cast<mp::Word*>(block.data());
  os.store(word, 4);
  demand_success(os, start_child<&unmap_in_the_child>(os, block));
  demand_equal(os.load(word), 4, "a word that a child unmapped");
}

constexpr PageCheck checks[] = {
    {"Operations on words give the old value", &operations_give_the_old_value},
    {"An addition to a word wraps", &fetch_add_wraps},
    {"A wait on another value is EAGAIN", &wait_refuses_another_value},
    {"A wait on a word ends at its deadline", &wait_ends_at_its_deadline},
    {"A wake tells how many it woke", &wake_counts_the_woken},
    {"A wake is for one word", &wake_is_for_one_word},
    {"A killed sleeper is not woken", &dead_sleepers_are_not_woken},
    {"Additions of several processes are not lost", &additions_are_not_lost},
    {"A cell holds what a child stored", &cells_are_shared},
    {"A mapping starts as zeros", &mappings_start_as_zeros},
    {"A child that unmaps does so for itself", &unmapping_is_each_process_own},
};

}  // namespace

std::span<const PageCheck> word_checks() { return checks; }

}  // namespace heddle::conformance
