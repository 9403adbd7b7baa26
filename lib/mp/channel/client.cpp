// A call, and the handshake if there is a key.
#include <mp/channel/client.hpp>

#include <mp/channel/handshaking.hpp>
#include <mp/os/operation.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

Connection Client(const Address& address, const ClientOptions& options, Location where) {
  Os& here = os();
  const Endpoint endpoint(address, options.family);
  // Named before there is a descriptor, so that a call that waits can be spoken of.
  const ObjectId object = announce(here, ObjectKind::connection, options.name, where);
  Operation operation(here, Verb::connect, ObjectKind::connection, object, where);
  operation.argument([&] { return describe(address); });
  const Descriptor fd = demand(uninterrupted([&] { return here.connect(endpoint.socket_address()); }),
                               "cannot connect to " + describe(address));
  Connection connection = Connection::adopt(fd, object);
  if (options.authkey) {
    authenticate(here, fd,
                 {.side = HandshakeSide::client,
                  .key = options.authkey->bytes(),
                  .deadline = deadline_after(here, options.handshake_timeout),
                  .kind = ObjectKind::connection,
                  .object = object,
                  .where = where});
  }
  operation.succeed();
  return connection;
}

}  // namespace mp
