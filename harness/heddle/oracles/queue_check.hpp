// Makes the oracle of decisions by empty(), full() and qsize().
#pragma once

#include <heddle/core/oracle.hpp>
#include <memory>

namespace heddle {

std::unique_ptr<Oracle> make_queue_check();

}  // namespace heddle
