// The program clock (DESIGN §7): what a program may rely on having happened before what, because the
// outermost operations of its own tasks promise it. That a helper or a server happened to serve one
// before another orders nothing. The race rules read it; a test holds it to be a subset of the os clock.
//
// A publication is made when an operation begins, a subscription when it has succeeded: between the two
// the effect takes place, so no promised edge can be missed. A publication that begins early may order a
// little more than promised when two permits of one semaphore are in flight; it never orders less.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/core/clock.hpp>
#include <heddle/core/table.hpp>

namespace heddle {

struct OperationRow;
struct Situation;

/// Does the holder of a lock know what its earlier holders did? Whoever asks which of two came first by more
/// than the chance of who got the lock leaves that out.
enum class LockEdges : std::uint8_t { counted, left_out };

class ProgramClock {
 public:
  explicit ProgramClock(LockEdges lock_edges = LockEdges::counted) : lock_edges_(lock_edges) {}

  void clear();
  void task_started(TaskIndex child, TaskIndex parent);
  void task_ended(const Situation& situation, TaskIndex task);
  /// Does anything depend on the beginning, or on the end, of such an operation? Most do nothing there.
  static bool matters_at_begin(const OperationRow& operation);
  static bool matters_at_end(const OperationRow& operation);
  void operation_begun(const Situation& situation, std::uint32_t operation);
  void operation_ended(const Situation& situation, std::uint32_t operation);
  /// The task has its place in a generation of a barrier's parties, or has done that generation's action.
  void place_taken(std::uint32_t barrier, std::int64_t generation, TaskIndex task);
  /// A copy of a stream's sending end was closed, by itself or by its process's end.
  void stream_closed(std::uint32_t stream, TaskIndex closer);
  /// A receiver has learned that all of them were.
  void end_of_file(std::uint32_t stream, TaskIndex reader);
  /// A poll came upon bytes of that operation, or upon the end of that process.
  void bytes_seen(std::uint32_t operation, TaskIndex watcher);
  void end_seen(std::uint32_t process, TaskIndex watcher);

  const Clock& of(TaskIndex task) const { return tasks_[task].clock; }
  Epoch now(TaskIndex task) const { return {task, tasks_[task].clock.at(task)}; }

 private:
  struct Row {
    Clock clock;
    void reset() { clock.clear(); }
  };
  /// All that the parties of one generation knew when they came.
  struct Meeting {
    std::uint32_t barrier = 0;
    std::int64_t generation = 0;
    Clock clock = {};
    void reset() { clock.clear(); }
  };
  struct Place {
    std::uint32_t meeting = 0;  // the last one that the task came to
    void reset() {}
  };
  Clock& row(Table<Row>& table, std::uint32_t index);
  void publish(TaskIndex task, Clock& into);
  void learn_of_end(const Situation& situation, const OperationRow& operation, Clock& mine);
  void learn_of_workers(const Situation& situation, std::uint32_t pool, Clock& mine);
  void learn_of_dead_holder(const Situation& situation, std::uint32_t lock, Clock& mine);
  void learn_of_children(const Situation& situation, TaskIndex finishing);

  LockEdges lock_edges_;
  Table<Row> tasks_;
  Table<Row> processes_;   // all that the ended tasks of a process knew
  Table<Row> objects_;     // what release, notify and task_done published
  Table<Row> streams_;     // what closing a sending end published
  Table<Row> operations_;  // what put and send carried
  Table<Meeting> meetings_;
  Table<Place> places_;  // by task
};

}  // namespace heddle
