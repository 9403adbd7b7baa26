// Managed dicts: a server between the processes makes each call atomic and no two of them.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

using Dict = mp::DictProxy<int, int>;

void add_one(Dict& dict) { dict.set(0, dict.get(0, 0) + 1); }

void lost_update() {
  mp::Manager manager;
  Dict dict = manager.dict<int, int>();
  auto child = start<&add_one>("child", dict);
  record(dict.get(0, 0));
  add_one(dict);
  child.join();
  record(dict.at(0));
}

template <int id>
void sign(Dict& dict) {
  dict.set(0, id);
}

void last_signature() {
  mp::Manager manager;
  Dict dict = manager.dict<int, int>();
  auto child = start<&sign<1>>("child", dict);
  record(dict.get(0, 0));
  dict.set(0, 2);
  child.join();
  record(dict.at(0));
}

// The first entry also makes the child's connection; from there on it is as far as main.
void fill(Dict& dict, mp::Event& begun) {
  dict.set(0, 0);
  begun.set();
  for (int key = 1; key < 3; ++key) dict.set(key, key);
}

void size_while_filled() {
  mp::Manager manager;
  Dict dict = manager.dict<int, int>();
  mp::Event begun;
  auto child = start<&fill>("child", dict, begun);
  begun.wait();
  record(static_cast<int>(dict.size()));
  child.join();
}

}  // namespace

HonestyProgram dicts_lost_update() {
  return {"dicts/lost-update", "two unlocked increments of one entry", &lost_update};
}
HonestyProgram dicts_last_signature() {
  return {"dicts/last-signature", "who sets an entry last, and is it there before", &last_signature};
}
HonestyProgram dicts_size_while_filled() {
  return {"dicts/size-while-filled", "how many of three entries are there yet, once there is one",
          &size_while_filled};
}

}  // namespace heddle::honesty
