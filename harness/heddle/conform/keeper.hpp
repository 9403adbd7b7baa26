// The process between heddle and an adapter: it starts the adapter, and whoever of the adapter's processes
// loses its parent becomes its child (a subreaper). So everybody that an adapter has ever begun descends from
// the keeper, whatever group or session he went to, and can be found and ended.
//
// It says on a pipe how the adapter ended, and ends itself when nobody is left: then the pipe ends too. It
// holds nothing else open, and nothing that it does can block but the wait for its children.
#pragma once

#include <sys/types.h>

#include <string>

namespace heddle::conform {

struct Kept {
  pid_t keeper = -1;  // -1: the machine refuses pipes or processes, and errno says why
  int in = -1;        // the adapter reads what is written here; a write never blocks
  int out = -1;       // what the adapter writes
  int ending = -1;    // its status as waitpid has it, an int; the end of the pipe once nobody is left
};

/// `command`: for a shell. The adapter has a process group of its own.
Kept keep(const std::string& command);

}  // namespace heddle::conform
