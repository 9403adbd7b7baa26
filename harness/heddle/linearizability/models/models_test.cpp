// Each model, a call at a time: which states it leads to, and that what cannot be is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include <heddle/linearizability/models/registry.hpp>

namespace heddle::linearizability {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using States = std::vector<State>;

class Models : public testing::Test {
 protected:
  void use(std::string_view name, std::int64_t value = 0) {
    const ModelRow* const row = find_model(name);
    ASSERT_NE(row, nullptr) << name;
    model_ = row->make(value);
    states_ = {model_->initial()};
  }
  /// The states after a call of client "a", and on from there.
  States& after(std::string operation, std::vector<std::string> arguments, std::string result,
                std::string client = "a") {
    Call call{
        .client = std::move(client), .operation = std::move(operation), .arguments = std::move(arguments)};
    call.result = std::move(result);
    return go(call);
  }
  States& after_open(std::string operation, std::vector<std::string> arguments) {
    return go({.client = "a",
               .operation = std::move(operation),
               .arguments = std::move(arguments),
               .ending = Ending::open});
  }
  States& after_failed(std::string operation, std::vector<std::string> arguments) {
    return go({.client = "a",
               .operation = std::move(operation),
               .arguments = std::move(arguments),
               .ending = Ending::failed});
  }
  States& from(State state) { return states_ = {std::move(state)}; }
  bool admits(std::string operation, std::size_t arguments) const {
    return model_->admits(
        {.operation = std::move(operation), .arguments = std::vector<std::string>(arguments)});
  }

