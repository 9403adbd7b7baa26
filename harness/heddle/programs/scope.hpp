// What the tasks of one process share while a plan is run: the objects that the process has been handed, and
// its own Process and Thread objects of the scripts it names. What such an object is, who made the Scope
// knows.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/objects/table.hpp>

namespace heddle::programs {

using Instances = std::vector<std::shared_ptr<Object>>;

struct Scope : std::enable_shared_from_this<Scope> {
  Scope(const Plan& of, Time in) : plan(of), time(in), instances(of.scripts.size()) {}
  virtual ~Scope() = default;

  const Plan& plan;
  Time time;
  Objects objects = {};              // by index; null: not handed to this process
  std::vector<Instances> instances;  // of each script: this process's Process or Thread objects

  /// Makes them when they are first named. A thread's are made before it starts, so no two tasks make them.
  const Instances& instances_of(std::size_t script, mp::Location where);

 private:
  virtual std::shared_ptr<Object> make(std::size_t script, const std::string& name, mp::Location where) = 0;
};

}  // namespace heddle::programs
