// Ctrl-C and SIGTERM as a question that can be asked: finish up, print what was found. The second signal
// has its ordinary effect, for whoever is in a hurry. SIGPIPE is ignored: output that fails is told.
#pragma once

namespace heddle::cli {

/// Handlers are installed while one exists; at most one may.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool has_come() const;
};

}  // namespace heddle::cli
