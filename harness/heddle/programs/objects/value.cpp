// Value and RawValue: one number, or one byte, of a type that the typecode tells.
//
// A Value that is made with lock=False is a RawValue that a program may ask for its lock: it has none, which
// is an AttributeError. What is asked of a RawValue is checked before the program runs.
#include <heddle/programs/objects/elements.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/shared/value.hpp>

namespace heddle::programs {
namespace {

class Number : public Data {
 public:
  virtual Payload load(mp::Location where) = 0;
  virtual void store(const Payload& payload, mp::Location where) = 0;
};

/// Storage: mp::Value<T> or mp::RawValue<T>. It is shared, because what get_obj() gives lies within it.
template <class T, class Storage>
class NumberOf final : public Number {
 public:
  NumberOf(std::string typecode, std::shared_ptr<Storage> storage)
      : typecode_(std::move(typecode)), storage_(std::move(storage)) {}

  Payload load(mp::Location where) override {
    return payload_of_element(static_cast<T>(storage_->value(where)));
  }
  void store(const Payload& payload, mp::Location where) override {
    const T element = element_of<T>(payload);
    storage_->value(where) = element;
  }
  mp::DataLock* lock() override {
    if constexpr (has_lock)
      return &storage_->get_lock();
    else
      return nullptr;
  }
  std::shared_ptr<Object> get_obj() override {
    using Raw = mp::RawValue<T>;
    if constexpr (has_lock)
      return std::make_shared<NumberOf<T, Raw>>(typecode_,
                                                std::shared_ptr<Raw>(storage_, &storage_->get_obj()));
    else
      return nullptr;
  }
  void encode(mp::Encoder& encoder) const override {
    encoder.text(typecode_);
    encoder.boolean(has_lock);
    storage_->encode(encoder);
  }

 private:
  static constexpr bool has_lock = std::is_same_v<Storage, mp::Value<T>>;

  std::string typecode_;
  std::shared_ptr<Storage> storage_;
};

template <class T, class Storage>
std::shared_ptr<Object> hold_number(std::string typecode, Storage storage) {
  return std::make_shared<NumberOf<T, Storage>>(std::move(typecode),
                                                std::make_shared<Storage>(std::move(storage)));
}

std::shared_ptr<Object> decode(mp::Decoder& decoder) {
  const std::string typecode = decoder.text();
  const bool has_lock = decoder.boolean();
  return visit_typecode(typecode, [&]<class T>(std::type_identity<T>) {
    return has_lock ? hold_number<T>(typecode, mp::Value<T>::decode(decoder))
                    : hold_number<T>(typecode, mp::RawValue<T>::decode(decoder));
  });
}

Number& number(Call& call) { return call.object<Number>(); }

Payload load(Call& call) { return number(call).load(call.where); }
Payload store(Call& call) {
  number(call).store(call.payload(0), call.where);
  return none();
}

template <class T>
std::shared_ptr<Object> make_raw_of(Call& call) {
  const T initial = call.has(1) ? element_of<T>(call.payload(1)) : T{};
  return hold_number<T>(call.text(0), mp::RawValue<T>(initial, {.name = call.name()}, call.where));
}
template <class T>
std::shared_ptr<Object> make_locked_of(Call& call) {
  const T initial = call.has(1) ? element_of<T>(call.payload(1)) : T{};
  const mp::DataOptions options{.name = call.name(), .lock = lock_option(call, 2)};
  return hold_number<T>(call.text(0), mp::Value<T>(initial, options, call.where));
}
Objects make_raw(Call& call) {
  return {visit_typecode(call.text(0), [&]<class T>(std::type_identity<T>) { return make_raw_of<T>(call); })};
}
Objects make(Call& call) {
  if (wants_no_lock(call, 2)) return make_raw(call);
  return {
      visit_typecode(call.text(0), [&]<class T>(std::type_identity<T>) { return make_locked_of<T>(call); })};
}

constexpr Parameter parameters[] = {
    {"typecode"}, {"value", ParameterKind::any, true}, {"lock", ParameterKind::any, true, data_locks}};
constexpr Parameter stored[] = {{"value"}};

constexpr OperationRow rows[] = {
    {"value", Form::read, {}, &load},
    {"value", Form::write, stored, &store},
    // Not of a RawValue: they stand last, and its table is cut before them.
    {"acquire", Form::call, acquire_parameters, &acquire_data},
    {"release", Form::call, {}, &release_data},
};
constexpr std::size_t locked_only = 2;

}  // namespace

const KindRow value_kind{"Value", rows, &decode};
const KindRow raw_value_kind{"RawValue", std::span(rows).first(std::size(rows) - locked_only), &decode};
const MakerRow value_maker{"Value", "", parameters, &value_kind, 1, &make};
const MakerRow raw_value_maker{"RawValue", "", std::span(parameters).first(2), &raw_value_kind, 1, &make_raw};
const MakerRow value_lock_maker{"get_lock", "Value", {}, &data_lock_kind, 1, &get_lock_of_data};
const MakerRow value_object_maker{"get_obj", "Value", {}, &raw_value_kind, 1, &get_obj_of_data};

}  // namespace heddle::programs
