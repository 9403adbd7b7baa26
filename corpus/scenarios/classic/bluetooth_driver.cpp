// A driver is told to stop while a request comes in: the request looks at the stop flag, then counts itself,
// and in between the driver may count nobody and stop. 22 to 24 switch points; the reference counts 22.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Driver {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<int> pending{1, {.name = "pending"}};  // the driver counts as one
  mp::RawValue<bool> is_stopping{false, {.name = "is-stopping"}};
  mp::RawValue<bool> is_drained{false, {.name = "is-drained"}};
  mp::RawValue<bool> has_stopped{false, {.name = "has-stopped"}};
};

bool begin_request(Driver& driver) {
  if (driver.is_stopping.value()) return false;
  const mp::With held(driver.lock);
  driver.pending.value() += 1;
  return true;
}

void end_request(Driver& driver) {
  int left = 0;
  {
    const mp::With held(driver.lock);
    driver.pending.value() -= 1;
    left = driver.pending.value();
  }
  if (left == 0) driver.is_drained.value() = true;
}

void stop(Driver& driver) {
  driver.is_stopping.value() = true;
  end_request(driver);
  if (driver.is_drained.value()) driver.has_stopped.value() = true;
}

void body() {
  Driver driver;
  Crew crew;
  crew.start("stopper", [&] { stop(driver); });
  if (begin_request(driver)) {
    check(!driver.has_stopped.value(), "no request is served by a driver that has stopped");
    end_request(driver);
  }
  crew.join();
}

}  // namespace

Scenario bluetooth_driver() {
  return {.name = "classic/bluetooth-driver",
          .summary = "a request counts itself after its look at the flag by which the driver is stopped",
          .body = &body,
          .expected = {{.rule = "shared-memory-race"}, {.rule = "assertion"}}};
}

}  // namespace heddle::classic
