// The zoo of real bugs: for each of the historic concurrency bugs of CPython's multiprocessing that are
// retold as cards, a variant of a primitive that has the mistake in it and a program that uses it as it
// should be used. zoo/card-NN is the program over the variant with the mistake, zoo/card-NN-fixed the same
// program over the same variant without.
//
// A card is one file, card_NN.cpp. The variants are the headers of this folder, each with an enumeration of
// the mistakes that it may be given; they are made of what lib has for everybody. What is found is found by
// what the program asserts about its own results and by the rules that every program is held to.
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle {

/// In the order of the cards.
std::vector<Scenario> zoo_scenarios();

namespace zoo {

using Rows = std::vector<Scenario>;

Rows card_01();
Rows card_02();
Rows card_03();
Rows card_04();
Rows card_05();
Rows card_06();
Rows card_07();
Rows card_08();
Rows card_10();
Rows card_11();
Rows card_13();
Rows card_14();
Rows card_15();
Rows card_17();
Rows card_18();
Rows card_19();
Rows card_20();
Rows card_21();
Rows card_23();
Rows card_25();
Rows card_26();
Rows card_29();

}  // namespace zoo
}  // namespace heddle
