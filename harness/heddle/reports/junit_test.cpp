// The XML is read again by a parser, and held to the rules of the schema that matter: which attributes a case
// has, and that counts are right.
#include <gtest/gtest.h>

#include <algorithm>
#include <pugixml.hpp>
#include <set>

#include <heddle/reports/junit.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

class JunitReport : public testing::Test {
 protected:
  pugi::xml_node made(JunitFlavour flavour = JunitFlavour::jenkins) {
    ReportRun run = trial::reported_run();
    run.junit_flavour = flavour;
    const std::string text = make_junit_report()->render(run);
    EXPECT_TRUE(document_.load_string(text.c_str())) << text;
    return document_.child("testsuites");
  }
  pugi::xml_node test(const char* suite, const char* name) {
    return made()
        .find_child_by_attribute("testsuite", "name", suite)
        .find_child_by_attribute("testcase", "name", name);
  }

  pugi::xml_document document_;
};

std::set<std::string> attributes_of(pugi::xml_node node) {
  std::set<std::string> names;
  for (const pugi::xml_attribute attribute : node.attributes()) names.insert(attribute.name());
  return names;
}

TEST_F(JunitReport, CountsWhatItHolds) {
  const pugi::xml_node root = made();
  EXPECT_EQ(root.attribute("tests").as_int(), 4);
  EXPECT_EQ(root.attribute("failures").as_int(), 1);
  EXPECT_EQ(root.attribute("errors").as_int(), 1);
  EXPECT_EQ(root.select_nodes("//testcase").size(), 4U);
  EXPECT_EQ(root.select_nodes("//testcase[failure]").size(), 1U);
  EXPECT_EQ(root.select_nodes("//testcase[error]").size(), 1U);
}

TEST_F(JunitReport, EndsAFailureInTheLineToPaste) {
  const std::string text = test("locks", "both-orders").child("failure").text().get();
  EXPECT_NE(text.find("heddle replay h1-"), std::string::npos) << text;
}

TEST_F(JunitReport, PassesWhatWasDeclared) { EXPECT_FALSE(test("locks", "declared").first_child()); }

TEST_F(JunitReport, HasOnlyWhatJenkinsKnows) {
  EXPECT_EQ(attributes_of(test("heddle", "alone")), (std::set<std::string>{"classname", "name", "time"}));
  EXPECT_EQ(attributes_of(made()), (std::set<std::string>{"errors", "failures", "name", "tests", "time"}));
}

TEST_F(JunitReport, HasWhatGoogleTestHasInTheOtherFlavour) {
  const pugi::xml_node root = made(JunitFlavour::gtest);
  EXPECT_STREQ(root.attribute("name").value(), "AllTests");
  EXPECT_STREQ(root.select_node("//testcase").node().attribute("status").value(), "run");
}

TEST_F(JunitReport, WritesNoLetterThatXmlHasNot) {
  const std::string message = test("words", "careful").child("error").attribute("message").value();
  EXPECT_NE(message.find("a <b> & \"c\" said 50% ]]> ?"), std::string::npos) << message;
}

}  // namespace
}  // namespace heddle
