// Making both ends, so that no descriptor is lost if the second cannot be made.
#include <mp/channel/pipe.hpp>

#include <string>

#include <mp/shared/os_failure.hpp>

namespace mp {

std::pair<Connection, Connection> Pipe(Duplex duplex, NameOption options, Location where) {
  const bool both = duplex == Duplex::yes;
  const auto end_name = [&](std::string_view end) {
    return options.name.empty() ? std::string() : std::string(options.name).append(".").append(end);
  };
  const std::string first = end_name(both ? "a" : "receiver");
  const std::string second = end_name(both ? "b" : "sender");
  return Pipe(duplex, std::pair<std::string_view, std::string_view>(first, second), where);
}

std::pair<Connection, Connection> Pipe(Duplex duplex, std::pair<std::string_view, std::string_view> end_names,
                                       Location where) {
  using Direction = Connection::Direction;
  Os& here = os();
  const bool both = duplex == Duplex::yes;
  const std::pair<Descriptor, Descriptor> fds =
      demand(both ? here.socketpair() : here.pipe(), "cannot make a pipe");
  Connection first(fds.first, both ? Direction::both : Direction::receive, {end_names.first}, where);
  Connection second(fds.second, both ? Direction::both : Direction::send, {end_names.second}, where,
                    first.object());
  return {std::move(first), std::move(second)};
}

}  // namespace mp
