#!/usr/bin/env python3
"""An adapter whose port is one list in this process, for the tests of this folder. Its argument says how it errs,
or that all processes are this one."""

import json
import os
import signal
import sys

FAULT = sys.argv[1] if len(sys.argv) > 1 else ""
IN = os.fdopen(int(os.environ["HEDDLE_ADAPTER_IN"]))
OUT = int(os.environ["HEDDLE_ADAPTER_OUT"])
WAITING = []  # calls of who gets from an empty list


def say(**message):
    os.write(OUT, (json.dumps(message) + "\n").encode())


def returned(call, **outcome):
    say(seq=call["seq"], ev="ret", process=call["process"], seconds=0.25, **outcome)


def obey(call, items):
    if call["form"] == "end" or call["operation"] == "exit":
        say(ev="exit", process=call["process"], code=0)
    elif call["operation"] == "put" and FAULT == "crashes":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif call["operation"] == "put":
        items.append(call["args"][0])
        returned(call, result=None, **({"extra": 1} if FAULT == "beyond-schema" else {}))
        while WAITING and items:
            obey(WAITING.pop(0), items)
    elif call["operation"] == "get" and FAULT == "hangs":
        signal.pause()
    elif call["operation"] == "get" and FAULT == "malformed":
        os.write(OUT, b'{"ev": "ret"\n')
    elif call["operation"] == "get" and items:
        returned(call, result=99 if FAULT == "errs" else items.pop(0))
    elif call["operation"] == "get" and FAULT == "processes":
        WAITING.append(call)
    elif call["operation"] == "get":
        returned(call, error={"type": "queue.Empty", "bases": ["Empty"], "definite": FAULT != "indefinite"})
    elif call["operation"] == "qsize":
        returned(call, result=len(items))
    else:
        returned(call, result=True)


def main():
    items = []
    for line in IN:
        message = json.loads(line)
        kind = message.get("type")
        if kind == "hello":
            if FAULT == "silent":
                return
            say(type="hello", protocol=2 if FAULT == "newer" else 1, implementation="scripted", version="1",
                language="Python", capabilities=["Queue", "process"] if FAULT == "processes" else ["Queue"])
        elif kind == "case" and FAULT == "skips":
            say(type="skipped", id=message["id"], reason="not today")
        elif kind == "case":
            items.clear()
            WAITING.clear()
            say(type="ready", id=message["id"])
        elif kind == "end" and FAULT == "leaks":
            say(type="errored", id=message["id"], message="a process is left")
        elif kind == "end":
            say(type="done", id=message["id"])
        else:
            obey(message, items)


main()
