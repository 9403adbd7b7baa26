// Manager and the containers that it makes: dict, list, Namespace, Value and Array.
#include <variant>

#include <heddle/programs/objects/rows.hpp>
#include <mp/manager/manager.hpp>

namespace heddle::programs {
namespace {

mp::Manager& manager(Call& call) { return call.handle<mp::Manager>(); }

Payload start(Call& call) {
  manager(call).start(call.where);
  return none();
}
Payload shutdown(Call& call) {
  manager(call).shutdown(call.where);
  return none();
}
Payload number_of_objects(Call& call) {
  return payload_of(static_cast<std::int64_t>(manager(call).number_of_objects(call.where)));
}
Objects make_manager(Call& call) {
  const auto start =
      call.flag(0, true) ? mp::ManagerOptions::Start::at_once : mp::ManagerOptions::Start::later;
  return {hold(mp::Manager({.name = call.name(), .start = start}, call.where))};
}

const std::vector<Payload>& items_of(const Payload& payload) {
  const auto* const list = std::get_if<List>(&payload.kind);
  if (list == nullptr) throw TypeError(literal(payload) + " is no list");
  return list->items;
}

// --- dict -------------------------------------------------------------------------------------------------

using Dict = mp::DictProxy<Payload, Payload>;

Dict& dict(Call& call) { return call.handle<Dict>(); }
Payload pair_of(std::pair<Payload, Payload> item) {
  return {List{{std::move(item.first), std::move(item.second)}}};
}

Payload dict_read(Call& call) { return dict(call).at(call.payload(0), call.where); }
Payload dict_write(Call& call) {
  dict(call).set(call.payload(0), call.payload(1), call.where);
  return none();
}
Payload dict_get(Call& call) {
  return dict(call).get(call.payload(0), call.has(1) ? call.payload(1) : none(), call.where);
}
Payload dict_pop(Call& call) {
  if (call.has(1)) return dict(call).pop(call.payload(0), call.payload(1), call.where);
  return dict(call).pop(call.payload(0), call.where);
}
Payload dict_popitem(Call& call) { return pair_of(dict(call).popitem(call.where)); }
Payload dict_setdefault(Call& call) {
  return dict(call).setdefault(call.payload(0), call.has(1) ? call.payload(1) : none(), call.where);
}
Payload dict_contains(Call& call) { return payload_of(dict(call).contains(call.payload(0), call.where)); }
Payload dict_delete(Call& call) {
  dict(call).erase(call.payload(0), call.where);
  return none();
}
Payload dict_size(Call& call) { return payload_of(static_cast<std::int64_t>(dict(call).size(call.where))); }
Payload dict_keys(Call& call) { return {List{dict(call).keys(call.where)}}; }
Payload dict_values(Call& call) { return {List{dict(call).values(call.where)}}; }
Payload dict_items(Call& call) {
  List items;
  for (auto& item : dict(call).items(call.where)) items.items.push_back(pair_of(std::move(item)));
  return {std::move(items)};
}
// One request for each key, as in Python.
Payload dict_list(Call& call) {
  List keys;
  for (const Payload& key : dict(call)) keys.items.push_back(key);
  return {std::move(keys)};
}
Payload dict_clear(Call& call) {
  dict(call).clear(call.where);
  return none();
}
Objects make_dict(Call& call) {
  return {hold(manager(call).dict<Payload, Payload>(call.name(), call.where))};
}

// --- list -------------------------------------------------------------------------------------------------

using ListHandle = mp::ListProxy<Payload>;

ListHandle& list(Call& call) { return call.handle<ListHandle>(); }

Payload list_read(Call& call) { return list(call).at(call.integer(0, 0), call.where); }
Payload list_write(Call& call) {
  list(call).set(call.integer(0, 0), call.payload(1), call.where);
  return none();
}
void demand_step_one(const Call& call) {
  if (call.integer(2).value_or(1) != 1) throw mp::ValueError("a slice of a managed object has no step");
}
Payload list_slice(Call& call) {
  demand_step_one(call);
  return {List{list(call).slice(call.integer(0), call.integer(1), call.where)}};
}
Payload list_slice_write(Call& call) {
  demand_step_one(call);
  list(call).set_slice(call.integer(0), call.integer(1), items_of(call.payload(3)), call.where);
  return none();
}
Payload list_size(Call& call) { return payload_of(static_cast<std::int64_t>(list(call).size(call.where))); }
Payload list_all(Call& call) {
  List values;
  for (const Payload& value : list(call)) values.items.push_back(value);
  return {std::move(values)};
}
Payload list_append(Call& call) {
  list(call).append(call.payload(0), call.where);
  return none();
}
Payload list_extend(Call& call) {
  list(call).extend(items_of(call.payload(0)), call.where);
  return none();
}
Payload list_insert(Call& call) {
  list(call).insert(call.integer(0, 0), call.payload(1), call.where);
  return none();
}
Payload list_pop(Call& call) { return list(call).pop(call.integer(0, -1), call.where); }
Payload list_remove(Call& call) {
  list(call).remove(call.payload(0), call.where);
  return none();
}
Payload list_delete(Call& call) {
  list(call).del(call.integer(0, 0), call.where);
  return none();
}
Payload list_reverse(Call& call) {
  list(call).reverse(call.where);
  return none();
}
Payload list_sort(Call& call) {
  list(call).sort(call.flag(0, false) ? mp::SortOrder::descending : mp::SortOrder::ascending, call.where);
  return none();
}
Payload list_index(Call& call) {
  return payload_of(static_cast<std::int64_t>(
      list(call).index(call.payload(0), call.integer(1), call.integer(2), call.where)));
}
Payload list_count(Call& call) {
  return payload_of(static_cast<std::int64_t>(list(call).count(call.payload(0), call.where)));
}
Payload list_contains(Call& call) { return payload_of(list(call).contains(call.payload(0), call.where)); }
Objects make_list(Call& call) {
  const std::vector<Payload> values = call.has(0) ? items_of(call.payload(0)) : std::vector<Payload>();
  return {hold(manager(call).list(values, call.name(), call.where))};
}

// --- Namespace and Value ----------------------------------------------------------------------------------

mp::NamespaceProxy& space(Call& call) { return call.handle<mp::NamespaceProxy>(); }

Payload get_attribute(Call& call) { return space(call).get<Payload>(call.text(0), call.where); }
Payload set_attribute(Call& call) {
  space(call).set(call.text(0), call.payload(1), call.where);
  return none();
}
Payload delete_attribute(Call& call) {
  space(call).del(call.text(0), call.where);
  return none();
}
Objects make_namespace(Call& call) { return {hold(manager(call).Namespace(call.name(), call.where))}; }

using ValueHandle = mp::ValueProxy<Payload>;

Payload value_get(Call& call) { return call.handle<ValueHandle>().get(call.where); }
Payload value_set(Call& call) {
  call.handle<ValueHandle>().set(call.payload(0), call.where);
  return none();
}
Objects make_value(Call& call) {
  return {hold(manager(call).Value(call.text(0), call.payload(1), call.name(), call.where))};
}

// --- Array ------------------------------------------------------------------------------------------------

using Whole = mp::ArrayProxy<std::int64_t>;
using Real = mp::ArrayProxy<double>;

std::int64_t whole_of(const Payload& payload) {
  if (const auto* const number = std::get_if<std::int64_t>(&payload.kind)) return *number;
  throw TypeError(literal(payload) + " is no integer");
}
double real_of(const Payload& payload) {
  if (const auto* const number = std::get_if<double>(&payload.kind)) return *number;
  return static_cast<double>(whole_of(payload));
}

/// Of integers or of reals, as the typecode says.
struct ArrayHandle {
  std::variant<Whole, Real> array;

