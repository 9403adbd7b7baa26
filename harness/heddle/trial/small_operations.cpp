// Small programs of operations. Children are forks, which in a simulated world share main's addresses, so
// each writes what its operations gave where main finds it.
#include <array>
#include <mp/multiprocessing.hpp>
#include <vector>

#include <heddle/trial/small_acts.hpp>

namespace heddle::trial {
namespace {

enum class What {
  acquire,
  acquire_in_time,
  release,
  take,
  take_in_time,
  give,
  load,
  store,
  send,
  receive,
  poll,
  kill,
};

constexpr std::array<std::string_view, 12> names{
    "acquire", "acquire_in_time", "release", "take",    "take_in_time", "give",
    "load",    "store",           "send",    "receive", "poll",         "kill"};
constexpr std::chrono::duration<double> a_while(0.001);

struct Stage {
  std::array<mp::Lock, 2> locks;
  mp::Semaphore semaphore{0};
  std::array<mp::RawValue<int>, 2> cells;
  std::pair<mp::Connection, mp::Connection> pipe = mp::Pipe(mp::Duplex::no);
  std::vector<mp::Process> children;
  Gifts gifts;

  int carry_out(int task, What what, std::size_t which) {
    switch (what) {
      case What::acquire:
        return static_cast<int>(locks[which].acquire());
      case What::acquire_in_time:
        return static_cast<int>(locks[which].acquire(true, a_while));
      case What::release:
        locks[which].release();
        return 1;
      case What::take:
        return static_cast<int>(semaphore.acquire());
      case What::take_in_time:
        return static_cast<int>(semaphore.acquire(true, a_while));
      case What::give:
        semaphore.release();
        return 1;
      case What::load:
        return cells[which].value();
      case What::store:
        cells[which].value() = task;
        return 1;
      case What::send:
        pipe.second.send(task);
        return 1;
      case What::receive:
        return pipe.first.recv<int>();
      case What::poll:
        return static_cast<int>(pipe.first.poll());
      case What::kill:
        children[which].kill();
        return 1;
    }
    return Gifts::rejected;
  }

  void act(const SmallProgram& program, std::size_t task) {
    for (std::size_t i = 0; i < program.tasks[task].size(); ++i) {
      const SmallProgram::Act& act = program.tasks[task][i];
      try {
        gifts.at(task, i) = carry_out(static_cast<int>(task), static_cast<What>(act.what), act.which);
      } catch (const std::exception&) {
        gifts.at(task, i) = Gifts::rejected;
      }
    }
  }
};

void act_in_child(std::uint64_t stage, std::uint64_t program, std::size_t task) {
  reinterpret_cast<Stage*>(stage)->act(*reinterpret_cast<const SmallProgram*>(program), task);
}

}  // namespace

std::span<const std::string_view> small_operations() { return names; }

void run_small_operations(const SmallProgram& program) {
  Stage stage;
  const auto address = reinterpret_cast<std::uint64_t>(&stage);
  const auto program_address = reinterpret_cast<std::uint64_t>(&program);
  for (std::size_t task = 1; task < program.tasks.size(); ++task)
    stage.children.emplace_back(mp::fn<&act_in_child>, mp::args(address, program_address, task)).start();
  stage.act(program, 0);
  for (const mp::Process& child : stage.children) child.join();
  stage.gifts.say();
}

}  // namespace heddle::trial
