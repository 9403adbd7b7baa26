// Named shared memory, on the real Os.
#include <mp/shared/shared_memory.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include <mp/channel/pipe.hpp>
#include <mp/errors.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

// Takes the name away when a test ends, however it ends.
struct Unlinked {
  explicit Unlinked(SharedMemory made) : memory(std::move(made)) {}
  ~Unlinked() {
    try {
      memory.unlink();
    } catch (const FileNotFoundError&) {
    }
  }
  SharedMemory memory;
};

TEST(SharedMemory, IsZeroAndOfExactlyItsSize_SHM_01) {
  Unlinked made(SharedMemory::create(13));
  const SharedMemory other = SharedMemory::attach(made.memory.name());
  EXPECT_EQ(made.memory.size(), 13U);
  EXPECT_EQ(other.size(), 13U);
  EXPECT_EQ(other.buf().read(0, 13), Bytes(13));
}

TEST(SharedMemory, RefusesWhatCannotBe_SHM_01) {
  EXPECT_THROW(SharedMemory::create(0), ValueError);
  EXPECT_THROW(SharedMemory::create(-1), ValueError);
  EXPECT_THROW(SharedMemory{std::nullopt}, ValueError);
  EXPECT_THROW(SharedMemory("some-name", true), ValueError);
  EXPECT_THROW(SharedMemory::attach("mp-test-nobody-has-this"), FileNotFoundError);
  for (const std::string_view name :
       {std::string_view("a/b"), std::string_view("a\0b", 3), std::string_view("")})
    EXPECT_THROW(SharedMemory::create(1, name), ValueError);
  EXPECT_THROW(SharedMemory::create(1, std::string(300, 'a')), OSError);
}

TEST(SharedMemory, IsMadeOnceUnderAName_SHM_01) {
  Unlinked made(SharedMemory::create(4));
  EXPECT_THROW(SharedMemory::create(4, made.memory.name()), FileExistsError);
  const SharedMemory attached(made.memory.name(), false, 999);
  EXPECT_EQ(attached.size(), 4U);
}

TEST(SharedMemory, IsReadAndWrittenThroughViews) {
  Unlinked made(SharedMemory::create(16));
  const SharedMemoryView view = made.memory.buf();
  view.store<std::int32_t>(1, -7);
  view[0] = 200;
  view[-1] += 3;
  EXPECT_EQ(view.load<std::int32_t>(1), -7);
  EXPECT_EQ(std::uint8_t{view[0]}, 200);
  EXPECT_EQ(view.bytes()[15], std::byte{3});
  EXPECT_THROW(view.load<std::int64_t>(9), IndexError);
  EXPECT_THROW(view.write(16, Bytes(1)), IndexError);
  EXPECT_THROW(view.word(2), ValueError);
  EXPECT_EQ(os().fetch_add(view.word(8), 5), 0U);
  EXPECT_EQ(view.load<std::uint32_t>(8), 5U);
}

TEST(SharedMemory, ClosesUnlessAViewLives_SHM_02) {
  Unlinked made(SharedMemory::create(1));
  {
    const SharedMemoryView view = made.memory.buf();
    EXPECT_THROW(made.memory.close(), BufferError);
  }
  made.memory.close();
  made.memory.close();
  EXPECT_THROW(made.memory.buf(), ValueError);
  made.memory.unlink();
  EXPECT_THROW(made.memory.unlink(), FileNotFoundError);
}

TEST(SharedMemory, StaysWhereItIsMappedWhenItsNameIsGone_SHM_02) {
  SharedMemory made = SharedMemory::create(1);
  const SharedMemory other = SharedMemory::attach(made.name());
  made.unlink();
  made.buf()[0] = 9;
  EXPECT_EQ(std::uint8_t{other.buf()[0]}, 9);
  EXPECT_THROW(SharedMemory::attach(made.name()), FileNotFoundError);
}

void store_one(SharedMemory& memory) { memory.buf()[0] = 1; }

TEST(SharedMemory, CrossesByNameAtABirthAndInAMessage_SHM_03) {
  Unlinked made(SharedMemory::create(2));
  Process child(fn<&store_one>, args(made.memory));
  child.start();
  child.join();
  EXPECT_EQ(std::uint8_t{made.memory.buf()[0]}, 1);
  const Bytes message = encode_message(made.memory);
  EXPECT_EQ(std::uint8_t{decode_message<SharedMemory>(message).buf()[0]}, 1);
  made.memory.unlink();
  EXPECT_THROW(decode_message<SharedMemory>(message), FileNotFoundError);
}

void attach_and_end(const std::string& name) { SharedMemory::attach(name).close(); }

TEST(SharedMemory, IsNotDestroyedByWhoAttached_SHM_04) {
  Unlinked made(SharedMemory::create(1));
  Process child(fn<&attach_and_end>, args(made.memory.name()));
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
  EXPECT_EQ(SharedMemory::attach(made.memory.name()).size(), 1U);
}

}  // namespace
}  // namespace mp
