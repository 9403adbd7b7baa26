#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string>

#include <heddle/histories/edn.hpp>
#include <heddle/histories/history_text.hpp>

namespace heddle::histories {
namespace {

using linearizability::Call;
using linearizability::Ending;
using linearizability::Model;

constexpr std::string_view jepsen_mark = "jepsen.util - ";

struct Place {
  std::string_view file = {};
  std::uint64_t line = 0;
  std::size_t column = 1;
};

struct Event {
  std::string client;
  std::string type;
  std::string operation;
  std::optional<std::string> key = {};
  Form value = {};
};

tl::unexpected<Error> malformed(Place place, std::string_view what) {
  return tl::unexpected(
      Error{.code = "history-malformed",
            .what = fmt::format("{}:{}:{}: {}", place.file, place.line, place.column, what),
            .hint = "the forms of histories are shown in docs/reference/linearizability.md"});
}

bool is_number(const Form& form) {
  return form.kind == Form::Kind::word && !form.text.empty() &&
         std::ranges::all_of(form.text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_keyword(const Form& form) { return form.kind == Form::Kind::keyword; }

/// A line as forms; none if there is nothing on it that is meant for us.
Expected<std::vector<Form>> forms_of(std::string_view line, Format format, Place place) {
  if (format == Format::jepsen) {
    const std::size_t mark = line.find(jepsen_mark);
    if (mark == std::string_view::npos) return {};
    place.column += mark + jepsen_mark.size();
    line.remove_prefix(mark + jepsen_mark.size());
  }
  auto forms = read_edn(line);
  if (forms) return *std::move(forms);
  place.column += forms.error().column - 1;
  return malformed(place, fmt::format("expected {}", forms.error().expected));
}

/// 0 :invoke :cas [1 2]
Expected<Event> event_of_log(const std::vector<Form>& forms, Place place) {
  if (forms.size() < 4 || !is_keyword(forms[1]) || !is_keyword(forms[2]))
    return malformed(place, "expected PROCESS :TYPE :OPERATION VALUE");
  return Event{.client = is_number(forms[0]) ? forms[0].text : "",
               .type = forms[1].text,
               .operation = forms[2].text,
               .value = forms[3]};
}

/// {:process 0, :type :invoke, :f :cas, :value [1 2]}
Expected<Event> event_of_map(const std::vector<Form>& forms, Place place) {
  if (forms.size() != 1 || forms[0].kind != Form::Kind::map)
    return malformed(place, "expected one map a line");
  const Form* const process = value_of(forms[0], "process");
  const Form* const type = value_of(forms[0], "type");
  const Form* const operation = value_of(forms[0], "f");
  const Form* const key = value_of(forms[0], "key");
  const Form* const value = value_of(forms[0], "value");
  if (process == nullptr || type == nullptr || operation == nullptr || !is_keyword(*type) ||
      !is_keyword(*operation))
    return malformed(place, "expected :process, :type and :f, the latter two with keywords");
  return Event{.client = is_number(*process) ? process->text : "",
               .type = type->text,
               .operation = operation->text,
               .key = key == nullptr ? std::nullopt : std::optional(text_of(*key)),
               .value = value == nullptr ? Form{.text = "nil"} : *value};
}

std::vector<std::string> arguments_of(const Event& event) {
  std::vector<std::string> arguments;
  if (event.key) arguments.push_back(*event.key);
  if (event.value.kind == Form::Kind::sequence) {
    for (const Form& each : event.value.items) arguments.push_back(text_of(each));
  } else if (event.value != Form{.text = "nil"}) {
    arguments.push_back(text_of(event.value));
  }
  return arguments;
}

/// Makes calls of events, two each.
class Pairing {
 public:
  explicit Pairing(const Model& model) : model_(model) {}

  Expected<void> add(const Event& event, Place place) {
    if (event.type == "invoke") return begin(event, place);
    const auto open = open_.find(event.client);
    if (open == open_.end())
      return malformed(place, fmt::format("process {} ends a call that it has not begun", event.client));
    Call& call = calls_[open->second];
    open_.erase(open);
    if (call.operation != event.operation)
      return malformed(place, fmt::format("process {} ends {}, but line {} has begun {}", event.client,
                                          event.operation, call.begin, call.operation));
    return end(call, event, place);
  }
  std::vector<Call> calls() && { return std::move(calls_); }

 private:
  Expected<void> begin(const Event& event, Place place) {
    const auto [open, is_free] = open_.try_emplace(event.client, calls_.size());
    if (!is_free)
      return malformed(place, fmt::format("process {} begins a call while that of line {} is open",
                                          event.client, calls_[open->second].begin));
    calls_.push_back({.client = event.client,
                      .operation = event.operation,
                      .arguments = arguments_of(event),
                      .ending = Ending::open,
                      .begin = place.line});
    if (model_.admits(calls_.back())) return {};
    return malformed(place, fmt::format("the model has no {} with {} argument(s)", event.operation,
                                        calls_.back().arguments.size()));
  }
  static Expected<void> end(Call& call, const Event& event, Place place) {
    if (event.type == "info") return {};
    if (event.type != "ok" && event.type != "fail")
      return malformed(place, fmt::format("expected :invoke, :ok, :fail or :info, not :{}", event.type));
    call.ending = event.type == "ok" ? Ending::returned : Ending::failed;
    call.end = place.line;
    if (event.type == "ok") call.result = text_of(event.value);
    return {};
  }

  const Model& model_;
  std::vector<Call> calls_;
  std::map<std::string, std::size_t, std::less<>> open_;  // by client
};

}  // namespace

std::optional<Format> format_of(std::string_view name) {
  if (name == "edn") return Format::edn;
  if (name == "jepsen") return Format::jepsen;
  return std::nullopt;
}

Expected<std::vector<Call>> read_history(std::string_view text, Format format, const Model& model,
                                         const std::string& file) {
  Pairing pairing(model);
  Place place{.file = file};
  bool has_event = text.empty();
  while (!text.empty()) {
    ++place.line;
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto forms = forms_of(line, format, place);
    if (!forms) return tl::unexpected(forms.error());
    if (forms->empty()) continue;
    has_event = true;
    const auto event = format == Format::edn ? event_of_map(*forms, place) : event_of_log(*forms, place);
    if (!event) return tl::unexpected(event.error());
    if (event->client.empty()) continue;
    if (const auto good = pairing.add(*event, place); !good) return tl::unexpected(good.error());
  }
  if (!has_event) return malformed(place, "there is no event in the whole text");
  return std::move(pairing).calls();
}

Expected<std::vector<Call>> read_history_file(const std::string& file, Format format, const Model& model) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  std::array<char, 65'536> chunk;
  do {
    stream.read(chunk.data(), chunk.size());
    text.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
  } while (stream);
  if (stream.is_open() && !stream.bad()) return read_history(text, format, model, file);
  return tl::unexpected(Error{.code = "history-unreadable",
                              .what = fmt::format("{} cannot be read", file),
                              .hint = "name files that hold a history each"});
}

}  // namespace heddle::histories
