// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include <heddle/conform/port.hpp>
#include <heddle/core/version.hpp>

namespace heddle::conform {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds hello_deadline{30};
/// For who is asked to quit: to say where he stands.
constexpr milliseconds quit_patience{500};

struct Started {
  AdapterProcess process;
  Hello hello;
};

tl::unexpected<Error> refuse(std::string code, std::string what) {
  return tl::unexpected(Error{.code = std::move(code),
                              .what = std::move(what),
                              .hint = "docs/reference/port-protocol.md says how an adapter begins",
                              .exit = ExitCode::internal});
}

Expected<Started> start(const std::string& command, const Check& check) {
  Expected<AdapterProcess> process = AdapterProcess::start(command);
  if (!process) return tl::unexpected(process.error());
  Conversation conversation(*process, check, hello_deadline, true);
  conversation.say(Suite{.name = fmt::format("heddle {}", version)});
  const std::optional<Answer> answer = conversation.reply();
  if (!conversation.has_passed_check() || !answer)
    return refuse(conversation.trouble() == Trouble::malformed ? "adapter-malformed" : "adapter-silent",
                  fmt::format("'{}' said no hello: {}", command, conversation.why()));
  const auto* const hello = std::get_if<Hello>(&*answer);
  if (hello == nullptr)
    return refuse("adapter-silent", fmt::format("'{}' began with something else than hello", command));
  if (hello->protocol != protocol)
    return refuse("protocol-unknown", fmt::format("'{}' speaks protocol {}; this heddle speaks {}", command,
                                                  hello->protocol, protocol));
  return Started{.process = *std::move(process), .hello = *hello};
}

}  // namespace

Expected<PortResult> run_port(const std::string& command, const std::vector<Case>& cases,
                              const Driving& driving, const Watching& watching) {
  const Moment began = SteadyClock::now();
  Expected<Started> first = start(command, driving.check);
  if (!first) return tl::unexpected(first.error());
  std::optional<Started> adapter(*std::move(first));
  PortResult result{.port = adapter->hello};
  for (const Case& each : cases) {
    if (watching.is_interrupted && watching.is_interrupted()) break;
    if (watching.begins) watching.begins(each);
    if (!adapter) {
      Expected<Started> again = start(command, driving.check);
      if (!again) return tl::unexpected(again.error());
      adapter.emplace(*std::move(again));
      ++result.restarts;
    }
    Ran ran = run_case(each, adapter->process, adapter->hello, driving);
    if (ran.adapter == Adapter::spent) {
      adapter->process.quit(quit_patience);
      adapter.reset();
    }
    if (watching.ended) watching.ended(each, ran.result);
    result.cases.push_back(std::move(ran.result));
  }
  result.seconds = std::chrono::duration<double>(SteadyClock::now() - began).count();
  return result;
}

}  // namespace heddle::conform
