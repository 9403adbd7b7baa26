// A manager's server with a client that sends these bytes. They are cut into pieces, each a request that is
// complete but for what it says: a piece's first byte chooses an object and a method, the rest are its
// arguments. Whole messages of any bytes are tried too. The server answers what is a request, hangs up on
// what is none, and is none the worse: after everything a client of good will is served.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <thread>

#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/manager/client.hpp>
#include <mp/manager/server.hpp>
#include <mp/os/posix_os.hpp>

namespace {

using namespace mp;
using manager::Request;

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr std::array<std::string_view, 14> type_ids{
    "list",  "dict",         "Namespace",        "Value",     "Array", "Lock",
    "RLock", "Semaphore",    "BoundedSemaphore", "Condition", "Event", "Barrier",
    "Queue", "JoinableQueue"};
// Of all types; what waits has no timeout only if the bytes say so, and then the client hangs up on it.
constexpr std::array<std::string_view, 31> methods{
    "get",      "set",     "len",     "extend",     "pop",       "del",     "slice", "set_slice",
    "contains", "index",   "count",   "insert",     "remove",    "reverse", "sort",  "imul",
    "str",      "getitem", "popitem", "setdefault", "update",    "keys",    "items", "clear",
    "next",     "release", "notify",  "put",        "task_done", "reset",   "abort"};

/// A client's side of a connection to a server that serves nobody else.
class Client {
 public:
  Client() : server_(os(), {.key = AuthenticationKey("key")}) {
    const auto [here, there] = os().socketpair().value();
    fd_ = here;
    thread_ = std::thread([this, fd = there] { server_.serve(fd, manager::ClientId{1}); });
    demand(shake_hands(os(), fd_, {.side = HandshakeSide::client, .key = key_.bytes()}).has_value());
  }
  ~Client() {
    demand(os().close(fd_).has_value());
    thread_.join();
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False: the server has hung up.
  bool send(std::span<const std::byte> message) { return write_message(os(), fd_, message).has_value(); }
  bool exchange(const Request& request, manager::Reply& reply) {
    if (!send(encode(request))) return false;
    const auto answer = read_message(os(), fd_);
    if (!answer) return false;
    reply = manager::decode_reply(*answer);
    return true;
  }

 private:
  const AuthenticationKey key_{"key"};
  manager::Server server_;
  Descriptor fd_ = -1;
  std::thread thread_;
};

/// Bytes as they come, as values or as what is none.
std::vector<manager::Value> arguments_of(std::span<const std::byte> bytes, std::uint64_t number) {
  std::vector<manager::Value> arguments;
  while (!bytes.empty() && arguments.size() < 4) {
    const std::size_t size =
        std::min<std::size_t>(bytes.size(), 1 + (static_cast<std::size_t>(bytes[0]) & 7U));
    const auto piece = bytes.first(size);
    manager::Value value{.bytes = Bytes(piece.begin(), piece.end())};
    if ((static_cast<unsigned>(piece[0]) & 0x80U) != 0) value.references.push_back(number + size % 3);
    arguments.push_back(std::move(value));
    bytes = bytes.subspan(size);
  }
  return arguments;
}

bool make_objects(Client& client, std::vector<std::uint64_t>& numbers) {
  for (const std::string_view type_id : type_ids) {
    Request request = manager::own_request(manager::own_method::create, std::string(type_id));
    if (type_id == "Value") request.arguments.push_back({.bytes = encode_message(1)});
    if (type_id == "Array") request.arguments.push_back({.bytes = encode_message(std::string("i"))});
    if (type_id.ends_with("emaphore") || type_id.ends_with("Queue") || type_id == "Barrier")
      request.arguments.push_back({.bytes = encode_message(type_id.ends_with("Queue") ? 0 : 2)});
    if (type_id == "Barrier")
      request.arguments.push_back({.bytes = encode_message(std::optional<double>(0.0))});
    manager::Reply reply;
    if (!client.exchange(request, reply)) return false;
    demand(reply.status == manager::Status::done);
    numbers.push_back(decode_message<std::uint64_t>(reply.values.at(0).bytes));
  }
  return true;
}

void send_requests(Client& client, std::span<const std::byte> bytes) {
  std::vector<std::uint64_t> numbers;
  demand(make_objects(client, numbers));
  while (bytes.size() >= 2) {
    const auto choice = static_cast<std::size_t>(bytes[0]);
    const auto named = static_cast<std::size_t>(bytes[1]);
    const std::size_t size = std::min<std::size_t>(bytes.size(), 2 + named % 24);
    const std::uint64_t number = numbers[choice % numbers.size()];
    const Request request{.number = number,
                          .method = std::string(methods[named % methods.size()]),
                          .arguments = arguments_of(bytes.subspan(2, size - 2), number)};
    bytes = bytes.subspan(size);
    if (request.method == "get" && choice % numbers.size() >= 12) continue;  // would wait for ever
    manager::Reply reply;
    demand(client.exchange(request, reply));
  }
  manager::Reply reply;
  demand(client.exchange(manager::own_request(manager::own_method::count), reply));
}

bool is_shutdown(std::span<const std::byte> bytes) {
  try {
    return manager::decode_request(bytes).method == manager::own_method::shutdown;
  } catch (const DecodeError&) {
    return false;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto bytes = std::as_bytes(std::span(data, std::min<std::size_t>(size, 4096))).subspan(1);
  if (data[0] % 2 != 0) {
    Client client;
    send_requests(client, bytes);
    return 0;
  }
  try {
    const Request request = manager::decode_request(bytes);
    demand(encode(manager::decode_request(encode(request))) == encode(request));
  } catch (const DecodeError&) {
  }
  try {
    const manager::Reply reply = manager::decode_reply(bytes);
    demand(encode(manager::decode_reply(encode(reply))) == encode(reply));
  } catch (const DecodeError&) {
  }
  if (is_shutdown(bytes)) return 0;  // it would end the fuzzer
  Client client;
  static_cast<void>(client.send(bytes));
  return 0;
}
