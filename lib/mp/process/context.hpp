// How processes are born, by name: "fork", the default, or "spawn". fork copies all that the parent has.
// spawn starts the program anew: the child has the arguments of its Process and nothing else, so no other
// thread's lock is held in it and no descriptor leaks into it. "forkserver" is not offered (CTX-06).
//
// A program that spawns calls freeze_support(argc, argv) first thing in main: in a spawned child it runs the
// child's target and does not return.
//
//   int main(int argc, char** argv) {
//     mp::freeze_support(argc, argv);
//     mp::Context context = mp::get_context("spawn");
//     mp::Process process = context.Process(mp::fn<&worker>, mp::args(queue));
//
// Rows met: CTX-01, CTX-02, CTX-04. Deviation: objects belong to no context, so a lock made anywhere may be
// given to a process of any method, and nothing is an error that CTX-03 forbids.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mp/process/process.hpp>
#include <mp/process/state.hpp>

namespace mp {

/// {"fork", "spawn"}: the default first (CTX-01).
std::vector<std::string> get_all_start_methods();

/// Chooses the method of the processes that the calling process makes from now on without a choice of their
/// own. ValueError: there is no such method. RuntimeError: a method has been set already, or been fixed by
/// its first use; `force` sets it all the same, and then nullopt gives the choice back (CTX-02).
void set_start_method(std::optional<std::string_view> method, bool force = false);

/// The method that processes have by default, which this call fixes; with allow_none absent while none is
/// fixed, and nothing is.
std::optional<std::string> get_start_method(bool allow_none = false);

/// Makes processes of one method. A value; copies are alike.
class Context {
 public:
  explicit Context(StartMethod method) : method_(method) {}

  std::string get_start_method() const;
  /// ValueError, whatever is given: a context has its method for good (CTX-02).
  [[noreturn]] void set_start_method(std::string_view method) const;
  StartMethod method() const { return method_; }

  /// As the constructor of mp::Process, whose `method` option counts for nothing here.
  template <auto Target, class... A>
  mp::Process Process(Fn<Target> target, const Arguments<A...>& arguments, ProcessOptions options = {},
                      Location where = Location::current()) const {
    options.method = method_;
    return mp::Process(target, arguments, options, where);
  }
  template <auto Target>
  mp::Process Process(Fn<Target> target, ProcessOptions options = {},
                      Location where = Location::current()) const {
    return Process(target, Arguments<>(), options, where);
  }

 private:
  StartMethod method_;
};

/// ValueError: there is no such method. Without a name: the default one, which is then fixed.
Context get_context(std::optional<std::string_view> method = std::nullopt);

/// Runs the target of the calling process and ends it, if it was spawned; does nothing otherwise. The first
/// thing in main: what a main does before it, each spawned child does too. A spawned child whose main never
/// calls it goes through main like a program of its own, but cannot start processes: RuntimeError (CTX-04).
void freeze_support(int argc, char** argv);

namespace detail {

/// The default method of the calling process; fixes it.
StartMethod default_start_method(Os& os);
/// As it is, fixed or not.
DefaultMethod default_method(Os& os);

}  // namespace detail

}  // namespace mp
