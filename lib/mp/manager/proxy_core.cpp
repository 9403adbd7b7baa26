// Asking on behalf of an operation, and counting proxies.
#include <mp/manager/proxy_core.hpp>

#include <utility>

#include <mp/errors.hpp>
#include <mp/manager/client.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::manager {

namespace {

std::uint64_t create(Os& os, const std::string& address) {
  const Reply reply = ask(os, address, {.method = Method::create, .words = {}, .arguments = {}});
  if (reply.values.size() != 1) throw DecodeError("a manager's reply is incomplete");
  return decode_message<std::uint64_t>(reply.values[0]);
}

}  // namespace

ProxyCore::ProxyCore(Os& os, std::string address, ObjectId manager, std::string_view name, Location where)
    : ProxyCore{address, SharedBlock<ProxyState>(), create(os, address),
                announce(os, ObjectKind::dict, name, where), manager} {
  os.store(state_->proxies, 1);
}

ProxyCore::ProxyCore(std::string address, SharedBlock<ProxyState> state, std::uint64_t number,
                     ObjectId object, ObjectId manager)
    : address_(std::move(address)),
      state_(std::move(state)),
      number_(number),
      object_(object),
      manager_(manager),
      claim_(os(), object),
      manager_claim_(os(), manager) {}

ProxyCore::ProxyCore(ProxyCore&& other) noexcept
    : address_(std::exchange(other.address_, {})),
      state_(other.state_),
      number_(other.number_),
      object_(other.object_),
      manager_(other.manager_),
      claim_(std::move(other.claim_)),
      manager_claim_(std::move(other.manager_claim_)) {}

ProxyCore& ProxyCore::operator=(ProxyCore&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(state_, other.state_);
  std::swap(number_, other.number_);
  std::swap(object_, other.object_);
  std::swap(manager_, other.manager_);
  std::swap(claim_, other.claim_);
  std::swap(manager_claim_, other.manager_claim_);
  return *this;
}

ProxyCore::~ProxyCore() { let_go(); }

void ProxyCore::let_go() noexcept {
  if (address_.empty()) return;
  Os& here = os();
  if (here.fetch_add(state_->proxies, static_cast<std::uint32_t>(-1)) != 1) return;
  try {
    manager::ask(here, address_,
                 {.method = Method::release, .number = number_, .words = {}, .arguments = {}});
  } catch (const Error&) {  // the server is gone, and the object with it
  }
}

Reply ProxyCore::ask(const Operation& operation, Method method, std::vector<Bytes> arguments,
                     std::string words, Location where) const {
  Os& here = os();
  const Request request{.method = method,
                        .number = number_,
                        .object = object_,
                        .stamp = operation.stamp(),
                        .words = std::move(words),
                        .arguments = std::move(arguments)};
  const auto tell = [&](const char* what) {
    report_misuse(here, ObjectKind::dict, object_, "manager-use-after-shutdown",
                  std::string("the manager's server is gone: ") + what, where);
  };
  try {
    return manager::ask(here, address_, request);
  } catch (const OSError& error) {
    tell(error.what());
    throw;
  } catch (const EOFError& error) {
    tell(error.what());
    throw;
  }
}

void ProxyCore::encode(Encoder& encoder) const {
  state_.encode(encoder, "DictProxy");
  encoder.text(address_);
  encoder.natural(number_);
  encode_object(encoder, object_);
  encode_object(encoder, manager_);
  os().fetch_add(state_->proxies, 1);
}

ProxyCore ProxyCore::decode(Decoder& decoder) {
  SharedBlock<ProxyState> state = SharedBlock<ProxyState>::decode(decoder);
  std::string address = decoder.text();
  const std::uint64_t number = decoder.natural();
  const ObjectId object = decode_object(decoder);
  return ProxyCore(std::move(address), std::move(state), number, object, decode_object(decoder));
}

}  // namespace mp::manager
