// Manager and the dicts it makes.
#include <heddle/programs/objects/rows.hpp>
#include <mp/manager/manager.hpp>

namespace heddle::programs {
namespace {

using Dict = mp::DictProxy<Payload, Payload>;

Payload shutdown(Call& call) {
  call.handle<mp::Manager>().shutdown(call.where);
  return none();
}

Dict& dict(Call& call) { return call.handle<Dict>(); }

Payload item_read(Call& call) { return dict(call).at(call.payload(0), call.where); }
Payload item_write(Call& call) {
  dict(call).set(call.payload(0), call.payload(1), call.where);
  return none();
}
Payload get(Call& call) {
  return dict(call).get(call.payload(0), call.has(1) ? call.payload(1) : none(), call.where);
}
Payload pop(Call& call) { return dict(call).pop(call.payload(0), call.where); }
Payload setdefault(Call& call) {
  return dict(call).setdefault(call.payload(0), call.has(1) ? call.payload(1) : none(), call.where);
}
Payload contains(Call& call) { return payload_of(dict(call).contains(call.payload(0), call.where)); }
Payload size(Call& call) { return payload_of(static_cast<std::int64_t>(dict(call).size(call.where))); }
Payload keys(Call& call) { return {List{dict(call).keys(call.where)}}; }
Payload clear(Call& call) {
  dict(call).clear(call.where);
  return none();
}

Objects make_manager(Call& call) { return {hold(mp::Manager({.name = call.name()}, call.where))}; }
Objects make_dict(Call& call) {
  return {hold(call.handle<mp::Manager>().dict<Payload, Payload>(call.name(), call.where))};
}

constexpr Parameter key[] = {{"key"}};
constexpr Parameter key_and_default[] = {{"key"}, {"default", ParameterKind::any, true}};
constexpr Parameter key_and_value[] = {{"key"}, {"value"}};

constexpr OperationRow manager_rows[] = {{"shutdown", Form::call, {}, &shutdown}};
constexpr OperationRow dict_rows[] = {
    {"", Form::item_read, key, &item_read},
    {"", Form::item_write, key_and_value, &item_write},
    {"get", Form::call, key_and_default, &get},
    {"pop", Form::call, key, &pop},
    {"setdefault", Form::call, key_and_default, &setdefault},
    {"contains", Form::call, key, &contains},
    {"size", Form::call, {}, &size},
    {"keys", Form::call, {}, &keys},
    {"clear", Form::call, {}, &clear},
};

}  // namespace

const KindRow manager_kind{"Manager", manager_rows, nullptr};
const KindRow dict_kind{"dict", dict_rows, &decode_handle<Dict>};
const MakerRow manager_maker{"Manager", "", {}, &manager_kind, 1, &make_manager};
const MakerRow dict_maker{"dict", "Manager", {}, &dict_kind, 1, &make_dict};

}  // namespace heddle::programs
