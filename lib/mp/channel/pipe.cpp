// Making both ends, so that no descriptor is lost if the second cannot be made.
#include <mp/channel/pipe.hpp>

#include <string>

#include <mp/shared/os_failure.hpp>

namespace mp {

std::pair<Connection, Connection> Pipe(Duplex duplex, NameOption options, Location where) {
  using Direction = Connection::Direction;
  Os& here = os();
  const bool both = duplex == Duplex::yes;
  const std::pair<Descriptor, Descriptor> fds =
      demand(both ? here.socketpair() : here.pipe(), "cannot make a pipe");
  const auto end_name = [&](std::string_view end) {
    return options.name.empty() ? std::string() : std::string(options.name).append(".").append(end);
  };
  const std::string first_name = end_name(both ? "a" : "receiver");
  const std::string second_name = end_name(both ? "b" : "sender");
  Connection first(fds.first, both ? Direction::both : Direction::receive, {first_name}, where);
  Connection second(fds.second, both ? Direction::both : Direction::send, {second_name}, where,
                    first.object());
  return {std::move(first), std::move(second)};
}

}  // namespace mp
