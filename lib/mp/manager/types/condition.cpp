// Condition as threading has it, over an RLock of its own (MGR-09). A wait goes through two phases in one
// call: it waits to be notified with the lock given up, then for the lock. A client that goes away after it
// was notified and before it had the lock hands the notification on.
#include <algorithm>

#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

class ConditionObject final : public TableObject<ConditionObject> {
 public:
  static std::span<const Method<ConditionObject>> methods();

 private:
  // call.state of a wait; call.number is how often it had acquired.
  enum Phase : std::uint64_t { begins, waits, notified, timed_out };

  std::optional<Reply> acquire(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(2);
      call.deadline = lock_deadline(call.os, call.argument<bool>(0), call.argument<std::optional<double>>(1));
    }
    if (depth_ > 0 && owner_ != call.client) return std::nullopt;
    owner_ = call.client;
    return done_with(++depth_);
  }
  std::optional<Reply> give_up(Call&) { return done_with(std::uint64_t{0}); }
  void undo_acquire(Call& call) {
    if (decode_message<std::uint64_t>(call.reply->values.at(0).bytes) > 0) --depth_;
  }
  std::optional<Reply> release(Call& call) {
    call.demand_arguments(0);
    demand_owner(call, "cannot release un-acquired lock");
    return done_with(--depth_);
  }

  std::optional<Reply> wait(Call& call) {
    if (call.state == begins) {
      call.demand_arguments(1);
      demand_owner(call, "cannot wait on un-acquired lock");
      call.deadline = deadline_in(call.os, call.argument<std::optional<double>>(0));
      call.state = waits;
      call.number = std::exchange(depth_, 0);
      waiting_.push_back(&call);
      return std::nullopt;
    }
    if (call.state == waits || depth_ > 0) return std::nullopt;
    owner_ = call.client;
    depth_ = call.number;
    return done_with(call.state == notified);
  }
  std::optional<Reply> stop_waiting(Call& call) {
    std::erase(waiting_, &call);
    if (call.state == waits) call.state = timed_out;
    return wait(call);
  }
  void leave(Call& call) {
    std::erase(waiting_, &call);
    if (call.state == notified) choose(1);
  }
  void undo_wait(Call&) { depth_ = 0; }

  std::optional<Reply> notify(Call& call) {
    call.demand_arguments(1);
    demand_owner(call, "cannot notify on un-acquired lock");
    return done_with(choose(call.argument<std::int64_t>(0)));
  }
  std::optional<Reply> notify_all(Call& call) {
    call.demand_arguments(0);
    demand_owner(call, "cannot notify on un-acquired lock");
    return done_with(choose(static_cast<std::int64_t>(waiting_.size())));
  }

  void demand_owner(const Call& call, const char* words) const {
    if (depth_ == 0 || owner_ != call.client) throw RuntimeError(words);
  }
  /// The longest waiting first; gives how many.
  std::int64_t choose(std::int64_t count) {
    count = std::clamp<std::int64_t>(count, 0, static_cast<std::int64_t>(waiting_.size()));
    for (std::int64_t i = 0; i < count; ++i) waiting_[static_cast<std::size_t>(i)]->state = notified;
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    return count;
  }

  std::uint64_t depth_ = 0;
  ClientId owner_ = ClientId::none;  // meaningful while depth_ > 0
  std::vector<Call*> waiting_;       // to be notified, oldest first
};

std::span<const Method<ConditionObject>> ConditionObject::methods() {
  using Self = ConditionObject;
  static constexpr Method<Self> rows[] = {
      {"acquire", &Self::acquire, &Self::give_up, nullptr, &Self::undo_acquire},
      {"release", &Self::release},
      {"wait", &Self::wait, &Self::stop_waiting, &Self::leave, &Self::undo_wait},
      {"notify", &Self::notify},
      {"notify_all", &Self::notify_all},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 0);
  return std::make_unique<ConditionObject>();
}

}  // namespace

const TypeRow condition_type{"Condition", &make};

}  // namespace mp::manager
