// Processes that main starts one after another, at once, and joins in that order.
#pragma once

#include <mp/multiprocessing.hpp>
#include <string_view>
#include <vector>

namespace heddle::misuse {

class Team {
 public:
  template <auto Target, class... A>
  void start(std::string_view name, mp::Fn<Target> target, const mp::Arguments<A...>& arguments,
             mp::Location where = mp::Location::current()) {
    processes_.emplace_back(target, arguments, mp::ProcessOptions{.name = name}, where).start(where);
  }
  void join(mp::Location where = mp::Location::current()) {
    for (const mp::Process& process : processes_) process.join(std::nullopt, where);
  }

 private:
  std::vector<mp::Process> processes_;
};

}  // namespace heddle::misuse
