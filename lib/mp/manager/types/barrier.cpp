// Barrier as threading has it, without an action: code does not cross. Parties come in generations; a
// generation ends when all have come, or when a party gives up or somebody aborts or resets, which breaks it
// for those who wait: they are all attempted again before the next one can end. A party that goes away while
// it waits has come and stays counted, as that of an mp::Barrier.
#include <mp/manager/types/rows.hpp>
#include <mp/manager/types/waiting.hpp>

namespace mp::manager {

namespace {

constexpr const char* broken_words = "the barrier is broken";

class BarrierObject final : public TableObject<BarrierObject> {
 public:
  BarrierObject(std::int64_t parties, std::optional<double> timeout) : parties_(parties), timeout_(timeout) {}
  static std::span<const Method<BarrierObject>> methods();

 private:
  enum class End : std::uint8_t { released, broken };
  static constexpr std::uint64_t none = 0;  // no generation

  // call.state of a wait is its generation, call.number the party's index.
  std::optional<Reply> wait(Call& call) {
    if (call.state == none) {
      call.demand_arguments(1);
      if (is_broken_) throw BrokenBarrierError(broken_words);
      tell_generation(call);
      auto seconds = call.argument<std::optional<double>>(0);
      call.deadline = deadline_in(call.os, seconds ? seconds : timeout_);
      call.number = static_cast<std::uint64_t>(arrived_++);
      call.state = generation_;
      if (arrived_ == parties_) end(End::released);
    }
    if (call.state == generation_) return std::nullopt;
    if (last_end_ == End::broken) throw BrokenBarrierError(broken_words);
    return done_with(call.number);
  }
  std::optional<Reply> give_up(Call& call) {
    break_it();
    return wait(call);
  }

  std::optional<Reply> abort(Call& call) {
    call.demand_arguments(0);
    break_it();
    return done();
  }
  std::optional<Reply> reset(Call& call) {
    call.demand_arguments(0);
    end(End::broken);
    is_broken_ = false;
    return done();
  }
  std::optional<Reply> parties(Call& call) {
    call.demand_arguments(0);
    return done_with(parties_);
  }
  std::optional<Reply> n_waiting(Call& call) {
    call.demand_arguments(0);
    return done_with(is_broken_ ? 0 : arrived_);
  }
  std::optional<Reply> has_broken(Call& call) {
    call.demand_arguments(0);
    return done_with(is_broken_);
  }

  void break_it() {
    end(End::broken);
    is_broken_ = true;
  }
  void end(End how) {
    last_end_ = how;
    arrived_ = 0;
    ++generation_;
  }
  // Said before anybody else can know, as mp::Barrier does.
  void tell_generation(const Call& call) const {
    if (!call.os.is_listening()) return;
    call.os.annotate({.kind = Annotation::Kind::count,
                      .object_kind = ObjectKind::barrier,
                      .object = call.request.object,
                      .number = static_cast<std::int64_t>(generation_),
                      .text = "generation"});
  }

  const std::int64_t parties_;
  const std::optional<double> timeout_;
  std::int64_t arrived_ = 0;
  std::uint64_t generation_ = 1;
  End last_end_ = End::released;
  bool is_broken_ = false;
};

std::span<const Method<BarrierObject>> BarrierObject::methods() {
  using Self = BarrierObject;
  static constexpr Method<Self> rows[] = {
      {"wait", &Self::wait, &Self::give_up}, {"abort", &Self::abort},         {"reset", &Self::reset},
      {"parties", &Self::parties},           {"n_waiting", &Self::n_waiting}, {"broken", &Self::has_broken},
  };
  return rows;
}

std::unique_ptr<Object> make(std::vector<Stored> arguments) {
  demand_arguments(arguments, 2);
  const auto parties = decode_message<std::int64_t>(arguments[0].bytes);
  if (parties < 1) throw ValueError("a barrier has at least one party");
  return std::make_unique<BarrierObject>(parties, decode_message<std::optional<double>>(arguments[1].bytes));
}

}  // namespace

const TypeRow barrier_type{"Barrier", &make};

}  // namespace mp::manager
