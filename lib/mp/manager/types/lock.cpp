// Lock and RLock as threading has them (MGR-09): anybody may release a Lock, only the client that has it an
// RLock. A client that ends while it holds one leaves it held (MGR-10); one that ends while it waits, or
// before it has learnt that it got the lock, leaves nothing behind.
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

Instant deadline_of_acquire(const Call& call) {
  call.demand_arguments(2);
  return lock_deadline(call.os, call.argument<bool>(0), call.argument<std::optional<double>>(1));
}

class LockObject final : public TableObject<LockObject> {
 public:
  static std::span<const Method<LockObject>> methods();

 private:
  std::optional<Reply> acquire(Call& call) {
    if (!call.is_waiting) call.deadline = deadline_of_acquire(call);
    if (is_held_) return std::nullopt;
    is_held_ = true;
    return done_with(true);
  }
  std::optional<Reply> give_up(Call&) { return done_with(false); }
  void undo_acquire(Call& call) {
    if (decode_message<bool>(call.reply->values.at(0).bytes)) is_held_ = false;
  }
  std::optional<Reply> release(Call& call) {
    call.demand_arguments(0);
    if (!is_held_) throw RuntimeError("release unlocked lock");
    is_held_ = false;
    return done();
  }

  bool is_held_ = false;
};

std::span<const Method<LockObject>> LockObject::methods() {
  static constexpr Method<LockObject> rows[] = {
      {"acquire", &LockObject::acquire, &LockObject::give_up, nullptr, &LockObject::undo_acquire},
      {"release", &LockObject::release},
  };
  return rows;
}

class RLockObject final : public TableObject<RLockObject> {
 public:
  static std::span<const Method<RLockObject>> methods();

 private:
  // Gives how often the client has it now, 0 for not at all.
  std::optional<Reply> acquire(Call& call) {
    if (!call.is_waiting) call.deadline = deadline_of_acquire(call);
    if (depth_ > 0 && owner_ != call.client) return std::nullopt;
    owner_ = call.client;
    return done_with(++depth_);
  }
  std::optional<Reply> give_up(Call&) { return done_with(std::uint64_t{0}); }
  void undo_acquire(Call& call) {
    if (decode_message<std::uint64_t>(call.reply->values.at(0).bytes) > 0) --depth_;
  }
  // Gives how often the client still has it.
  std::optional<Reply> release(Call& call) {
    call.demand_arguments(0);
    if (depth_ == 0 || owner_ != call.client) throw RuntimeError("cannot release un-acquired lock");
    return done_with(--depth_);
  }

  std::uint64_t depth_ = 0;
  ClientId owner_ = ClientId::none;  // meaningful while depth_ > 0
};

std::span<const Method<RLockObject>> RLockObject::methods() {
  static constexpr Method<RLockObject> rows[] = {
      {"acquire", &RLockObject::acquire, &RLockObject::give_up, nullptr, &RLockObject::undo_acquire},
      {"release", &RLockObject::release},
  };
  return rows;
}

template <class T>
std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 0);
  return std::make_unique<T>();
}

}  // namespace

const TypeRow lock_type{"Lock", &make<LockObject>};
const TypeRow rlock_type{"RLock", &make<RLockObject>};

}  // namespace mp::manager
