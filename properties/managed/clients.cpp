// The server ends before its clients do, and the clients before the server: what either is told of the other.
#include <array>
#include <string>

#include <properties/managed/clients.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

constexpr std::string_view refusal = "raises OSError | raises EOFError";

/// A client with a connection of before, or without one.
void write_client(Writer& writer, std::uint32_t client, std::string_view wait) {
  writer.joined(fmt::format("client{}", client));
  writer.script(fmt::format("{} client{}", writer.task(), client));
  if (writer.by_chance()) writer.line(fmt::format("table[{0}] = {0}", client));
  writer.line(std::string(wait));
  writer.line(fmt::format("table[{}]{} {} within 1", client, writer.by_chance() ? "" : " = 7", refusal));
}

// Who could not know has news, and does well to be ready for it.
std::string told_when_gone(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object("table = manager.dict()");
  const std::uint32_t clients = writer.some(3);
  for (std::uint32_t client = 1; client <= clients; ++client) write_client(writer, client, "sleep(5)");
  writer.main("sleep(1)");
  writer.main("manager.shutdown() within 2");
  if (writer.by_chance()) writer.main("manager.shutdown() within 0");
  if (writer.by_chance()) writer.last("manager.start() raises ProcessError");
  return writer.text("managed/told-when-gone");
}

// Who could know should not have asked.
std::string told_again(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: manager-use-after-shutdown");
  writer.object("manager = Manager()");
  writer.object("table = manager.dict()");
  writer.object("gone = Event()");
  const std::uint32_t clients = writer.some(2);
  for (std::uint32_t client = 1; client <= clients; ++client) write_client(writer, client, "gone.wait()");
  writer.main("sleep(1)");
  writer.main("manager.shutdown() within 2");
  writer.main("gone.set()");
  return writer.text("managed/use-after-shutdown-is-watched");
}

// What a thread makes goes with it, and what several processes were given stays as long as main has it.
std::string lets_objects_go(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("manager = Manager()");
  writer.object("kept = manager.list()");
  const std::uint32_t makers = writer.some(3);
  for (std::uint32_t maker = 1; maker <= makers; ++maker) {
    writer.joined(fmt::format("maker{}", maker));
    writer.script(fmt::format("thread maker{}", maker));
    writer.line(writer.pause());
    static constexpr std::array<std::string_view, 4> kinds{"dict()", "list([1])", "Lock()", "Queue(1)"};
    const std::uint32_t kind = writer.between(0, 3);
    static constexpr std::array<std::string_view, 4> uses{"own[1] = 2", "own[0] == 1",
                                                          "own.acquire() == True", "own.put(1)"};
    writer.line(fmt::format("own = manager.{}", kinds[kind]));
    writer.line(std::string(uses[kind]));
    if (kind == 2) writer.line("own.release()");
  }
  const std::uint32_t users = writer.between(0, 2);
  for (std::uint32_t user = 1; user <= users; ++user) {
    writer.joined(fmt::format("user{}", user));
    writer.script(fmt::format("process user{}", user));
    writer.line(writer.pause());
    writer.line(fmt::format("kept.append({})", user));
  }
  writer.last("manager.number_of_objects() == 1");
  writer.last(fmt::format("len(kept) == {}", users));
  return writer.text("managed/lets-objects-go");
}

constexpr std::array table{
    Property{"managed/told-when-gone", "a call to a server that has ended raises, and ends soon",
             &told_when_gone},
    Property{"managed/use-after-shutdown-is-watched",
             "a call of who could know that the server has ended is found", &told_again},
    Property{"managed/lets-objects-go",
             "an object is there as long as anybody has a proxy of it, and no longer", &lets_objects_go},
};

}  // namespace

std::span<const Property> of_clients() { return table; }

}  // namespace heddle::properties
