// Jobs that fail and tell nobody: one that is only waited for, a map that is fired and forgotten, jobs of
// which those that go well have a callback. Mended by get(), by successful(), by an error callback.
#include <exception>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

void upload(int megabytes) {
  if (megabytes > 5) throw mp::OSError("too large");
}

template <bool gets>
void uploaded() {
  mp::ThreadPool pool(1, {.name = "uploaders"});
  const auto result = pool.apply_async(&upload, mp::args(7), {.name = "video"});
  result.wait();
  try {
    if (gets) result.get();
  } catch (const mp::OSError&) {
    outcome("not uploaded");
  }
  pool.close();
  pool.join();
}

int parse(int line) {
  if (line < 0) throw mp::ValueError("no such line");
  return line;
}

template <bool looks>
void parsed() {
  mp::Pool pool(2, {.name = "parsers"});
  const auto results = pool.map_async(mp::fn<&parse>, std::vector<int>{3, -1}, 1, {.name = "lines"});
  pool.close();
  pool.join();
  if (looks) outcome(results.successful() ? "parsed" : "not parsed");
}

template <bool has_error_callback>
void collected() {
  std::vector<int> good;  // by one thread of the pool's
  int bad = 0;
  mp::JobOptions<int> options{.callback = [&good](int line) { good.push_back(line); }};
  if (has_error_callback) options.error_callback = [&bad](std::exception_ptr) { ++bad; };
  mp::Pool pool(2, {.name = "parsers"});
  for (const int line : {-1, 4}) pool.apply_async(mp::fn<&parse>, mp::args(line), options);
  pool.close();
  pool.join();
  outcome(static_cast<std::int64_t>(good.size()) + bad);
}

}  // namespace

std::vector<Scenario> pool_result_unread() {
  const std::vector<ExpectedFinding> unread = {{.rule = "pool-result-unread"}};
  return {
      {.name = "misuse/pool-result-unread-1",
       .summary = "an upload by a ThreadPool fails, and main only wait()s for it",
       .body = &uploaded<false>,
       .expected = unread},
      {.name = "misuse/pool-result-unread-1-fixed",
       .summary = "an upload by a ThreadPool fails, and main get()s its result",
       .body = &uploaded<true>,
       .outcomes = {"not uploaded"}},
      {.name = "misuse/pool-result-unread-2",
       .summary = "one line of a map_async() cannot be parsed, and nobody looks at the result",
       .body = &parsed<false>,
       .expected = unread},
      {.name = "misuse/pool-result-unread-2-fixed",
       .summary = "one line of a map_async() cannot be parsed, and main asks if it was successful()",
       .body = &parsed<true>,
       .outcomes = {"not parsed"}},
      {.name = "misuse/pool-result-unread-3",
       .summary = "jobs have a callback for what they give and none for what they raise",
       .body = &collected<false>,
       .expected = unread},
      {.name = "misuse/pool-result-unread-3-fixed",
       .summary = "jobs have a callback for what they give and one for what they raise",
       .body = &collected<true>,
       .outcomes = {"2"}},
  };
}

}  // namespace heddle::misuse
