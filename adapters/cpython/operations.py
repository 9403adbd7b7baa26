"""What the program text has and Python calls otherwise, or not at all. Everything else is getattr(object, name)(...).

Two tables: what makes an object, and what is done to one. To support one thing more, add a row.
"""

import functools
import multiprocessing
import operator
import os
import pickle
import signal
import time
from multiprocessing import connection, managers, pool, shared_memory


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


def make(name, args, kwargs):
    """Gives a list: of one object, or the two ends of a pipe."""
    made = MAKERS[name](*args, **kwargs)
    return list(made) if isinstance(made, tuple) else [made]


def make_by(target, name, args, kwargs):
    if name == "Pool":
        return [make_managed_pool(target, *args, **kwargs)]
    return [load(target, *args) if name == "loads" else getattr(target, name)(*args, **kwargs)]


def call(target, name, args, kwargs):
    if name in OPERATIONS:
        return OPERATIONS[name](target, *args, **kwargs)
    return operator.attrgetter(name)(target)(*args, **kwargs)


def reach(form, target, name, args):
    """Reads or writes an attribute, an item or a slice of the object, or of the attribute `name` of it."""
    if form == "write":
        return setattr(target, name, args[0])
    found = operator.attrgetter(name)(target) if name else target
    if form == "item_read":
        return found[args[0]]
    if form == "slice_read":
        return found[slice(*args)]
    if form == "item_write":
        found[args[0]] = args[1]
        return None
    if form == "slice_write":
        found[slice(*args[:3])] = args[3]
        return None
    return to_text(found) if name == "address" else found
