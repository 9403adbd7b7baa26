#!/usr/bin/python3
"""heddle's adapter for the multiprocessing of the Python that runs it: it shows how a port is put to the test.

All that an adapter does is the kit's (adapters/kit/supervisor.py says how it goes); a port is what it adds: tables of what
makes an object and what is done to one, where a program calls it otherwise than Python or Python has no function for it.
Everything else is getattr(object, name)(...). To support one thing more, add a row.
"""

import functools
import multiprocessing
import operator
import os
import pathlib
import pickle
import platform
import signal
import sys
import time
from multiprocessing import connection, managers, pool, shared_memory

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "kit"))

import port  # noqa: E402
import script  # noqa: E402
import supervisor  # noqa: E402


def address_of(value):
    """JSON has no tuples: ['127.0.0.1', 0] is the address ('127.0.0.1', 0)."""
    is_internet = isinstance(value, list) and [type(each) for each in value] == [str, int]
    return tuple(value) if is_internet else value


def to_text(address):
    """Of an abstract name the system tells bytes."""
    return os.fsdecode(address) if isinstance(address, bytes) else address


def make_listener(address=None, *args, **kwargs):
    return connection.Listener(address_of(address), *args, **kwargs)


def make_client(address, *args, **kwargs):
    return connection.Client(address_of(address), *args, **kwargs)


def make_manager(start=True):
    manager = managers.SyncManager()
    if start:
        manager.start()
    return manager


def make_pool(processes=None, maxtasksperchild=None):
    return multiprocessing.Pool(processes, maxtasksperchild=maxtasksperchild)


def make_managed_pool(manager, processes=None, maxtasksperchild=None):
    return manager.Pool(processes, maxtasksperchild=maxtasksperchild)


# Who makes an object out of nothing; a Pipe makes two.
MAKERS = {name: getattr(multiprocessing, name)
          for name in ("Queue", "JoinableQueue", "SimpleQueue", "Pipe", "Lock", "RLock", "Semaphore", "BoundedSemaphore",
                       "Condition", "Event", "Barrier", "Value", "RawValue", "Array", "RawArray", "current_process",
                       "parent_process")}
MAKERS |= {"Listener": make_listener, "Client": make_client, "Manager": make_manager, "Pool": make_pool,
           "ThreadPool": pool.ThreadPool, "SharedMemory": shared_memory.SharedMemory,
           "ShareableList": shared_memory.ShareableList}


def receive_into(end, buffer, offset=0):
    """A value of a program cannot be changed, so the buffer as it then is comes with the count."""
    whole = bytearray(buffer)
    return [end.recv_bytes_into(whole, offset), bytes(whole)]


def send_signal(number, process):
    os.kill(process.pid, number)


def sort(values, reverse=False):
    values.sort(reverse=reverse)


def next_of(iterator, *timeout):
    """A managed iterator and that of chunks have no name for it but Python's."""
    return getattr(iterator, "next", iterator.__next__)(*timeout)


def load(_, data):
    return pickle.loads(data)


# What is done to an object, by a name that is not a method's.
OPERATIONS = {
    "len": len, "list": list, "getattr": getattr, "setattr": setattr, "delattr": delattr,  # written around the object
    "contains": operator.contains, "delete": operator.delitem, "size": len, "sort": sort, "next": next_of,
    "dumps": pickle.dumps, "loads": load, "recv_bytes_into": receive_into,
    "number_of_objects": lambda manager: manager._number_of_objects(),
    "stop": functools.partial(send_signal, signal.SIGSTOP), "resume": functools.partial(send_signal, signal.SIGCONT),
}


def wait(object_list, timeout=None):
    """The positions of those that are ready."""
    ready = connection.wait(object_list, timeout)
    return [position for position, each in enumerate(object_list) if each in ready]


def active_children():
    """Their names, oldest first."""
    return [child.name for child in sorted(multiprocessing.active_children(), key=lambda child: child._identity)]


# What a process does to itself.
FUNCTIONS = {"sleep": time.sleep, "wait": wait, "active_children": active_children}


class CPython(port.Port):
    def make_by(self, target, name, args, kwargs):
        if name == "Pool":
            return [make_managed_pool(target, *args, **kwargs)]
        if name == "loads":
            return [load(target, *args)]
        return super().make_by(target, name, args, kwargs)

    def reach(self, form, target, name, args):
        found = super().reach(form, target, name, args)
        return to_text(found) if name == "address" else found


script.port = CPython(MAKERS, OPERATIONS, FUNCTIONS)
HELLO = {"implementation": "CPython multiprocessing", "language": "Python", "version": platform.python_version(),
         "issues_url": "https://github.com/python/cpython/issues", "capabilities": supervisor.capabilities(script.port),
         "limits": {"processes": 256}, "start_methods": ["fork", "spawn", "forkserver"]}

if __name__ == "__main__":
    supervisor.serve(HELLO)
