#!/usr/bin/env bash
# Builds the fuzzers as OSS-Fuzz asks: with CC, CXX, CFLAGS and CXXFLAGS of its choosing, linked against
# LIB_FUZZING_ENGINE, into OUT; beside each x its x_seed_corpus.zip, x.dict and x.options. WORK, if it is
# given, is where the build goes. FUZZERS names some of the sources, without .cpp; otherwise all are built.
#
# The libraries come from Debian's packages (ci/deps) and so does the C++ library that they are made with, which
# is why -stdlib=libc++ is taken from the flags. Fuzzers that have to find something are left out.
set -euo pipefail
cd "$(dirname "$0")/../.."

: "${CC:?}" "${CXX:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}"
cxx_flags=${CXXFLAGS:-}
cxx_flags=${cxx_flags//-stdlib=libc++/}
build=${WORK:-build}/oss-fuzz

read -r -a fuzzers <<< "${FUZZERS:-}"
if [[ ${#fuzzers[@]} -eq 0 ]]; then
  mapfile -t fuzzers < <(find fuzz -name '*_fuzz.cpp' | sed 's/\.cpp$//' | sort)
fi

cmake -S . -B "$build" -G Ninja -D HEDDLE_FUZZ=ON -D HEDDLE_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" \
  -D CMAKE_C_COMPILER="$CC" -D CMAKE_CXX_COMPILER="$CXX" \
  -D CMAKE_C_FLAGS="${CFLAGS:-}" -D CMAKE_CXX_FLAGS="$cxx_flags" -D HEDDLE_PRECOMPILE=OFF \
  -D CMAKE_EXE_LINKER_FLAGS="-Wl,-rpath,'\$ORIGIN/lib'" -D CMAKE_BUILD_WITH_INSTALL_RPATH=ON
targets=()
for fuzzer in "${fuzzers[@]}"; do
  if [[ ! -f $fuzzer.expect ]]; then targets+=("${fuzzer//\//.}"); fi
done
cmake --build "$build" --parallel "${JOBS:-$(nproc)}" --target "${targets[@]}"

# The machine that runs them has none of Debian's libraries: they lie beside the fuzzers, where these look.
copy_libraries() {
  mkdir -p "$OUT/lib"
  ldd "$1" | sed -nE 's/^.*lib(fmt|boost|crypto|xxhash)[^ ]* => ([^ ]+) .*/\2/p' | xargs --no-run-if-empty cp -t "$OUT/lib"
}

# The files of corpus/seeds/x and of the folders in x.seeds, under the names of their contents.
zip_seeds() {
  local name=$1 short=${1##*/} folders=("corpus/seeds/${1##*/}") more=()
  if [[ -f $name.seeds ]]; then mapfile -t more < "$name.seeds"; fi
  folders+=("${more[@]}")
  python3 - "$OUT/${short}_seed_corpus.zip" "${folders[@]}" << 'END'
import hashlib, pathlib, sys, zipfile
seeds = {}
for folder in sys.argv[2:]:
    for file in sorted(pathlib.Path(folder).rglob("*")):
        if file.is_file() and file.suffix not in (".cpp", ".hpp", ".md"):
            seeds[hashlib.sha1(file.read_bytes()).hexdigest()] = file
if seeds:
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in sorted(seeds.items()):
            archive.write(file, name)
END
}

mkdir -p "$OUT"
for fuzzer in "${fuzzers[@]}"; do
  if [[ -f $fuzzer.expect ]]; then continue; fi
  short=${fuzzer##*/}
  cp "$build/$fuzzer" "$OUT/$short"
  copy_libraries "$build/$fuzzer"  # the copy in OUT finds those that lie there already
  zip_seeds "$fuzzer"
  if [[ -f $fuzzer.dict ]]; then cp "$fuzzer.dict" "$OUT/$short.dict"; fi
  options=$fuzzer.options
  if [[ ! -f $options ]]; then options=${fuzzer%/*}/all.options; fi
  if [[ -f $options ]]; then cp "$options" "$OUT/$short.options"; fi
done
