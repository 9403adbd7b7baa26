// The classic scenarios: small programs with one concurrency bug each, known from the literature on testing
// and made anew here. They measure strategies: how many executions until the bug shows (docs/performance.md).
//
// What makes that comparable: main starts the threads one after another, and before every access to shared
// data, lock, unlock, start and join another thread may run. The head of each file says how many such points
// an execution has, next to the count of the reference: an independent implementation of the same programs,
// whose figures docs/performance.md has as well. One more point is the end of main, without alternatives.
//
// A family is one file, its members differ in numbers: reorder_100() is in reorder.cpp.
#pragma once

#include <heddle/core/scenario.hpp>

namespace heddle::classic {

Scenario lost_update();
Scenario abba();
Scenario philosophers_3();
Scenario philosophers_4();
Scenario philosophers_5();
Scenario bounded_buffer();
Scenario lost_wakeup();
Scenario reorder_3();
Scenario reorder_4();
Scenario reorder_5();
Scenario reorder_10();
Scenario reorder_20();
Scenario reorder_50();
Scenario reorder_100();
Scenario twostage_1();
Scenario twostage_20();
Scenario twostage_50();
Scenario twostage_100();
Scenario wronglock();
Scenario wronglock_3();
Scenario token_ring();
Scenario circular_buffer();
Scenario account();
Scenario bank();
Scenario carter();
Scenario lazy();
Scenario sigma();
Scenario sync();
Scenario sync_2();
Scenario read_write_lock();
Scenario stack();
Scenario queue();
Scenario bluetooth_driver();
Scenario aba_stack();
Scenario work_stealing_queue();
Scenario safestack();

}  // namespace heddle::classic
