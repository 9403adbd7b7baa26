// How a key crosses, and how a process comes to its own.
#include <mp/process/authentication_key.hpp>

#include <algorithm>

#include <mp/errors.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/state.hpp>

namespace mp {

AuthenticationKey::AuthenticationKey(std::string_view text) {
  std::ranges::transform(text, std::back_inserter(bytes_),
                         [](char letter) { return static_cast<std::byte>(letter); });
}

void AuthenticationKey::encode(Encoder& encoder) const {
  if (encoder.crossing() != Crossing::birth) {
    throw TypeError("an AuthenticationKey is handed to a child at its birth only, for security reasons");
  }
  encoder.bytes(bytes_);
}

namespace {

bool has_key(ProcessState& state) {
  const StateLock lock(state);
  return state.authkey != nullptr;
}

}  // namespace

// Made when first asked for, which is at the latest when the first child is made. Of two threads that ask at
// once, the one that comes second throws its own away.
AuthenticationKey CurrentProcess::authkey() const {
  Os& here = os();
  ProcessState& state = process_state(here);
  if (!has_key(state)) {
    Bytes bytes(AuthenticationKey::random_bytes);
    here.random_bytes(bytes);
    const StateLock lock(state);
    if (state.authkey == nullptr) state.authkey = new AuthenticationKey(std::move(bytes));
  }
  const StateLock lock(state);
  return *state.authkey;
}

void CurrentProcess::set_authkey(AuthenticationKey key) const {
  ProcessState& state = process_state(os());
  const StateLock lock(state);
  if (state.authkey == nullptr) {
    state.authkey = new AuthenticationKey(std::move(key));
  } else {
    *state.authkey = std::move(key);
  }
}

}  // namespace mp
