// SharedMemory: the rows SHM-* of the contract.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using mp::SharedMemory;

void sizes_and_names() {
  SharedMemory made = SharedMemory::create(13);
  check(made.size() == 13 && made.buf().read(0, 13) == mp::Bytes(13), "new memory is not 13 zeros");
  check_throws<mp::FileExistsError>([&] { return SharedMemory::create(1, made.name()); },
                                    "a name was made twice");
  check(SharedMemory(made.name(), false, 99).size() == 13, "attaching minds the size");
  check_throws<mp::ValueError>([] { return SharedMemory::create(0); }, "a size of zero was accepted");
  check_throws<mp::ValueError>([] { return SharedMemory::create(-1); }, "a negative size was accepted");
  check_throws<mp::ValueError>([] { return SharedMemory(std::nullopt); },
                               "neither name nor create was accepted");
  check_throws<mp::ValueError>([] { return SharedMemory(std::nullopt, true); }, "no size was accepted");
  made.unlink();
  check_throws<mp::FileNotFoundError>([&] { return SharedMemory::attach(made.name()); },
                                      "a name that is gone was found");
}

void impossible_names() {
  using namespace std::string_view_literals;
  for (const std::string_view name : {"a/b"sv, "/a"sv, "a\0b"sv, ""sv, ".."sv})
    check_throws<mp::ValueError>([&] { return SharedMemory::create(1, name); },
                                 "an impossible name was accepted");
}

void close_and_unlink() {
  SharedMemory made = SharedMemory::create(1);
  SharedMemory other = SharedMemory::attach(made.name());
  {
    const mp::SharedMemoryView view = made.buf();
    check_throws<mp::BufferError>([&] { made.close(); }, "memory with a live view was closed");
  }
  made.close();
  made.close();
  check_throws<mp::ValueError>([&] { return made.buf(); }, "closed memory has a buffer");
  other.buf()[0] = 4;
  made.unlink();
  check_throws<mp::FileNotFoundError>([&] { made.unlink(); }, "a name was taken away twice");
  check(other.buf()[0] == 4, "a mapping did not outlive the name");
}

void store_nine(SharedMemory& memory) { memory.buf()[0] = 9; }

void receive_and_store(mp::Connection& end) { end.recv<SharedMemory>().buf()[0] = 9; }

void crosses_by_name() {
  SharedMemory made = SharedMemory::create(1);
  mp::Process child(mp::fn<&store_nine>, mp::args(made));
  child.start();
  child.join();
  check(made.buf()[0] == 9, "a child has other memory than it was given");
  made.buf()[0] = 0;
  auto [here, there] = mp::Pipe();
  mp::Process receiver(mp::fn<&receive_and_store>, mp::args(there));
  receiver.start();
  here.send(made);
  receiver.join();
  check(made.buf()[0] == 9, "a message brought other memory");
  made.unlink();
}

void is_not_found_when_its_name_is_gone() {
  SharedMemory made = SharedMemory::create(1);
  auto [here, there] = mp::Pipe();
  here.send(made);
  made.unlink();
  check_throws<mp::FileNotFoundError>([&] { return there.recv<SharedMemory>(); },
                                      "memory without a name was received");
}

void attach_only(const std::string& name) { SharedMemory::attach(name); }

void attaching_destroys_nothing() {
  SharedMemory made = SharedMemory::create(1);
  mp::Process child(mp::fn<&attach_only>, mp::args(made.name()));
  child.start();
  child.join();
  check(SharedMemory::attach(made.name()).size() == 1, "a process that attached took the name along");
  made.unlink();
}

const Row rows[] = {
    {"SHM-01", "memory is made once under a name, zero and of its size", &sizes_and_names},
    {"SHM-01", "what cannot be a name is refused", &impossible_names},
    {"SHM-02", "close is for the handle, unlink for the name", &close_and_unlink},
    {"SHM-03", "memory crosses by its name, at a birth and in a message", &crosses_by_name},
    {"SHM-03", "memory whose name is gone is not found", &is_not_found_when_its_name_is_gone},
    {"SHM-04", "who attaches destroys nothing by ending", &attaching_destroys_nothing},
};

HEDDLE_CONTRACT_ROWS(SharedMemory, rows);

}  // namespace
}  // namespace heddle::trial
