// The Semaphore handle over a Counter.
#include <mp/sync/semaphore.hpp>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>
#include <mp/sync/lock_core.hpp>

namespace mp {

namespace {

SharedBlock<Counter> make_counter(int value) {
  if (value < 0) throw_os_error({EINVAL}, "a semaphore's value cannot be negative");
  SharedBlock<Counter> counter;
  counter->initialise(os(), static_cast<std::uint32_t>(value));
  return counter;
}

}  // namespace

Semaphore::Semaphore(int value, NameOption options, Location where)
    : Semaphore{make_counter(value),
                announce(os(), ObjectKind::semaphore, options.name, where, ObjectId::none, value)} {}

Semaphore::Semaphore(SharedBlock<Counter> counter, ObjectId object)
    : counter_(std::move(counter)), object_(object), claim_(os(), object) {}

bool Semaphore::acquire(bool block, Timeout timeout, Location where) {
  Os& here = os();
  Operation operation(here, Verb::acquire, ObjectKind::semaphore, object_, where);
  if (!counter_->acquire(here, deadline_of(here, block, timeout))) return false;
  operation.succeed();
  return true;
}

void Semaphore::release(Location where) { release_below(Counter::value_max, where); }

void Semaphore::release_below(int max, Location where) {
  Os& here = os();
  Operation operation(here, Verb::release, ObjectKind::semaphore, object_, where);
  if (!counter_->release(here, static_cast<std::uint32_t>(max))) {
    constexpr const char* words = "semaphore or lock released too many times";
    report_misuse(here, ObjectKind::semaphore, object_, "semaphore-over-release", words, where);
    throw ValueError(words);
  }
  operation.succeed();
}

int Semaphore::get_value(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::get_value, ObjectKind::semaphore, object_, where);
  const auto value = static_cast<int>(counter_->value(here));
  operation.succeed(value);
  return value;
}

void Semaphore::encode(Encoder& encoder) const { encode_as(encoder, "Semaphore"); }

void Semaphore::encode_as(Encoder& encoder, std::string_view what) const {
  counter_.encode(encoder, what);
  encode_object(encoder, object_);
}

Semaphore Semaphore::decode(Decoder& decoder) {
  SharedBlock<Counter> counter = SharedBlock<Counter>::decode(decoder);
  return Semaphore(std::move(counter), decode_object(decoder));
}

}  // namespace mp
