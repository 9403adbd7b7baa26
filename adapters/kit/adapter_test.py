"""An adapter by itself: a runner of a few lines sends calls and reads what comes. The program's arguments are the adapter's
command."""

import json
import os
import subprocess
import sys
import unittest

COMMAND = sys.argv[1:]
del sys.argv[1:]


class Runner:
    def __init__(self, *command):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        environment = os.environ | {"HEDDLE_ADAPTER_IN": str(to_read), "HEDDLE_ADAPTER_OUT": str(from_write)}
        self.adapter = subprocess.Popen(command, pass_fds=(to_read, from_write), env=environment, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.sink, self.source = os.fdopen(to_write, "w"), os.fdopen(from_read)
        self.seq, self.read = 0, []

    def tell(self, **message):
        self.sink.write(json.dumps(message) + "\n")
        self.sink.flush()

    def next(self, **wanted):
        """The next message that has these; those before it are kept for later."""
        while True:
            for message in self.read:
                if wanted.items() <= message.items():
                    self.read.remove(message)
                    return message
            line = self.source.readline()
            if not line:
                raise EOFError("the adapter has ended")
            self.read.append(json.loads(line))

    def issue(self, process, operation, *args, form="call", on=None, names=None, bind=None, **kwargs):
        self.seq += 1
        call = {"seq": self.seq, "ev": "call", "process": process, "form": form, "operation": operation,
                "args": args, "kwargs": kwargs}
        optional = {"object": on, "names": names, "bind": bind}
        self.tell(**call, **{key: value for key, value in optional.items() if value is not None})
        return self.seq

    def call(self, *args, **kwargs):
        return self.next(seq=self.issue(*args, **kwargs), ev="ret")

    def make(self, name, maker, *args, **kwargs):
        return self.call("main", maker, *args, form="make", names=[name], **kwargs)

    def begin(self, *scripts, start_method="fork"):
        objects = sorted({each for script in scripts for each in script["objects"]})
        program = {"scripts": list(scripts), "objects": objects, "text": ""}
        self.tell(type="case", id="a", start_method=start_method, program=program)
        return self.next(type="ready", id="a")

    def end(self):
        self.tell(type="end", id="a")
        return self.next(type="done", id="a")

    def close(self):
        self.sink.close()
        self.source.close()
        return self.adapter.wait()


def script(name, *objects, kind="process", scripts=(), **more):
    return {"name": name, "kind": kind, "copies": 1, "objects": list(objects), "scripts": list(scripts), **more}


class AdapterTest(unittest.TestCase):
    def setUp(self):
        self.runner = Runner(*COMMAND)

    def tearDown(self):
        self.assertEqual(self.runner.close(), 0)

    def begin_with_worker(self, *objects, **more):
        self.runner.begin(script("main", *objects, scripts=["worker"]), script("worker", *objects, **more))

    def result(self, *args, **kwargs):
        answer = self.runner.call(*args, **kwargs)
        self.assertIn("result", answer)
        return answer["result"]

    def hello(self):
        self.runner.tell(type="hello", protocol=1, suite="a test")
        return self.runner.next(type="hello")

    def error(self, *args, **kwargs):
        return self.runner.call(*args, **kwargs)["error"]

    def test_hello_names_what_there_is(self):
        hello = self.hello()
        self.assertEqual(hello["protocol"], 1)
        self.assertIn("Queue", hello["capabilities"])

    def test_a_queue_gives_what_was_put(self):
        self.runner.begin(script("main", "queue"))
        self.assertIsNotNone(self.runner.make("queue", "Queue", 2)["result"])
        value = [1, 0.5, None, True, "text", {"bytes": "00ff"}]
        self.assertIsNone(self.result("main", "put", value, on="queue"))
        self.assertEqual(self.result("main", "get", on="queue", timeout=10), value)
        self.assertEqual(self.error("main", "get", False, on="queue")["type"], "Empty")

    def test_a_put_releases_a_get_that_waits(self):
        for start_method in self.hello()["start_methods"]:
            with self.subTest(start_method):
                self.runner.begin(script("main", "queue", scripts=["worker"]), script("worker", "queue"), start_method=start_method)
                self.runner.make("queue", "Queue")
                self.assertIsNone(self.result("main", "start", on="worker"))
                waiting = self.runner.issue("worker", "get", on="queue")
                self.result("main", "put", 7, on="queue")
                self.assertEqual(self.runner.next(seq=waiting)["result"], 7)
                self.runner.end()

    def test_an_exception_tells_its_bases_and_what_it_carries(self):
        self.runner.begin(script("main", "here", "there"))
        self.runner.call("main", "Pipe", form="make", names=["here", "there"])
        self.result("main", "send_bytes", {"bytes": "0102"}, on="here")
        error = self.error("main", "recv_bytes_into", {"size": 1}, on="there")
        self.assertEqual((error["type"], error["bases"]), ("BufferTooShort", ["ProcessError", "Exception"]))
        self.assertEqual(error["carries"], {"bytes": "0102"})

    def test_nothing_has_no_attributes(self):
        self.runner.begin(script("main"))
        self.assertEqual(self.error("main", "get", on="nobody")["type"], "AttributeError")

    def test_a_killed_process_is_told_and_its_parent_knows_the_signal(self):
        self.begin_with_worker("queue")
        self.runner.make("queue", "Queue")
        self.result("main", "start", on="worker")
        self.runner.issue("worker", "get", on="queue")
        self.result("main", "kill", on="worker")
        self.runner.next(ev="exit", process="worker")
        self.result("main", "join", on="worker")
        self.assertEqual(self.result("main", "exitcode", form="read", on="worker"), -9)

    def test_who_dies_before_its_first_word_is_told(self):
        self.begin_with_worker()
        self.result("main", "start", on="worker")
        self.result("main", "kill", on="worker")
        self.runner.issue("worker", "sleep", 100)
        self.runner.next(ev="exit", process="worker")

    def test_a_second_start_is_refused_and_changes_nothing(self):
        self.begin_with_worker()
        self.result("main", "start", on="worker")
        self.assertEqual(self.error("main", "start", on="worker")["type"], "AssertionError")
        self.assertIsNone(self.result("worker", "sleep", 0))

    def test_the_ends_of_scripts_are_exit_codes(self):
        for last, form, code in ((("end",), "end", 0), (("exit", 3), "call", 3), (("end", {"name": "Full"}), "end", 1)):
            with self.subTest(last=last):
                self.begin_with_worker()
                self.result("main", "start", on="worker")
                self.runner.issue("worker", *last, form=form)
                self.runner.next(ev="exit", process="worker")
                self.result("main", "join", on="worker")
                self.assertEqual(self.result("main", "exitcode", form="read", on="worker"), code)
                self.runner.issue("main", *last, form=form)
                self.assertEqual(self.runner.next(ev="exit", process="main")["code"], code)
                self.runner.end()

    def test_a_thread_has_the_objects_of_its_process(self):
        self.begin_with_worker("lock", kind="thread")
        self.runner.make("lock", "Lock")
        self.result("main", "start", on="worker")
        self.assertIs(self.result("worker", "acquire", on="lock"), True)
        self.assertIs(self.result("main", "acquire", False, on="lock"), False)
        self.runner.issue("worker", "end", form="end")
        self.runner.next(ev="exit", process="worker")
        self.result("main", "join", on="worker")
        self.assertIs(self.result("main", "is_alive", on="worker"), False)

    def test_a_connection_that_travels_is_kept(self):
        self.runner.begin(script("main", "a", "b", "c", "d"))
        self.runner.call("main", "Pipe", form="make", names=["a", "b"])
        self.runner.call("main", "Pipe", form="make", names=["c", "d"])
        self.result("main", "send", {"object": "d"}, on="a")
        self.assertEqual(self.result("main", "recv", on="b", bind="x"), {"object": "x"})
        self.result("main", "send", 5, on="x")
        self.assertEqual(self.result("main", "recv", on="c"), 5)
        self.result("main", "send", 6, on="x")
        self.assertEqual(self.result("main", "wait", [{"object": "a"}, {"object": "c"}], 10), [1])

    def test_the_end_of_a_case_leaves_no_process(self):
        self.begin_with_worker("pid")
        self.result("main", "start", on="worker")
        self.result("worker", "current_process", form="make", names=["me"])
        pid = self.result("worker", "pid", form="read", on="me")
        self.result("main", "stop", on="worker")
        self.runner.issue("main", "end", form="end")
        self.runner.end()
        self.assertRaises(ProcessLookupError, os.kill, pid, 0)


if __name__ == "__main__":
    unittest.main()
