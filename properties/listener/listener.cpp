// Callers send who they are and are answered by that, so that a connection that two got, or nobody, is seen.
#include <array>
#include <string>

#include <properties/listener/listener.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

/// A listener and how it is called: "Listener('./here', authkey=b'key')", "Client(where, authkey=b'key')".
struct Maker {
  std::string listener;
  std::string client;
};

Maker some_maker(Writer& writer, bool has_key) {
  constexpr std::array addresses{"None", "'./a-listener'", "['127.0.0.1', 0]"};
  const std::string key = has_key ? ", authkey=b'key'" : "";
  return {.listener = fmt::format("Listener({}, backlog=8{})", addresses.at(writer.between(0, 2)), key),
          .client = fmt::format("Client(where{})", key)};
}

void caller(Writer& writer, std::uint32_t number, const std::string& client) {
  writer.joined(fmt::format("caller{}", number));
  writer.script(fmt::format("{} caller{}", writer.task(), number));
  writer.line(writer.pause());
  writer.line("where = listener.address");
  writer.line("connection = " + client);
  writer.line(fmt::format("connection.send({})", number));
  writer.line(fmt::format("connection.recv() == {}", number + 100));
  writer.line("connection.close()");
}

// With a key, all who accept are of one process: a caller whose handshake one process has begun is that
// one's.
std::string each_by_one(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const bool has_key = writer.by_chance();
  const Maker maker = some_maker(writer, has_key);
  writer.object("listener = " + maker.listener);
  const std::uint32_t servers = writer.some(3);
  std::uint32_t callers = 0;
  for (std::uint32_t server = 1; server <= servers; ++server) {
    const std::uint32_t calls = writer.between(1, 2);
    callers += calls;
    writer.joined(fmt::format("server{}", server));
    writer.script(fmt::format("{} server{}", has_key ? "thread" : writer.task(), server));
    writer.line(fmt::format("repeat {}:", calls));
    writer.line("  connection = listener.accept()");
    writer.line("  number = connection.recv()");
    writer.line("  connection.send(number + 100)");
    writer.line(writer.pause());
  }
  for (std::uint32_t number = 1; number <= callers; ++number) caller(writer, number, maker.client);
  writer.first("where = listener.address");
  writer.last("listener.close()");
  writer.last("listener.accept() raises OSError");
  writer.last(maker.client + " raises ConnectionRefusedError | raises FileNotFoundError");
  return writer.text("listener/each-by-one");
}

/// Has no key, says nothing and either goes or stays until it is let go of.
void stranger(Writer& writer, std::uint32_t number, bool stays) {
  writer.joined(fmt::format("stranger{}", number));
  writer.script(fmt::format("process stranger{}", number));
  writer.line("where = listener.address");
  writer.line("connection = Client(where)");
  writer.line("here.release()");
  if (!stays) return;
  writer.line("connection.recv_bytes() ok | raises EOFError | raises ConnectionResetError");
  writer.line("connection.recv_bytes() raises EOFError | raises ConnectionResetError");
}

std::string knows_its_key(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const Maker maker = some_maker(writer, true);
  writer.object("listener = " + maker.listener);
  writer.object("here = Semaphore(0)");
  const std::uint32_t strangers = writer.between(0, 2);
  for (std::uint32_t number = 1; number <= strangers; ++number) stranger(writer, number, writer.by_chance());
  for (std::uint32_t number = 1; number <= strangers; ++number) writer.main("here.acquire()");
  const std::uint32_t callers = writer.some(3);
  bool has_all_keys = true;
  for (std::uint32_t number = 1; number <= callers; ++number) {
    writer.main(fmt::format("caller{}.start()", number));
    const bool has_key = writer.by_chance();
    writer.script(fmt::format("{} caller{}", writer.task(), number));
    writer.line("where = listener.address");
    if (has_key) {
      writer.main("connection = listener.accept()");
      writer.main(fmt::format("connection.recv() == {}", number));
      writer.line("connection = " + maker.client);
      writer.line(fmt::format("connection.send({})", number));
    } else {
      has_all_keys = false;
      writer.main("listener.accept() raises AuthenticationError");
      writer.line("Client(where, authkey=b'another') raises AuthenticationError");
    }
    writer.main(fmt::format("caller{}.join()", number));
  }
  writer.main("listener.close()");
  if (!has_all_keys) writer.expect("findings: connection-refused-key");
  return writer.text("listener/knows-its-key");
}

// The callers come one after the other, so that whoever accepts is free for the next.
std::string served_by_any(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const Maker maker = some_maker(writer, writer.by_chance());
  writer.object("listener = " + maker.listener);
  writer.main("where = listener.address");
  const std::uint32_t servers = writer.some(3);
  for (std::uint32_t server = 1; server <= servers; ++server) {
    writer.joined(fmt::format("server{}", server));
    writer.script(fmt::format("{} server{}", writer.task(), server));
    writer.line(writer.pause());
    writer.line("connection = listener.accept()");
    writer.line("number = connection.recv()");
    writer.line("connection.send(number + 100)");
    writer.main(writer.pause());
    writer.main(fmt::format("connection{} = {}", server, maker.client));
    writer.main(fmt::format("connection{}.send({})", server, server));
    writer.main(fmt::format("connection{}.recv() == {}", server, server + 100));
  }
  return writer.text("listener/served-by-any");
}

// Ten seconds are what a caller has to show its key in.
std::string drops_the_silent(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const Maker maker = some_maker(writer, true);
  writer.expect("findings: connection-refused-key");
  writer.object("listener = " + maker.listener);
  writer.object("here = Semaphore(0)");
  stranger(writer, 1, true);
  writer.main("here.acquire()");
  writer.joined("caller");
  writer.script("process caller");
  writer.line(fmt::format("sleep({})", writer.between(11, 15)));
  writer.line("where = listener.address");
  writer.line("connection = " + maker.client);
  writer.line("connection.recv() == 1");
  writer.main("connection = listener.accept()");
  writer.main("connection.send(1)");
  return writer.text("listener/drops-the-silent");
}

constexpr std::array table{
    Property{"listener/each-by-one", "each caller is accepted by one task, and nobody once it is closed",
             &each_by_one},
    Property{"listener/knows-its-key",
             "who has another key is turned away, who shows none holds nobody up and is let go of at the end",
             &knows_its_key},
    Property{"listener/served-by-any", "callers one after the other are served whichever process accepts",
             &served_by_any},
    Property{"listener/drops-the-silent", "who shows no key in time is told of and dropped",
             &drops_the_silent},
};

}  // namespace

std::span<const Property> of_listeners() { return table; }

}  // namespace heddle::properties
