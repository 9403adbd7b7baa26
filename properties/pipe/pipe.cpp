// Messages differ from each other in content or in length, so that one in another's place is seen. Lengths go
// beyond what a pipe holds: a send then takes several writes, and waits for the reader in between.
#include <array>
#include <string>
#include <vector>

#include <properties/pipe/pipe.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

std::string message(Writer& writer, std::uint32_t number) {
  switch (writer.between(0, 3)) {
    case 0:
      return fmt::format("[{}, size({})]", number, writer.between(0, 9));
    case 1:
      return fmt::format("[{}, size({})]", number, writer.between(4'000, 5'000));
    case 2:
      return fmt::format("[{}, size({})]", number, writer.between(60'000, 140'000));
    default:
      return fmt::format("'{}'", number);
  }
}

std::string whole_in_order(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object(writer.by_chance() ? "there, here = Pipe(False)" : "there, here = Pipe()");
  writer.joined("sender");
  writer.script(fmt::format("{} sender", writer.task()));
  const std::uint32_t messages = writer.some(5);
  for (std::uint32_t number = 1; number <= messages; ++number) {
    const std::string words = message(writer, number);
    writer.line(writer.pause());
    writer.line(fmt::format("here.send({})", words));
    writer.main(writer.pause());
    if (writer.by_chance()) writer.main("there.poll(10) == True");
    writer.main(fmt::format("there.recv() == {}", words));
  }
  writer.last("there.poll(0.1) == False after 0.1 within 0.1");
  return writer.text("pipe/whole-in-order");
}

std::string ends_exactly(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("there, here = Pipe(False)");
  const std::uint32_t senders = writer.some(3);
  const std::uint32_t messages = writer.between(0, 2);
  for (std::uint32_t sender = 1; sender <= senders; ++sender) {
    writer.joined(fmt::format("sender{}", sender));
    writer.script(fmt::format("process sender{}", sender));
    writer.line("with turn:");
    writer.line(fmt::format("  repeat {}:", messages));
    writer.line("    here.send(1)");
    writer.line(writer.pause());
    writer.line("here.close()");
  }
  writer.object("turn = Lock()");
  writer.main("here.close()");
  writer.main(fmt::format("repeat {}:", senders * messages));
  writer.main("  there.recv() == 1");
  writer.main("there.recv() raises EOFError");
  return writer.text("pipe/ends-exactly");
}

std::string tells_the_writer(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.expect("findings: pipe-peer-closed");
  writer.object("there, here = Pipe(False)");
  writer.object("gone = Event()");
  writer.joined("reader");
  writer.script("process reader");
  const std::uint32_t messages = writer.between(0, 3);
  writer.line(fmt::format("repeat {}:", messages));
  writer.line("  there.recv()");
  writer.line(writer.pause());
  writer.line("there.close()");
  writer.line("gone.set()");
  writer.main("there.close()");
  writer.main(fmt::format("repeat {}:", messages));
  writer.main("  here.send(size(10)) ok");
  writer.main("gone.wait()");
  writer.main("here.send(1) raises BrokenPipeError");
  return writer.text("pipe/tells-the-writer");
}

std::string answers(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("there, here = Pipe()");
  writer.joined("server");
  writer.script("process server");
  const std::uint32_t rounds = writer.some(4);
  for (std::uint32_t number = 1; number <= rounds; ++number) {
    const std::string words = message(writer, number);
    writer.line("x = there.recv()");
    writer.line(writer.pause());
    writer.line("there.send(x)");
    writer.main(fmt::format("here.send({})", words));
    writer.main(fmt::format("here.recv() == {}", words));
  }
  return writer.text("pipe/answers");
}

constexpr std::array table{
    Property{"pipe/whole-in-order", "messages of any length arrive whole and in order", &whole_in_order},
    Property{"pipe/ends-exactly", "end of file when the last copy of the other end is closed, and not before",
             &ends_exactly},
    Property{"pipe/tells-the-writer", "a send that nobody can receive raises", &tells_the_writer},
    Property{"pipe/answers", "both directions of one pipe are apart from each other", &answers},
};

}  // namespace

std::span<const Property> of_pipes() { return table; }

}  // namespace heddle::properties
