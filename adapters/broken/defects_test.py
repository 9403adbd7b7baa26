"""Each of the ten defects is seen: by the case that its row names, and nobody sees it in CPython as it is.

The program's one argument is heddle.
"""

import pathlib
import subprocess
import sys
import unittest

import adapter

HERE = pathlib.Path(__file__).resolve().parent
HEDDLE = sys.argv.pop()


def conform(defect, case):
    """The exit code and the words of heddle for the case, in the port with this defect or without any. A case that passes is
    not mentioned."""
    port = " ".join([sys.executable, "-B", str(HERE / "adapter.py")] + ["--defect", defect] * bool(defect))
    told = [HEDDLE, "conform", "--adapter", port, "--only", case, "--deadline", "3s"]
    ended = subprocess.run(told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return ended.returncode, ended.stdout


class DefectsTest(unittest.TestCase):
    def test_there_are_ten(self):
        self.assertEqual(len(adapter.DEFECTS), 10)

    def test_each_is_seen(self):
        for name, defect in adapter.DEFECTS.items():
            with self.subTest(name):
                code, words = conform(name, defect.case)
                self.assertEqual(code, 1)
                self.assertIn(f"{defect.case}: failed: ", words)

    def test_nobody_sees_one_that_is_not_there(self):
        for case in {defect.case for defect in adapter.DEFECTS.values()}:
            with self.subTest(case):
                code, words = conform("", case)
                self.assertEqual(code, 0)
                self.assertNotIn(case, words)


if __name__ == "__main__":
    unittest.main()
