// Asking on behalf of an operation, and the ways in which proxies cross.
#include <mp/manager/proxy_core.hpp>

#include <algorithm>

#include <mp/codec/plain_value.hpp>
#include <mp/errors.hpp>
#include <mp/process/current_process.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::manager {

Reference::Reference(std::shared_ptr<const Home> home, std::uint64_t number)
    : home_(std::move(home)), number_(number), owner_(os().process_id()) {}

Reference::Reference(Reference&& other) noexcept
    : home_(std::exchange(other.home_, nullptr)), number_(other.number_), owner_(other.owner_) {}

Reference& Reference::operator=(Reference&& other) noexcept {
  std::swap(home_, other.home_);
  std::swap(number_, other.number_);
  std::swap(owner_, other.owner_);
  return *this;
}

Reference::~Reference() {
  Os& here = os();
  if (home_ == nullptr || owner_ != here.process_id()) return;
  try {
    tell(here, home_->server, own_request(own_method::drop, number_));
  } catch (const Error&) {  // the server is gone, and the object with it
  }
}

ProxyCore::ProxyCore(std::shared_ptr<const Home> home, const ProxyType& type, std::uint64_t number,
                     ObjectId object, ObjectId lock)
    : home_(std::move(home)),
      type_(&type),
      number_(number),
      object_(object),
      lock_(lock),
      claim_(os(), object),
      lock_claim_(os(), lock),
      manager_claim_(os(), home_->manager) {}

ProxyCore ProxyCore::create(std::shared_ptr<const Home> home, const ProxyType& type, std::string_view type_id,
                            std::vector<Value> arguments, const Naming& naming) {
  Os& here = os();
  const ObjectId object = announce(here, type.kind, naming.name, naming.where, ObjectId::none, naming.number);
  const ObjectId lock =
      type.has_lock ? announce(here, ObjectKind::lock, {}, naming.where, ObjectId::none, 1) : ObjectId::none;
  Request request = own_request(own_method::create, std::string(type_id));
  request.object = object;
  std::ranges::move(arguments, std::back_inserter(request.arguments));
  const Reply reply = manager::ask(here, home->server, request);
  if (reply.values.size() != 2) throw DecodeError("a manager's reply is incomplete");
  const auto number = decode_message<std::uint64_t>(reply.values[0].bytes);
  const auto known = ObjectId{decode_message<std::uint32_t>(reply.values[1].bytes)};
  ProxyCore core(std::move(home), type, number, known, lock);
  core.reference_ = Reference(core.home_, number);
  return core;
}

ProxyCore ProxyCore::made(const ProxyType& type, const Value& value, ObjectId object) const {
  const auto number = decode_message<std::uint64_t>(value.bytes);
  ProxyCore core(home_, type, number, object, ObjectId::none);
  core.reference_ = Reference(home_, number);
  return core;
}

Reply ProxyCore::ask(const Operation& operation, std::string_view method, std::vector<Value> arguments,
                     Location where) const {
  Os& here = os();
  const Request request{.number = number_,
                        .method = std::string(method),
                        .object = object_,
                        .stamp = operation.stamp(),
                        .arguments = std::move(arguments)};
  const auto tell = [&](const char* what) {
    report_misuse(here, type_->kind, object_, "manager-use-after-shutdown",
                  std::string("the manager's server is gone: ") + what, where);
  };
  Reply reply;
  try {
    reply = exchange(here, home_->server, request);
  } catch (const OSError& error) {
    tell(error.what());
    throw;
  } catch (const EOFError& error) {
    tell(error.what());
    throw;
  }
  demand_done(reply);
  return reply;
}

ProxyCore::Leftovers::~Leftovers() {
  for (const std::uint64_t number : granted.numbers) const Reference unwanted(home, number);
}

// The words for a reader come first: they are all that the server can say of it (plain_value.hpp).
void ProxyCore::encode(Encoder& encoder) const {
  References* const references = encoder.references();
  const bool is_for_home = references != nullptr && references->keeper == home_->server.address;
  const bool is_birth = encoder.crossing() == Crossing::birth;
  const Form form = is_for_home ? Form::granted : is_birth ? Form::birth : Form::ticket;
  std::uint64_t ticket = 0;
  if (form == Form::ticket)
    ticket = decode_message<std::uint64_t>(
        only(manager::ask(os(), home_->server, own_request(own_method::ticket, number_))).bytes);
  if (form == Form::birth) {
    manager::ask(os(), home_->server, own_request(own_method::take, number_));
    encoder.keep(std::make_shared<Reference>(home_, number_));
  }
  if (is_for_home) references->numbers.push_back(number_);
  Encoder inner(Crossing::message);
  inner.text(type_->name);
  inner.text(home_->server.address);
  inner.natural(number_);
  inner.natural(static_cast<std::uint64_t>(form));
  inner.natural(ticket);
  for (const ObjectId each : {object_, lock_, home_->manager}) encode_object(inner, each);
  encoder.extension(handle_extension, inner.take());
  if (form == Form::birth) encoder.bytes(home_->server.key.bytes());
}

ProxyCore ProxyCore::decode(Decoder& decoder, const ProxyType& type) {
  const Bytes bytes = decoder.extension(handle_extension);
  Decoder inner(bytes);
  if (inner.text() != type.name) detail::refuse("expected a " + std::string(type.name));
  Home home{.server = {.address = inner.text(), .key = {}}};
  const std::uint64_t number = inner.natural();
  const std::uint64_t form_number = inner.natural();
  if (form_number > static_cast<std::uint64_t>(Form::birth)) detail::refuse("a number stands for nothing");
  const Form form{static_cast<std::uint8_t>(form_number)};
  const std::uint64_t ticket = inner.natural();
  const ObjectId object = decode_object(inner);
  const ObjectId lock = decode_object(inner);
  home.manager = decode_object(inner);
  inner.finish();
  home.server.key = form == Form::birth ? AuthenticationKey(decoder.bytes()) : current_process().authkey();
  ProxyCore core(std::make_shared<const Home>(std::move(home)), type, number, object, lock);
  core.reference_ = core.reference_of(decoder, form, ticket);
  return core;
}

// A reference that a result grants is taken over; of what it does not grant one is asked for.
Reference ProxyCore::reference_of(Decoder& decoder, Form form, std::uint64_t ticket) const {
  if (form == Form::birth) return {};
  References* const references = decoder.references();
  if (form == Form::granted && references != nullptr && references->keeper == home_->server.address) {
    const auto granted = std::ranges::find(references->numbers, number_);
    if (granted != references->numbers.end()) {
      references->numbers.erase(granted);
      return {home_, number_};
    }
  }
  manager::ask(os(), home_->server,
               form == Form::ticket ? own_request(own_method::claim, number_, ticket)
                                    : own_request(own_method::take, number_));
  return {home_, number_};
}

}  // namespace mp::manager
