// The heddle binary: the command line over the scenarios of this folder. Anybody's own binary is made the
// same way, over their own scenarios (examples/own_main.cpp).
#include <heddle/api/heddle.hpp>
#include <scenarios/registry.hpp>

int main(int argc, char** argv) { return heddle::main(argc, argv, heddle::scenarios()); }
