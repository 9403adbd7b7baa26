// See the header.
#include <heddle/api/text_report.hpp>
#include <heddle/reports/registry.hpp>

namespace heddle {

std::string text_report(const Result& result, const ReportContext& context) {
  return find_report("text")->make()->render(result, context);
}

}  // namespace heddle
