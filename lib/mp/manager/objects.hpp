// The table of a manager's server: which objects there are, and who holds them (MGR-15). Three things hold an
// object: references of proxies, which clients count by asking; tickets, which stand for messages on their
// way (MGR-16); and values inside other objects. An object goes when the last of them does. Its number is
// never given again.
//
// Everything here is called with the server's lock held. Numbers come from clients and are not believed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include <mp/manager/object.hpp>

namespace mp::manager {

class Objects {
 public:
  /// `first_number`: drawn, so that a proxy of another server finds nothing here.
  Objects(Os& os, std::uint64_t first_number) : os_(os), next_(first_number), next_ticket_(first_number) {}
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;
  ~Objects();  // also of objects that hold each other

  /// A new object with one reference: its number.
  std::uint64_t add(std::unique_ptr<Object> body, ObjectId object);
  /// Null: there is none.
  std::shared_ptr<Entry> find(std::uint64_t number) const;

  void take(Entry& entry);
  /// Not below none.
  void drop(Entry& entry);

  std::uint64_t issue_ticket(const std::shared_ptr<Entry>& entry);
  /// The reference that the ticket stood for is a proxy's from now on; if it was claimed before, a further
  /// one.
  void claim(std::uint64_t ticket, Entry& entry);

  Hold hold(std::shared_ptr<Entry> entry) const;

  /// An argument as it is kept. RemoteError-worthy ValueError: it refers to an object that is not there.
  Stored store(Value value);
  /// A value as a result, with a reference for the receiver to each object in it.
  Value grant(const Stored& stored);
  /// Takes the references of a result back that nobody will ever receive, and gives the value as it was kept.
  Stored take_back(Value value);

  /// Destroys what nobody holds any more. Whatever drops something calls it before it lets the lock go.
  void bury();

  std::size_t size() const { return entries_.size(); }

 private:
  void forget(Entry* entry);

  Os& os_;
  std::uint64_t next_;
  std::uint64_t next_ticket_;
  std::vector<std::unique_ptr<Entry>> dead_;  // so that chains of objects go one by one, not by recursion
  std::map<std::uint64_t, std::weak_ptr<Entry>> entries_;
  std::map<std::uint64_t, std::shared_ptr<Entry>> kept_;  // those that have references
  std::map<std::uint64_t, Hold> tickets_;
};

}  // namespace mp::manager
