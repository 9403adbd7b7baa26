# Finds the Debian packages that `ci/deps` installs. Nothing is fetched and nothing is vendored, so a
# configure needs no network. Why each one is used: docs/decisions/0001-build-and-dependencies.md.
#
# Within another project, what heddle links is linked there too, and has to be known there.
if(NOT PROJECT_IS_TOP_LEVEL)
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
endif()
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(msgpack REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Boost REQUIRED COMPONENTS context)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(pugixml REQUIRED)
find_package(tomlplusplus REQUIRED)
if(PROJECT_IS_TOP_LEVEL)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(benchmark REQUIRED)
  find_package(Catch2 REQUIRED)  # of examples; doctest is a header alone
elseif(NOT TARGET GTest::gtest)
  find_package(GTest QUIET)  # of that project; without one there is no heddle::gtest
endif()

# xxHash comes with a pkg-config file only.
find_package(PkgConfig REQUIRED)
pkg_check_modules(libxxhash REQUIRED IMPORTED_TARGET GLOBAL libxxhash)
if(NOT TARGET xxhash::xxhash)
  add_library(xxhash::xxhash ALIAS PkgConfig::libxxhash)
endif()
