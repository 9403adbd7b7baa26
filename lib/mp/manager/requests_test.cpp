// Requests that no proxy makes: a server answers them, and is none the worse. On the real Os.
#include <gtest/gtest.h>

#include <vector>

#include <mp/codec/plain_value.hpp>
#include <mp/manager/raw_client.hpp>

namespace mp::manager {
namespace {

TEST(Requests, ThatMakeNoSenseAreAnswered) {
  Manager manager;
  const auto list = manager.list<int>({1});
  RawClient client(manager);
  const std::vector<Request> requests{
      own_request("nonsense"),
      own_request("nonsense", std::uint64_t{1}),
      own_request("create"),
      own_request("create", 3),
      own_request("create", std::string("nonsense")),
      own_request("create", std::string("Lock"), 1),
      own_request("take", std::string("x")),
      own_request("claim", std::uint64_t{1}),
      own_request("ticket", std::uint64_t{1}),
      call_of(12345, "len"),
      call_of(12345, own_method::count),  // the server's own, of an object that is not there
      call_of(12345, own_method::shutdown),
  };
  for (const Request& request : requests)
    EXPECT_EQ(client.ask(request).status, Status::failed) << request.method;
  EXPECT_EQ(list.at(0), 1);
}

// Values that refer to what is not there, references given back that nobody has, a method that does not
// exist.
TEST(Requests, AreNotBelievedTheirReferences) {
  Manager manager;
  const auto list = manager.list<int>({1});
  RawClient client(manager);
  const std::uint64_t number = client.create("list");
  EXPECT_EQ(client.ask(with_reference(call_of(number, "extend"), 77)).status, Status::failed);
  EXPECT_EQ(client.ask(call_of(number, "no method")).status, Status::failed);
  EXPECT_EQ(client.ask(call_of(number, "get")).status, Status::failed);
  for (int i = 0; i < 3; ++i) client.tell(own_request(own_method::drop, number));
  EXPECT_EQ(client.ask(call_of(number, "len")).status, Status::failed);
  client.leave();
  EXPECT_EQ(manager.number_of_objects(), 1U);
}

TEST(Requests, ToEndAreAnswered) {
  Manager manager;
  RawClient client(manager);
  EXPECT_EQ(client.ask(own_request(own_method::shutdown)).status, Status::done);
}

// What a proxy says of itself in a message, and something behind it.
TEST(Requests, KnowNoProxyWithMoreBehindIt) {
  Manager manager;
  const auto list = manager.list<int>({1});
  const Bytes message = encode_message(list);
  Bytes said = Decoder(message).extension(handle_extension);
  said.push_back(std::byte{0});
  Encoder encoder(Crossing::message);
  encoder.extension(handle_extension, said);
  EXPECT_THROW(decode_message<ListProxy<int>>(encoder.take()), DecodeError);
}

}  // namespace
}  // namespace mp::manager
