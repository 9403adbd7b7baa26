// Event as threading has it. Who waits is let go in the very step in which it is set, so a clear that follows
// takes nothing back (MGR-09).
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

class EventObject final : public TableObject<EventObject> {
 public:
  static std::span<const Method<EventObject>> methods();

 private:
  std::optional<Reply> is_set(Call& call) {
    call.demand_arguments(0);
    return done_with(is_set_);
  }
  std::optional<Reply> set(Call& call) {
    call.demand_arguments(0);
    is_set_ = true;
    return done();
  }
  std::optional<Reply> clear(Call& call) {
    call.demand_arguments(0);
    is_set_ = false;
    return done();
  }
  std::optional<Reply> wait(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(1);
      call.deadline = deadline_in(call.os, call.argument<std::optional<double>>(0));
    }
    if (!is_set_) return std::nullopt;
    return done_with(true);
  }
  std::optional<Reply> give_up(Call&) { return done_with(false); }

  bool is_set_ = false;
};

std::span<const Method<EventObject>> EventObject::methods() {
  static constexpr Method<EventObject> rows[] = {
      {"is_set", &EventObject::is_set},
      {"set", &EventObject::set},
      {"clear", &EventObject::clear},
      {"wait", &EventObject::wait, &EventObject::give_up},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 0);
  return std::make_unique<EventObject>();
}

}  // namespace

const TypeRow event_type{"Event", &make};

}  // namespace mp::manager
