// OpenSSL's HMAC behind five names.
#include <mp/channel/digest.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include <mp/os/posix_os_tasks.hpp>

namespace mp::digest {

namespace {

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*get)();
};

constexpr std::array algorithms{
    Algorithm{"md5", &EVP_md5},           Algorithm{"sha256", &EVP_sha256},
    Algorithm{"sha384", &EVP_sha384},     Algorithm{"sha3_256", &EVP_sha3_256},
    Algorithm{"sha3_384", &EVP_sha3_384},
};

const Algorithm* find(std::string_view name) {
  const auto* const found = std::ranges::find(algorithms, name, &Algorithm::name);
  return found == algorithms.end() ? nullptr : found;
}

const unsigned char* raw(std::span<const std::byte> bytes) {
  static constexpr unsigned char none = 0;  // an empty key is no missing one
  return bytes.empty() ? &none : reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

bool is_known(std::string_view name) { return find(name) != nullptr; }

std::optional<Bytes> keyed(std::string_view name, std::span<const std::byte> key,
                           std::span<const std::byte> message) {
  const Algorithm* const algorithm = find(name);
  if (algorithm == nullptr) return std::nullopt;
  std::array<unsigned char, EVP_MAX_MD_SIZE> result{};
  unsigned int size = 0;
  // OpenSSL takes locks of its own here, above all the first time.
  const posix_tasks::ForkPause pause;
  if (HMAC(algorithm->get(), raw(key), static_cast<int>(key.size()), raw(message), message.size(),
           result.data(), &size) == nullptr)
    return std::nullopt;
  const auto bytes = std::as_bytes(std::span(result)).first(size);
  return Bytes(bytes.begin(), bytes.end());
}

bool are_equal(std::span<const std::byte> one, std::span<const std::byte> other) {
  return one.size() == other.size() && CRYPTO_memcmp(raw(one), raw(other), one.size()) == 0;
}

}  // namespace mp::digest
