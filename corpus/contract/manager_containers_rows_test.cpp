// Managed containers: rows MGR-01, MGR-03..07, MGR-12..14. What single calls do, type by type, is in
// lib/mp/manager/*_proxy_test.cpp.
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using List = mp::ListProxy<int>;
using Dict = mp::DictProxy<std::string, int>;
using Numbers = std::vector<int>;

void a_list_is_used_as_a_list() {
  mp::Manager manager;
  const List list = manager.list<int>({3, 1, 2});
  list.append(4);
  list += Numbers{5};
  list[0] = 9;
  list.insert(1, 7);
  list.sort();
  list.reverse();
  check(list.slice() == Numbers{9, 7, 5, 4, 2, 1}, "a list is not what was made of it");
  check(list.pop() == 1 && list.index(5) == 2 && list.count(7) == 1 && list.contains(4),
        "a list is not searched");
  list.del(0);
  list.remove(2);
  check(list.slice(-2) == Numbers{5, 4} && list.size() == 3, "a list is not cut");
}

void a_dict_is_used_as_a_dict() {
  mp::Manager manager;
  const Dict dict = manager.dict<std::string, int>();
  dict["b"] = 2;
  dict.update({{"a", 1}});
  check(dict.keys() == std::vector<std::string>{"b", "a"}, "keys come in another order");
  check(dict.values() == Numbers{2, 1} && dict.size() == 2 && dict.contains("a"), "a dict is not read");
  check(dict.setdefault("c", 3) == 3 && dict.pop("a") == 1 && dict.get("a", 8) == 8, "a dict is not changed");
  check(dict.popitem() == std::pair<std::string, int>("c", 3), "another item was the last");
  std::string keys;
  for (const std::string& key : dict) keys += key;
  check(keys == "b" && dict.copy().size() == 1, "a dict is not iterated");
  dict.clear();
  check(dict.items().empty(), "a dict is not cleared");
}

void append_two(List& list) {
  list.append(1);
  list.append(1);
}

void single_calls_lose_nothing() {
  mp::Manager manager;
  List list = manager.list<int>();
  auto child = start<&append_two>("child", list);
  append_two(list);
  child.join();
  check(list.size() == 4, "an append is lost");
}

void add_one(Dict& dict, mp::LockProxy& lock) {
  const mp::With held(lock);
  dict["n"] += 1;
}

void a_read_and_a_write_are_two_calls_and_exact_under_a_lock() {
  mp::Manager manager;
  Dict dict = manager.dict<std::string, int>({{"n", 0}});
  mp::LockProxy lock = manager.Lock();
  auto child = start<&add_one>("child", dict, lock);
  add_one(dict, lock);
  child.join();
  check(dict.at("n") == 2, "an update is lost under a lock");
}

void what_is_fetched_is_a_copy() {
  mp::Manager manager;
  const auto lists = manager.list<Numbers>({Numbers{1}});
  Numbers first = lists.at(0);
  first.push_back(2);
  check(lists.at(0) == Numbers{1}, "a copy is the list's own");
  lists[0] = first;
  check(lists.at(0) == first, "what is assigned is not there");
}

void append_to_inner(mp::DictProxy<std::string, List>& outer) { outer.at("inner").append(2); }

void what_is_nested_as_a_proxy_is_the_object() {
  mp::Manager manager;
  auto outer = manager.dict<std::string, List>();
  const List inner = manager.list<int>({1});
  outer.set("inner", inner);
  auto child = start<&append_to_inner>("child", outer);
  child.join();
  check(inner.slice() == Numbers{1, 2}, "a nested list is another");
}

void shown_is_the_referent() {
  mp::Manager manager;
  check(manager.list<int>({1, 2}).str() == "[1, 2]", "a list is shown otherwise");
  check(manager.dict<std::string, int>({{"a", 1}}).str() == "{'a': 1}", "a dict is shown otherwise");
}

struct Refusing {};

}  // namespace
}  // namespace heddle::trial

