// Semaphore and BoundedSemaphore as threading has them (MGR-09).
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

class SemaphoreObject final : public TableObject<SemaphoreObject> {
 public:
  SemaphoreObject(std::int64_t value, std::optional<std::int64_t> bound) : value_(value), bound_(bound) {}
  static std::span<const Method<SemaphoreObject>> methods();

 private:
  std::optional<Reply> acquire(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(2);
      call.deadline =
          semaphore_deadline(call.os, call.argument<bool>(0), call.argument<std::optional<double>>(1));
    }
    if (value_ == 0) return std::nullopt;
    --value_;
    return done_with(true);
  }
  std::optional<Reply> give_up(Call&) { return done_with(false); }
  void undo_acquire(Call& call) {
    if (decode_message<bool>(call.reply->values.at(0).bytes)) ++value_;
  }
  std::optional<Reply> release(Call& call) {
    call.demand_arguments(0);
    if (bound_ && value_ >= *bound_) throw ValueError("Semaphore released too many times");
    ++value_;
    return done();
  }

  std::int64_t value_;
  std::optional<std::int64_t> bound_;
};

std::span<const Method<SemaphoreObject>> SemaphoreObject::methods() {
  static constexpr Method<SemaphoreObject> rows[] = {
      {"acquire", &SemaphoreObject::acquire, &SemaphoreObject::give_up, nullptr,
       &SemaphoreObject::undo_acquire},
      {"release", &SemaphoreObject::release},
  };
  return rows;
}

enum class Bound : std::uint8_t { none, initial_value };

template <Bound bound>
std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 1);
  const auto value = decode_message<std::int64_t>(arguments[0].bytes);
  if (value < 0) throw ValueError("semaphore initial value must be >= 0");
  std::optional<std::int64_t> max;
  if (bound == Bound::initial_value) max = value;
  return std::make_unique<SemaphoreObject>(value, max);
}

}  // namespace

const TypeRow semaphore_type{"Semaphore", &make<Bound::none>};
const TypeRow bounded_semaphore_type{"BoundedSemaphore", &make<Bound::initial_value>};

}  // namespace mp::manager
