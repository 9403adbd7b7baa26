// Exceptions that nobody catches and that end a process: a get_nowait() before the item is there, a key that
// somebody else has yet to set, a message that is not what its receiver takes it for. Mended by waiting, by a
// default, by both sides meaning the same.
#include <cstdint>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <scenarios/misuse/team.hpp>
#include <string>

namespace heddle::misuse {
namespace {

void cook(mp::Queue<std::string>& dishes) { dishes.put("soup"); }

void serve_at_once(mp::Queue<std::string>& dishes) { outcome(dishes.get_nowait()); }
void serve_when_ready(mp::Queue<std::string>& dishes) { outcome(dishes.get()); }

template <auto serve>
void restaurant() {
  mp::Queue<std::string> dishes(0, {.name = "dishes"});
  Team team;
  team.start("cook", mp::fn<&cook>, mp::args(dishes));
  team.start("waiter", mp::fn<serve>, mp::args(dishes));
  team.join();
}

using Addresses = mp::DictProxy<std::string, int>;

void enlist(Addresses& ports) { ports.set("server", 443); }

void call_server(Addresses& ports) { outcome(ports.at("server")); }
void call_server_or_default(Addresses& ports) { outcome(ports.get("server", 80)); }

template <auto call>
void directory() {
  mp::Manager manager;
  Addresses ports = manager.dict<std::string, int>("ports");
  Team team;
  team.start("server", mp::fn<&enlist>, mp::args(ports));
  team.start("client", mp::fn<call>, mp::args(ports));
  team.join();
}

template <class Number>
void total(mp::Connection& bills) {
  Number sum = 0;
  for (int i = 0; i < 2; ++i) sum += bills.recv<Number>();
  outcome(static_cast<std::int64_t>(sum));
}

template <class Number>
void bills_summed() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "bills"});
  mp::Process cashier(mp::fn<&total<Number>>, mp::args(receiver), {.name = "cashier"});
  cashier.start();
  sender.send(12.5);
  sender.send(7.5);
  cashier.join();
}

}  // namespace

std::vector<Scenario> crash() {
  const std::vector<ExpectedFinding> crashed = {{.rule = "crash"}};
  return {
      {.name = "misuse/crash-1",
       .summary = "a process gets by get_nowait() what another one puts into a Queue",
       .body = &restaurant<&serve_at_once>,
       .expected = crashed},
      {.name = "misuse/crash-1-fixed",
       .summary = "a process gets by get() what another one puts into a Queue",
       .body = &restaurant<&serve_when_ready>,
       .outcomes = {"soup"}},
      {.name = "misuse/crash-2",
       .summary = "a process looks a managed key up by at() that another one sets",
       .body = &directory<&call_server>,
       .expected = crashed},
      {.name = "misuse/crash-2-fixed",
       .summary = "a process looks a managed key up by get() with a default that another one sets",
       .body = &directory<&call_server_or_default>,
       .outcomes = {"443", "80"}},
      {.name = "misuse/crash-3",
       .summary = "real numbers are sent through a Pipe and received as integers",
       .body = &bills_summed<int>,
       .expected = crashed},
      {.name = "misuse/crash-3-fixed",
       .summary = "real numbers are sent through a Pipe and received as such",
       .body = &bills_summed<double>,
       .outcomes = {"20"}},
  };
}

}  // namespace heddle::misuse
