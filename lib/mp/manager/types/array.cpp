// Array: a fixed number of elements of one type, which the proxy sees to (MGR-12).
#include <mp/codec/plain_value.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/sequence.hpp>

namespace mp::manager {

namespace {

constexpr const char* read_words = "array index out of range";
constexpr const char* write_words = "array assignment index out of range";

class ArrayObject final : public TableObject<ArrayObject> {
 public:
  ArrayObject(std::string typecode, std::vector<Stored> elements)
      : typecode_(std::move(typecode)), elements_(std::move(elements)) {}
  static std::span<const Method<ArrayObject>> methods();

 private:
  std::optional<Reply> get(Call& call) {
    call.demand_arguments(1);
    const std::size_t at = position_in(elements_.size(), call.argument<std::int64_t>(0), read_words);
    call.tell(ObjectKind::managed_array, Access::load, element_part(at), elements_[at].words);
    return done_with(call.objects.grant(elements_[at]));
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(2);
    const std::size_t at = position_in(elements_.size(), call.argument<std::int64_t>(0), write_words);
    elements_[at] = std::move(call.arguments[1]);
    call.tell(ObjectKind::managed_array, Access::store, element_part(at), elements_[at].words);
    return done();
  }
  std::optional<Reply> slice(Call& call) {
    call.demand_arguments(2);
    const Slice slice = slice_in(elements_.size(), call.argument<std::optional<std::int64_t>>(0),
                                 call.argument<std::optional<std::int64_t>>(1));
    Reply reply;
    for (std::size_t at = slice.begin; at < slice.end; ++at) {
      call.tell(ObjectKind::managed_array, Access::load, element_part(at), elements_[at].words);
      reply.values.push_back(call.objects.grant(elements_[at]));
    }
    return reply;
  }
  std::optional<Reply> size(Call& call) {
    call.demand_arguments(0);
    return done_with(std::uint64_t{elements_.size()});
  }
  std::optional<Reply> str(Call& call) {
    call.demand_arguments(0);
    call.tell(ObjectKind::managed_array, Access::load, 0);
    std::string words;
    for (const Stored& each : elements_) words += (words.empty() ? "" : ", ") + plain_repr(each.bytes);
    return done_with("array('" + typecode_ + "'" + (words.empty() ? "" : ", [" + words + "]") + ")");
  }

  const std::string typecode_;
  std::vector<Stored> elements_;
};

std::span<const Method<ArrayObject>> ArrayObject::methods() {
  using Self = ArrayObject;
  static constexpr Method<Self> rows[] = {
      {"get", &Self::get},  {"set", &Self::set}, {"slice", &Self::slice},
      {"len", &Self::size}, {"str", &Self::str},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  if (arguments.empty()) throw DecodeError("an array needs a typecode");
  std::string typecode = decode_message<std::string>(arguments[0].bytes);
  constexpr std::string_view known = "bBuhHiIlLqQfd";
  if (typecode.size() != 1 || known.find(typecode) == std::string_view::npos)
    throw ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  arguments.erase(arguments.begin());
  return std::make_unique<ArrayObject>(std::move(typecode), std::move(arguments));
}

}  // namespace

const TypeRow array_type{"Array", &make};

}  // namespace mp::manager
