// list: values in a row, found by their bytes and put in order as the values that those stand for.
#include <algorithm>

#include <mp/codec/plain_value.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/sequence.hpp>

namespace mp::manager {

namespace {

constexpr std::uint64_t whole = 0;
constexpr std::size_t size_max = std::size_t{1} << 20U;  // of what a multiplication makes

class ListObject final : public TableObject<ListObject> {
 public:
  explicit ListObject(std::vector<Stored> items) : items_(std::move(items)) {}
  static std::span<const Method<ListObject>> methods();

 private:
  std::optional<Reply> get(Call& call) {
    call.demand_arguments(1);
    const std::size_t at = position(call, "list index out of range");
    tell(call, Access::load, element_part(at), items_[at].words);
    return done_with(call.objects.grant(items_[at]));
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(2);
    const std::size_t at = position(call, "list assignment index out of range");
    items_[at] = std::move(call.arguments[1]);
    tell(call, Access::store, element_part(at), items_[at].words);
    return done();
  }
  std::optional<Reply> erase(Call& call) {
    call.demand_arguments(1);
    items_.erase(items_.begin() +
                 static_cast<std::ptrdiff_t>(position(call, "list assignment index out of range")));
    tell(call, Access::store, whole);
    return done();
  }
  std::optional<Reply> slice(Call& call) {
    call.demand_arguments(2);
    const Slice slice = slice_of(call);
    Reply reply;
    for (std::size_t at = slice.begin; at < slice.end; ++at) {
      tell(call, Access::load, element_part(at), items_[at].words);
      reply.values.push_back(call.objects.grant(items_[at]));
    }
    return reply;
  }
  // Start and stop, then the new values.
  std::optional<Reply> set_slice(Call& call) {
    if (call.arguments.size() < 2) throw DecodeError("a slice has two bounds");
    const Slice slice = slice_of(call);
    const auto at = items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(slice.begin),
                                 items_.begin() + static_cast<std::ptrdiff_t>(slice.end));
    items_.insert(at, std::move_iterator(call.arguments.begin() + 2),
                  std::move_iterator(call.arguments.end()));
    tell(call, Access::store, whole);
    return done();
  }
  std::optional<Reply> size(Call& call) {
    call.demand_arguments(0);
    tell(call, Access::load, length_part);
    return done_with(std::uint64_t{items_.size()});
  }
  std::optional<Reply> contains(Call& call) {
    call.demand_arguments(1);
    tell(call, Access::load, whole);
    return done_with(find(call, 0) != items_.size());
  }
  std::optional<Reply> index(Call& call) {
    call.demand_arguments(3);
    tell(call, Access::load, whole);
    const Slice slice = slice_in(items_.size(), call.argument<std::optional<std::int64_t>>(1),
                                 call.argument<std::optional<std::int64_t>>(2));
    const std::size_t at = find(call, slice.begin);
    if (at >= slice.end) throw ValueError(plain_repr(call.arguments[0].bytes) + " is not in list");
    return done_with(std::uint64_t{at});
  }
  std::optional<Reply> count(Call& call) {
    call.demand_arguments(1);
    tell(call, Access::load, whole);
    return done_with(std::uint64_t(std::ranges::count(items_, call.arguments[0].bytes, &Stored::bytes)));
  }
  // Any number of values at the end.
  std::optional<Reply> extend(Call& call) {
    for (Stored& value : call.arguments) {
      tell(call, Access::update, element_part(items_.size()), value.words);
      items_.push_back(std::move(value));
    }
    tell(call, Access::update, length_part);
    return done();
  }
  std::optional<Reply> insert(Call& call) {
    call.demand_arguments(2);
    const std::size_t at = bound_in(items_.size(), call.argument<std::int64_t>(0));
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), std::move(call.arguments[1]));
    tell(call, Access::update, whole);
    return done();
  }
  std::optional<Reply> pop(Call& call) {
    call.demand_arguments(1);
    if (items_.empty()) throw IndexError("pop from empty list");
    const std::size_t at = position(call, "pop index out of range");
    const bool is_last = at + 1 == items_.size();
    tell(call, Access::update, is_last ? element_part(at) : whole, items_[at].words);
    if (is_last) tell(call, Access::update, length_part);
    Reply reply = done_with(call.objects.grant(items_[at]));
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    return reply;
  }
  std::optional<Reply> remove(Call& call) {
    call.demand_arguments(1);
    const std::size_t at = find(call, 0);
    tell(call, Access::update, whole);
    if (at == items_.size()) throw ValueError("list.remove(x): x not in list");
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(at));
    return done();
  }
  std::optional<Reply> reverse(Call& call) {
    call.demand_arguments(0);
    std::ranges::reverse(items_);
    tell(call, Access::update, whole);
    return done();
  }
  // Is it to be in descending order?
  std::optional<Reply> sort(Call& call) {
    call.demand_arguments(1);
    const bool descends = call.argument<bool>(0);
    std::vector<std::size_t> order(items_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // Of positions, so that a TypeError leaves the list as it was, and equal ones stay in their order.
    std::ranges::sort(order, [&](std::size_t one, std::size_t other) {
      const std::weak_ordering found = plain_order(items_[one].bytes, items_[other].bytes);
      if (found == 0) return one < other;
      return descends ? found > 0 : found < 0;
    });
    std::vector<Stored> sorted;
    for (const std::size_t at : order) sorted.push_back(std::move(items_[at]));
    items_ = std::move(sorted);
    tell(call, Access::update, whole);
    return done();
  }
  // In place (*=); times zero and below: nothing is left.
  std::optional<Reply> multiply(Call& call) {
    call.demand_arguments(1);
    const std::int64_t times = std::max<std::int64_t>(call.argument<std::int64_t>(0), 0);
    if (times > 0 && items_.size() > size_max / static_cast<std::size_t>(times))
      throw ValueError("a list would be too long");
    std::vector<Stored> all;
    for (std::int64_t round = 0; round < times && !items_.empty(); ++round)
      for (const Stored& each : items_) all.push_back(copy_of(call, each));
    items_ = std::move(all);
    tell(call, Access::update, whole);
    return done();
  }
  std::optional<Reply> str(Call& call) {
    call.demand_arguments(0);
    tell(call, Access::load, whole);
    std::string words;
    for (const Stored& each : items_) words += (words.empty() ? "" : ", ") + plain_repr(each.bytes);
    return done_with("[" + words + "]");
  }

  static void tell(const Call& call, Access access, std::uint64_t part, std::string_view words = {}) {
    call.tell(ObjectKind::list, access, part, words);
  }
  std::size_t position(const Call& call, const char* words) const {
    return position_in(items_.size(), call.argument<std::int64_t>(0), words);
  }
  Slice slice_of(const Call& call) const {
    return slice_in(items_.size(), call.argument<std::optional<std::int64_t>>(0),
                    call.argument<std::optional<std::int64_t>>(1));
  }
  /// The first position of the first argument; the size: none.
  std::size_t find(const Call& call, std::size_t from) const {
    const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto found = std::find_if(
        begin, items_.end(), [&](const Stored& each) { return each.bytes == call.arguments[0].bytes; });
    return static_cast<std::size_t>(found - items_.begin());
  }
  // By way of a result, which knows how to count.
  static Stored copy_of(const Call& call, const Stored& value) {
    Stored copy = call.objects.take_back(call.objects.grant(value));
    copy.words = value.words;
    return copy;
  }

  std::vector<Stored> items_;
};

std::span<const Method<ListObject>> ListObject::methods() {
  using Self = ListObject;
  static constexpr Method<Self> rows[] = {
      {"get", &Self::get},           {"set", &Self::set},
      {"len", &Self::size},          {"extend", &Self::extend},
      {"pop", &Self::pop},           {"del", &Self::erase},
      {"slice", &Self::slice},       {"set_slice", &Self::set_slice},
      {"contains", &Self::contains}, {"index", &Self::index},
      {"count", &Self::count},       {"insert", &Self::insert},
      {"remove", &Self::remove},     {"reverse", &Self::reverse},
      {"sort", &Self::sort},         {"imul", &Self::multiply},
      {"str", &Self::str},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  return std::make_unique<ListObject>(std::move(arguments));
}

}  // namespace

const TypeRow list_type{"list", &make};

}  // namespace mp::manager