 private:
  States& go(const Call& call) {
    EXPECT_TRUE(model_->admits(call)) << call.operation;
    States next;
    for (const State& state : states_) model_->successors(state, call, next);
    return states_ = next;
  }
  std::unique_ptr<Model> model_;
  States states_;
};

TEST_F(Models, ACasRegisterComparesAndSets) {
  use("cas-register");
  EXPECT_THAT(after("read", {}, "nil"), ElementsAre(State{"nil"}));
  EXPECT_THAT(after("write", {"1"}, "1"), ElementsAre(State{"1"}));
  EXPECT_THAT(after_failed("cas", {"2", "3"}), ElementsAre(State{"1"}));
  EXPECT_THAT(after_open("cas", {"1", "3"}), ElementsAre(State{"3"}));
  EXPECT_THAT(after("cas", {"2", "4"}, "False"), ElementsAre(State{"3"}));
  EXPECT_THAT(after_failed("cas", {"3", "4"}), IsEmpty());
  from({"3"});
  EXPECT_THAT(after("cas", {"3", "4"}, "False"), IsEmpty());
  from({"3"});
  EXPECT_THAT(after_failed("write", {"9"}), ElementsAre(State{"3"}));
  EXPECT_THAT(after("read", {}, "9"), IsEmpty());
  EXPECT_FALSE(admits("cas", 1));
  EXPECT_FALSE(admits("get", 0));
}

TEST_F(Models, AStringKvAppends) {
  use("string-kv");
  EXPECT_THAT(after("get", {"k"}, ""), ElementsAre(State{""}));
  EXPECT_THAT(after("append", {"k", "x"}, ""), ElementsAre(State{"x"}));
  EXPECT_THAT(after("append", {"k", "y"}, ""), ElementsAre(State{"xy"}));
  EXPECT_THAT(after_failed("put", {"k", "z"}), ElementsAre(State{"xy"}));
  EXPECT_THAT(after("put", {"k", "z"}, ""), ElementsAre(State{"z"}));
  EXPECT_THAT(after("get", {"k"}, "xy"), IsEmpty());
}

TEST_F(Models, AValueBeginsAsItIsTold) {
  use("value", 7);
  EXPECT_THAT(after("get", {}, "7"), ElementsAre(State{"7"}));
}

TEST_F(Models, AValueBeginsAtZero) {
  use("value");
  EXPECT_THAT(after("get", {}, "0"), ElementsAre(State{"0"}));
  EXPECT_THAT(after("set", {"4"}, "None"), ElementsAre(State{"4"}));
  EXPECT_THAT(after_open("get", {}), ElementsAre(State{"4"}));
  EXPECT_THAT(after("get", {}, "0"), IsEmpty());
}

TEST_F(Models, ADictHasWhatWasSetUntilItIsPopped) {
  use("dict");
  EXPECT_THAT(after("get", {"k"}, "KeyError"), ElementsAre(State{}));
  EXPECT_THAT(after("contains", {"k"}, "False"), ElementsAre(State{}));
  EXPECT_THAT(after("set", {"k", "v"}, "None"), ElementsAre(State{"v"}));
  EXPECT_THAT(after("contains", {"k"}, "True"), ElementsAre(State{"v"}));
  EXPECT_THAT(after("pop", {"k"}, "v"), ElementsAre(State{}));
  EXPECT_THAT(after("pop", {"k"}, "v"), IsEmpty());
}

TEST_F(Models, AListIsLongerByWhatIsAppended) {
  use("list");
  EXPECT_THAT(after("pop", {}, "IndexError"), ElementsAre(State{}));
  EXPECT_THAT(after("append", {"x"}, "None"), ElementsAre(State{"x"}));
  EXPECT_THAT(after("append", {"y"}, "None"), ElementsAre(State{"x", "y"}));
  EXPECT_THAT(after("set", {"0", "z"}, "None"), ElementsAre(State{"z", "y"}));
  EXPECT_THAT(after("get", {"1"}, "y"), ElementsAre(State{"z", "y"}));
  EXPECT_THAT(after("get", {"2"}, "IndexError"), ElementsAre(State{"z", "y"}));
  EXPECT_THAT(after("len", {}, "2"), ElementsAre(State{"z", "y"}));
  EXPECT_THAT(after_open("pop", {}), ElementsAre(State{"z"}));
  EXPECT_THAT(after("pop", {}, "y"), IsEmpty());
  EXPECT_FALSE(admits("insert", 2));
}

TEST_F(Models, ALockIsHeldByOne) {
  for (const char* name : {"lock", "mutex"}) {
    use(name);
    EXPECT_THAT(after("release", {}, "ValueError"), ElementsAre(State{"1"}));
    EXPECT_THAT(after("acquire", {}, "True"), ElementsAre(State{"0"}));
    EXPECT_THAT(after("acquire", {}, "False", "b"), ElementsAre(State{"0"}));
    EXPECT_THAT(after("release", {}, "None", "b"), ElementsAre(State{"1"}));
    EXPECT_THAT(after("acquire", {}, "False"), IsEmpty());
    from({"0"});
    EXPECT_THAT(after("acquire", {}, "nil"), IsEmpty());
    from({"0"});
    EXPECT_THAT(after("release", {}, "ValueError"), IsEmpty());
  }
}

TEST_F(Models, AnRLockIsItsOwners) {
  use("rlock");
  EXPECT_THAT(after("acquire", {}, "True"), ElementsAre(State{"a", "1"}));
  EXPECT_THAT(after("acquire", {}, "True"), ElementsAre(State{"a", "2"}));
  EXPECT_THAT(after("acquire", {}, "False", "b"), ElementsAre(State{"a", "2"}));
  EXPECT_THAT(after("release", {}, "AssertionError", "b"), ElementsAre(State{"a", "2"}));
  EXPECT_THAT(after("release", {}, "None"), ElementsAre(State{"a", "1"}));
  EXPECT_THAT(after("release", {}, "None"), ElementsAre(State{}));
  EXPECT_THAT(after("release", {}, "None"), IsEmpty());
  from({"a", "1"});
  EXPECT_THAT(after("acquire", {}, "False"), IsEmpty());
  from({"a", "1"});
  EXPECT_THAT(after("acquire", {}, "True", "b"), IsEmpty());
}

TEST_F(Models, ASemaphoreMayHaveMorePermitsThanAtFirst) {
  use("semaphore", 2);
  EXPECT_THAT(after("acquire", {}, "True"), ElementsAre(State{"1"}));
  EXPECT_THAT(after_failed("acquire", {}), ElementsAre(State{"1"}));
  EXPECT_THAT(after_open("acquire", {}), ElementsAre(State{"0"}));
  EXPECT_THAT(after("acquire", {}, "False"), ElementsAre(State{"0"}));
  EXPECT_THAT(after("acquire", {}, "True"), IsEmpty());
  from({"2"});
  EXPECT_THAT(after("release", {}, "None"), ElementsAre(State{"3"}));
}

TEST_F(Models, ABoundedSemaphoreMayNot) {
  use("bounded-semaphore", 2);
  EXPECT_THAT(after("release", {}, "ValueError"), ElementsAre(State{"2"}));
  EXPECT_THAT(after("release", {}, "None"), IsEmpty());
}

TEST_F(Models, AnEventIsSetUntilItIsCleared) {
  use("event");
  EXPECT_THAT(after("wait", {}, "False"), ElementsAre(State{"False"}));
  EXPECT_THAT(after("set", {}, "None"), ElementsAre(State{"True"}));
  EXPECT_THAT(after("wait", {}, "True"), ElementsAre(State{"True"}));
  EXPECT_THAT(after("clear", {}, "None"), ElementsAre(State{"False"}));
  EXPECT_THAT(after("is_set", {}, "True"), IsEmpty());
}

TEST_F(Models, ASimpleQueueIsFirstInFirstOut) {
  use("simple-queue");
  after("put", {"x"}, "None", "b");
  EXPECT_THAT(after("put", {"y"}, "None", "a"), ElementsAre(State{"x", "y"}));
  EXPECT_THAT(after("empty", {}, "False"), ElementsAre(State{"x", "y"}));
  EXPECT_THAT(after("get", {}, "x"), ElementsAre(State{"y"}));
  EXPECT_THAT(after("empty", {}, "True"), IsEmpty());
  from({"x", "y"});
  EXPECT_THAT(after("get", {}, "y"), IsEmpty());
  from({});
  EXPECT_THAT(after_open("get", {}), IsEmpty());
}

TEST_F(Models, AQueueKeepsTheOrderOfEachProducerOnly) {
  use("queue");
  after("put", {"x"}, "None", "b");
  after("put", {"y"}, "None", "a");
  EXPECT_THAT(after("put", {"z"}, "None", "b"), ElementsAre(State{"0", "a", "y", "b", "x", "b", "z"}));
  EXPECT_THAT(after("get", {}, "Empty"), ElementsAre(State{"0", "a", "y", "b", "x", "b", "z"}));
  EXPECT_THAT(after_open("get", {}),
              UnorderedElementsAre(State{"0", "b", "x", "b", "z"}, State{"0", "a", "y", "b", "z"}));
  from({"0", "b", "x", "b", "z"});
  EXPECT_THAT(after("get", {}, "z"), IsEmpty());
  from({"0"});
  EXPECT_THAT(after("empty", {}, "False"), IsEmpty());
  from({"0", "b", "x"});
  EXPECT_THAT(after("empty", {}, "True"), ElementsAre(State{"0", "b", "x"}));
  EXPECT_THAT(after("put", {"x"}, "Full"), IsEmpty());
  EXPECT_FALSE(admits("task_done", 0));
}

TEST_F(Models, ABoundedQueueRefuses) {
  use("queue", 1);
  after("put", {"x"}, "None");
  EXPECT_THAT(after("put", {"y"}, "Full"), ElementsAre(State{"0", "a", "x"}));
  EXPECT_THAT(after("put", {"y"}, "None"), IsEmpty());
}

TEST_F(Models, AJoinableQueueCountsWhatIsToBeDone) {
  use("joinable-queue");
  EXPECT_THAT(after("task_done", {}, "ValueError"), ElementsAre(State{"0"}));
  EXPECT_THAT(after("join", {}, "None"), ElementsAre(State{"0"}));
  after("put", {"x"}, "None");
  EXPECT_THAT(after("get", {}, "x"), ElementsAre(State{"1"}));
  EXPECT_THAT(after("task_done", {}, "None"), ElementsAre(State{"0"}));
  EXPECT_THAT(after("task_done", {}, "None"), IsEmpty());
  from({"1"});
  EXPECT_THAT(after("join", {}, "None"), IsEmpty());
  from({"1"});
  EXPECT_THAT(after("task_done", {}, "ValueError"), IsEmpty());
}

TEST(ModelRegistry, NamesAreUniqueAndDocumented) {
  std::ifstream stream("docs/reference/linearizability.md");  // tests run in the source root
  std::stringstream page;
  page << stream.rdbuf();
  std::set<std::string_view> names;
  for (const ModelRow& row : models()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_NE(page.str().find("| `" + std::string(row.name) + "` |"), std::string::npos) << row.name;
  }
  EXPECT_EQ(find_model("cat"), nullptr);
}

}  // namespace
}  // namespace heddle::linearizability
