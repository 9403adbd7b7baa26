"""The hazards of CPython, live: each program of the suite's hazards shows what docs/reference/cpython.md says of it, and is
held against nobody. A release above the bound (BSEM-02) takes two calls that overlap, which no program has: that page has
the script that shows it.

The program's one argument is heddle.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
HEDDLE = sys.argv.pop()

# What is said of each: a part of its message.
OBSERVED = {
    "barrier-killed-party": "Waiting: main: barrier.wait(1)",
    "condition-killed-waiter": "Waiting: main: condition.notify()",
    "event-killed-waiter": "Waiting: main: event.set()",
    "event-set-and-clear": "event.wait() == True: expected True, got False",
    "joinable-queue-lost-worker": "Waiting: main: queue.join()",
    "joinable-queue-unserialisable": "Waiting: main: queue.join()",
    "lock-killed-holder": "lock.acquire(timeout=0.5) == True: expected True, got False",
    "manager-killed-getter": "expected 1, got raises Empty",
    "manager-killed-holder": "expected True, got False",
    "pool-lost-worker": "r.ready() == True: expected True, got False",
    "pool-undecodable-result": "expected 4, got raises TimeoutError",
    "queue-killed-getter": "queue.get(timeout=1) == 1: expected 1, got raises Empty",
    "queue-lost-slot": "expected None, got raises Full",
    "queue-overrun-timeout": "Waiting: main: queue.get(timeout=0.5)",
    "simple-queue-killed-getter": "Waiting: main: queue.get()",
}


class HazardsTest(unittest.TestCase):
    def test_each_is_observed_and_none_is_held_against_cpython(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "report.json"
            port = f"{sys.executable} -B {HERE / 'adapter.py'}"
            told = [HEDDLE, "conform", "--adapter", port, "--only", "hazards/*", "--report", f"json:{file}"]
            ended = subprocess.run(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            report = json.loads(file.read_text())
        self.assertEqual(ended.returncode, 0)
        self.assertEqual([case["id"] for case in report["cases"]], [f"hazards/{name}" for name in OBSERVED])
        for case in report["cases"]:
            with self.subTest(case["id"]):
                self.assertEqual((case["level"], case["status"]), ("hazard", "failed"))
                self.assertIn(OBSERVED[case["id"].removeprefix("hazards/")], case["message"])


if __name__ == "__main__":
    unittest.main()
