// A POSIX Os that writes down what it is told, for tests. Lines look like "begin join", "created NAME" (a
// connection), "dropped", "misused join-before-start", "uncaught mp::KeyError: count"; each process has its
// own list.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include <mp/os/posix_os.hpp>

namespace mp {

class RecordingOs : public PosixOs {
 public:
  RecordingOs() : PosixOs(Listening::yes) {}

  Acknowledgement annotate(const Annotation& annotation) override {
    const std::lock_guard lock(mutex_);
    using Kind = Annotation::Kind;
    if (annotation.kind == Kind::created) {
      if (annotation.object_kind == ObjectKind::connection)
        lines_.push_back("created " + std::string(annotation.text));
      return {.object = ObjectId{++objects_}};
    }
    if (annotation.kind == Kind::dropped) lines_.push_back("dropped");
    if (annotation.kind == Kind::begin) lines_.push_back("begin " + word(annotation.verb));
    if (annotation.kind == Kind::end) {
      lines_.push_back((annotation.succeeded ? "end " : "failed ") + std::to_string(annotation.number));
    }
    if (annotation.kind == Kind::misused) lines_.push_back("misused " + std::string(annotation.rule));
    if (annotation.kind == Kind::count) lines_.push_back("count " + std::to_string(annotation.number));
    if (annotation.kind == Kind::uncaught) lines_.push_back("uncaught " + std::string(annotation.text));
    return {};
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    lines_.clear();
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  bool has(const std::string& line) {
    const std::vector<std::string> all = lines();
    return std::find(all.begin(), all.end(), line) != all.end();
  }

 private:
  static std::string word(Verb verb) {
    switch (verb) {
      case Verb::start:
        return "start";
      case Verb::join:
        return "join";
      case Verb::terminate:
        return "terminate";
      case Verb::finish:
        return "finish";
      case Verb::accept:
        return "accept";
      case Verb::close:
        return "close";
      default:  // the verbs of no test here
        return "?";
    }
  }

  std::mutex mutex_;
  std::uint32_t objects_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace mp
