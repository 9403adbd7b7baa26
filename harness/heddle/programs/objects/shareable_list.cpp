// ShareableList. Its memory is reached as values.shm.unlink() and so on.
#include <algorithm>

#include <heddle/programs/objects/rows.hpp>
#include <mp/shared/shareable_list.hpp>

namespace heddle::programs {
namespace {

mp::ShareableList& values(Call& call) { return call.handle<mp::ShareableList>(); }
mp::Position position(const Call& call) { return {call.integer(0, 0), call.where}; }

/// KeyError, as in Python (SHL-01): a payload that is no item.
mp::ShareableItem item_of(const Payload& payload) {
  if (is_none(payload)) return {};
  if (const auto* truth = std::get_if<bool>(&payload.kind)) return *truth;
  if (const auto* integer = std::get_if<std::int64_t>(&payload.kind)) return *integer;
  if (const auto* real = std::get_if<double>(&payload.kind)) return *real;
  if (const auto* text = std::get_if<std::string>(&payload.kind)) return *text;
  if (const auto* bytes = std::get_if<mp::Bytes>(&payload.kind)) return *bytes;
  throw mp::KeyError(literal(payload) + " cannot be an item of a ShareableList");
}

struct AsPayload {
  Payload operator()(std::monostate) const { return none(); }
  template <class T>
  Payload operator()(const T& value) const {
    return {value};
  }
};
Payload payload_of_item(const mp::ShareableItem& item) { return std::visit(AsPayload{}, item.get()); }

Payload item_read(Call& call) { return payload_of_item(values(call).get(position(call))); }
Payload item_write(Call& call) {
  values(call).set(position(call), item_of(call.payload(1)));
  return none();
}
Payload length(Call& call) { return payload_of(static_cast<std::int64_t>(values(call).size())); }
Payload list(Call& call) {
  List list;
  for (const mp::ShareableItem& item : values(call).items(call.where))
    list.items.push_back(payload_of_item(item));
  return {std::move(list)};
}
Payload count(Call& call) {
  return payload_of(static_cast<std::int64_t>(values(call).count(item_of(call.payload(0)), call.where)));
}
Payload index(Call& call) {
  return payload_of(static_cast<std::int64_t>(values(call).index(item_of(call.payload(0)), call.where)));
}
Payload name(Call& call) { return payload_of(values(call).shm().name()); }
Payload size(Call& call) { return payload_of(static_cast<std::int64_t>(values(call).shm().size())); }
Payload close(Call& call) {
  values(call).close(call.where);
  return none();
}
Payload unlink(Call& call) {
  values(call).shm().unlink(call.where);
  return none();
}
Payload dumps(Call& call) { return payload_of(mp::encode_message(values(call))); }

/// The items of a list or of another ShareableList. TypeError: of anything else.
std::vector<mp::ShareableItem> items_of(const Call& call) {
  if (auto* other = call.handle_at<mp::ShareableList>(0)) return other->items(call.where);
  const auto* list = std::get_if<List>(&call.payload(0).kind);
  if (list == nullptr) throw TypeError(literal(call.payload(0)) + " is no list");
  std::vector<mp::ShareableItem> items;
  for (const Payload& each : list->items) items.push_back(item_of(each));
  return items;
}
Objects make(Call& call) {
  const std::optional<std::string> name = call.optional_text(1);
  const bool has_items =
      call.handle_at<mp::ShareableList>(0) != nullptr || (call.has(0) && !is_none(call.payload(0)));
  if (has_items) return {hold(mp::ShareableList(items_of(call), name, call.where))};
  if (!name) throw mp::ValueError("a ShareableList needs items or the name of one");
  return {hold(mp::ShareableList::attach(*name, call.where))};
}
Objects loads(Call& call) { return {hold(mp::decode_message<mp::ShareableList>(call.bytes(0)))}; }

constexpr std::string_view lists[] = {"ShareableList"};
constexpr Parameter parameters[] = {{"sequence", ParameterKind::any, true, lists},
                                    {"name", ParameterKind::any, true}};
constexpr Parameter item[] = {{"value"}};

constexpr OperationRow rows[] = {
    {"", Form::item_read, position_parameters, &item_read},
    {"", Form::item_write, item_parameters, &item_write},
    {"len", Form::call, {}, &length, true},
    {"list", Form::call, {}, &list, true},
    {"count", Form::call, item, &count},
    {"index", Form::call, item, &index},
    {"shm.name", Form::read, {}, &name},
    {"shm.size", Form::read, {}, &size},
    {"shm.close", Form::call, {}, &close},
    {"shm.unlink", Form::call, {}, &unlink},
    {"dumps", Form::call, {}, &dumps, true},
};

}  // namespace

const KindRow shareable_list_kind{"ShareableList", rows, &decode_handle<mp::ShareableList>};
const MakerRow shareable_list_maker{"ShareableList", "", parameters, &shareable_list_kind, 1, &make};
const MakerRow shareable_list_loader{"loads", "ShareableList", pickle_parameters, &shareable_list_kind,
                                     1,       &loads};

}  // namespace heddle::programs
