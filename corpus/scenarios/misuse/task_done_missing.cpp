// Waiting for items that were got and that nobody will mark done any more.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

using Tasks = mp::JoinableQueue<int>;

// Rows are stored in batches, and a batch is marked done as if it were one item.
namespace batches {

constexpr int rows = 4;
constexpr int batch_rows = 2;

void store(Tasks& queue) {
  for (int row = 0; row < rows; row += batch_rows) {
    for (int i = 0; i < batch_rows; ++i) queue.get();
    queue.task_done();  // the plant
  }
}

void store_fixed(Tasks& queue) {
  for (int row = 0; row < rows; row += batch_rows) {
    for (int i = 0; i < batch_rows; ++i) queue.get();
    for (int i = 0; i < batch_rows; ++i) queue.task_done();
  }
}

template <auto Store>
void body() {
  Tasks queue(0, {.name = "rows"});
  mp::Process writer(mp::fn<Store>, mp::args(queue), {.name = "writer"});
  writer.start();
  for (int row = 0; row < rows; ++row) queue.put(row);
  queue.join();
  writer.join();
}

}  // namespace batches

// A thread gives up at the first picture that is too wide, with that picture in its hands.
namespace gives_up {

constexpr int end = 0;

void resize(int width) {
  if (width > 4000) throw std::length_error("too wide");
}

void work(Tasks& pictures) {
  try {
    while (const int width = pictures.get()) {
      resize(width);
      pictures.task_done();
    }
  } catch (const std::length_error&) {
    // The plant: the thread ends here, and the picture is never marked done.
  }
}

void work_fixed(Tasks& pictures) {
  while (const int width = pictures.get()) {
    try {
      resize(width);
    } catch (const std::length_error&) {
      // It stays as it is.
    }
    pictures.task_done();
  }
}

template <auto Work>
void body() {
  Tasks pictures(0, {.name = "pictures"});
  mp::Thread worker([&] { Work(pictures); }, {.name = "worker"});
  worker.start();
  for (const int width : {640, 8000, 1024}) pictures.put(width);
  pictures.join();
  pictures.put(end);
  worker.join();
}

}  // namespace gives_up

// main collects the results of a worker, and then waits until all of them are done: by itself.
namespace own_results {

constexpr int count = 2;

void compute(Tasks& results) {
  for (int number = 1; number <= count; ++number) results.put(number * number);
}

template <bool is_fixed>
void body() {
  Tasks results(0, {.name = "results"});
  mp::Process worker(mp::fn<&compute>, mp::args(results), {.name = "worker"});
  worker.start();
  for (int i = 0; i < count; ++i) {
    results.get();
    if (is_fixed) results.task_done();
  }
  results.join();
  worker.join();
}

}  // namespace own_results

}  // namespace

std::vector<Scenario> task_done_missing() {
  const std::vector<ExpectedFinding> caught{{.rule = "task-done-missing"}};
  return {
      {.name = "misuse/task-done-missing-1",
       .summary = "a writer marks each batch of rows done once, not each row",
       .body = &batches::body<&batches::store>,
       .expected = caught},
      {.name = "misuse/task-done-missing-1-fixed",
       .summary = "a writer marks each row of a batch done, once the batch is stored",
       .body = &batches::body<&batches::store_fixed>},
      {.name = "misuse/task-done-missing-2",
       .summary = "a thread ends at a picture that it cannot resize and does not mark it done",
       .body = &gives_up::body<&gives_up::work>,
       .expected = caught},
      {.name = "misuse/task-done-missing-2-fixed",
       .summary = "a thread marks pictures done that it cannot resize, and goes on",
       .body = &gives_up::body<&gives_up::work_fixed>},
      {.name = "misuse/task-done-missing-3",
       .summary = "main gets all results itself, marks none done and joins the queue",
       .body = &own_results::body<false>,
       .expected = caught},
      {.name = "misuse/task-done-missing-3-fixed",
       .summary = "main gets all results, marks each done and joins the queue",
       .body = &own_results::body<true>},
  };
}

}  // namespace heddle::misuse
