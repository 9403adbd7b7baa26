// Array and RawArray: elements of a type that the typecode tells. A slice is a list, of 'c' it is bytes.
//
// An Array that is made with lock=False has no lock, as a Value.
#include <heddle/programs/objects/elements.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/shared/array.hpp>

namespace heddle::programs {
namespace {

struct Bounds {
  mp::SliceBound start;
  mp::SliceBound stop;
  std::int64_t step;
};

class Elements : public Data {
 public:
  virtual std::size_t size() const = 0;
  virtual Payload item(mp::Position position) = 0;
  virtual void set_item(mp::Position position, const Payload& payload) = 0;
  virtual Payload slice(const Bounds& bounds, mp::Location where) = 0;
  virtual void set_slice(const Bounds& bounds, const Payload& payload, mp::Location where) = 0;
  /// Of 'c' only, otherwise AttributeErrors.
  virtual mp::Bytes text(bool is_raw, mp::Location where) = 0;
  virtual void set_text(bool is_raw, const mp::Bytes& bytes, mp::Location where) = 0;
};

[[noreturn]] void refuse_text() { throw AttributeError("only an array of 'c' has a value and a raw"); }

mp::Bytes bytes_of(std::string_view text) {
  const auto* const first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}
std::string_view text_of(const mp::Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// TypeError: no list, or of bytes for 'c', or an item of a wrong type.
template <class T>
std::vector<T> elements_of(const Payload& payload) {
  std::vector<T> elements;
  const auto* bytes = std::get_if<mp::Bytes>(&payload.kind);
  if (std::is_same_v<T, char> && bytes != nullptr) {
    for (const std::byte each : *bytes) elements.push_back(static_cast<T>(each));
    return elements;
  }
  const auto* list = std::get_if<List>(&payload.kind);
  if (list == nullptr) throw TypeError(literal(payload) + " has no elements");
  for (const Payload& each : list->items) elements.push_back(element_of<T>(each));
  return elements;
}

/// Storage: mp::Array<T> or mp::RawArray<T>.
template <class T, class Storage>
class ElementsOf final : public Elements {
 public:
  ElementsOf(std::string typecode, Storage storage)
      : typecode_(std::move(typecode)), storage_(std::move(storage)) {}

  std::size_t size() const override { return storage_.size(); }
  Payload item(mp::Position position) override {
    return payload_of_element(static_cast<T>(storage_[position]));
  }
  void set_item(mp::Position position, const Payload& payload) override {
    const T element = element_of<T>(payload);
    storage_[position] = element;
  }
  Payload slice(const Bounds& bounds, mp::Location where) override {
    const std::vector<T> elements = storage_.slice(bounds.start, bounds.stop, bounds.step, where);
    if constexpr (std::is_same_v<T, char>) return payload_of(bytes_of({elements.data(), elements.size()}));
    List list;
    for (const T element : elements) list.items.push_back(payload_of_element(element));
    return {std::move(list)};
  }
  void set_slice(const Bounds& bounds, const Payload& payload, mp::Location where) override {
    storage_.store_slice(bounds.start, bounds.stop, elements_of<T>(payload), bounds.step, where);
  }
  mp::Bytes text(bool is_raw, mp::Location where) override {
    if constexpr (std::is_same_v<T, char>)
      return bytes_of(is_raw ? storage_.raw(where) : storage_.value(where));
    refuse_text();
  }
  void set_text(bool is_raw, const mp::Bytes& bytes, mp::Location where) override {
    if constexpr (!std::is_same_v<T, char>)
      refuse_text();
    else if (is_raw)
      storage_.set_raw(text_of(bytes), where);
    else
      storage_.set_value(text_of(bytes), where);
  }
  mp::DataLock* lock() override {
    if constexpr (has_lock)
      return &storage_.get_lock();
    else
      return nullptr;
  }
  std::shared_ptr<Object> get_obj() override {
    if constexpr (has_lock)
      return std::make_shared<ElementsOf<T, mp::RawArray<T>>>(typecode_, storage_.get_obj());
    else
      return nullptr;
  }
  void encode(mp::Encoder& encoder) const override {
    encoder.text(typecode_);
    encoder.boolean(has_lock);
    storage_.encode(encoder);
  }

 private:
  static constexpr bool has_lock = std::is_same_v<Storage, mp::Array<T>>;

  std::string typecode_;
  Storage storage_;
};

template <class T, class Storage>
std::shared_ptr<Object> hold_elements(std::string typecode, Storage storage) {
  return std::make_shared<ElementsOf<T, Storage>>(std::move(typecode), std::move(storage));
}

std::shared_ptr<Object> decode(mp::Decoder& decoder) {
  const std::string typecode = decoder.text();
  const bool has_lock = decoder.boolean();
  return visit_typecode(typecode, [&]<class T>(std::type_identity<T>) {
    return has_lock ? hold_elements<T>(typecode, mp::Array<T>::decode(decoder))
                    : hold_elements<T>(typecode, mp::RawArray<T>::decode(decoder));
  });
}

Elements& elements(Call& call) { return call.object<Elements>(); }
Bounds bounds(const Call& call) {
  return {.start = call.integer(0), .stop = call.integer(1), .step = call.integer(2).value_or(1)};
}
mp::Position position(const Call& call) { return {call.integer(0, 0), call.where}; }

Payload item_read(Call& call) { return elements(call).item(position(call)); }
Payload item_write(Call& call) {
  elements(call).set_item(position(call), call.payload(1));
  return none();
}
Payload slice_read(Call& call) { return elements(call).slice(bounds(call), call.where); }
Payload slice_write(Call& call) {
  elements(call).set_slice(bounds(call), call.payload(3), call.where);
  return none();
}
Payload length(Call& call) { return payload_of(static_cast<std::int64_t>(elements(call).size())); }
/// One element after the other, as Python's iteration.
Payload list(Call& call) {
  List list;
  for (std::size_t i = 0; i < elements(call).size(); ++i)
    list.items.push_back(elements(call).item({i, call.where}));
  return {std::move(list)};
}
template <bool is_raw>
Payload text(Call& call) {
  return payload_of(elements(call).text(is_raw, call.where));
}
template <bool is_raw>
Payload set_text(Call& call) {
  elements(call).set_text(is_raw, call.bytes(0), call.where);
  return none();
}

/// Storage(size) or Storage(elements), as the argument is a number or a list.
template <class T, class Storage, class Options>
std::shared_ptr<Object> make_of(Call& call, const Options& options) {
  if (std::holds_alternative<std::int64_t>(call.payload(1).kind))
    return hold_elements<T>(call.text(0), Storage(call.size(1, 0), options, call.where));
  return hold_elements<T>(call.text(0), Storage(elements_of<T>(call.payload(1)), options, call.where));
}
Objects make_raw(Call& call) {
  return {visit_typecode(call.text(0), [&]<class T>(std::type_identity<T>) {
    return make_of<T, mp::RawArray<T>>(call, mp::NameOption{.name = call.name()});
  })};
}
Objects make(Call& call) {
  if (wants_no_lock(call, 2)) return make_raw(call);
  return {visit_typecode(call.text(0), [&]<class T>(std::type_identity<T>) {
    const mp::DataOptions options{.name = call.name(), .lock = lock_option(call, 2)};
    return make_of<T, mp::Array<T>>(call, options);
  })};
}

constexpr Parameter parameters[] = {
    {"typecode"}, {"size_or_initializer"}, {"lock", ParameterKind::any, true, data_locks}};
constexpr Parameter bytes[] = {{"value", ParameterKind::bytes}};

constexpr OperationRow rows[] = {
    {"", Form::item_read, position_parameters, &item_read},
    {"", Form::item_write, item_parameters, &item_write},
    {"", Form::slice_read, slice_parameters, &slice_read},
    {"", Form::slice_write, slice_write_parameters, &slice_write},
    {"len", Form::call, {}, &length, true},
    {"list", Form::call, {}, &list, true},
    {"value", Form::read, {}, &text<false>},
    {"value", Form::write, bytes, &set_text<false>},
    {"raw", Form::read, {}, &text<true>},
    {"raw", Form::write, bytes, &set_text<true>},
    // Not of a RawArray: they stand last, and its table is cut before them.
    {"acquire", Form::call, acquire_parameters, &acquire_data},
    {"release", Form::call, {}, &release_data},
};
constexpr std::size_t locked_only = 2;

}  // namespace

const KindRow array_kind{"Array", rows, &decode};
const KindRow raw_array_kind{"RawArray", std::span(rows).first(std::size(rows) - locked_only), &decode};
const MakerRow array_maker{"Array", "", parameters, &array_kind, 1, &make};
const MakerRow raw_array_maker{"RawArray", "", std::span(parameters).first(2), &raw_array_kind, 1, &make_raw};
const MakerRow array_lock_maker{"get_lock", "Array", {}, &data_lock_kind, 1, &get_lock_of_data};
const MakerRow array_object_maker{"get_obj", "Array", {}, &raw_array_kind, 1, &get_obj_of_data};

}  // namespace heddle::programs
