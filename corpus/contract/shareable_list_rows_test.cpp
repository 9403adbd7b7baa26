// ShareableList: the rows SHL-* of the contract.
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using mp::ShareableList;
using Items = std::vector<mp::ShareableItem>;

// Its memory goes with it, on the host too.
struct List : ShareableList {
  explicit List(const Items& items) : ShareableList(items) {}
  ~List() { shm().unlink(); }
};

void items_of_every_type() {
  const Items items{std::numeric_limits<std::int64_t>::min(), true, 2.5, "text", mp::Bytes(2), std::nullopt};
  List list(items);
  check(list.size() == 6 && list.items() == items, "a list does not hold what it is made of");
  check(ShareableList::attach(list.shm().name()).items() == items, "who attaches finds other items");
}

void places_and_types() {
  List list({"1234567", 0});
  list.set(0, "12345678");
  check_throws<mp::ValueError>([&] { list.set(0, "123456789"); }, "an item larger than its place was stored");
  check(list.get(0) == "12345678", "a refused item changed the old one");
  list.set(1, "now text");
  list.set(0, 0.5);
  check(list.items() == Items{0.5, "now text"}, "the type of an item did not change");
}

void finds_and_counts() {
  List list({"a", 1, "a"});
  check(list.index("a") == 0 && list.index(1) == 1 && list.count("a") == 2, "items are found elsewhere");
  check_throws<mp::ValueError>([&] { return list.index("b"); }, "an item that is not there was found");
  check_throws<mp::IndexError>([&] { return list.get(3); }, "a position beyond the end was accepted");
}

void nothing_is_lost_or_made_up() {
  const Items items{mp::Bytes{std::byte{'x'}, std::byte{0}}, std::string("a\0", 2),
                    "\xc3\xa4\xc3\xb6\xc3\xbc\xe2\x82\xac!"};
  List list(items);
  check(list.items() == items, "zeros at the end or letters of several bytes are lost");
  check(list.get(-3) == items[0], "a negative position does not count from the end");
  check_throws<mp::IndexError>([&] { return list.get(-4); }, "a position before the beginning was accepted");
}

void set_last(ShareableList& list) { list.set(-1, "child"); }

void is_shared_by_name() {
  List list({1, "parent"});
  mp::Process child(mp::fn<&set_last>, mp::args(static_cast<ShareableList&>(list)));
  child.start();
  child.join();
  check(list.get(1) == "child", "what a child stored is not seen");
}

const Row rows[] = {
    {"SHL-01", "a list holds items of six types", &items_of_every_type},
    {"SHL-01", "an item has a place of fixed size, and any type", &places_and_types},
    {"SHL-01", "items are found, counted and missed", &finds_and_counts},
    {"SHL-01", "a child has the same list", &is_shared_by_name},
    {"SHL-02", "zeros at the end and long letters are kept, positions checked", &nothing_is_lost_or_made_up},
};

HEDDLE_CONTRACT_ROWS(ShareableList, rows);

}  // namespace
}  // namespace heddle::trial
