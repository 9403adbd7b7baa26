// Pipe(): two connected ends. Duplex ends are a socket pair; otherwise it is a pipe, whose first end receives
// and whose second sends (PIPE-01).
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <mp/channel/connection.hpp>

namespace mp {

enum class Duplex : std::uint8_t { no, yes };

/// The two ends. OSError if the machine refuses (EMFILE). A name is told with each end's own: "jobs.receiver"
/// and "jobs.sender", or "jobs.a" and "jobs.b".
std::pair<Connection, Connection> Pipe(Duplex duplex = Duplex::yes, NameOption options = {},
                                       Location where = Location::current());
/// The same, where each end has a name of its own.
std::pair<Connection, Connection> Pipe(Duplex duplex, std::pair<std::string_view, std::string_view> end_names,
                                       Location where = Location::current());

}  // namespace mp
