// Value: one value of any kind (MGR-12). Two clients that read and then write it lose updates (MGR-04).
#include <mp/codec/plain_value.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>

namespace mp::manager {

namespace {

class ValueObject final : public TableObject<ValueObject> {
 public:
  explicit ValueObject(Stored value) : value_(std::move(value)) {}
  static std::span<const Method<ValueObject>> methods();

 private:
  std::optional<Reply> get(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::managed_value, Access::load, 0, value_.words);
    return done_with(call.objects.grant(value_));
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(1);
    value_ = std::move(call.arguments[0]);
    call.tell(ObjectKind::managed_value, Access::store, 0, value_.words);
    return done();
  }
  std::optional<Reply> str(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::managed_value, Access::load, 0, value_.words);
    return done_with("Value(" + plain_repr(value_.bytes) + ")");
  }

  Stored value_;
};

std::span<const Method<ValueObject>> ValueObject::methods() {
  static constexpr Method<ValueObject> rows[] = {
      {"get", &ValueObject::get},
      {"set", &ValueObject::set},
      {"str", &ValueObject::str},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 1);
  return std::make_unique<ValueObject>(std::move(arguments[0]));
}

}  // namespace

const TypeRow value_type{"Value", &make};

}  // namespace mp::manager
