// Value, Array and Namespace in a manager's server (MGR-12, MGR-13). On the real Os.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

TEST(ValueProxy, HoldsAnyValueWhateverTheTypecode) {
  Manager manager;
  const auto value = manager.Value<std::string>("i", "text");
  EXPECT_EQ(value.get(), "text");
  value.set("other");
  EXPECT_EQ(value.get(), "other");
  EXPECT_EQ(value.str(), "Value('other')");
}

TEST(ArrayProxy, HasAFixedNumberOfElements) {
  Manager manager;
  const auto array = manager.Array<int>("i", {1, 2, 3});
  array[0] = 5;
  array[-1] += 1;
  EXPECT_EQ(array.slice(), (std::vector<int>{5, 2, 4}));
  EXPECT_EQ(array.slice(1, -1), std::vector<int>{2});
  EXPECT_EQ(array.size(), 3U);
  EXPECT_THROW(array.at(3), IndexError);
  EXPECT_THROW(array.set(-4, 0), IndexError);
  EXPECT_EQ(array.str(), "array('i', [5, 2, 4])");
}

TEST(ArrayProxy, KnowsNoCharacters) {
  Manager manager;
  EXPECT_THROW(manager.Array<int>("c", {1}), RemoteError);
}

TEST(NamespaceProxy, HoldsValuesOfAnyTypeByName) {
  Manager manager;
  NamespaceProxy space = manager.Namespace();
  space.set("x", 3);
  space.set("name", std::string("Bob"));
  EXPECT_EQ(space.get<int>("x"), 3);
  EXPECT_EQ(space.str(), "Namespace(name='Bob', x=3)");
  space.del("x");
  EXPECT_THROW(space.get<int>("x"), AttributeError);
  EXPECT_THROW(space.del("x"), AttributeError);
  EXPECT_THROW(space.get<int>("name"), DecodeError);
}

void expect_only_x(NamespaceProxy& space) {
  try {
    space.get<int>("_y");
  } catch (const AttributeError&) {
    exit(space.get<int>("x"));
  }
  exit(1);
}

TEST(NamespaceProxy, KeepsNamesWithAnUnderscoreToItself) {
  Manager manager;
  NamespaceProxy space = manager.Namespace();
  space.set("x", 7);
  space.set("_y", 8);
  EXPECT_EQ(space.get<int>("_y"), 8);
  EXPECT_EQ(space.str(), "Namespace(x=7)");
  Process child(fn<&expect_only_x>, args(space));
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 7);
  space.del("_y");
  EXPECT_THROW(space.get<int>("_y"), AttributeError);
}

}  // namespace
}  // namespace mp
