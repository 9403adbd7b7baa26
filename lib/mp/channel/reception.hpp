// The callers of a listener who are still to show that they have the key. All their handshakes go on together
// while somebody accepts: a silent caller holds nobody up and is dropped at its deadline, one that vanishes
// is dropped at once (the cure of AUTH-05).
//
// What always holds: a descriptor is the reception's from the moment it is accepted until it is handed out or
// closed. Only time spent in accept() counts against a caller: nobody answers it while the program does
// something else. When handshakes_max of them are under way, a new caller takes the place of the oldest.
//
// Any task of the process may accept. One at a time drives the handshakes, and whoever has its caller hands
// them over to the next task that waits in accept().
#pragma once

#include <optional>
#include <vector>

#include <mp/channel/handshaking.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp {

class Reception {
 public:
  static constexpr std::size_t handshakes_max = 64;

  /// What a caller has to meet.
  struct Terms {
    std::span<const std::byte> key;  // outlives the reception
    Timeout timeout;                 // of one handshake; absent: none
    ObjectId object = ObjectId::none;
  };

  explicit Reception(const Terms& terms) : terms_(terms) {}
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  /// The next caller that has the key, or why one is refused; `gone` only if the listener itself fails.
  tl::expected<Descriptor, HandshakeFailure> accept(Os& os, Descriptor listener, Location where);
  /// Drops whoever waits. Not while somebody accepts.
  void close(Os& os);

 private:
  using Callers = std::vector<Handshaking>;

  std::optional<tl::expected<Descriptor, HandshakeFailure>> drive(Os& os, Descriptor listener,
                                                                  Callers& callers, Location where);
  Callers take_waiting(Os& os);
  void leave_waiting(Os& os, Callers callers);
  std::optional<HandshakeFailure> admit(Os& os, Descriptor listener, Callers& callers, Location where);
  static std::optional<tl::expected<Descriptor, HandshakeFailure>> go_on(Os& os, Callers& callers,
                                                                         std::span<const PollItem> items);
  static void drop_late(Os& os, Callers& callers);

  Terms terms_;
  FutexLock driving_;     // held in accept()
  Callers waiting_;       // while nobody drives them
  Instant left_at_ = {};  // when they were left
};

}  // namespace mp
