// dict: values by key, in the order of insertion. Keys are the same if their bytes are.
#include <algorithm>
#include <map>

#include <mp/codec/plain_value.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>

namespace mp::manager {

namespace {

constexpr std::uint64_t whole = 0;

class DictObject final : public TableObject<DictObject> {
 public:
  static std::span<const Method<DictObject>> methods();

  void put(const Stored& key, Stored value) {
    const auto [place, is_new] = entries_.try_emplace(key.bytes);
    place->second.value = std::move(value);
    if (!is_new) return;  // a key that is set again keeps its place
    place->second.serial = ++insertions_;
    order_.emplace(insertions_, place);
  }

 private:
  struct Value {
    Stored value;
    std::uint64_t serial = 0;  // insertions come in this order
  };
  using Entries = std::map<Bytes, Value>;

  std::optional<Reply> get(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    const bool is_there = found != entries_.end();
    tell(call, Access::load, is_there ? found->second.value.words : "");
    if (!is_there) throw KeyError(plain_repr(call.arguments[0].bytes));
    return done_with(call.objects.grant(found->second.value));
  }
  // Without a value: it is not there.
  std::optional<Reply> look_up(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    const bool is_there = found != entries_.end();
    tell(call, Access::load, is_there ? found->second.value.words : "");
    return is_there ? done_with(call.objects.grant(found->second.value)) : done();
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(2);
    tell(call, Access::store, call.arguments[1].words);
    put(call.arguments[0], std::move(call.arguments[1]));
    return done();
  }
  std::optional<Reply> contains(Call& call) {
    call.demand_arguments(1);
    tell(call, Access::load, {});
    return done_with(entries_.contains(call.arguments[0].bytes));
  }
  std::optional<Reply> size(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::dict, Access::load, whole);
    return done_with(std::uint64_t{entries_.size()});
  }
  std::optional<Reply> erase(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    tell(call, found == entries_.end() ? Access::load : Access::store, {});
    if (found == entries_.end()) throw KeyError(plain_repr(call.arguments[0].bytes));
    take_out(found);
    return done();
  }
  // Without a value: it was not there.
  std::optional<Reply> pop(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    const bool is_there = found != entries_.end();
    tell(call, is_there ? Access::update : Access::load, is_there ? found->second.value.words : "");
    if (!is_there) return done();
    Reply reply = done_with(call.objects.grant(found->second.value));
    take_out(found);
    return reply;
  }
  // The last that came in.
  std::optional<Reply> pop_item(Call& call) {
    call.demand_arguments(0);
    if (entries_.empty()) {
      call.tell(ObjectKind::dict, Access::load, whole);
      throw KeyError("'popitem(): dictionary is empty'");
    }
    const Entries::iterator last = order_.rbegin()->second;
    call.tell(ObjectKind::dict, Access::update, part_of(last->first), last->second.value.words);
    Reply reply = done_with(manager::Value{.bytes = last->first});
    reply.values.push_back(call.objects.grant(last->second.value));
    take_out(last);
    return reply;
  }
  std::optional<Reply> set_default(Call& call) {
    call.demand_arguments(2);
    const bool is_new = find(call) == entries_.end();
    if (is_new) put(call.arguments[0], std::move(call.arguments[1]));
    const Stored& value = find(call)->second.value;
    tell(call, is_new ? Access::update : Access::load, value.words);
    return done_with(call.objects.grant(value));
  }
  // Keys and values in turn.
  std::optional<Reply> update(Call& call) {
    if (call.arguments.size() % 2 != 0) throw DecodeError("a key comes without a value");
    for (std::size_t i = 0; i < call.arguments.size(); i += 2) {
      call.tell(ObjectKind::dict, Access::store, part_of(call.arguments[i].bytes),
                call.arguments[i + 1].words);
      put(call.arguments[i], std::move(call.arguments[i + 1]));
    }
    return done();
  }
  std::optional<Reply> keys(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::dict, Access::load, whole);
    Reply reply;
    for (const auto& [serial, entry] : order_) reply.values.push_back({.bytes = entry->first});
    return reply;
  }
  // Keys and values in turn.
  std::optional<Reply> items(Call& call) {
    call.demand_arguments(0);
    Reply reply;
    for (const auto& [serial, entry] : order_) {
      call.tell(ObjectKind::dict, Access::load, part_of(entry->first), entry->second.value.words);
      reply.values.push_back({.bytes = entry->first});
      reply.values.push_back(call.objects.grant(entry->second.value));
    }
    return reply;
  }
  std::optional<Reply> clear(Call& call) {
    call.demand_arguments(0);
    order_.clear();
    entries_.clear();
    call.tell(ObjectKind::dict, Access::store, whole);
    return done();
  }
  // A step of an iteration: the key after the insertion of that number, 0 at first, while there are as many
  // keys as at the beginning; and its own number. Nothing at the end.
  std::optional<Reply> next(Call& call) {
    call.demand_arguments(2);
    call.tell(ObjectKind::dict, Access::load, whole);
    if (call.argument<std::uint64_t>(1) != entries_.size())
      throw RuntimeError("dictionary changed size during iteration");
    const auto found = order_.upper_bound(call.argument<std::uint64_t>(0));
    if (found == order_.end()) return done();
    Reply reply = done_with(manager::Value{.bytes = found->second->first});
    reply.values.push_back({.bytes = encode_message(found->first)});
    return reply;
  }
  std::optional<Reply> str(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::dict, Access::load, whole);
    std::string words;
    for (const auto& [serial, entry] : order_)
      words += (words.empty() ? "" : ", ") + plain_repr(entry->first) + ": " +
               plain_repr(entry->second.value.bytes);
    return done_with("{" + words + "}");
  }

  Entries::iterator find(const Call& call) { return entries_.find(call.arguments[0].bytes); }
  void take_out(Entries::iterator entry) {
    order_.erase(entry->second.serial);
    entries_.erase(entry);
  }
  /// Of the part that the first argument names.
  static void tell(const Call& call, Access access, std::string_view words) {
    call.tell(ObjectKind::dict, access, part_of(call.arguments[0].bytes), words);
  }

  Entries entries_;
  std::map<std::uint64_t, Entries::iterator> order_;  // by serial
  std::uint64_t insertions_ = 0;
};

std::span<const Method<DictObject>> DictObject::methods() {
  using Self = DictObject;
  static constexpr Method<Self> rows[] = {
      {"getitem", &Self::get},       {"set", &Self::set},          {"get", &Self::look_up},
      {"contains", &Self::contains}, {"len", &Self::size},         {"del", &Self::erase},
      {"pop", &Self::pop},           {"popitem", &Self::pop_item}, {"setdefault", &Self::set_default},
      {"update", &Self::update},     {"keys", &Self::keys},        {"items", &Self::items},
      {"clear", &Self::clear},       {"next", &Self::next},        {"str", &Self::str},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  if (arguments.size() % 2 != 0) throw DecodeError("a key comes without a value");
  auto dict = std::make_unique<DictObject>();
  for (std::size_t i = 0; i < arguments.size(); i += 2) dict->put(arguments[i], std::move(arguments[i + 1]));
  return dict;
}

}  // namespace

const TypeRow dict_type{"dict", &make};

}  // namespace mp::manager
