// Pools that are destroyed while they run: a local one whose results have all been got, one that an exception
// leaves behind, one in whose place another is put. Mended by close() and join(), by terminate() where the
// exception comes by.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

int cube(int number) { return number * number * number; }

template <bool closes>
std::vector<int> cubes_of(const std::vector<int>& numbers) {
  mp::Pool pool(2, {.name = "cubers"});
  std::vector<int> cubes;
  for (const int each : pool.imap(mp::fn<&cube>, numbers)) cubes.push_back(each);
  if (closes) {
    pool.close();
    pool.join();
  }
  return cubes;
}

template <bool closes>
void cubes() {
  check(cubes_of<closes>({1, 2}) == std::vector<int>{1, 8}, "the cubes, in order");
}

int parse(int line) {
  if (line < 0) throw mp::ValueError("no such line");
  return line;
}

std::vector<int> parse_all(mp::ThreadPool& pool, const std::vector<int>& lines) {
  std::vector<int> parsed = pool.map(&parse, lines, 1);
  pool.close();
  pool.join();
  return parsed;
}

void parse_or_leave(const std::vector<int>& lines) {
  mp::ThreadPool pool(2, {.name = "parsers"});
  parse_all(pool, lines);
}

void parse_or_terminate(const std::vector<int>& lines) {
  mp::ThreadPool pool(2, {.name = "parsers"});
  try {
    parse_all(pool, lines);
  } catch (...) {
    pool.terminate();
    throw;
  }
}

template <auto parse_them>
void lines_parsed() {
  try {
    parse_them({4, -4});
  } catch (const mp::ValueError&) {
    outcome("no such line");
  }
}

template <bool closes>
void pool_enlarged() {
  mp::Pool pool(1, {.name = "small"});
  check(pool.apply(mp::fn<&cube>, mp::args(2)) == 8, "the first cube");
  if (closes) {
    pool.close();
    pool.join();
  }
  pool = mp::Pool(2, {.name = "large"});
  check(pool.apply(mp::fn<&cube>, mp::args(3)) == 27, "the second cube");
  pool.close();
  pool.join();
}

}  // namespace

std::vector<Scenario> pool_not_closed() {
  const std::vector<ExpectedFinding> running = {{.rule = "pool-not-closed"}};
  return {
      {.name = "misuse/pool-not-closed-1",
       .summary = "a function gets all results of a Pool of its own and returns",
       .body = &cubes<false>,
       .expected = running},
      {.name = "misuse/pool-not-closed-1-fixed",
       .summary = "a function gets all results of a Pool of its own, closes and joins it and returns",
       .body = &cubes<true>},
      {.name = "misuse/pool-not-closed-2",
       .summary = "what a job raises leaves the function in which a ThreadPool would have been closed",
       .body = &lines_parsed<&parse_or_leave>,
       .expected = running},
      {.name = "misuse/pool-not-closed-2-fixed",
       .summary = "what a job raises is caught where a ThreadPool is, which is terminated",
       .body = &lines_parsed<&parse_or_terminate>,
       .outcomes = {"no such line"}},
      {.name = "misuse/pool-not-closed-3",
       .summary = "a larger Pool is put in the place of one that is open",
       .body = &pool_enlarged<false>,
       .expected = running},
      {.name = "misuse/pool-not-closed-3-fixed",
       .summary = "a larger Pool is put in the place of one that is closed",
       .body = &pool_enlarged<true>},
  };
}

}  // namespace heddle::misuse
