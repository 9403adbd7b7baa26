// A worker of a small pool: it takes tasks until it is told that there are no more or has had as many as it
// may have, and says when it begins with one and what came of it.
#pragma once

#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/zoo/pool_messages.hpp>
#include <tuple>

namespace heddle::zoo {

template <auto Function>
struct PoolTypes {
  using Item = std::tuple_element_t<0, typename mp::detail::SignatureOf<Function>::Values>;
  using Result = typename mp::detail::SignatureOf<Function>::Result;
  using Tasks = mp::SimpleQueue<std::optional<PoolTask<Item>>>;  // nothing: no more
  using Replies = mp::SimpleQueue<PoolReply<Result>>;
};

template <auto Function>
auto reply_to(const PoolTask<typename PoolTypes<Function>::Item>& task) {
  PoolReply<typename PoolTypes<Function>::Result> reply{
      .told = Told::done, .job = task.job, .part = task.part};
  try {
    reply.result = Function(task.item);
  } catch (const mp::Error& error) {
    reply.told = Told::failed;
    reply.words = error.what();
  }
  return reply;
}

template <auto Function>
void work(typename PoolTypes<Function>::Tasks& tasks, typename PoolTypes<Function>::Replies& replies,
          int tasks_max) {
  const mp::ProcessId self = mp::current_process().pid();
  for (int had = 0; had < tasks_max; ++had) {
    const auto task = tasks.get();
    if (!task) return;
    replies.put({.told = Told::started, .job = task->job, .part = task->part, .worker = self});
    replies.put(reply_to<Function>(*task));
  }
}

}  // namespace heddle::zoo
