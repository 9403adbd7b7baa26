// Consumers that wait for a sentinel that nobody puts.
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

using Item = std::optional<int>;

// One sentinel for three consumers is enough if each passes it on.
namespace passed_on {

using Items = mp::Queue<Item>;

void consume(Items& items) {
  while (items.get()) {
  }
}

void consume_fixed(Items& items) {
  while (items.get()) {
  }
  items.put(std::nullopt);
}

template <auto Consume>
void body() {
  Items items(0, {.name = "items"});
  std::vector<mp::Process> consumers;
  for (int i = 1; i <= 3; ++i)
    consumers.emplace_back(mp::fn<Consume>, mp::args(items),
                           mp::ProcessOptions{.name = "consumer-" + std::to_string(i)});
  for (mp::Process& each : consumers) each.start();
  items.put(1);
  items.put(std::nullopt);
  for (mp::Process& each : consumers) each.join();
}

}  // namespace passed_on

// main gets until each of its readers has said that it is at its end. One leaves by another door.
namespace early_return {

using Lines = mp::SimpleQueue<Item>;

void read_file(Lines& lines, int length) {
  if (length == 0) return;  // the plant: an empty file
  for (int line = 1; line <= length; ++line) lines.put(line);
  lines.put(std::nullopt);
}

void read_file_fixed(Lines& lines, int length) {
  for (int line = 1; line <= length; ++line) lines.put(line);
  lines.put(std::nullopt);
}

template <auto ReadFile>
void body() {
  Lines lines({.name = "lines"});
  mp::Process full(mp::fn<ReadFile>, mp::args(lines, 2), {.name = "full"});
  mp::Process empty(mp::fn<ReadFile>, mp::args(lines, 0), {.name = "empty"});
  full.start();
  empty.start();
  int readers = 2;
  while (readers > 0)
    if (!lines.get()) --readers;
  full.join();
  empty.join();
}

}  // namespace early_return

// Each of two processes has two threads that get, and main counts processes.
namespace a_sentinel_per_process {

using Items = mp::Queue<Item>;

void consume(Items& items) {
  while (items.get()) {
  }
}

void consume_twice(Items& items) {
  mp::Thread helper([&] { consume(items); }, {.name = "helper"});
  helper.start();
  consume(items);
  helper.join();
}

template <int sentinels>
void body() {
  Items items(0, {.name = "items"});
  mp::Process pair_1(mp::fn<&consume_twice>, mp::args(items), {.name = "pair-1"});
  mp::Process pair_2(mp::fn<&consume_twice>, mp::args(items), {.name = "pair-2"});
  pair_1.start();
  pair_2.start();
  items.put(1);
  for (int i = 0; i < sentinels; ++i) items.put(std::nullopt);
  pair_1.join();
  pair_2.join();
}

}  // namespace a_sentinel_per_process

}  // namespace

std::vector<Scenario> sentinel_shortage() {
  const std::vector<ExpectedFinding> caught{{.rule = "sentinel-shortage"}};
  return {
      {.name = "misuse/sentinel-shortage-1",
       .summary = "three consumers wait for one sentinel, and who gets it keeps it",
       .body = &passed_on::body<&passed_on::consume>,
       .expected = caught},
      {.name = "misuse/sentinel-shortage-1-fixed",
       .summary = "three consumers wait for one sentinel, and who gets it puts it back",
       .body = &passed_on::body<&passed_on::consume_fixed>},
      {.name = "misuse/sentinel-shortage-2",
       .summary = "a reader of an empty file returns without the sentinel that main counts",
       .body = &early_return::body<&early_return::read_file>,
       .expected = caught},
      {.name = "misuse/sentinel-shortage-2-fixed",
       .summary = "a reader of an empty file puts its sentinel like the others",
       .body = &early_return::body<&early_return::read_file_fixed>},
      {.name = "misuse/sentinel-shortage-3",
       .summary = "a sentinel for each of two processes, each of which has two threads that get",
       .body = &a_sentinel_per_process::body<2>,
       .expected = caught},
      {.name = "misuse/sentinel-shortage-3-fixed",
       .summary = "a sentinel for each of two threads of two processes",
       .body = &a_sentinel_per_process::body<4>},
  };
}

}  // namespace heddle::misuse
