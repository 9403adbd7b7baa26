// Threads that main starts one after another and joins in that order. Each start and each join is a switch
// point, and a thread that was started early may be done before the next one is started: that is what makes
// the bugs of this folder as hard to find as they are. Threads that all stand ready before the first of them
// runs would show most of them a hundred times sooner.
#pragma once

#include <mp/multiprocessing.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace heddle::classic {

class Crew {
 public:
  /// `work` may refer to what main has: it joins before that goes away.
  template <class F>
  void start(std::string_view name, F work, mp::Location where = mp::Location::current()) {
    threads_.emplace_back(std::move(work), mp::ThreadOptions{.name = name}, where).start(where);
  }
  /// So many threads that do the same.
  template <class F>
  void start(int count, std::string_view name, F work, mp::Location where = mp::Location::current()) {
    for (int i = 0; i < count; ++i) start(name, work, where);
  }
  void join(mp::Location where = mp::Location::current()) {
    for (const mp::Thread& thread : threads_) thread.join(std::nullopt, where);
  }

 private:
  std::vector<mp::Thread> threads_;
};

}  // namespace heddle::classic
