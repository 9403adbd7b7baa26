"""The supervisor of an adapter in Python: relays lines, tells when a process is gone, and clears up behind each case.

An adapter is a program that heddle starts once and that then reads what to do and tells what came of it, a line of JSON
each (docs/reference/port-protocol.md). This kit is all of it that is the same for every port:

    port.py        what a port is: the names of what makes objects, and of what is done to them
    values.py      the protocol's values as the language's own, exceptions too
    script.py      a process or thread of a case: reads a call, performs it, answers, and again
    survivors.py   what a case leaves behind, found and ended
    supervisor.py  the process that heddle starts; serve(hello) is the whole of an adapter's main

A case is a program: processes that call operations on objects. heddle decides who is next and sends the call; the
supervisor passes it to that process, which answers when the operation is over, if ever. The supervisor itself calls
nothing of what is tested, so nothing that is tested can stop it.

What always holds: nobody here wakes up but for a message or for what the tested code does, because heddle tells from
sleeping threads that a call waits. A case leaves no process and no file behind: who loses its parent comes to the
supervisor (a subreaper), which ends all that it has at the end of a case.
"""

import json
import multiprocessing
import os
import select
import shutil
import signal
import socket
import tempfile

import script
import survivors
import values


class Lines:
    """What comes from a pipe or a socket, by lines. One read may give several, or a part of one."""

    def __init__(self, descriptor):
        self.descriptor, self.rest = descriptor, b""

    def read(self):
        """Those that are complete; None at the end. To be called when something is there."""
        try:
            data = os.read(self.descriptor, 1 << 16)
        except ConnectionResetError:
            data = b""
        *whole, self.rest = (self.rest + data).split(b"\n")
        return whole if data else None


class Supervisor:
    def __init__(self, hello, source, sink):
        self.hello = hello
        self.runner, self.sink = Lines(source), os.fdopen(sink, "wb")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"\0heddle-adapter-{os.getpid()}")
        self.listener.listen(128)
        script.OPEN.add(self.listener)
        self.poll = select.poll()
        self.poll.register(self.runner.descriptor, select.POLLIN)
        self.poll.register(self.listener, select.POLLIN)
        self.forget_case()

    def forget_case(self):
        self.sockets, self.lines = {}, {}  # of those that have connected, by descriptor
        self.names = {}  # descriptor -> who has said hello
        self.early = {}  # name -> calls for who has not yet
        self.main, self.folder = 0, ""

    def write(self, line):
        self.sink.write(line + b"\n")
        self.sink.flush()

    def tell(self, **message):
        self.write(json.dumps(message).encode())

    def serve(self):
        """Until the runner is gone. In the process that a case calls main: gives what that needs, at its birth."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor in self.sockets:
                    self.relay(descriptor)
                elif descriptor == self.listener.fileno():
                    self.accept()
                else:
                    lines = self.runner.read()
                    if lines is None:
                        return self.clear_up()
                    for line in lines:
                        born = self.obey(json.loads(line), line)
                        if born:
                            return born

    def accept(self):
        connection, _ = self.listener.accept()
        script.OPEN.add(connection)
        self.sockets[connection.fileno()] = connection
        self.lines[connection.fileno()] = Lines(connection.fileno())
        self.poll.register(connection, select.POLLIN)

    def relay(self, descriptor):
        lines = self.lines[descriptor].read()
        if lines is None:
            return self.end_of(descriptor)
        for line in lines:
            if descriptor in self.names:
                self.write(line)
                continue
            name = self.names[descriptor] = json.loads(line)["hello"]
            for call in self.early.pop(name, []):
                self.sockets[descriptor].sendall(call)

    def end_of(self, descriptor):
        self.disconnect(descriptor)
        name = self.names.pop(descriptor, None)
        if name is not None:
            code = os.waitstatus_to_exitcode(os.waitpid(self.main, 0)[1]) if name == "main" else None
            self.tell(ev="exit", process=name, code=code)

    def disconnect(self, descriptor):
        self.poll.unregister(descriptor)
        script.close(self.sockets.pop(descriptor))

    def obey(self, message, line):
        kind = message.get("type")
        if kind == "hello":
            self.tell(type="hello", protocol=1, **self.hello)
        elif kind == "case":
            return self.start_main(message)
        elif kind == "end":
            self.clear_up()
            self.tell(type="done", id=message["id"])
        else:
            self.pass_on(message["process"], line + b"\n")

    def pass_on(self, process, call):
        for descriptor, name in self.names.items():
            if name == process:
                try:
                    return self.sockets[descriptor].sendall(call)
                except OSError:
                    return None  # it has died: its exit is on the way
        self.early.setdefault(process, []).append(call)

    def start_main(self, case):
        self.folder = tempfile.mkdtemp(prefix="heddle-adapter-")
        case["address"] = self.listener.getsockname()
        script.giving.channel = channel = script.open_channel(case["address"])
        self.main = os.fork()
        if self.main == 0:
            self.sink.close()
            os.close(self.runner.descriptor)
            return case, channel, self.folder
        script.giving.channel = None
        channel.sendall(script.hello("main"))
        channel.close()
        self.tell(type="ready", id=case["id"])

    def clear_up(self):
        """Ends and reaps whatever the case has left."""
        survivors.end_all()
        for descriptor in list(self.sockets):
            self.disconnect(descriptor)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.forget_case()


def play_main(case, channel, folder):
    """As a program that has just begun, but for what it has imported."""
    signal.signal(signal.SIGQUIT, signal.SIG_IGN)  # heddle gives the case up: the supervisor ends it, and in order
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    multiprocessing.set_start_method(case.get("start_method", "fork"))
    script.play(channel, "main", script.Names(case, {}))


def capabilities(port):
    """What the port and this kit can do."""
    return [*port.makers, *port.functions, *values.KINDS, "process", "Process", "thread", "Thread"]


def serve(hello):
    """Until heddle is gone. Of hello all but type and protocol; script.port has been set."""
    survivors.inherit_orphans()
    supervisor = Supervisor(hello, int(os.environ.pop("HEDDLE_ADAPTER_IN")), int(os.environ.pop("HEDDLE_ADAPTER_OUT")))
    signal.signal(signal.SIGQUIT, lambda *_: (supervisor.clear_up(), os._exit(1)))
    born = supervisor.serve()
    if born:
        play_main(*born)
