#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include <heddle/histories/history_text.hpp>
#include <heddle/linearizability/models/registry.hpp>

namespace heddle::histories {
namespace {

using linearizability::Call;
using linearizability::Ending;

Expected<std::vector<Call>> read(std::string_view text, Format format, std::string_view model) {
  return read_history(text, format, *linearizability::find_model(model)->make(0), "h");
}

void expect_calls(const Expected<std::vector<Call>>& read, const std::vector<Call>& calls) {
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, calls);
}

void expect_malformed(const Expected<std::vector<Call>>& read, std::string_view what) {
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "history-malformed");
  EXPECT_EQ(read.error().exit, ExitCode::usage);
  EXPECT_EQ(read.error().what, what);
}

TEST(HistoryText, AJepsenLogIsReadLineByLine) {
  expect_calls(
      read("INFO  jepsen.core - hello\n"
           "INFO  jepsen.util - 4\t:invoke\t:cas\t[1 2]\n"
           "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n"
           "INFO  jepsen.util - 4\t:fail\t:cas\t[1 2]\n"
           "INFO  jepsen.util - 0\t:ok\t:read\t3\n"
           "INFO  jepsen.util - 1\t:invoke\t:write\t7\n"
           "INFO  jepsen.util - 1\t:info\t:write\t:timed-out\n",
           Format::jepsen, "cas-register"),
      {{.client = "4",
        .operation = "cas",
        .arguments = {"1", "2"},
        .ending = Ending::failed,
        .begin = 2,
        .end = 4},
       {.client = "0", .operation = "read", .result = "3", .begin = 3, .end = 5},
       {.client = "1", .operation = "write", .arguments = {"7"}, .ending = Ending::open, .begin = 6}});
}

TEST(HistoryText, EdnHasAMapALine) {
  expect_calls(
      read("{:process 0, :type :invoke, :f :append, :key \"k\", :value \"a b\"}\n"
           "\n"
           "{:process 1, :type :invoke, :f :get, :key \"k\", :value nil, :time 17}\n"
           "{:process 1, :type :ok, :f :get, :key \"k\", :value \"\"}",
           Format::edn, "string-kv"),
      {{.client = "0", .operation = "append", .arguments = {"k", "a b"}, .ending = Ending::open, .begin = 1},
       {.client = "1", .operation = "get", .arguments = {"k"}, .result = "", .begin = 3, .end = 4}});
}

TEST(HistoryText, AProcessMayCallAgain) {
  const auto calls = read(
      "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 1}\n"
      "{:process 0, :type :invoke, :f :write, :value 2}\n{:process 0, :type :info, :f :write}\n"
      "{:process 0, :type :invoke, :f :read}\n",
      Format::edn, "cas-register");
  ASSERT_TRUE(calls) << calls.error().what;
  EXPECT_EQ(calls->size(), 3U);
}

TEST(HistoryText, ANemesisIsLeftOut) {
  expect_calls(read("{:process :nemesis, :type :info, :f :kill, :value nil}\n"
                    "{:process 0, :type :invoke, :f :acquire}\n",
                    Format::edn, "mutex"),
               {{.client = "0", .operation = "acquire", .ending = Ending::open, .begin = 2}});
}

TEST(HistoryText, AnEmptyTextIsAHistoryOfNoCalls) {
  expect_calls(read("", Format::jepsen, "cas-register"), {});
}

TEST(HistoryText, SaysWhereItIsMalformed) {
  const auto edn = [](std::string_view text) { return read(text, Format::edn, "cas-register"); };
  expect_malformed(edn("{:process 0, :type :invoke\n"), "h:1:27: expected a closing }");
  expect_malformed(edn("\n{:process 0}\n"),
                   "h:2:1: expected :process, :type and :f, the latter two with keywords");
  expect_malformed(edn("7\n"), "h:1:1: expected one map a line");
  expect_malformed(edn("{:process 0, :type :ok, :f :read, :value 1}"),
                   "h:1:1: process 0 ends a call that it has not begun");
  expect_malformed(edn("{:process 0, :type :invoke, :f :pop}"),
                   "h:1:1: the model has no pop with 0 argument(s)");
  expect_malformed(edn("{:process 0, :type :invoke, :f :read}\n{:process 0, :type :invoke, :f :read}"),
                   "h:2:1: process 0 begins a call while that of line 1 is open");
  expect_malformed(edn("{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :write}"),
                   "h:2:1: process 0 ends write, but line 1 has begun read");
  expect_malformed(edn("{:process 0, :type :invoke, :f :read}\n{:process 0, :type :done, :f :read}"),
                   "h:2:1: expected :invoke, :ok, :fail or :info, not :done");
}

TEST(HistoryText, ALogWithoutASingleEventIsOfAnotherFormat) {
  expect_malformed(read("{:process 0, :type :invoke, :f :read}\n", Format::jepsen, "cas-register"),
                   "h:1:1: there is no event in the whole text");
  expect_malformed(read("INFO  jepsen.util - 4 :invoke\n", Format::jepsen, "cas-register"),
                   "h:1:1: expected PROCESS :TYPE :OPERATION VALUE");
  expect_malformed(read("INFO  jepsen.util - 4 :invoke :cas [1 2\n", Format::jepsen, "cas-register"),
                   "h:1:40: expected a closing ]");
}

TEST(HistoryText, AFileThatIsNotThereIsUnreadable) {
  const auto model = linearizability::find_model("mutex")->make(0);
  const auto read = read_history_file("no/such/file", Format::edn, *model);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "history-unreadable");
  EXPECT_FALSE(read_history_file(".", Format::edn, *model));  // a folder
}

TEST(HistoryText, FormatsHaveNames) {
  EXPECT_EQ(format_of("edn"), Format::edn);
  EXPECT_EQ(format_of("jepsen"), Format::jepsen);
  EXPECT_EQ(format_of("json"), std::nullopt);
}

}  // namespace
}  // namespace heddle::histories
