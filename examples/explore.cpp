// A program with a race, explored from C++: prints the shortest interleaving that shows the damage and the
// line that replays it. Run with the token of that line, it replays exactly that execution.
#include <cstdio>
#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <mp/multiprocessing.hpp>
#include <string>

namespace {

void increment(mp::Value<int>& counter) { counter.value() += 1; }

void two_increments() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker_1(mp::fn<&increment>, mp::args(counter), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&increment>, mp::args(counter), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  worker_1.join();
  worker_2.join();
  heddle::outcome(counter.value());
}

void print(const heddle::Result& result, const char* binary) {
  const std::string text =
      heddle::text_report(result, {.scenario = "two-increments", .replay_command = binary});
  std::fputs(text.c_str(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    const heddle::Result result = heddle::explore(&two_increments, {}, "two-increments");
    print(result, argv[0]);
    return std::holds_alternative<heddle::Passed>(result.verdict) ? 0 : 1;
  }
  const heddle::Expected<heddle::Token> token = heddle::read_token(argv[1]);
  if (token) print(heddle::replay(&two_increments, *token), argv[0]);
  return token ? 0 : 4;
}
