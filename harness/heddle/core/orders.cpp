// Counting, and what is missing in words.
#include <fmt/format.h>

#include <heddle/core/orders.hpp>
#include <heddle/core/situation.hpp>

namespace heddle {
namespace {

std::string words_of(const ObjectOrders& object, const PairOrders& pair, bool one_first) {
  if (pair.one == pair.other)
    return fmt::format("{}: {}() of the {} task before that of the {} one", object.object, name_of(pair.one),
                       one_first ? "earlier-born" : "later-born", one_first ? "later-born" : "earlier-born");
  return fmt::format("{}: {}() before {}()", object.object, name_of(one_first ? pair.one : pair.other),
                     name_of(one_first ? pair.other : pair.one));
}

}  // namespace

OrdersSeen count_orders(std::span<const ObjectOrders> orders) {
  OrdersSeen count;
  for (const ObjectOrders& object : orders)
    for (const PairOrders& pair : object.pairs) {
      count.all += 2;
      count.seen += static_cast<std::size_t>(pair.one_first) + static_cast<std::size_t>(pair.other_first);
    }
  return count;
}

std::vector<std::string> orders_missing(std::span<const ObjectOrders> orders) {
  std::vector<std::string> missing;
  for (const ObjectOrders& object : orders)
    for (const PairOrders& pair : object.pairs) {
      if (!pair.one_first) missing.push_back(words_of(object, pair, true));
      if (!pair.other_first) missing.push_back(words_of(object, pair, false));
    }
  return missing;
}

}  // namespace heddle
