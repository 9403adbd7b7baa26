// The heap of shared memory, on the real Os.
#include <mp/shared/heap.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include <mp/channel/pipe.hpp>
#include <mp/errors.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {
namespace {

std::span<std::byte> bytes_of(const HeapBlock& block, std::size_t bytes) { return {block.address(), bytes}; }

bool is_filled_with(std::span<const std::byte> bytes, std::byte value) {
  return std::ranges::all_of(bytes, [&](std::byte each) { return each == value; });
}

/// A handle of one number, without a lock.
class SharedNumber {
 public:
  SharedNumber() = default;
  int load() const {
    int number = 0;
    os().load_cell(block_.get(), std::as_writable_bytes(std::span(&number, 1)));
    return number;
  }
  void store(int number) { os().store_cell(block_.get(), std::as_bytes(std::span(&number, 1))); }
  void encode(Encoder& encoder) const { block_.encode(encoder, "SharedNumber"); }
  static SharedNumber decode(Decoder& decoder) {
    return SharedNumber(SharedBlock<Cell<int>>::decode(decoder));
  }

 private:
  explicit SharedNumber(SharedBlock<Cell<int>> block) : block_(std::move(block)) {}
  SharedBlock<Cell<int>> block_;
};

// A block with its size and the pattern that was written to all of it.
struct Filled {
  std::unique_ptr<HeapBlock> block;
  std::size_t bytes;
  std::byte pattern;

