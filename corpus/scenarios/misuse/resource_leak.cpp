// Shared memory that outlives the program: everybody closes it and nobody unlinks it, a list that is unlinked
// on one of two ways out, a buffer that is replaced by a larger one. Mended by one unlink() for each, in one
// process.
#include <cstdint>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <utility>
#include <vector>

namespace heddle::misuse {
namespace {

void fill(mp::SharedMemory& frame) {
  frame.buf()[0] = std::uint8_t{255};
  frame.close();
}

template <bool unlinks>
void frame_of_a_child() {
  mp::SharedMemory frame = mp::SharedMemory::create(16);
  mp::Process camera(mp::fn<&fill>, mp::args(frame), {.name = "camera"});
  camera.start();
  camera.join();
  outcome(frame.buf()[0]);
  frame.close();
  if (unlinks) frame.unlink();
}

void score(mp::ShareableList& scores, int player) { scores.set(player, 10 * player); }

template <bool unlinks_always>
void game() {
  mp::ShareableList scores(std::vector<mp::ShareableItem>{0, 0});
  mp::Process player(mp::fn<&score>, mp::args(scores, 1), {.name = "player"});
  player.start();
  player.join();
  const bool is_won = scores.get(0) == mp::ShareableItem(10);
  scores.close();
  if (is_won || unlinks_always) scores.shm().unlink();
}

template <bool unlinks_the_old>
void buffer_enlarged() {
  mp::SharedMemory buffer = mp::SharedMemory::create(8);
  buffer.buf().store<std::int64_t>(0, 7);
  mp::SharedMemory larger = mp::SharedMemory::create(16);
  larger.buf().store<std::int64_t>(0, buffer.buf().load<std::int64_t>(0));
  if (unlinks_the_old) buffer.unlink();
  buffer = std::move(larger);
  mp::Process reader(mp::fn<[](mp::SharedMemory& own) { outcome(own.buf().load<std::int64_t>(0)); }>,
                     mp::args(buffer), {.name = "reader"});
  reader.start();
  reader.join();
  buffer.unlink();
}

}  // namespace

std::vector<Scenario> resource_leak() {
  const std::vector<ExpectedFinding> left = {{.rule = "resource-leak"}};
  return {
      {.name = "misuse/resource-leak-1",
       .summary = "a frame in shared memory is closed by both processes and unlinked by none",
       .body = &frame_of_a_child<false>,
       .expected = left},
      {.name = "misuse/resource-leak-1-fixed",
       .summary = "a frame in shared memory is closed by both processes and unlinked by main",
       .body = &frame_of_a_child<true>},
      {.name = "misuse/resource-leak-2",
       .summary = "a ShareableList of scores is unlinked only if the game is won",
       .body = &game<false>,
       .expected = left},
      {.name = "misuse/resource-leak-2-fixed",
       .summary = "a ShareableList of scores is unlinked whether the game is won or not",
       .body = &game<true>},
      {.name = "misuse/resource-leak-3",
       .summary = "a larger buffer in shared memory takes the place of one that is not unlinked",
       .body = &buffer_enlarged<false>,
       .expected = left},
      {.name = "misuse/resource-leak-3-fixed",
       .summary = "a larger buffer in shared memory takes the place of one that is unlinked",
       .body = &buffer_enlarged<true>},
  };
}

}  // namespace heddle::misuse
