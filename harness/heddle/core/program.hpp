// A program: what the main process does, under a name.
#pragma once

#include <functional>
#include <string>

namespace heddle {

struct Program {
  std::string name;
  std::function<void()> body;  // run as the main process of every execution; must not touch globals
};

}  // namespace heddle
