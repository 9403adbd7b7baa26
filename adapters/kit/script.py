"""One process or thread of a case: it reads calls from a channel of its own, performs them, and answers.

The channel is a connected socket that whoever starts the process has opened, so that the supervisor sees the end of a
process that never said a word. A process must not hold a copy of another's channel, or its end would be seen late: in
every child, also those that are no scripts, the channels of its parent are closed first.
"""

import json
import multiprocessing
import os
import socket
import sys
import threading
import time

import values

port = None  # a Port (port.py), set by the adapter when it is imported: a process that is spawned does so, too
OPEN = set()  # the sockets of this process that no child may hold
giving = threading.local()  # .channel: the one that the child that this thread is about to start is to have


def close_those_of_the_parent():
    for each in OPEN:
        if each is not getattr(giving, "channel", None):
            os.close(each.detach())
    OPEN.clear()


os.register_at_fork(after_in_child=close_those_of_the_parent)


def open_channel(address):
    channel = socket.socket(socket.AF_UNIX)
    channel.connect(address)
    return channel


def close(channel):
    OPEN.discard(channel)
    os.close(channel.detach())  # at once, whoever reads lines of it


def hello(name):
    """The first line of a channel, from whoever has started what is at its end."""
    return json.dumps({"hello": name}).encode() + b"\n"


def start_with_channel(starting, case, start):
    """Calls start(), then tells the supervisor whose channel that is. A start that fails is never heard of."""
    giving.channel = starting.channel = channel = open_channel(case["address"])
    OPEN.add(channel)
    try:
        start()
        channel.sendall(hello(starting.name))
    except BaseException:
        close(channel)
        raise
    finally:
        giving.channel = None


class ScriptProcess(multiprocessing.Process):
    def __init__(self, name, script, case, handed):
        super().__init__(name=name, daemon=script.get("daemon"))
        self.case, self.handed = case, handed

    def start(self):
        start_with_channel(self, self.case, super().start)
        close(self.channel)

    def run(self):
        play(self.channel, self.name, Names(self.case, self.handed))


class ScriptThread(threading.Thread):
    def __init__(self, name, script, case, shared):
        super().__init__(name=name, daemon=script.get("daemon"))
        self.case, self.shared = case, shared

    def start(self):
        start_with_channel(self, self.case, super().start)

    def run(self):
        channel = self.channel
        try:
            play(channel, self.name, Names(self.case, self.shared))
        finally:
            close(channel)


class Names:
    """What the names of a script stand for: what it made itself, then what its whole process has."""

    def __init__(self, case, shared):
        self.case, self.shared, self.own = case, shared, {}
        self.instances = {name: script for script in case["program"]["scripts"] for name in instances_of(script)}

    def find(self, name):
        if name in self.own:
            return self.own[name]
        if name not in self.shared and name in self.instances:
            self.shared[name] = self.instance(name, self.instances[name])
        return self.shared.get(name)

    def instance(self, name, script):
        if script["kind"] == "thread":
            return ScriptThread(name, script, self.case, self.shared)
        return ScriptProcess(name, script, self.case, {each: self.shared[each] for each in script["objects"]
                                                       if each in self.shared})

    def keep(self, name, value):
        """Of the process if the program declares it, otherwise of this script."""
        (self.shared if name in self.case["program"]["objects"] else self.own)[name] = value


def instances_of(script):
    copies = script.get("copies", 1)
    return [script["name"]] if copies == 1 else [f"{script['name']}-{i + 1}" for i in range(copies)]


def perform(call, names):
    """Gives the result as a value of the protocol."""
    name, form = call.get("operation", ""), call["form"]
    args = [values.decode(each, names.find) for each in call.get("args", [])]
    kwargs = {key: values.decode(each, names.find) for key, each in call.get("kwargs", {}).items()}
    target = names.find(call["object"]) if "object" in call else None
    if form == "make":
        made = port.make_by(target, name, args, kwargs) if "object" in call else port.make(name, args, kwargs)
        for called, each in zip(call["names"], made):
            names.keep(called, each)
        return None if made == [None] else {"object": call["names"][0]}
    if "object" not in call:
        result = port.functions[name](*args, **kwargs)
    elif form == "call":
        result = port.call(target, name, args, kwargs)
    else:
        result = port.reach(form, target, name, args)
    if "bind" in call and not values.is_plain(result):
        names.keep(call["bind"], result)
    return values.encode(result, call.get("bind", ""))


def leave(call):
    """The last call of a script: what it is given has left the program's text, and now leaves the process's function."""
    argument = values.decode(call["args"][0], None) if call.get("args") else None
    if call["operation"] == "exit":
        sys.exit(argument)
    if argument is not None:
        raise argument("raised by the program")


def play(channel, name, names):
    """Until the script is over. What holds the channel is closed by the end of the process, and by that of a thread."""
    OPEN.add(channel)
    lines = channel.makefile("rw", encoding="utf-8")
    for line in lines:
        call = json.loads(line)
        if call["form"] == "end" or ("object" not in call and call["operation"] == "exit"):
            return leave(call)
        answer = {"seq": call["seq"], "ev": "ret", "process": name}
        begun = time.monotonic()
        try:
            answer["result"] = perform(call, names)
        except Exception as error:
            answer["error"] = values.encode_error(error)
        answer["seconds"] = time.monotonic() - begun
        lines.write(json.dumps(answer) + "\n")
        lines.flush()
