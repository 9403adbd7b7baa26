// One poll of the listener and all callers, then whatever it says is ready.
#include <mp/channel/reception.hpp>

#include <mp/os/uninterrupted.hpp>

#include <algorithm>
#include <utility>

namespace mp {

namespace {

using Kind = HandshakeFailure::Kind;
using Outcome = tl::expected<Descriptor, HandshakeFailure>;

/// The listener first, then the callers in their order.
std::vector<PollItem> items_of(Descriptor listener, const std::vector<Handshaking>& callers) {
  std::vector<PollItem> items{{.fd = listener}};
  for (const Handshaking& each : callers) items.push_back({.fd = each.connection()});
  return items;
}

Instant earliest_deadline(const std::vector<Handshaking>& callers) {
  Instant earliest = never;
  for (const Handshaking& each : callers) earliest = std::min(earliest, each.deadline());
  return earliest;
}

HandshakeFailure listener_failed(Errno error) {
  return {.kind = Kind::gone, .words = "cannot accept", .error = error};
}

}  // namespace

Reception::Callers Reception::take_waiting(Os& os) {
  Callers callers = std::exchange(waiting_, {});
  if (callers.empty()) return callers;
  const auto away = os.now() - left_at_;
  for (Handshaking& each : callers)
    if (each.deadline() != never) each.set_deadline(each.deadline() + away);
  return callers;
}

void Reception::leave_waiting(Os& os, Callers callers) {
  if (!callers.empty()) left_at_ = os.now();
  waiting_ = std::move(callers);
}

Outcome Reception::accept(Os& os, Descriptor listener, Location where) {
  const FutexGuard guard(os, driving_);
  Callers callers = take_waiting(os);
  std::optional<Outcome> outcome;
  while (!outcome) outcome = drive(os, listener, callers, where);
  leave_waiting(os, std::move(callers));
  return *outcome;
}

std::optional<Outcome> Reception::drive(Os& os, Descriptor listener, Callers& callers, Location where) {
  std::vector<PollItem> items = items_of(listener, callers);
  const Instant deadline = earliest_deadline(callers);
  const Result<int> ready = uninterrupted([&] { return os.poll(items, deadline); });
  if (!ready && ready.error().value != ETIMEDOUT) return tl::unexpected(listener_failed(ready.error()));
  if (ready) {
    std::optional<Outcome> outcome = go_on(os, callers, std::span(items).subspan(1));
    if (outcome) return outcome;
  }
  drop_late(os, callers);
  if (!ready || !items.front().ready) return std::nullopt;
  const std::optional<HandshakeFailure> failure = admit(os, listener, callers, where);
  if (failure) return tl::unexpected(*failure);
  return std::nullopt;
}

// At most one of them has an outcome: the others, ready or not, go on in the next call.
std::optional<Outcome> Reception::go_on(Os& os, Callers& callers, std::span<const PollItem> items) {
  std::size_t place = 0;
  for (const PollItem& item : items) {
    Handshaking& caller = callers[place];
    if (item.ready && !caller.is_over()) caller.go_on(os);
    if (!caller.is_over()) {
      ++place;
      continue;
    }
    const Descriptor fd = caller.connection();
    const std::optional<HandshakeFailure> failure = caller.failure();
    callers.erase(callers.begin() + static_cast<std::ptrdiff_t>(place));
    if (!failure) return fd;
    static_cast<void>(os.close(fd));
    if (failure->kind != Kind::gone) return tl::unexpected(*failure);
  }
  return std::nullopt;
}

// Of those whom nothing has come from until now.
void Reception::drop_late(Os& os, Callers& callers) {
  if (earliest_deadline(callers) == never) return;
  const Instant now = os.now();
  std::erase_if(callers, [&](Handshaking& each) {
    if (each.deadline() > now) return false;
    each.give_up(os);
    static_cast<void>(os.close(each.connection()));
    return true;
  });
}

std::optional<HandshakeFailure> Reception::admit(Os& os, Descriptor listener, Callers& callers,
                                                 Location where) {
  const Result<Descriptor> fd = uninterrupted([&] { return os.accept(listener, immediately); });
  if (!fd && fd.error().value == ETIMEDOUT) return std::nullopt;  // another task was quicker
  if (!fd) return listener_failed(fd.error());
  if (callers.size() == handshakes_max) {
    static_cast<void>(os.close(callers.front().connection()));
    callers.erase(callers.begin());
  }
  callers.emplace_back(os, *fd,
                       HandshakeTerms{.side = HandshakeSide::server,
                                      .key = terms_.key,
                                      .deadline = deadline_after(os, terms_.timeout),
                                      .kind = ObjectKind::listener,
                                      .object = terms_.object,
                                      .where = where});
  callers.back().begin(os);
  return std::nullopt;
}

void Reception::close(Os& os) {
  for (const Handshaking& each : take_waiting(os)) static_cast<void>(os.close(each.connection()));
}

}  // namespace mp
