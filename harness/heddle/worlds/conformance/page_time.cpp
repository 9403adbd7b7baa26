// What the page promises of time and chance.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

void clock_never_goes_back(mp::Os& os) {
  mp::Instant last = os.now();
  demand(last > mp::immediately && last < mp::never, "the time is one of the two special ones");
  for (int i = 0; i < 100; ++i) {
    const mp::Instant present = os.now();
    demand(present >= last, "the clock went back");
    last = present;
  }
}

void sleep_reaches_its_deadline(mp::Os& os) {
  const mp::Instant deadline = soon(os);
  os.sleep_until(deadline);
  demand(os.now() >= deadline, "the sleep ended before its deadline");
  os.sleep_until(deadline);
  os.sleep_until(mp::immediately);
}

struct Told {
  mp::Word time;  // set once `nanoseconds` is stored
  mp::Cell<std::int64_t> nanoseconds;
};

void tell_the_time(mp::Os& os, Told* const& told) {
  const std::int64_t present = os.now().time_since_epoch().count();
  os.store_cell(&told->nanoseconds.value, std::as_bytes(std::span(&present, 1)));
  set_word(os, told->time);
}

void processes_share_one_clock(mp::Os& os) {
  Told* const told = &share<Told>(os);
  const mp::Instant before = os.now();
  const mp::ProcessId child = start_child<&tell_the_time>(os, told);
  demand_success(os, child);
  std::int64_t nanoseconds = 0;
  os.load_cell(&told->nanoseconds.value, std::as_writable_bytes(std::span(&nanoseconds, 1)));
  const mp::Instant during{std::chrono::nanoseconds(nanoseconds)};
  demand(before <= during && during <= os.now(), "a child's clock is another one");
}

using Draw = std::array<std::byte, 16>;

Draw draw(mp::Os& os) {
  Draw bytes{};
  os.random_bytes(bytes);
  return bytes;
}

void write_a_draw(mp::Os& os, const mp::Descriptor& out) { write_all(os, out, draw(os)); }

void draws_differ(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const Draw first = draw(os);
  const Draw second = draw(os);
  demand(first != second, "two draws are equal");
  const mp::ProcessId child = start_child<&write_a_draw>(os, out);
  const std::string text = read_exactly(os, in, sizeof(Draw));
  demand_success(os, child);
  Draw third{};
  std::memcpy(third.data(), text.data(), third.size());
  demand(third != first && third != second && third != draw(os), "a child draws what its parent draws");
}

constexpr PageCheck checks[] = {
    {"The clock never goes back", &clock_never_goes_back},
    {"A sleep reaches its deadline", &sleep_reaches_its_deadline},
    {"Processes share one clock", &processes_share_one_clock},
    {"Random bytes differ between draws and between processes", &draws_differ},
};

}  // namespace

std::span<const PageCheck> time_checks() { return checks; }

}  // namespace heddle::conformance
