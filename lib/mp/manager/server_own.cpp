// The server's own methods: objects come into being, are counted and go. And how a server is born.
#include <mp/errors.hpp>
#include <mp/manager/server.hpp>
#include <mp/manager/types/registry.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp::manager {

namespace {

// An address, for a child by fork only.
Code code_of(std::unique_ptr<Object> (*make)(std::vector<Stored>)) { return reinterpret_cast<Code>(make); }
auto make_of(Code code) { return reinterpret_cast<std::unique_ptr<Object> (*)(std::vector<Stored>)>(code); }

}  // namespace

void ServerBirth::encode(Encoder& encoder) const {
  encoder.descriptor(listener, "Manager");
  encode_object(encoder, manager);
  key.encode(encoder);
  encoder.array(types.size());
  for (const Registered& type : types) {
    encoder.text(type.name);
    encode_code(encoder, code_of(type.make));
    encoder.text(type.shared_type);
    encoder.bytes(type.shared_arguments);
  }
}

ServerBirth ServerBirth::decode(Decoder& decoder) {
  ServerBirth birth{.listener = decoder.descriptor()};
  birth.manager = decode_object(decoder);
  birth.key = AuthenticationKey::decode(decoder);
  for (std::size_t left = decoder.array(); left > 0; --left) {
    Registered type{.name = decoder.text()};
    type.make = make_of(decode_code(decoder));
    type.shared_type = decoder.text();
    type.shared_arguments = decoder.bytes();
    birth.types.push_back(std::move(type));
  }
  return birth;
}

const Registered* Server::find_registered(const std::string& name) const {
  for (const Registered& type : birth_.types)
    if (type.name == name) return &type;
  return nullptr;
}

std::unique_ptr<Object> Server::make(const std::string& name, ObjectId object,
                                     std::vector<Stored> arguments) {
  if (const Registered* const type = find_registered(name); type != nullptr && type->make != nullptr)
    return type->make(std::move(arguments));
  if (const TypeRow* const row = find_type(name))
    return row->make != nullptr ? row->make(std::move(arguments))
                                : row->make_in(*this, object, std::move(arguments));
  throw ValueError("no such type: '" + name + "'");
}

// A constructor runs without the lock: it may be the program's own. So the call holds what the arguments do,
// and whatever the constructor does not keep goes with the call, under the lock. What it throws is a failure
// of the server's, for there is no object that could have raised it (MGR-07).
void Server::create(Call& call) {
  {
    const FutexGuard guard(call.os, mutex_);
    call.reply = prepare(call);
    if (!call.reply && call.arguments.empty()) call.reply = failed("an object is made without a type");
    if (call.reply) return let_go(call);
    for (const Stored& argument : call.arguments)
      for (const Hold& each : argument.holds) call.held.push_back(each.entry);
  }
  std::unique_ptr<Object> body;
  std::string words;
  try {
    const auto name = call.argument<std::string>(0);
    call.arguments.erase(call.arguments.begin());
    const Registered* const type = find_registered(name);
    const bool is_shared = type != nullptr && type->make == nullptr;
    if (is_shared) call.shared = name;
    if (!is_shared) body = make(name, call.request.object, std::move(call.arguments));
  } catch (...) {
    words = describe(raised_now());
  }
  const FutexGuard guard(call.os, mutex_);
  call.reply = words.empty() ? introduce(std::move(body), call) : failed(words);
  let_go(call);
}

// Number and object: a client that finds a shared one calls it what its first creator did.
Reply Server::introduce(std::unique_ptr<Object> body, const Call& call) {
  std::shared_ptr<Entry> entry;
  if (body != nullptr) {
    has_children_ = has_children_ || body->has_children();
    entry = objects_.find(objects_.add(std::move(body), call.request.object));
  } else {
    Hold& known = shared_[call.shared];
    if (known.entry == nullptr) {
      const Registered& type = *find_registered(call.shared);
      std::vector<Stored> arguments;
      for (Bytes& each : decode_message<std::vector<Bytes>>(type.shared_arguments))
        arguments.push_back({.bytes = std::move(each)});
      try {
        const TypeRow* const row = find_type(type.shared_type);
        if (row != nullptr && row->make == nullptr)  // it would be made with the lock held
          throw ValueError("a " + type.shared_type + " is shared by its proxies, not by a name");
        std::unique_ptr<Object> made = make(type.shared_type, call.request.object, std::move(arguments));
        known = objects_.hold(objects_.find(objects_.add(std::move(made), call.request.object)));
      } catch (...) {
        return failed(describe(raised_now()));
      }
    } else {
      objects_.take(*known.entry);
    }
    entry = known.entry;
  }
  Reply reply = done_with(entry->number);
  reply.values.push_back({.bytes = encode_message(static_cast<std::uint32_t>(entry->object))});
  return reply;
}

std::optional<Reply> Server::grant_own(Call& call) {
  const std::string& method = call.request.method;
  if (method == own_method::shutdown) return done();
  if (method == own_method::count) return done_with(std::uint64_t{objects_.size()});
  try {
    return refer(call);
  } catch (const DecodeError& error) {
    return failed(error.what());
  }
}

std::optional<Reply> Server::refer(Call& call) {
  const std::string& method = call.request.method;
  if (call.arguments.empty()) throw DecodeError("a request has too few arguments");
  const std::shared_ptr<Entry> entry = objects_.find(call.argument<std::uint64_t>(0));
  if (entry == nullptr) return failed("no such object in this manager");
  if (method == own_method::take) {
    objects_.take(*entry);
  } else if (method == own_method::drop) {
    objects_.drop(*entry);
  } else if (method == own_method::ticket) {
    return done_with(objects_.issue_ticket(entry));
  } else if (method == own_method::claim) {
    call.demand_arguments(2);
    objects_.claim(call.argument<std::uint64_t>(1), *entry);
  } else {
    return failed("a manager's server has no method '" + method + "'");
  }
  return done();
}

}  // namespace mp::manager
