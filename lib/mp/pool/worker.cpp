// Taking tasks, running them, handing results in.
#include <mp/pool/worker.hpp>

#include <array>
#include <cerrno>

#include <mp/codec/raised.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/pool/task_code.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/state.hpp>
#include <mp/process/uncaught.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp::detail {

namespace {

template <class Function>
Function function_at(std::uint64_t address) {
  return reinterpret_cast<Function>(static_cast<std::uintptr_t>(address));
}

struct Performed {
  FrameKind kind = FrameKind::done;
  Bytes body = {};
  std::string failure = {};  // in words
};

Performed failed(const Raised& raised) {
  return {
      .kind = FrameKind::raised, .body = encode_message(raised), .failure = codec<Raised>::describe(raised)};
}

// The words of what is being handled, as the reason why a result cannot be sent.
Raised encoding_failure() {
  const Raised why = raised_now();
  return {.type = "mp::MaybeEncodingError",
          .words = "a result cannot be encoded: " + codec<Raised>::describe(why)};
}

Performed perform(const Frame& frame, PassedDescriptors passed) {
  Decoder arguments(frame.body, passed);
  Encoder results(Crossing::message);
  TaskCall call{.arguments = arguments, .results = results};
  Raised raised;
  try {
    function_at<TaskCode>(frame.header.code)(call);
    return {.kind = FrameKind::done, .body = results.take()};
  } catch (const SystemExit&) {
    throw;
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    raised =
        call.is_encoding ? encoding_failure() : raised_now(function_at<bool (*)(Raised&)>(frame.header.take));
  }
  return failed(raised);
}

/// The worker's end of the two pipes.
class Post {
 public:
  Post(Os& os, const WorkerBirth& birth) : os_(os), birth_(birth) {
    if (const Result<Descriptor> parent = os.open_process(process_state(os).identity->parent))
      parent_ = *parent;
  }

  /// Absent: there are no more, or the parent is gone.
  std::optional<Frame> next() {
    if (parent_ < 0) return std::nullopt;
    while (true) {
      if (const std::optional<Frame> frame = buffer_.take()) {
        if (frame->header.kind == FrameKind::stop) return std::nullopt;
        return frame;
      }
      if (!await(birth_.from_parent) || !buffer_.fill(os_, birth_.from_parent)) return std::nullopt;
    }
  }

  /// The descriptors of a task. Of one that does not come there is none, which its handle says.
  PassedDescriptors take_passed(std::size_t count) {
    PassedDescriptors passed;
    for (; count > 0; --count) {
      if (!await(birth_.passed)) break;
      const Result<Descriptor> fd = os_.receive_descriptor(birth_.passed);
      passed.add(fd ? *fd : -1);
    }
    return passed;
  }

  bool send(FrameKind kind, std::span<const std::byte> body = {}) {
    return write_frame(os_, birth_.to_parent, {.kind = kind}, body).has_value();
  }

 private:
  /// False: nothing comes, the parent is gone. A copy of its end may be in the hands of any of its other
  /// children, so that there is no end of file to be waited for.
  bool await(Descriptor fd) {
    while (true) {
      std::array items{PollItem{.fd = fd}, PollItem{.fd = parent_}};
      const Result<int> ready = os_.poll(items, never);
      if (!ready && ready.error().value == EINTR) continue;
      return ready && items[0].ready;
    }
  }

  Os& os_;
  const WorkerBirth& birth_;
  Descriptor parent_ = -1;  // ready once that process has ended; -1: it has
  FrameBuffer buffer_;
};

/// False: it raised, and the parent has been told.
bool initialise(Os& os, Post& post, const InitializerCall& initializer) {
  Raised raised;
  try {
    Decoder arguments(initializer.arguments);
    initializer.code(arguments);
    return post.send(FrameKind::ready);
  } catch (const SystemExit&) {
    throw;
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    raised = raised_now();
  }
  write_error(os, "the initializer of a pool raised in " + current_process().name() + "\n  " +
                      codec<Raised>::describe(raised) + "\n");
  static_cast<void>(post.send(FrameKind::initializer_raised, encode_message(raised)));
  return false;
}

/// False: there is nobody to work for.
bool work_once(Os& os, Post& post, const WorkerBirth& birth) {
  std::optional<Frame> task;
  std::optional<PassedDescriptors> passed;
  {
    Operation take(os, Verb::take, ObjectKind::pool, birth.pool, Location::current());
    task = post.next();
    if (!task) return false;
    passed.emplace(post.take_passed(task->header.passed));
    take.succeed();
  }
  const ObjectId job = task->header.job;
  const Performed performed = perform(*task, *std::move(passed));
  Operation hand_in(os, Verb::hand_in, ObjectKind::async_result, job, Location::current(), birth.pool);
  if (!post.send(performed.kind, performed.body)) return false;
  hand_in.succeed_with([&] { return performed.failure; }, performed.kind == FrameKind::raised ? 1 : 0);
  return true;
}

}  // namespace

void WorkerBirth::encode(Encoder& encoder) const {
  encode_object(encoder, pool);
  encoder.descriptor(from_parent, "Pool");
  encoder.descriptor(to_parent, "Pool");
  encoder.descriptor(passed, "Pool");
  encoder.natural(tasks_max);
  codec<std::vector<Descriptor>>::encode(encoder, foreign);
  encoder.boolean(initializer != nullptr);
  if (initializer == nullptr) return;
  encoder.natural(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(initializer->code)));
  encoder.bytes(initializer->arguments);
  encoder.keep(initializer);
  for (const Belongings::Watched& handle : initializer->belongings.watched)
    encoder.watch(handle.is_open, handle.what);
}

WorkerBirth WorkerBirth::decode(Decoder& decoder) {
  WorkerBirth birth;
  birth.pool = decode_object(decoder);
  birth.from_parent = decoder.descriptor();
  birth.to_parent = decoder.descriptor();
  birth.passed = decoder.descriptor();
  birth.tasks_max = decoder.natural();
  birth.foreign = codec<std::vector<Descriptor>>::decode(decoder);
  if (!decoder.boolean()) return birth;
  auto call = std::make_shared<InitializerCall>();
  call->code = function_at<void (*)(Decoder&)>(decoder.natural());
  call->arguments = decoder.bytes();
  birth.initializer = std::move(call);
  return birth;
}

void run_worker(const WorkerBirth& birth) {
  Os& here = os();
  for (const Descriptor fd : birth.foreign) static_cast<void>(here.close(fd));
  Post post(here, birth);
  if (birth.initializer != nullptr && !initialise(here, post, *birth.initializer)) exit(1);
  for (std::uint64_t done = 1; work_once(here, post, birth); ++done)
    if (done == birth.tasks_max) return;
}

}  // namespace mp::detail
