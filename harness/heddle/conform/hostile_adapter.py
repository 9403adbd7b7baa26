#!/usr/bin/env python3
"""An adapter that is not to be ended, for hostile_port_test.cpp. hostile_adapter.py HOW FILE: it goes wrong at its
first case, and a new one that finds FILE there behaves. FILE is given the ids of all its processes."""

import json
import os
import signal
import sys

HOW, FILE = sys.argv[1:]
IN = os.fdopen(int(os.environ["HEDDLE_ADAPTER_IN"]))
OUT = int(os.environ["HEDDLE_ADAPTER_OUT"])


def say(**message):
    os.write(OUT, (json.dumps(message) + "\n").encode())


def refuse_signals():
    for each in (signal.SIGQUIT, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)


def sleep():
    while True:
        signal.pause()


def note():
    with open(FILE, "a") as file:
        file.write(f"{os.getpid()}\n")


def born_in_session_of_its_own():
    """A child and one that has lost its parent, each in its own session, with all descriptors open."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
        note()
        os.write(writer, b"x")
        sleep()
    os.read(reader, 1)
    os.read(reader, 1)


def leave_orphans():
    """The same, and then their parent goes."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        born_in_session_of_its_own()
        os.write(writer, b"x")
        os._exit(0)
    os.read(reader, 1)


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)


def write_without_end(what):
    def write():
        while True:
            os.write(OUT, what)
    return write


GO_WRONG = {"deaf": sleep, "with-children": lambda: (born_in_session_of_its_own(), sleep()),
            "with-orphans": lambda: (leave_orphans(), sleep()), "stopped": stop,
            "many-lines": write_without_end(b'{"ev":"block","seq":1}\n'), "no-line": write_without_end(b"x" * 4096)}


def main():
    is_good = os.path.exists(FILE)
    refuse_signals()
    for line in IN:
        message = json.loads(line)
        kind = message.get("type")
        if kind == "hello":
            say(type="hello", protocol=1, implementation="hostile", version="1", language="Python", capabilities=["Queue"])
            if HOW == "reads-nothing" and not is_good:
                note()
                sleep()
        elif kind == "case":
            say(type="ready", id=message["id"])
        elif kind == "end":
            say(type="done", id=message["id"])
        elif message["form"] == "end":
            say(ev="exit", process="main", code=0)
        elif message["operation"] != "put" or is_good:
            say(seq=message["seq"], ev="ret", process="main", seconds=0, result=None if message["form"] == "call" else True)
        else:
            note()
            GO_WRONG[HOW]()


main()
