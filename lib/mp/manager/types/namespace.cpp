// Namespace: values by name (MGR-13). Names that begin with '_' never come here, they are the proxy's own.
#include <map>

#include <mp/codec/plain_value.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>

namespace mp::manager {

namespace {

class NamespaceObject final : public TableObject<NamespaceObject> {
 public:
  static std::span<const Method<NamespaceObject>> methods();

 private:
  std::optional<Reply> get(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    tell(call, Access::load, found == values_.end() ? "" : found->second.words);
    if (found == values_.end()) throw missing(call);
    return done_with(call.objects.grant(found->second));
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(2);
    Stored& value = values_[call.argument<std::string>(0)];
    value = std::move(call.arguments[1]);
    tell(call, Access::store, value.words);
    return done();
  }
  std::optional<Reply> erase(Call& call) {
    call.demand_arguments(1);
    const auto found = find(call);
    tell(call, found == values_.end() ? Access::load : Access::store, {});
    if (found == values_.end()) throw missing(call);
    values_.erase(found);
    return done();
  }
  std::optional<Reply> str(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::name_space, Access::load, 0);
    std::string words;
    for (const auto& [name, value] : values_)
      words += (words.empty() ? "" : ", ") + name + "=" + plain_repr(value.bytes);
    return done_with("Namespace(" + words + ")");
  }

  std::map<std::string, Stored>::iterator find(const Call& call) {
    return values_.find(call.argument<std::string>(0));
  }
  static AttributeError missing(const Call& call) {
    return AttributeError("'Namespace' object has no attribute '" + call.argument<std::string>(0) + "'");
  }
  static void tell(const Call& call, Access access, std::string_view words) {
    call.tell(ObjectKind::name_space, access, part_of(call.arguments[0].bytes), words);
  }

  std::map<std::string, Stored> values_;
};

std::span<const Method<NamespaceObject>> NamespaceObject::methods() {
  using Self = NamespaceObject;
  static constexpr Method<Self> rows[] = {
      {"get", &Self::get},
      {"set", &Self::set},
      {"del", &Self::erase},
      {"str", &Self::str},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 0);
  return std::make_unique<NamespaceObject>();
}

}  // namespace

const TypeRow namespace_type{"Namespace", &make};

}  // namespace mp::manager
