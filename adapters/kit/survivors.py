"""Finds and ends every process that a case leaves behind, however deep: children of children, orphans, stopped ones.

Not the resource tracker, which unlinks the shared memory of those that were killed and ends by itself once it is alone.
"""

import ctypes
import os
import signal

PR_SET_CHILD_SUBREAPER = 36
TRACKER = b"multiprocessing.resource_tracker"


def inherit_orphans():
    """Who loses its parent becomes a child of this process."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_of(pid):
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as children:
                found += map(int, children.read().split())
    except (FileNotFoundError, ProcessLookupError):
        pass  # it has just ended: its children are this process's now
    return found


def descendants(pid):
    for child in children_of(pid):
        yield from descendants(child)
        yield child


def is_tracker(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as command:
            return TRACKER in command.read()
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def end_all():
    """Looks again behind each that has ended: who was born meanwhile has come here by then."""
    while True:
        for pid in descendants(os.getpid()):
            if not is_tracker(pid):
                kill(pid)
        try:
            os.wait()
        except ChildProcessError:
            return
