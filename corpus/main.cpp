// The heddle binary: the command line over the scenarios of this folder. Anybody's own binary is made the
// same way, over their own scenarios (examples/own_main.cpp). Its gate runs the tapes of corpus/regressions
// first, from wherever the tree's root is the current folder.
#include <heddle/api/heddle.hpp>
#include <scenarios/registry.hpp>

int main(int argc, char** argv) {
  return heddle::main(argc, argv, heddle::scenarios(), "corpus/regressions");
}
