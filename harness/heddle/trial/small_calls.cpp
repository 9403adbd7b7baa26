// Small programs of calls of the Os, in forks as those of operations are.
#include <array>
#include <cstring>
#include <mp/os/os.hpp>
#include <vector>

#include <heddle/trial/small_acts.hpp>

namespace heddle::trial {
namespace {

using mp::os;

enum class What {
  load,
  store,
  exchange,
  add,
  wait,
  wait_in_time,
  wake_one,
  wake_all,
  load_cell,
  store_cell,
  write,
  read,
  poll,
  poll_in_time,
  sleep,
  kill,
};

constexpr std::array<std::string_view, 16> names{
    "load",      "store",      "exchange", "add",  "wait", "wait_in_time", "wake_one", "wake_all",
    "load_cell", "store_cell", "write",    "read", "poll", "poll_in_time", "sleep",    "kill"};
constexpr std::chrono::milliseconds a_while(1);

struct Stage {
  const SmallProgram& program;
  std::array<mp::Word, 2> words{};
  alignas(8) std::array<std::array<std::byte, 8>, 2> cells{};
  std::pair<mp::Descriptor, mp::Descriptor> pipe = os().pipe().value();
  std::vector<mp::ProcessId> children = {};
  Gifts gifts = {};

  int wait(mp::Word& word, mp::Instant deadline) {
    const auto woken = os().word_wait(word, 0, deadline);
    return woken ? 1 : woken.error().value;
  }
  int poll(mp::Instant deadline) {
    mp::PollItem item{.fd = pipe.first};
    const auto ready = os().poll(std::span(&item, 1), deadline);
    return ready ? *ready : ready.error().value;
  }
  int read() {
    std::byte byte{};
    const auto got = os().read(pipe.first, std::span(&byte, 1));
    return got ? static_cast<int>(byte) : got.error().value;
  }
  int write(std::uint32_t task) {
    const auto byte = static_cast<std::byte>(task);
    return static_cast<int>(os().write(pipe.second, std::span(&byte, 1)).has_value());
  }
  int look(std::size_t cell) {
    std::array<std::byte, 8> found{};
    os().load_cell(cells[cell].data(), found);
    return static_cast<int>(found[0]);
  }
  int put(std::size_t cell, std::uint32_t task) {
    const std::array<std::byte, 8> bytes{static_cast<std::byte>(task)};
    os().store_cell(cells[cell].data(), bytes);
    return 1;
  }

  int carry_out(std::uint32_t task, What what, std::size_t which) {
    mp::Word& word = words[which % 2];
    switch (what) {
      case What::load:
        return static_cast<int>(os().load(word));
      case What::store:
        os().store(word, task);
        return 1;
      case What::exchange:
        return static_cast<int>(os().compare_exchange(word, 0, task + 1));
      case What::add:
        return static_cast<int>(os().fetch_add(word, 1));
      case What::wait:
        return wait(word, mp::never);
      case What::wait_in_time:
        return wait(word, os().now() + a_while);
      case What::wake_one:
        return os().word_wake(word, 1);
      case What::wake_all:
        return os().word_wake(word, 9);
      case What::load_cell:
        return look(which);
      case What::store_cell:
        return put(which, task);
      case What::write:
        return write(task);
      case What::read:
        return read();
      case What::poll:
        return poll(mp::immediately);
      case What::poll_in_time:
        return poll(os().now() + a_while);
      case What::sleep:
        os().sleep_until(os().now() + a_while);
        return 1;
      case What::kill:
        return static_cast<int>(os().signal_process(children[which], mp::Signal::kill).has_value());
    }
    return Gifts::rejected;
  }

  void act(std::size_t task) {
    for (std::size_t i = 0; i < program.tasks[task].size(); ++i) {
      const SmallProgram::Act& act = program.tasks[task][i];
      gifts.at(task, i) = carry_out(static_cast<std::uint32_t>(task), static_cast<What>(act.what), act.which);
    }
  }
};

struct Part {
  Stage* stage = nullptr;
  std::size_t task = 0;
};

int act_in_child(std::span<const std::byte> payload) {
  Part part;
  std::memcpy(&part, payload.data(), sizeof(part));
  part.stage->act(part.task);
  return 0;
}

}  // namespace

std::span<const std::string_view> small_calls() { return names; }

void run_small_calls(const SmallProgram& program) {
  Stage stage{.program = program};
  for (std::size_t task = 1; task < program.tasks.size(); ++task) {
    const Part part{.stage = &stage, .task = task};
    stage.children.push_back(
        os().start_process(
                {.name = "child", .entry = &act_in_child, .payload = std::as_bytes(std::span(&part, 1))})
            .value());
  }
  stage.act(0);
  for (const mp::ProcessId child : stage.children) static_cast<void>(os().wait_process(child, mp::never));
  stage.gifts.say();
}

}  // namespace heddle::trial
