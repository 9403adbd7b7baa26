// See the header. A message says itself which of the schema's definitions it has to meet, so what is wrong is
// told of that one.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <heddle/conform/schema.hpp>
#include <heddle/conform/suite_texts.hpp>

namespace heddle::conform {
namespace {

using nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

class SchemaCheck {
 public:
  SchemaCheck() : whole_(json::parse(port_protocol_schema)) {}

  std::optional<std::string> wrong_with(Direction direction, const std::string& line) {
    const json message = json::parse(line, nullptr, false);
    if (!message.is_object()) return fmt::format("'{}' is no JSON object", line.substr(0, shown_max));
    const char* const key = message.contains("ev") ? "ev" : "type";
    const std::string kind =
        message.contains(key) && message[key].is_string() ? message[key].get<std::string>() : "";
    const std::string definition = (direction == Direction::to_adapter ? "order_" : "answer_") + kind;
    const valijson::Schema* const schema = schema_of(definition);
    if (schema == nullptr)
      return fmt::format("'{}' is no message: {}", line.substr(0, shown_max), definition);
    valijson::ValidationResults results;
    if (valijson::Validator(valijson::Validator::kStrongTypes).validate(*schema, Adapter(message), &results))
      return std::nullopt;
    return fmt::format("'{}' is no {}: {}", line.substr(0, shown_max), definition, words_of(results));
  }

 private:
  static constexpr std::size_t shown_max = 200;

  static std::string words_of(valijson::ValidationResults& results) {
    std::string words;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      std::string path;
      for (const std::string& step : error.context) path += step;
      words += fmt::format("{}{} {}", words.empty() ? "" : "; ", path, error.description);
    }
    return words.substr(0, 2 * shown_max);
  }

  /// Parsed when it is first asked for; null: there is none.
  const valijson::Schema* schema_of(const std::string& definition) {
    if (!whole_["definitions"].contains(definition)) return nullptr;
    std::unique_ptr<valijson::Schema>& schema = schemas_[definition];
    if (schema == nullptr) {
      json one = whole_["definitions"][definition];
      one["definitions"] = whole_["definitions"];
      schema = std::make_unique<valijson::Schema>();
      valijson::SchemaParser().populateSchema(Adapter(one), *schema);
    }
    return schema.get();
  }

  json whole_;
  std::map<std::string, std::unique_ptr<valijson::Schema>> schemas_;
};

}  // namespace

Check check_by_schema() {
  return [check = std::make_shared<SchemaCheck>()](Direction direction, const std::string& line) {
    return check->wrong_with(direction, line);
  };
}

}  // namespace heddle::conform
