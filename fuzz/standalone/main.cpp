// A main for fuzzers without a fuzzer: runs each file of the command line once, each file of each folder, or
// standard input if nothing is named. To look at an input that somebody else's fuzzer kept, under a debugger
// or in a build that has no libFuzzer.
//
// An input that crashes ends the process; otherwise it ends with 0, or 2 if something could not be read.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" [[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

namespace fs = std::filesystem;

void run(std::istream& from) {
  const std::string bytes{std::istreambuf_iterator<char>(from), {}};
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// The files of a folder in an order that is the same everywhere.
std::vector<fs::path> files_at(const fs::path& place) {
  if (!fs::is_directory(place)) return {place};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(place))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

bool run_file(const fs::path& file) {
  std::ifstream from(file, std::ios::binary);
  if (!from) {
    std::fprintf(stderr, "%s cannot be read\n", file.c_str());
    return false;
  }
  run(from);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  std::size_t count = 0;
  bool is_all_read = true;
  if (argc < 2) {
    run(std::cin);
    ++count;
  }
  for (int i = 1; i < argc; ++i)
    for (const fs::path& file : files_at(argv[i])) {
      std::fprintf(stderr, "%s\n", file.c_str());
      if (run_file(file))
        ++count;
      else
        is_all_read = false;
    }
  std::fprintf(stderr, "ran %zu input%s\n", count, count == 1 ? "" : "s");
  return is_all_read ? 0 : 2;
}
