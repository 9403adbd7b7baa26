// Drawing and running small programs. Children are forks, which in a simulated world share main's addresses,
// so each writes what its operations gave where main finds it.
#include <fmt/format.h>

#include <array>
#include <mp/multiprocessing.hpp>

#include <heddle/api/heddle.hpp>
#include <heddle/core/random.hpp>
#include <heddle/trial/small_program.hpp>

namespace heddle::trial {
namespace {

using What = SmallOperation::What;

constexpr std::array names{"acquire", "acquire_in_time", "release", "take",    "take_in_time", "give",
                           "load",    "store",           "send",    "receive", "poll",         "kill"};
constexpr std::size_t tasks_max = 3;
constexpr std::size_t operations_max = 4;
constexpr std::chrono::duration<double> a_while(0.001);
constexpr int rejected = -2;
constexpr int never_came = -1;

struct Stage {
  const SmallProgram* program = nullptr;
  std::array<mp::Lock, 2> locks;
  mp::Semaphore semaphore{0};
  std::array<mp::RawValue<int>, 2> cells;
  std::pair<mp::Connection, mp::Connection> pipe = mp::Pipe(mp::Duplex::no);
  std::vector<mp::Process> children;
  std::array<std::array<int, operations_max>, tasks_max> gave{};

  int carry_out(std::size_t task, const SmallOperation& operation) {
    switch (operation.what) {
      case What::acquire:
        return static_cast<int>(locks[operation.which].acquire());
      case What::acquire_in_time:
        return static_cast<int>(locks[operation.which].acquire(true, a_while));
      case What::release:
        locks[operation.which].release();
        return 1;
      case What::take:
        return static_cast<int>(semaphore.acquire());
      case What::take_in_time:
        return static_cast<int>(semaphore.acquire(true, a_while));
      case What::give:
        semaphore.release();
        return 1;
      case What::load:
        return cells[operation.which].value();
      case What::store:
        cells[operation.which].value() = static_cast<int>(task) + 1;
        return 1;
      case What::send:
        pipe.second.send(static_cast<int>(task) + 1);
        return 1;
      case What::receive:
        return pipe.first.recv<int>();
      case What::poll:
        return static_cast<int>(pipe.first.poll());
      case What::kill:
        children[operation.which].kill();
        return 1;
    }
    return rejected;
  }

  void act(std::size_t task) {
    for (std::size_t i = 0; i < program->tasks[task].size(); ++i) try {
        gave[task][i] = carry_out(task, program->tasks[task][i]);
      } catch (const std::exception&) {
        gave[task][i] = rejected;
      }
  }
};

void act_in_child(std::uint64_t stage, std::size_t task) { reinterpret_cast<Stage*>(stage)->act(task); }

}  // namespace

SmallProgram draw_small_program(std::uint64_t number) {
  Random random(1, number);
  SmallProgram program;
  const std::uint32_t children = 1 + random.below(2);
  for (std::uint32_t task = 0; task <= children; ++task) {
    auto& operations = program.tasks.emplace_back();
    const std::uint32_t least = task == 0 ? 0 : 1;
    const std::uint32_t count = least + random.below(children == 1 ? 4 : 2);
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool may_kill = task == 0;
      const auto what = static_cast<What>(random.below(may_kill ? names.size() : names.size() - 1));
      const std::uint32_t which = random.below(what == What::kill ? children : 2);
      operations.push_back({.what = what, .which = static_cast<std::uint8_t>(which)});
    }
  }
  return program;
}

void run_small_program(const SmallProgram& program) {
  Stage stage;
  stage.program = &program;
  for (auto& row : stage.gave) row.fill(never_came);
  const auto address = reinterpret_cast<std::uint64_t>(&stage);
  for (std::size_t task = 1; task < program.tasks.size(); ++task)
    stage.children.emplace_back(mp::fn<&act_in_child>, mp::args(address, task)).start();
  stage.act(0);
  for (const mp::Process& child : stage.children) child.join();
  std::string gave;
  for (const auto& row : stage.gave) gave += fmt::format("{} | ", fmt::join(row, " "));
  outcome(gave);
}

std::string words_of(const SmallProgram& program) {
  std::string words;
  for (const auto& task : program.tasks) {
    for (const SmallOperation& each : task)
      words += fmt::format("{} {}, ", names[static_cast<std::size_t>(each.what)], each.which);
    words += "| ";
  }
  return words;
}

}  // namespace heddle::trial
