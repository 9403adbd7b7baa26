// Words for exceptions, and where they go.
#include <mp/process/uncaught.hpp>

#include <mp/os/uninterrupted.hpp>

#include <cstdlib>
#include <memory>
#include <span>

namespace mp::detail {

std::string type_in_words(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return status == 0 ? std::string(name.get()) : std::string(type.name());
}

std::string exception_in_words(const std::exception& exception) {
  return type_in_words(typeid(exception)) + ": " + exception.what();
}

std::string unknown_exception_in_words() {
  const std::type_info* const type = abi::__cxa_current_exception_type();
  return type == nullptr ? std::string("an exception of another language") : type_in_words(*type);
}

void write_error(Os& os, std::string_view words) {
  constexpr Descriptor standard_error = 2;
  std::span<const std::byte> rest = std::as_bytes(std::span(words));
  while (!rest.empty()) {
    const Result<std::size_t> written = uninterrupted([&] { return os.write(standard_error, rest); });
    if (!written) return;  // a process without standard error has nobody to tell
    rest = rest.subspan(*written);
  }
}

void report_uncaught(Os& os, const Runner& runner, std::string_view words) {
  os.annotate({.kind = Annotation::Kind::uncaught,
               .object_kind = runner.kind,
               .object = runner.object,
               .text = words});
  write_error(os, runner.heading + "\n  " + std::string(words) + "\n");
}

}  // namespace mp::detail