  Filled(std::size_t size, std::byte fill)
      : block(std::make_unique<HeapBlock>(size)), bytes(size), pattern(fill) {
    EXPECT_TRUE(is_filled_with(bytes_of(*block, bytes), std::byte{0})) << "a new block is not zero";
    std::ranges::fill(bytes_of(*block, bytes), pattern);
  }
  bool is_intact() const { return is_filled_with(bytes_of(*block, bytes), pattern); }
};

// Allocates and frees in a random order; if two blocks overlapped, one would see the other's pattern.
void use_at_random(std::uint32_t seed, std::size_t rounds) {
  std::mt19937 random(seed);
  std::vector<Filled> blocks;
  for (std::size_t i = 0; i < rounds; ++i) {
    if (blocks.size() < 40 && random() % 5 < 3) {
      const std::size_t bytes = 1 + (random() % 8 == 0 ? random() % 9000 : random() % 700);
      blocks.emplace_back(bytes, static_cast<std::byte>(1 + random() % 255));
    } else if (!blocks.empty()) {
      std::swap(blocks[random() % blocks.size()], blocks.back());
      ASSERT_TRUE(blocks.back().is_intact());
      blocks.pop_back();
    }
  }
  for (const Filled& each : blocks) ASSERT_TRUE(each.is_intact());
}

TEST(Heap, NeverHandsOutOverlappingOrDirtyBlocks_HEAP_01) {
  for (std::uint32_t seed = 0; seed < 8; ++seed) use_at_random(seed, 1'000);
  const HeapFacts facts = heap_facts(os());
  EXPECT_EQ(facts.blocks, 0U);
  EXPECT_LE(facts.arenas, 1U);
  EXPECT_EQ(facts.ranges_free, facts.arenas);
}

TEST(Heap, ServesThreadsAtOnce) {
  std::vector<Thread> threads;
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    threads.emplace_back([seed] { use_at_random(seed, 1'000); });
    threads.back().start();
  }
  for (Thread& thread : threads) thread.join();
  EXPECT_EQ(heap_facts(os()).blocks, 0U);
  EXPECT_LE(heap_facts(os()).arenas, 1U);
}

TEST(Heap, PutsNoTwoBlocksIntoOneCacheLine) {
  const HeapBlock first(1);
  const HeapBlock second(0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first.address()) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second.address()) % 64, 0U);
  EXPECT_NE(first.address(), second.address());
}

TEST(Heap, MakesOneRangeOfFreeNeighboursInAnyOrder) {
  std::vector<int> order{0, 1, 2, 3};
  do {
    std::vector<std::unique_ptr<HeapBlock>> blocks;
    for (int i = 0; i < 4; ++i) blocks.push_back(std::make_unique<HeapBlock>(100));
    for (const int i : order) blocks[static_cast<std::size_t>(i)].reset();
    ASSERT_EQ(heap_facts(os()).ranges_free, 1U);
  } while (std::ranges::next_permutation(order).found);
}

TEST(Heap, GivesALargeBlockAnArenaThatGoesWithIt) {
  const HeapBlock small(1);
  const std::size_t arenas = heap_facts(os()).arenas;
  {
    const HeapBlock large(5'000'000);
    large.address()[4'999'999] = std::byte{1};
    EXPECT_EQ(heap_facts(os()).arenas, arenas + 1);
  }
  EXPECT_EQ(heap_facts(os()).arenas, arenas);
}

TEST(Heap, RefusesMoreThanThereIs) {
  EXPECT_THROW(HeapBlock(SIZE_MAX), OSError);
  EXPECT_THROW(HeapBlock(SIZE_MAX / 2 - 10), OSError);
  EXPECT_EQ(heap_facts(os()).blocks, 0U);
}

// What the child, forked by the program itself, answers with its exit status.
template <class Child>
int status_of_fork(Child child, std::unique_ptr<HeapBlock>& block) {
  const pid_t process = ::fork();
  if (process == 0) {
    const int status = child(*block);
    block.reset();
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Heap, IsNotFreedByAChild_HEAP_01) {
  auto block = std::make_unique<HeapBlock>(100);
  const HeapFacts before = heap_facts(os());
  const int status = status_of_fork(
      [](HeapBlock& inherited) {
        inherited.address()[0] = std::byte{7};
        const HeapBlock own(100);
        return own.address() == inherited.address() ? 1 : 0;
      },
      block);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(heap_facts(os()).blocks, before.blocks);
  EXPECT_EQ(block->address()[0], std::byte{7});
}

TEST(Heap, FindsThePlaceOfABlockAndTheBlockAtAPlace) {
  const HeapBlock first(64);
  const HeapBlock second(64);
  const auto place = place_of(os(), second.address() + 3);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(address_of(os(), *place), second.address() + 3);
  EXPECT_EQ(place_of(os(), first.address())->segment, place->segment);
  const int elsewhere = 0;
  EXPECT_FALSE(place_of(os(), &elsewhere).has_value());
}

TEST(Heap, MapsAPlaceInASegmentOfAnotherOnce) {
  const Descriptor segment = os().create_segment({}, 8192).value();
  const auto mapping = os().map_segment(segment).value();
  mapping[5000] = std::byte{9};
  auto* const address = static_cast<std::byte*>(address_of(os(), {segment, 5000}));
  EXPECT_NE(address, &mapping[5000]);
  EXPECT_EQ(*address, std::byte{9});
  EXPECT_EQ(address_of(os(), {segment, 5001}), address + 1);
  EXPECT_EQ(place_of(os(), address)->offset, 5000U);
  EXPECT_THROW(address_of(os(), {segment, 8192}), OSError);
}

TEST(Heap, KnowsAParentsBlocksOnceItWasTold) {
  auto block = std::make_unique<HeapBlock>(100);
  const std::uint64_t offset = place_of(os(), block->address())->offset;
  const std::vector<SegmentMapping> arenas = known_segments(os());
  const int status = status_of_fork(
      [&](HeapBlock& inherited) {
        if (place_of(os(), inherited.address())) return 1;
        remember_segment(os(), arenas.front());
        const auto place = place_of(os(), inherited.address());
        return place && place->offset == offset ? 0 : 2;
      },
      block);
  EXPECT_EQ(status, 0);
}

void write_when_told(SharedNumber& number, Connection& told) {
  static_cast<void>(told.recv<int>());
  number.store(7);
}

TEST(Heap, KeepsABlockForTheChildThatWasGivenIt) {
  auto [here, there] = Pipe();
  auto number = std::make_unique<SharedNumber>();
  Process child(fn<&write_when_told>, args(*number, there));
  child.start();
  number.reset();
  const SharedNumber other;  // would be where the first was
  here.send(1);
  child.join();
  EXPECT_EQ(other.load(), 0);
  EXPECT_EQ(heap_facts(os()).blocks, 1U);
}

}  // namespace
}  // namespace mp
