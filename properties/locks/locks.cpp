// Who is inside says so in a number without a lock of its own: two at a time would see each other, or lose an
// update. What the calls return is held against the sequential models.
#include <array>
#include <string>

#include <properties/home.hpp>
#include <properties/locks/locks.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

/// Tasks that take permits, for good or with a deadline, and give back what they have got.
void write_keeps_count(Writer& writer, std::string_view maker, std::string_view model) {
  const std::uint32_t permits = writer.some(3);
  writer.expect(fmt::format("history: permits like {}({})", model, permits));
  writer.primitive("permits", fmt::format("{}({})", maker, permits));
  writer.object("inside = Value('i', 0)");
  const std::uint32_t tasks = writer.between(2, 4);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("{} task{}", writer.task(), task));
    writer.line(fmt::format("repeat {}:", writer.some(2)));
    writer.line("  permits.acquire() == True");
    writer.line("  with inside:");
    writer.line("    x = inside.value");
    writer.line("    inside.value = x + 1");
    writer.line(fmt::format("    inside.value in {{{}}}", permits == 1   ? "1"
                                                          : permits == 2 ? "1, 2"
                                                                         : "1, 2, 3"));
    writer.line("  " + writer.pause());
    writer.line("  with inside:");
    writer.line("    y = inside.value");
    writer.line("    inside.value = y - 1");
    writer.line("  permits.release()");
  }
  for (std::uint32_t permit = 0; permit < permits; ++permit)
    writer.last("permits.acquire(timeout=1) == True within 0");
  writer.last("permits.acquire(timeout=0.25) == False after 0.25 within 0.25");
  writer.last("permits.acquire(False) == False within 0");
  writer.last(fmt::format("repeat {}:", permits));
  writer.last("  permits.release()");
}

void write_semaphore_counts(Writer& writer) { write_keeps_count(writer, "Semaphore", "semaphore"); }
void write_bounded_semaphore_counts(Writer& writer) {
  write_keeps_count(writer, "BoundedSemaphore", "bounded-semaphore");
}

void write_bounded_semaphore_rejects(Writer& writer) {
  const std::uint32_t permits = writer.some(3);
  writer.expect("findings: semaphore-over-release");
  writer.expect(fmt::format("history: permits like bounded-semaphore({})", permits));
  writer.primitive("permits", fmt::format("BoundedSemaphore({})", permits));
  writer.joined("user");
  writer.script(fmt::format("{} user", writer.task()));
  writer.line(fmt::format("repeat {}:", writer.some(3)));
  writer.line("  permits.acquire()");
  writer.line("  " + writer.pause());
  writer.line("  permits.release() ok");
  writer.last("permits.release() raises ValueError");
}

// Enough permits for all, some of whom try once and keep what they have got.
void write_semaphore_refuses_nobody(Writer& writer) {
  const std::uint32_t tasks = writer.between(2, 4);
  std::uint32_t kept = 0;
  writer.primitive("permits",
                   fmt::format("{}({})", writer.by_chance() ? "Semaphore" : "BoundedSemaphore", tasks));
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("{} task{}", writer.task(), task));
    const bool keeps = writer.by_chance();
    kept += keeps ? 1 : 0;
    writer.line(fmt::format("repeat {}:", keeps ? 1 : writer.some(3)));
    writer.line(
        fmt::format("  permits.acquire({}) == True within 0", writer.by_chance() ? "False" : "timeout=0"));
    if (!keeps) writer.line("  " + writer.pause());
    if (!keeps) writer.line("  permits.release()");
  }
  for (std::uint32_t task = kept; task < tasks; ++task) writer.last("permits.acquire(False) == True");
  writer.last("permits.acquire(False) == False");
  writer.last(fmt::format("repeat {}:", tasks));
  writer.last("  permits.release()");
}

