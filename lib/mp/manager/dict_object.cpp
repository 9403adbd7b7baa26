// The methods of a dict.
#include <mp/manager/dict_object.hpp>

#include <algorithm>

#include <mp/errors.hpp>

namespace mp::manager {

namespace {

constexpr std::uint64_t whole = 0;

void tell(Os& os, const Request& request, Access access, std::uint64_t part, std::string_view words) {
  os.annotate({.kind = Annotation::Kind::accessed,
               .object_kind = ObjectKind::dict,
               .access = access,
               .object = request.object,
               .stamp = request.stamp,
               .part = part,
               .text = words});
}

void demand_arguments(const Request& request, std::size_t count) {
  if (request.arguments.size() != count) throw DecodeError("a request has another number of arguments");
}

}  // namespace

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t part_of(std::span<const std::byte> key) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte byte : key) hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3;
  return hash == whole ? 1 : hash;
}

Reply DictObject::grant(Os& os, const Request& request) {
  switch (request.method) {
    case Method::get:
      return get(os, request);
    case Method::set:
      return set(os, request);
    case Method::contains:
      return contains(os, request);
    case Method::size:
      return size(os, request);
    case Method::erase:
      return erase(os, request);
    case Method::pop:
      return pop(os, request);
    case Method::setdefault:
      return set_default(os, request);
    case Method::update:
      return update(os, request);
    case Method::keys:
      return list(os, request, false);
    case Method::items:
      return list(os, request, true);
    case Method::clear:
      return clear(os, request);
    case Method::create:
    case Method::release:
    case Method::shutdown:
      break;  // the server's own
  }
  throw DecodeError("no method of a dict");
}

Reply DictObject::get(Os& os, const Request& request) {
  demand_arguments(request, 1);
  const auto found = entries_.find(request.arguments[0]);
  const bool is_there = found != entries_.end();
  tell(os, request, Access::load, part_of(request.arguments[0]), is_there ? found->second.words : "");
  if (!is_there) return {.status = Status::missing, .values = {}};
  return {.status = Status::done, .values = {found->second.value}};
}

void DictObject::put(const Bytes& key, const Bytes& value, const std::string& words) {
  const auto [place, is_new] = entries_.try_emplace(key);
  place->second.value = value;
  place->second.words = words;
  if (is_new) place->second.serial = ++insertions_;  // a key that is set again keeps its place
}

Reply DictObject::set(Os& os, const Request& request) {
  demand_arguments(request, 2);
  put(request.arguments[0], request.arguments[1], request.words);
  tell(os, request, Access::store, part_of(request.arguments[0]), request.words);
  return {};
}

Reply DictObject::contains(Os& os, const Request& request) {
  demand_arguments(request, 1);
  tell(os, request, Access::load, part_of(request.arguments[0]), {});
  return {.status = entries_.contains(request.arguments[0]) ? Status::done : Status::missing, .values = {}};
}

Reply DictObject::size(Os& os, const Request& request) {
  demand_arguments(request, 0);
  tell(os, request, Access::load, whole, {});
  return {.status = Status::done, .values = {encode_message(std::uint64_t{entries_.size()})}};
}

Reply DictObject::erase(Os& os, const Request& request) {
  demand_arguments(request, 1);
  const bool was_there = entries_.erase(request.arguments[0]) > 0;
  tell(os, request, was_there ? Access::store : Access::load, part_of(request.arguments[0]), {});
  return {.status = was_there ? Status::done : Status::missing, .values = {}};
}

Reply DictObject::pop(Os& os, const Request& request) {
  demand_arguments(request, 1);
  Entries::node_type taken = entries_.extract(request.arguments[0]);
  if (taken.empty()) {
    tell(os, request, Access::load, part_of(request.arguments[0]), {});
    return {.status = Status::missing, .values = {}};
  }
  tell(os, request, Access::update, part_of(request.arguments[0]), taken.mapped().words);
  return {.status = Status::done, .values = {std::move(taken.mapped().value)}};
}

Reply DictObject::set_default(Os& os, const Request& request) {
  demand_arguments(request, 2);
  const bool is_new = !entries_.contains(request.arguments[0]);
  if (is_new) put(request.arguments[0], request.arguments[1], request.words);
  const Entry& entry = entries_.at(request.arguments[0]);
  tell(os, request, is_new ? Access::update : Access::load, part_of(request.arguments[0]), entry.words);
  return {.status = Status::done, .values = {entry.value}};
}

Reply DictObject::update(Os& os, const Request& request) {
  if (request.arguments.size() % 2 != 0) throw DecodeError("a key comes without a value");
  for (std::size_t i = 0; i < request.arguments.size(); i += 2) {
    put(request.arguments[i], request.arguments[i + 1], request.words);
    tell(os, request, Access::store, part_of(request.arguments[i]), request.words);
  }
  return {};
}

Reply DictObject::list(Os& os, const Request& request, bool with_values) {
  demand_arguments(request, 0);
  std::vector<Entries::const_iterator> order;
  for (auto entry = entries_.cbegin(); entry != entries_.cend(); ++entry) order.push_back(entry);
  std::ranges::sort(order, {}, [](Entries::const_iterator entry) { return entry->second.serial; });
  Reply reply;
  for (const auto& entry : order) {
    reply.values.push_back(entry->first);
    if (!with_values) continue;
    reply.values.push_back(entry->second.value);
    tell(os, request, Access::load, part_of(entry->first), entry->second.words);
  }
  if (!with_values) tell(os, request, Access::load, whole, {});
  return reply;
}

Reply DictObject::clear(Os& os, const Request& request) {
  demand_arguments(request, 0);
  entries_.clear();
  tell(os, request, Access::store, whole, {});
  return {};
}

}  // namespace mp::manager
