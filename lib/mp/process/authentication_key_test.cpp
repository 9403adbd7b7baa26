// The key of a process (AUTH-08).
#include <mp/process/authentication_key.hpp>

#include <gtest/gtest.h>

#include <mp/process/process.hpp>

namespace mp {
namespace {

/// Is the key of the calling process this one?
void compare(const AuthenticationKey& key) { mp::exit(current_process().authkey() == key ? 0 : 1); }

std::optional<int> exitcode_of(Process& process) {
  process.start();
  process.join();
  return process.exitcode();
}

TEST(AuthenticationKey, OfAMainProcessIs32BytesThatStay) {
  const AuthenticationKey key = current_process().authkey();
  EXPECT_EQ(key.bytes().size(), 32U);
  EXPECT_NE(key, AuthenticationKey(Bytes(32)));
  EXPECT_EQ(current_process().authkey(), key);
}

TEST(AuthenticationKey, IsInherited) {
  Process child(fn<&compare>, args(current_process().authkey()));
  EXPECT_EQ(child.authkey(), current_process().authkey());
  EXPECT_EQ(exitcode_of(child), 0);
}

TEST(AuthenticationKey, CanBeSetForTheProcessAndItsLaterChildren) {
  const AuthenticationKey before = current_process().authkey();
  Process earlier(fn<&compare>, args(before));
  const AuthenticationKey key("of the family");
  current_process().set_authkey(key);
  Process later(fn<&compare>, args(key));
  EXPECT_EQ(exitcode_of(earlier), 0);
  EXPECT_EQ(exitcode_of(later), 0);
  current_process().set_authkey(before);
}

TEST(AuthenticationKey, CanBeSetForOneChild) {
  const AuthenticationKey key("of the child");
  Process child(fn<&compare>, args(key));
  child.set_authkey(key);
  EXPECT_EQ(exitcode_of(child), 0);
  child.close();
  EXPECT_EQ(child.authkey(), key);
}

TEST(AuthenticationKey, RefusesToBePartOfAMessage) {
  EXPECT_THROW(encode_message(current_process().authkey()), TypeError);
}

}  // namespace
}  // namespace mp
