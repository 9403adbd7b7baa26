// Callbacks that raise: one that looks a name up which is not there, one that reads a number from a text that
// has none, an error callback that raises on what it is told. Mended by asking first, by catching, by keeping
// the error for main.
#include <exception>
#include <heddle/api/heddle.hpp>
#include <map>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

std::string vote(int voter) { return voter == 1 ? "pear" : "plum"; }

template <bool adds_names>
void election() {
  std::map<std::string, int> votes{{"pear", 0}};
  mp::Pool pool(2, {.name = "voters"});
  for (const int voter : {1, 2})
    pool.apply_async(mp::fn<&vote>, mp::args(voter), {.callback = [&votes](const std::string& name) {
                       if (adds_names)
                         votes[name] += 1;
                       else
                         votes.at(name) += 1;
                     }});
  pool.close();
  pool.join();
  check(votes["pear"] == 1, "one vote for the pear");
}

std::string measure(int sensor) { return sensor == 1 ? "21" : "n/a"; }

int sum_of(const std::vector<std::string>& texts) {
  int sum = 0;
  for (const std::string& text : texts) sum += std::stoi(text);
  return sum;
}

template <bool catches>
void temperatures() {
  int sum = 0;
  mp::ThreadPool pool(2, {.name = "sensors"});
  pool.map_async(&measure, std::vector<int>{1, 2}, 1,
                 {.callback = [&sum](const std::vector<std::string>& texts) {
                   try {
                     sum = sum_of(texts);
                   } catch (const std::invalid_argument&) {
                     if (!catches) throw;
                   }
                 }});
  pool.close();
  pool.join();
  outcome(sum);
}

int divide(int dividend, int divisor) {
  if (divisor == 0) throw mp::ValueError("division by zero");
  return dividend / divisor;
}

template <bool keeps>
void quotients() {
  std::exception_ptr failure;  // by one thread of the pool's
  mp::ThreadPool pool(1, {.name = "dividers"});
  pool.apply_async(&divide, mp::args(4, 0), {.error_callback = [&failure](std::exception_ptr raised) {
    if (!keeps) std::rethrow_exception(raised);
    failure = raised;
  }});
  pool.close();
  pool.join();
  check(failure != nullptr, "main is told of the failure");
}

}  // namespace

std::vector<Scenario> pool_callback_raised() {
  const std::vector<ExpectedFinding> raised = {{.rule = "pool-callback-raised"}};
  return {
      {.name = "misuse/pool-callback-raised-1",
       .summary = "a callback counts votes by at(), also for a name that is not there",
       .body = &election<false>,
       .expected = raised},
      {.name = "misuse/pool-callback-raised-1-fixed",
       .summary = "a callback counts votes by [], also for a name that was not there",
       .body = &election<true>},
      {.name = "misuse/pool-callback-raised-2",
       .summary = "the callback of a map reads numbers from texts, one of which has none",
       .body = &temperatures<false>,
       .expected = raised},
      {.name = "misuse/pool-callback-raised-2-fixed",
       .summary = "the callback of a map reads numbers from texts and catches that one has none",
       .body = &temperatures<true>,
       .outcomes = {"0"}},
      {.name = "misuse/pool-callback-raised-3",
       .summary = "an error callback throws what it is told on",
       .body = &quotients<false>,
       .expected = raised},
      {.name = "misuse/pool-callback-raised-3-fixed",
       .summary = "an error callback keeps what it is told for main",
       .body = &quotients<true>},
  };
}

}  // namespace heddle::misuse
