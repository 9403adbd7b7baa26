#!/usr/bin/python3
"""A port that is broken on purpose: CPython's, with one of ten defects. It shows that `heddle conform` sees each.

    adapter.py --list-defects       name and words of each, and the case that must fail
    adapter.py --defect queue-lifo  the adapter of that port; without the option, of CPython as it is

A defect is a class around the real one that does one thing otherwise, and stands in its place among what makes objects.
"""

import argparse
import importlib.util
import pathlib

REAL = importlib.util.spec_from_file_location(
    "cpython_adapter", pathlib.Path(__file__).resolve().parent.parent / "cpython" / "adapter.py")
cpython = importlib.util.module_from_spec(REAL)  # an adapter, too: it finds the kit
REAL.loader.exec_module(cpython)
script = cpython.script

MAKERS = dict(cpython.MAKERS)  # the real ones


class Around:
    """Everything is the real object's but for what a class below does otherwise."""

    maker = ""

    def __init__(self, *args, **kwargs):
        self.real = MAKERS[self.maker](*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.real, name)


class QueueLifo(Around):
    """get gives the newest item that is there"""

    maker, case = "Queue", "queue/042-fork-after-puts"

    def get(self, block=True, timeout=None):
        items = [self.real.get(block, timeout)]
        while not self.real.empty():
            items.append(self.real.get())
        for each in items[:-1]:
            self.real.put(each)
        return items[-1]


class QueueLosesOne(Around):
    """the third item of a process never arrives"""

    maker, case = "Queue", "queue/034-put-forms"
    puts = 0

    def put(self, *args, **kwargs):
        self.puts += 1
        if self.puts != 3:
            self.real.put(*args, **kwargs)


class MaxsizeIgnored(Around):
    """a queue is never full"""

    maker, case = "Queue", "queue/036-put-at-once-when-full"

    def __init__(self, _=0):
        super().__init__()


class GetTimeoutIgnored(Around):
    """get with a timeout waits without end"""

    maker, case = "Queue", "queue/046-get-waits-its-timeout"

    def get(self, block=True, _=None):
        return self.real.get(block)


class OverReleaseAccepted(Around):
    """a bounded semaphore has no bound"""

    maker, case = "BoundedSemaphore", "bounded-semaphore/059-walk"

    def __init__(self, value=1):
        self.real = MAKERS["Semaphore"](value)


class NotifyWakesAll(Around):
    """notify wakes every waiter"""

    maker, case = "Condition", "condition/062-notify-wakes-one"

    def notify(self, _=1):
        self.real.notify_all()


class EventClearIgnored(Around):
    """an event stays set"""

    maker, case = "Event", "event/074-cleared-and-set-again"

    def clear(self):
        pass


class BarrierIndexRepeated(Around):
    """every party is given the index 0"""

    maker, case = "Barrier", "barrier/078-indices"

    def wait(self, timeout=None):
        self.real.wait(timeout)
        return 0


class TaskDoneUnchecked(Around):
    """task_done may be called too often"""

    maker, case = "JoinableQueue", "joinable-queue/task-done-too-often"

    def task_done(self):
        try:
            self.real.task_done()
        except ValueError:
            pass


class ExitcodeZeroAfterKill(script.ScriptProcess):
    """who was killed has ended well"""

    maker, case = "process", "process/014-kill"

    @property
    def exitcode(self):
        code = super().exitcode
        return code and max(code, 0)


DEFECTS = {"queue-lifo": QueueLifo, "queue-loses-one": QueueLosesOne, "maxsize-ignored": MaxsizeIgnored,
           "get-timeout-ignored": GetTimeoutIgnored, "over-release-accepted": OverReleaseAccepted,
           "notify-wakes-all": NotifyWakesAll, "event-clear-ignored": EventClearIgnored,
           "barrier-index-repeated": BarrierIndexRepeated, "task-done-unchecked": TaskDoneUnchecked,
           "exitcode-zero-after-kill": ExitcodeZeroAfterKill}


def plant(defect):
    if defect.maker == "process":
        script.ScriptProcess = defect
    else:
        cpython.MAKERS[defect.maker] = defect


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--defect", choices=DEFECTS)
    parser.add_argument("--list-defects", action="store_true")
    options = parser.parse_args()
    if options.list_defects:
        for name, defect in DEFECTS.items():
            print(f"{name:26}{defect.__doc__:44}{defect.case}")
        return
    cpython.HELLO["implementation"] += f" with {options.defect}" if options.defect else ""
    if options.defect:
        plant(DEFECTS[options.defect])
    cpython.supervisor.serve(cpython.HELLO)


if __name__ == "__main__":
    main()
