"""What travels: the protocol's values as Python's, and back; exceptions; and the functions that a pool's workers know.

JSON has no bytes, no objects and nothing that refuses to be encoded, so these are written as an object with one key:
{"bytes": "00ff"}, {"object": "queue"}, {"slow": 0.5} and so on. Whatever else JSON has stands for itself.
"""

import builtins
import multiprocessing.managers
import multiprocessing.pool
import operator
import os
import queue
import sys
import threading
import time


class DecodeError(Exception):
    pass


class Slow:
    """Takes so many seconds to encode."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __reduce__(self):
        time.sleep(self.seconds)
        return Slow, (self.seconds,)


class Unserialisable:
    def __reduce__(self):
        raise RuntimeError("unserialisable")


def refuse():
    raise DecodeError("undecodable")


class Undecodable:
    def __reduce__(self):
        return refuse, ()


class Method:
    """An operation that somebody else is to call: a barrier without arguments, a pool with a result."""

    def __init__(self, target, name):
        self.target, self.name = target, name

    def __call__(self, *_):
        getattr(self.target, self.name)()


class Predicate:
    RELATIONS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

    def __init__(self, target, attribute, relation, value):
        self.target, self.attribute, self.value = target, attribute, value
        self.holds = self.RELATIONS[relation]

    def __call__(self):
        return self.holds(getattr(self.target, self.attribute), self.value)


def exception_called(name):
    """The class; multiprocessing's TimeoutError, which is not Python's own."""
    for place in (multiprocessing, queue, threading, multiprocessing.pool, multiprocessing.managers, builtins):
        if hasattr(place, name):
            return getattr(place, name)
    return DecodeError


# --- what workers do --------------------------------------------------------------------------------

def identity(value):
    return value


def square(number):
    return number * number


def sleep(seconds):
    time.sleep(seconds)
    return seconds


def raise_called(name):
    raise exception_called(name)("raised by a worker")


def check(value):
    if value is None:
        raise ValueError("None")
    return value


def make_unserialisable():
    return Unserialisable()


def make_undecodable():
    return Undecodable()


def is_daemon():
    return multiprocessing.current_process().daemon


FUNCTIONS = {"identity": identity, "square": square, "add": operator.add, "sleep": sleep, "raise": raise_called,
             "check": check, "exit": sys.exit, "crash": os._exit, "make_unserialisable": make_unserialisable,
             "make_undecodable": make_undecodable, "pid": os.getpid, "is_daemon": is_daemon}

KINDS = ("slow", "unserialisable", "undecodable")  # of values that a port need not have

# --- both ways --------------------------------------------------------------------------------------

READERS = {
    "bytes": lambda text, find: bytes.fromhex(text),
    "size": lambda count, find: bytes(count),
    "slow": lambda seconds, find: Slow(seconds),
    "unserialisable": lambda _, find: Unserialisable(),
    "undecodable": lambda _, find: Undecodable(),
    "object": lambda name, find: find(name),
    "method": lambda told, find: Method(find(told["object"]), told["name"]),
    "predicate": lambda told, find: Predicate(find(told["object"]), told["attribute"], told["relation"],
                                              decode(told["value"], find)),
    "function": lambda name, find: FUNCTIONS[name],
    "name": lambda name, find: exception_called(name),
}


def decode(value, find):
    """Python's value of one of the protocol; find(name) gives an object."""
    if isinstance(value, list):
        return [decode(each, find) for each in value]
    if not isinstance(value, dict):
        return value
    (kind, told), = value.items()
    return READERS[kind](told, find)


def is_plain(value):
    """Is it a value, and no object that stays where it is?"""
    return value is None or isinstance(value, (bool, int, float, str, bytes, bytearray, memoryview, list, tuple, Slow,
                                               Unserialisable, Undecodable))


def encode(value, name):
    """The protocol's value of one of Python; an object is called name."""
    if isinstance(value, (list, tuple)):
        return [encode(each, name) for each in value]
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"bytes": value.hex()}
    if isinstance(value, Slow):
        return {"slow": value.seconds}
    if isinstance(value, (Unserialisable, Undecodable)):
        return {type(value).__name__.lower(): True}
    return value if is_plain(value) else {"object": name}


def encode_error(error):
    """Its own name and its bases' up to Exception, its words, and the message that a short buffer leaves behind."""
    bases = [base.__name__ for base in type(error).__mro__[1:] if issubclass(base, Exception)]
    told = {"type": type(error).__name__, "bases": bases, "words": str(error)[:500], "definite": True}
    if isinstance(error, multiprocessing.BufferTooShort):
        told["carries"] = encode(error.args[0], "")
    return told
