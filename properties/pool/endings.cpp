// How waits for a pool end: in time, or with what a call raised.
#include <array>
#include <string>

#include <properties/pool/pool.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {
namespace {

void write_either(Writer& writer, std::uint32_t workers_max) {
  const std::string_view kind = writer.by_chance() ? "ThreadPool" : "Pool";
  writer.object(fmt::format("pool = {}({})", kind, writer.between(1, workers_max)));
}

std::string gives_up(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_either(writer, 2);
  writer.main("r = pool.apply_async(sleep, [1])");
  writer.main("i = pool.imap(identity, [1, 2])");
  writer.main("r.get(timeout=0.25) raises TimeoutError after 0.25 within 0.25");
  writer.main("r.wait(timeout=0.25) within 0.25");
  writer.main("r.ready() == False");
  writer.main("r.get(timeout=9) == 1 within 0.6");
  writer.main("r.get() == 1");
  writer.main("i.next(timeout=9) == 1 within 0");
  writer.main("i.next() == 2");
  writer.main("late = pool.imap(sleep, [0.5])");
  writer.main("late.next(timeout=0.25) raises TimeoutError after 0.25 within 0.25");
  writer.main("late.next(timeout=9) == 0.5 within 0.3");
  writer.last("pool.close()");
  writer.last("pool.join()");
  return writer.text("pool/gives-up-in-time");
}

std::string goes_on(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  write_either(writer, 3);
  const std::uint32_t good = writer.some(3);
  const bool is_alone = writer.by_chance();  // in its chunk
  std::string items;
  for (std::uint32_t item = 1; item <= good; ++item) items += fmt::format("{}, ", item);
  // With others in its chunk it ends the iteration, whatever comes behind.
  writer.main(is_alone ? fmt::format("i = pool.imap(check, [{}None, 8], 1)", items)
                       : fmt::format("i = pool.imap(check, [None, {}8], 2)", items));
  if (is_alone)
    for (std::uint32_t item = 1; item <= good; ++item) writer.main(fmt::format("i.next() == {}", item));
  writer.main("i.next() raises ValueError");
  if (is_alone) writer.main("i.next() == 8");
  writer.main("i.next() raises StopIteration");
  writer.main("i.next() raises StopIteration");
  writer.main(fmt::format("pool.map(check, [{}None, 8]) raises ValueError", items));
  writer.main("pool.apply(check, [8]) == 8");
  writer.last("pool.close()");
  writer.last("pool.join()");
  return writer.text("pool/goes-on-behind-a-failure");
}

constexpr std::array table{
    Property{"pool/gives-up-in-time", "a wait for a result ends at its deadline, or as soon as it can",
             &gives_up},
    Property{"pool/goes-on-behind-a-failure", "what a call raises comes in its place and spares the others",
             &goes_on},
};

}  // namespace

std::span<const Property> of_pool_endings() { return table; }

}  // namespace heddle::properties