  void encode(mp::Encoder& encoder) const {
    encoder.boolean(std::holds_alternative<Real>(array));
    std::visit([&](const auto& each) { each.encode(encoder); }, array);
  }
  static ArrayHandle decode(mp::Decoder& decoder) {
    if (decoder.boolean()) return {Real::decode(decoder)};
    return {Whole::decode(decoder)};
  }
};

ArrayHandle& array(Call& call) { return call.handle<ArrayHandle>(); }

Payload array_read(Call& call) {
  return std::visit([&](const auto& each) { return Payload{each.at(call.integer(0, 0), call.where)}; },
                    array(call).array);
}
Payload array_write(Call& call) {
  if (const auto* const whole = std::get_if<Whole>(&array(call).array)) {
    whole->set(call.integer(0, 0), whole_of(call.payload(1)), call.where);
  } else {
    std::get<Real>(array(call).array).set(call.integer(0, 0), real_of(call.payload(1)), call.where);
  }
  return none();
}
Payload array_slice(Call& call) {
  demand_step_one(call);
  return std::visit(
      [&](const auto& each) {
        List values;
        for (const auto value : each.slice(call.integer(0), call.integer(1), call.where))
          values.items.push_back({value});
        return Payload{std::move(values)};
      },
      array(call).array);
}
Payload array_size(Call& call) {
  return std::visit(
      [&](const auto& each) { return payload_of(static_cast<std::int64_t>(each.size(call.where))); },
      array(call).array);
}
Payload array_all(Call& call) {
  return std::visit(
      [&](const auto& each) {
        List values;
        for (const auto value : each.slice({}, {}, call.where)) values.items.push_back({value});
        return Payload{std::move(values)};
      },
      array(call).array);
}
Objects make_array(Call& call) {
  const std::string& typecode = call.text(0);
  const std::vector<Payload>& items = items_of(call.payload(1));
  if (typecode == "f" || typecode == "d") {
    std::vector<double> values;
    for (const Payload& each : items) values.push_back(real_of(each));
    return {hold(ArrayHandle{manager(call).Array<double>(typecode, values, call.name(), call.where)})};
  }
  std::vector<std::int64_t> values;
  for (const Payload& each : items) values.push_back(whole_of(each));
  return {hold(ArrayHandle{manager(call).Array<std::int64_t>(typecode, values, call.name(), call.where)})};
}

// --- rows -------------------------------------------------------------------------------------------------

constexpr Parameter start_parameters[] = {{"start", ParameterKind::flag, true}};
constexpr Parameter key[] = {{"key"}};
constexpr Parameter key_and_default[] = {{"key"}, {"default", ParameterKind::any, true}};
constexpr Parameter key_and_value[] = {{"key"}, {"value"}};
constexpr Parameter value[] = {{"value"}};
constexpr Parameter values[] = {{"values", ParameterKind::any}};
constexpr Parameter optional_values[] = {{"values", ParameterKind::any, true}};
constexpr Parameter optional_position[] = {{"position", ParameterKind::integer, true}};
constexpr Parameter reverse[] = {{"reverse", ParameterKind::flag, true}};
constexpr Parameter searched[] = {
    {"value"}, {"start", ParameterKind::integer, true}, {"stop", ParameterKind::integer, true}};
constexpr Parameter name[] = {{"name"}};
constexpr Parameter name_and_value[] = {{"name"}, {"value"}};
constexpr Parameter typecode_and_value[] = {{"typecode"}, {"value"}};
constexpr Parameter typecode_and_values[] = {{"typecode"}, {"values"}};

constexpr OperationRow manager_rows[] = {
    {"start", Form::call, {}, &start},
    {"shutdown", Form::call, {}, &shutdown},
    {"number_of_objects", Form::call, {}, &number_of_objects},
};
constexpr OperationRow dict_rows[] = {
    {"", Form::item_read, key, &dict_read},
    {"", Form::item_write, key_and_value, &dict_write},
    {"get", Form::call, key_and_default, &dict_get},
    {"pop", Form::call, key_and_default, &dict_pop},
    {"popitem", Form::call, {}, &dict_popitem},
    {"setdefault", Form::call, key_and_default, &dict_setdefault},
    {"contains", Form::call, key, &dict_contains},
    {"delete", Form::call, key, &dict_delete},
    {"size", Form::call, {}, &dict_size},
    {"len", Form::call, {}, &dict_size, true},
    {"keys", Form::call, {}, &dict_keys},
    {"values", Form::call, {}, &dict_values},
    {"items", Form::call, {}, &dict_items},
    {"list", Form::call, {}, &dict_list, true},
    {"clear", Form::call, {}, &dict_clear},
};
constexpr OperationRow list_rows[] = {
    {"", Form::item_read, position_parameters, &list_read},
    {"", Form::item_write, item_parameters, &list_write},
    {"", Form::slice_read, slice_parameters, &list_slice},
    {"", Form::slice_write, slice_write_parameters, &list_slice_write},
    {"len", Form::call, {}, &list_size, true},
    {"list", Form::call, {}, &list_all, true},
    {"append", Form::call, value, &list_append},
    {"extend", Form::call, values, &list_extend},
    {"insert", Form::call, item_parameters, &list_insert},
    {"pop", Form::call, optional_position, &list_pop},
    {"remove", Form::call, value, &list_remove},
    {"delete", Form::call, position_parameters, &list_delete},
    {"reverse", Form::call, {}, &list_reverse},
    {"sort", Form::call, reverse, &list_sort},
    {"index", Form::call, searched, &list_index},
    {"count", Form::call, value, &list_count},
    {"contains", Form::call, value, &list_contains},
};
constexpr OperationRow namespace_rows[] = {
    {"getattr", Form::call, name, &get_attribute, true},
    {"setattr", Form::call, name_and_value, &set_attribute, true},
    {"delattr", Form::call, name, &delete_attribute, true},
};
constexpr OperationRow value_rows[] = {
    {"get", Form::call, {}, &value_get},
    {"set", Form::call, value, &value_set},
    {"value", Form::read, {}, &value_get},
    {"value", Form::write, value, &value_set},
};
constexpr OperationRow array_rows[] = {
    {"", Form::item_read, position_parameters, &array_read},
    {"", Form::item_write, item_parameters, &array_write},
    {"", Form::slice_read, slice_parameters, &array_slice},
    {"len", Form::call, {}, &array_size, true},
    {"list", Form::call, {}, &array_all, true},
};

const KindRow dict_kind{"DictProxy", dict_rows, &decode_handle<Dict>};
const KindRow list_kind{"ListProxy", list_rows, &decode_handle<ListHandle>};
const KindRow namespace_kind{"NamespaceProxy", namespace_rows, &decode_handle<mp::NamespaceProxy>};
const KindRow managed_value_kind{"ValueProxy", value_rows, &decode_handle<ValueHandle>};
const KindRow managed_array_kind{"ArrayProxy", array_rows, &decode_handle<ArrayHandle>};

}  // namespace

const KindRow manager_kind{"Manager", manager_rows, nullptr};
const MakerRow manager_maker{"Manager", "", start_parameters, &manager_kind, 1, &make_manager};
const MakerRow dict_maker{"dict", "Manager", {}, &dict_kind, 1, &make_dict};
const MakerRow list_maker{"list", "Manager", optional_values, &list_kind, 1, &make_list};
const MakerRow namespace_maker{"Namespace", "Manager", {}, &namespace_kind, 1, &make_namespace};
const MakerRow managed_value_maker{"Value", "Manager",  typecode_and_value, &managed_value_kind,
                                   1,       &make_value};
const MakerRow managed_array_maker{"Array", "Manager",  typecode_and_values, &managed_array_kind,
                                   1,       &make_array};

}  // namespace heddle::programs
