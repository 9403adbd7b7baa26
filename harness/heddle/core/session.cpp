// Where the session of an OS thread is kept.
#include <heddle/core/session.hpp>
#include <utility>

namespace heddle {
namespace {
thread_local Session* installed_session = nullptr;
}  // namespace

Session* session() { return installed_session; }

SessionScope::SessionScope(Session* installed) : previous_(std::exchange(installed_session, installed)) {}
SessionScope::~SessionScope() { installed_session = previous_; }

}  // namespace heddle
