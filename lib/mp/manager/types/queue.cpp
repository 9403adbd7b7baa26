// Queue and JoinableQueue, both of which are queue.Queue (MGR-01): what was put is there to be got at once
// (MGR-08). An item whose getter has gone away goes back to the front (the cure of MGR-11); it was never got.
#include <deque>

#include <mp/manager/objects.hpp>
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

class QueueObject final : public TableObject<QueueObject> {
 public:
  explicit QueueObject(std::int64_t size_max) : size_max_(size_max) {}
  static std::span<const Method<QueueObject>> methods();

 private:
  struct Item {
    Stored value;
    Stamp put = Stamp::none;
  };

  std::optional<Reply> put(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(3);
      call.deadline =
          queue_deadline(call.os, call.argument<bool>(1), call.argument<std::optional<double>>(2));
    }
    if (is_full()) return std::nullopt;
    items_.push_back({std::move(call.arguments[0]), call.request.stamp});
    ++unfinished_;
    return done();
  }
  std::optional<Reply> give_up_put(Call&) { throw Full(); }

  std::optional<Reply> get(Call& call) {
    if (!call.is_waiting) {
      call.demand_arguments(2);
      call.deadline =
          queue_deadline(call.os, call.argument<bool>(0), call.argument<std::optional<double>>(1));
    }
    if (items_.empty()) return std::nullopt;
    Item item = std::move(items_.front());
    items_.pop_front();
    call.carried = item.put;
    return done_with(call.objects.grant(item.value));
  }
  std::optional<Reply> give_up_get(Call&) { throw Empty(); }
  void undo_get(Call& call) {
    if (call.reply->status != Status::done) return;
    items_.push_front({call.objects.take_back(std::move(call.reply->values[0])), call.carried});
  }

  std::optional<Reply> task_done(Call& call) {
    call.demand_arguments(0);
    if (unfinished_ == 0) throw ValueError("task_done() called too many times");
    return done_with(--unfinished_);
  }
  // Those who wait are let go when the last item is done, before anybody can put another.
  std::optional<Reply> join(Call& call) {
    call.demand_arguments(0);
    if (unfinished_ > 0) return std::nullopt;
    return done();
  }

  std::optional<Reply> qsize(Call& call) {
    call.demand_arguments(0);
    return done_with(std::uint64_t{items_.size()});
  }
  std::optional<Reply> empty(Call& call) {
    call.demand_arguments(0);
    return done_with(items_.empty());
  }
  std::optional<Reply> full(Call& call) {
    call.demand_arguments(0);
    return done_with(is_full());
  }

  bool is_full() const { return size_max_ > 0 && static_cast<std::int64_t>(items_.size()) >= size_max_; }

  const std::int64_t size_max_;  // zero and below: none
  std::deque<Item> items_;
  std::uint64_t unfinished_ = 0;
};

std::span<const Method<QueueObject>> QueueObject::methods() {
  using Self = QueueObject;
  static constexpr Method<Self> rows[] = {
      {"get", &Self::get, &Self::give_up_get, nullptr, &Self::undo_get},
      {"put", &Self::put, &Self::give_up_put},
      {"task_done", &Self::task_done},
      {"join", &Self::join},
      {"qsize", &Self::qsize},
      {"empty", &Self::empty},
      {"full", &Self::full},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 1);
  return std::make_unique<QueueObject>(decode_message<std::int64_t>(arguments[0].bytes));
}

}  // namespace

const TypeRow queue_type{"Queue", &make};
const TypeRow joinable_queue_type{"JoinableQueue", &make};

}  // namespace mp::manager