template <>
struct mp::codec<heddle::trial::Refusing> {
  static void encode(Encoder&, const heddle::trial::Refusing&) { throw TypeError("cannot be encoded"); }
  static heddle::trial::Refusing decode(Decoder&) { return {}; }
  static std::string describe(const heddle::trial::Refusing&) { return "refusing"; }
};

namespace heddle::trial {
namespace {

void what_cannot_be_encoded_is_refused_here() {
  mp::Manager manager;
  const auto values = manager.list<Refusing>();
  check_throws<mp::TypeError>([&] { values.append({}); }, "what cannot be encoded is sent");
  check(values.size() == 0, "the connection is of no more use");
}

void exceptions_keep_their_type() {
  mp::Manager manager;
  const List list = manager.list<int>();
  const Dict dict = manager.dict<std::string, int>();
  check_throws<mp::IndexError>([&] { return list.at(0); }, "a position that is not there gives something");
  check_throws<mp::ValueError>([&] { list.remove(1); }, "a value that is not there is removed");
  check_throws<mp::KeyError>([&] { return dict.at("a"); }, "a key that is not there gives something");
  check_throws<mp::RemoteError>([&] { manager.Semaphore(-1); }, "a semaphore begins below zero");
  check_throws<mp::RemoteError>([&] { manager.Array<int>("c", {1}); }, "an array of characters is made");
  list.append(1);
  check(list.at(0) == 1, "the connection is of no more use");
}

void value_and_array_are_plain() {
  mp::Manager manager;
  const auto value = manager.Value<std::string>("i", "any");
  value.set("other");
  check(value.get() == "other", "a value has its typecode's type");
  const auto array = manager.Array<double>("d", {1, 2});
  array[1] = 0.5;
  check(array.slice() == std::vector<double>{1, 0.5} && array.size() == 2, "an array is not written");
}

void names_with_an_underscore_are_the_proxys() {
  mp::Manager manager;
  mp::NamespaceProxy space = manager.Namespace();
  space.set("x", 1);
  space.set("_y", 2);
  check(space.get<int>("_y") == 2, "a proxy forgets its own name");
  check(space.str() == "Namespace(x=1)", "a proxy's own name is shared");
  space.del("x");
  check_throws<mp::AttributeError>([&] { return space.get<int>("x"); }, "a missing name gives something");
}

void iterate(Dict& dict) {
  int count = 0;
  for (const std::string& key : dict) count += dict.at(key);
  mp::exit(count);
}

void a_child_iterates() {
  mp::Manager manager;
  Dict dict = manager.dict<std::string, int>({{"a", 1}, {"b", 2}});
  auto child = start<&iterate>("child", dict);
  child.join();
  check(child.exitcode() == 3, "a child does not iterate over a proxy");
}

constexpr Row rows[] = {
    {"MGR-01", "a managed list has a list's methods", &a_list_is_used_as_a_list},
    {"MGR-01", "a managed dict has a dict's methods", &a_dict_is_used_as_a_dict},
    {"MGR-03", "a single call is indivisible", &single_calls_lose_nothing},
    {"MGR-04", "a read and a write are exact under a lock",
     &a_read_and_a_write_are_two_calls_and_exact_under_a_lock},
    {"MGR-05", "what is fetched is a copy", &what_is_fetched_is_a_copy},
    {"MGR-05", "a nested proxy is the object", &what_is_nested_as_a_proxy_is_the_object},
    {"MGR-06", "what is shown is the referent", &shown_is_the_referent},
    {"MGR-07", "exceptions keep their type", &exceptions_keep_their_type},
    {"MGR-07", "what cannot be encoded is refused before it is sent",
     &what_cannot_be_encoded_is_refused_here},
    {"MGR-12", "Value and Array ignore locks and take what they are given", &value_and_array_are_plain},
    {"MGR-13", "a name with an underscore is the proxy's own", &names_with_an_underscore_are_the_proxys},
    {"MGR-14", "a proxy of a child makes whatever proxies it needs", &a_child_iterates},
};

}  // namespace

HEDDLE_CONTRACT_ROWS(ManagerContainers, rows);

}  // namespace heddle::trial