namespace {

/// An update in two steps, of a number that nothing else guards.
void write_update(Writer& writer, std::string_view indent) {
  writer.line(fmt::format("{}x = total.value", indent));
  if (writer.by_chance()) writer.line(fmt::format("{}sleep(0.01)", indent));
  writer.line(fmt::format("{}total.value = x + 1", indent));
}

std::string excludes(Writer& writer, std::string_view maker, std::string_view model, std::uint32_t depth,
                     std::string_view name) {
  writer.expect(fmt::format("history: guard like {}", model));
  writer.object(fmt::format("guard = {}", maker));
  writer.object("total = RawValue('i', 0)");
  const std::uint32_t tasks = writer.between(2, 3);
  std::uint32_t updates = 0;
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("{} task{}", writer.task(), task));
    const std::uint32_t rounds = writer.some(2);
    updates += rounds;
    writer.line(fmt::format("repeat {}:", rounds));
    std::string indent = "  ";
    for (std::uint32_t level = 0; level < depth; ++level) {
      writer.line(indent + "with guard:");
      indent += "  ";
    }
    write_update(writer, indent);
  }
  writer.last(fmt::format("total.value == {}", updates));
  return writer.text(name);
}

std::string lock_excludes(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  return excludes(writer, "Lock()", "lock", 1, "lock/excludes");
}
std::string rlock_excludes(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t depth = writer.between(1, 3);
  return excludes(writer, "RLock()", "rlock", depth, "rlock/excludes");
}
std::string semaphore_excludes(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  return excludes(writer, "Semaphore(1)", "semaphore(1)", 1, "semaphore/excludes");
}

std::string lock_gives_up_in_time(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::string_view maker = writer.by_chance() ? "Lock()" : "RLock()";
  const std::uint32_t held = writer.between(2, 9);
  const std::uint32_t wanted = writer.between(1, 9);
  writer.object(fmt::format("guard = {}", maker));
  writer.object("taken = Event()");
  writer.joined("holder");
  writer.script("process holder");
  writer.line("with guard:");
  writer.line("  taken.set()");
  writer.line(fmt::format("  sleep(0.{})", held));
  writer.main("taken.wait()");
  if (wanted < held) {
    writer.main(fmt::format("guard.acquire(timeout=0.{0}) == False after 0.{0} within 0.{0}", wanted));
    writer.main("guard.acquire(False) == False within 0");
  }
  writer.main(fmt::format("guard.acquire(timeout=2) == True within 0.{}", held));
  writer.main("guard.release()");
  return writer.text("lock/gives-up-in-time");
}

std::string rlock_is_its_owners(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  const std::uint32_t depth = writer.between(1, 3);
  for (std::uint32_t level = 0; level < depth; ++level) writer.main("guard.acquire() == True");
  writer.main("other.start()");
  writer.main("tried.wait()");
  for (std::uint32_t level = 0; level < depth; ++level) writer.main("guard.release()");
  writer.main("other.join()");
  writer.expect("findings: rlock-foreign-release");
  writer.object("guard = RLock()");
  writer.object("tried = Event()");
  writer.script(fmt::format("{} other", writer.task()));
  writer.line("guard.release() raises AssertionError");
  writer.line("guard.acquire(False) == False");
  writer.line("tried.set()");
  writer.line("with guard:");
  writer.line("  pass");
  return writer.text("rlock/is-its-owners");
}

constexpr std::array table{
    Property{"lock/excludes", "one at a time is inside", &lock_excludes},
    Property{"lock/gives-up-in-time", "an acquire with a timeout ends at its deadline, or as soon as it can",
             &lock_gives_up_in_time},
    Property{"rlock/excludes", "one at a time is inside, however deep", &rlock_excludes},
    Property{"rlock/is-its-owners",
             "nobody else can release it, and the owner has to as often as it acquired",
             &rlock_is_its_owners},
    Property{"semaphore/excludes", "with one permit one at a time is inside", &semaphore_excludes},
    property<"semaphore/keeps-count", &write_semaphore_counts>(
        "never more inside than permits, and none is lost"),
    property<"semaphore/refuses-nobody", &write_semaphore_refuses_nobody>(
        "who does not wait gets a permit while there is one"),
    property<"bounded-semaphore/keeps-count", &write_bounded_semaphore_counts>(
        "never more inside than permits, and none is lost"),
    property<"bounded-semaphore/rejects-overflow", &write_bounded_semaphore_rejects>(
        "a release too many is always rejected, and no other"),
};

}  // namespace

std::span<const Property> of_locks() { return table; }

}  // namespace heddle::properties
