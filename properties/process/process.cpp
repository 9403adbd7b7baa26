// Processes end in many ways, and whoever looks is told which.
#include <array>
#include <string>

#include <properties/process/process.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string tells_how_it_ended(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t children = writer.some(4);
  for (std::uint32_t child = 1; child <= children; ++child) {
    const std::string name = fmt::format("child{}", child);
    const std::uint32_t code = writer.between(0, 255);
    writer.main(fmt::format("{}.exitcode == None", name));
    writer.main(name + ".start()");
    writer.script("process " + name);
    writer.line(writer.pause());
    const std::uint32_t way = writer.between(0, 3);
    if (way == 0) writer.line(fmt::format("exit({})", code));
    if (way == 1) writer.line("sleep(100)");
    if (way == 1) writer.main(writer.pause());
    const bool is_killed = writer.by_chance();
    if (way == 1) writer.main(is_killed ? name + ".kill()" : name + ".terminate()");
    writer.last(name + ".join()");
    writer.last(name + ".is_alive() == False");
    writer.last(fmt::format("{}.exitcode == {}", name,
                            way == 0   ? static_cast<int>(code)
                            : way == 1 ? (is_killed ? -9 : -15)
                                       : 0));
    writer.last(name + ".close()");
  }
  return writer.text("process/tells-how-it-ended");
}

std::string joins_in_time(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t lives = writer.between(2, 9);
  const std::uint32_t waits = writer.between(1, 9);
  writer.script(fmt::format("{} child", writer.task()));
  writer.line(fmt::format("sleep(0.{})", lives));
  writer.main("child.start()");
  if (waits < lives) {
    writer.main(fmt::format("child.join(0.{0}) == None after 0.{0} within 0.{0}", waits));
    writer.main("child.is_alive() == True");
  }
  writer.main(fmt::format("child.join(5) == None within 0.{}", lives));
  writer.main("child.is_alive() == False");
  return writer.text("process/joins-in-time");
}

std::string is_known_while_it_lives(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t children = writer.some(3);
  writer.object("stop = Event()");
  std::string names;
  for (std::uint32_t child = 1; child <= children; ++child) {
    writer.main(fmt::format("child{}.start()", child));
    writer.script(fmt::format("process child{}", child));
    writer.line("stop.wait()");
    names += fmt::format("{}'child{}'", child == 1 ? "" : ", ", child);
    writer.last(fmt::format("child{}.join()", child));
  }
  writer.main(fmt::format("active_children() permutes [{}]", names));
  writer.main("stop.set()");
  writer.last("active_children() == []");
  return writer.text("process/is-known-while-it-lives");
}

std::string shows_its_end(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.main("child.start()");
  writer.main("end = child.sentinel");
  const std::uint32_t lives = writer.between(2, 9);
  writer.main("wait([end], 0.1) == []");
  writer.main(fmt::format("wait([end]) == ['end'] within 0.{}", lives));
  writer.main("child.join()");
  writer.script("process child");
  writer.line(fmt::format("sleep(0.{})", lives));
  return writer.text("process/shows-its-end");
}

std::string tells_all_who_join(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t code = writer.between(0, 255);
  const std::uint32_t lives = writer.between(1, 9);
  const std::uint32_t joiners = writer.some(3);
  writer.main("child.start()");
  writer.main("end = child.sentinel");
  for (std::uint32_t joiner = 1; joiner <= joiners; ++joiner) {
    const std::string name = fmt::format("joiner{}", joiner);
    writer.main(name + ".start()");
    writer.last(name + ".join()");
    writer.script("thread " + name);
    writer.line(writer.pause());
    const bool waits_long = writer.by_chance();
    writer.line(waits_long ? "child.join(9)" : "child.join()");
    writer.line("child.is_alive() == False");
    writer.line(fmt::format("child.exitcode == {}", code));
  }
  writer.main("wait([end]) == ['end']");
  writer.main(writer.by_chance() ? "child.join()" : "child.is_alive() == False");
  writer.main(fmt::format("child.exitcode == {}", code));
  writer.last("wait([end], 0) == ['end']");
  writer.last("active_children() == []");
  writer.script("process child");
  writer.line(fmt::format("sleep(0.{})", lives));
  writer.line(fmt::format("exit({})", code));
  return writer.text("process/tells-all-who-join");
}

constexpr std::array table{
    Property{"process/tells-how-it-ended", "the exit code is that of its end, whoever ended it",
             &tells_how_it_ended},
    Property{"process/joins-in-time", "join ends when the process or thread does, or at its deadline",
             &joins_in_time},
    Property{"process/is-known-while-it-lives", "the active children are those that have not ended",
             &is_known_while_it_lives},
    Property{"process/shows-its-end", "a sentinel is ready exactly when its process has ended",
             &shows_its_end},
    Property{"process/tells-all-who-join", "each of several that join at a time learns how it ended",
             &tells_all_who_join},
};

}  // namespace

std::span<const Property> of_processes() { return table; }

}  // namespace heddle::properties
