// Objects of a program's own that are not what they should be when several processes use them at a time: a
// register whose two halves are stored one after the other, a ring whose slots are taken under a lock and
// filled without it, a belt that counts its plates aside. Mended by one Lock around the whole of each call.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_processes.hpp>
#include <scenarios/misuse/team.hpp>
#include <string>

namespace heddle::misuse {
namespace {

enum class Care : std::uint8_t { missing, taken };

/// Holds the lock in the mended programs, and nothing in the others.
template <Care care>
class Guard {
 public:
  explicit Guard(mp::Lock& lock) {
    if constexpr (care == Care::taken) held_.emplace(lock);
  }

 private:
  std::optional<mp::With<mp::Lock>> held_;
};

// The temperature in tenths: whole degrees in one Value, the rest in another.
template <Care care>
void measure(mp::Value<int>& degrees, mp::Value<int>& tenths, mp::Lock& lock) {
  for (const int reading : {195, 201}) {
    const auto store = [&] {
      const Guard<care> guard(lock);
      degrees.value() = reading / 10;
      tenths.value() = reading % 10;
    };
    record("temperature", "set", store, reading);
  }
}

template <Care care>
void thermometer() {
  mp::Value<int> degrees(0, {.name = "degrees"});
  mp::Value<int> tenths(0, {.name = "tenths"});
  mp::Lock lock({.name = "lock"});
  linearizable("temperature", "value");
  Team team;
  team.start("sensor", mp::fn<&measure<care>>, mp::args(degrees, tenths, lock));
  const auto load = [&] {
    const Guard<care> guard(lock);
    return degrees.value() * 10 + tenths.value();
  };
  for (int look = 0; look < 2; ++look) outcome(record("temperature", "get", load));
  team.join();
}

/// Slots that are taken one after the other: how many were filled and emptied are in `ends`.
void put_into(mp::Array<int>& slots, mp::Array<int>& ends, mp::Lock& lock, int item) {
  int slot = 0;
  {
    const mp::With held(lock);
    slot = ends[0];
    ends[0] = slot + 1;
  }
  slots[static_cast<std::size_t>(slot)] = item;
}

void put_held(mp::Array<int>& slots, mp::Array<int>& ends, mp::Lock& lock, int item) {
  const mp::With held(lock);
  const int slot = ends[0];
  slots[static_cast<std::size_t>(slot)] = item;
  ends[0] = slot + 1;
}

int get_from(mp::Array<int>& slots, mp::Array<int>& ends, mp::Lock& lock) {
  const mp::With held(lock);
  const int slot = ends[1];
  if (slot == ends[0]) throw mp::Empty();
  ends[1] = slot + 1;
  return slots[static_cast<std::size_t>(slot)];
}

template <auto put>
void order(mp::Array<int>& slots, mp::Array<int>& ends, mp::Lock& lock, int item) {
  record(
      "orders", "put", [&] { put(slots, ends, lock, item); }, item);
}

template <auto put>
void ring() {
  mp::Array<int> slots(2, {.name = "slots"});
  mp::Array<int> ends(2, {.name = "ends"});
  mp::Lock lock({.name = "lock"});
  linearizable("orders", "queue");
  Team team;
  team.start("guest-1", mp::fn<&order<put>>, mp::args(slots, ends, lock, 7));
  team.start("guest-2", mp::fn<&order<put>>, mp::args(slots, ends, lock, 8));
  for (int turn = 0; turn < 2; ++turn) {
    try {
      outcome(record("orders", "get", [&] { return get_from(slots, ends, lock); }));
    } catch (const mp::Empty&) {
      outcome("none");
    }
  }
  team.join();
}

/// First in, first out, and a count. Who wants a plate waits until there is one.
class Belt final : public Sequential {
  std::optional<std::string> make(State& state, const Call& call) const override {
    if (call.operation == "size") return std::to_string(state.size());
    if (call.operation == "put") {
      state.push_back(call.arguments.at(0));
      return "None";
    }
    if (state.empty()) return std::nullopt;
    std::string plate = state.front();
    state.erase(state.begin());
    return plate;
  }
};

using Plates = mp::SimpleQueue<int>;

void add(mp::Value<int>& count, int by) {
  const mp::With held(count.get_lock());
  count.value() += by;
}

void put_and_count(Plates& plates, mp::Value<int>& count, int plate) {
  plates.put(plate);
  add(count, 1);
}

void count_and_put(Plates& plates, mp::Value<int>& count, int plate) {
  const mp::With held(count.get_lock());
  plates.put(plate);
  count.value() += 1;
}

template <auto put>
void wash(Plates& plates, mp::Value<int>& count) {
  for (const int plate : {1, 2})
    record(
        "belt", "put", [&] { put(plates, count, plate); }, plate);
}

int get_and_count(Plates& plates, mp::Value<int>& count) {
  const int plate = plates.get();
  add(count, -1);
  return plate;
}

template <auto put>
void kitchen() {
  Plates plates({.name = "plates"});
  mp::Value<int> count(0, {.name = "count"});
  linearizable<Belt>("belt");
  Team team;
  team.start("washer", mp::fn<&wash<put>>, mp::args(plates, count));
  record("belt", "get", [&] { return get_and_count(plates, count); });
  outcome(record("belt", "size", [&]() -> int { return count.value(); }));
  team.join();
}

}  // namespace

std::vector<Scenario> not_linearizable() {
  const std::vector<ExpectedFinding> illegal = {{.rule = "not-linearizable"}};
  return {
      {.name = "misuse/not-linearizable-1",
       .summary = "a temperature is stored and read as two Values, one after the other",
       .body = &thermometer<Care::missing>,
       .expected = illegal},
      {.name = "misuse/not-linearizable-1-fixed",
       .summary = "a temperature is stored and read as two Values under a Lock",
       .body = &thermometer<Care::taken>},
      {.name = "misuse/not-linearizable-2",
       .summary = "a ring's slot is taken under its Lock and filled after that",
       .body = &ring<&put_into>,
       .expected = illegal},
      {.name = "misuse/not-linearizable-2-fixed",
       .summary = "a ring's slot is taken and filled under its Lock",
       .body = &ring<&put_held>},
      {.name = "misuse/not-linearizable-3",
       .summary = "a belt counts its plates aside, after it has been changed",
       .body = &kitchen<&put_and_count>,
       .expected = illegal},
      {.name = "misuse/not-linearizable-3-fixed",
       .summary = "a belt counts its plates aside, under one lock with the change",
       .body = &kitchen<&count_and_put>},
  };
}

}  // namespace heddle::misuse
