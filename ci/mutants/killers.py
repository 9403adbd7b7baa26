"""What mutants are put before: the properties, one by one; then contract rows, cases and lib's own tests.

A killer is one run of a test program. It kills a mutant that it does not pass, or does not end with in time.
"""

import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile

import operators

# In the order in which they are asked. Tests of lib that are no quick test of a primitive are left out.
STAGES = ("properties", "corpus/contract", "corpus/cases", "lib/mp")
LEFT_OUT = re.compile(r"properties/(registry|test_case)_test|cases_on_host|/(stress|os|codec)/|interoperability|errors_test")
SECONDS_MIN = 20
SECONDS_MAX = 120
TIMES_SLOWER = 20

PLAIN = {"RC_PARAMS": "noshrink=1", "GTEST_FAIL_FAST": "1"}
TSAN = ("halt_on_error=1:atexit_sleep_ms=0:die_after_fork=0:report_thread_leaks=0:suppress_equal_stacks=0"
        ":suppress_equal_addresses=0:suppressions=")


@dataclasses.dataclass
class Killer:
    program: str  # its path in the build
    filter: str  # of its test cases; empty: all
    name: str
    seconds: float = 0.0  # that it takes where no mutant is awake
    sites: tuple = ()  # numbers of those that it comes by

    @property
    def is_on_host(self):
        """Real processes: chance is not in our hands, and a verdict is asked for twice."""
        return self.program.startswith("lib/")


@dataclasses.dataclass
class Outcome:
    killed: bool
    how: str = ""  # "fails", "hangs", "dies of signal 11"
    tests: tuple = ()
    executions: str = ""


def is_killer(path):
    return path.startswith(STAGES) and path.endswith("_test") and not LEFT_OUT.search(path)


def sources(root):
    """The test programs, as paths without .cpp, in the order of the stages."""
    found = [p.relative_to(root).with_suffix("").as_posix() for stage in STAGES for p in sorted((root / stage).rglob("*_test.cpp"))]
    return [path for path in found if is_killer(path)]


def targets(root):
    return [path.replace("/", ".") for path in sources(root)]


def listed(root, build):
    """All of them that are built: of lib by the program, of others by the case."""
    for program in sources(root):
        if not (build / program).is_file():
            continue
        if not program.startswith(("properties/", "corpus/")):
            yield Killer(program, "", program)
            continue
        names = subprocess.run([build / program, "--gtest_list_tests"], cwd=root, capture_output=True, text=True, check=True).stdout
        suite = ""
        for line in names.splitlines():
            if not line.startswith(" "):
                suite = line.strip()
                continue
            case = line.split("#")[0].strip()
            if not case.endswith("_Host"):  # real processes: nobody decides what happens
                yield Killer(program, suite + case, name_of(program, suite, case))


def name_of(program, suite, case):
    last = case.rsplit("/", 1)[-1]
    return last if program.startswith("properties/") else f"{program}: {suite.split('/')[0].rstrip('.')} {last}"


def environment(root, build, more):
    found = {**os.environ, **PLAIN, **more}
    if "HEDDLE_SANITIZE:STRING=thread" in (build / "CMakeCache.txt").read_text():
        found["TSAN_OPTIONS"] = TSAN + str(root / "ci/tsan.suppressions")
        found["PATH"] = "/usr/lib/llvm-19/bin:" + found["PATH"]
    return found


def run(root, build, killer, seconds_max, more):
    """Runs it, and ends with it whatever it has left behind."""
    command = [build / killer.program] + ([f"--gtest_filter={killer.filter}"] if killer.filter else [])
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        started = subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                   env=environment(root, build, more), start_new_session=True)
        try:
            code = started.wait(seconds_max)
        except subprocess.TimeoutExpired:
            code = None
        try:
            os.killpg(started.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        started.wait()
        output.seek(0)
        return outcome(code, output.read())


def outcome(code, text):
    if code == 0:
        return Outcome(False)
    how = "hangs" if code is None else "fails" if code > 0 else f"dies of signal {-code}"
    if "WARNING: ThreadSanitizer: data race" in text:
        how = "is a data race"
    failed = re.findall(r"\[  FAILED  \] ([\w./]+)", text) or re.findall(r"\[ RUN      \] ([\w./]+)", text)[-1:]
    first = re.search(r"first broken in execution (\d+) of all", text)
    return Outcome(True, how, tuple(dict.fromkeys(failed)), first.group(1) if first else "")


def allowed(killer):
    return min(SECONDS_MAX, max(SECONDS_MIN, TIMES_SLOWER * killer.seconds))


def kills(root, build, killer, number):
    found = run(root, build, killer, allowed(killer), {"HEDDLE_MUTANT": str(number)})
    if found.killed and killer.is_on_host:
        again = run(root, build, killer, allowed(killer), {"HEDDLE_MUTANT": str(number)})
        return found if again.killed else again
    return found


def surveyed(root, build):
    """The killers of a build with their sites and times, as the survey left them."""
    rows = json.loads((build / "survey.json").read_text())
    return [Killer(**row) for row in rows]


def look(root, build, killer, places, clock):
    """What it comes by without a mutant, and how long it takes; how it failed if it did."""
    with tempfile.NamedTemporaryFile() as reached:
        reached.write(bytes(places))
        reached.flush()
        begun = clock()
        end = run(root, build, killer, 10 * SECONDS_MAX, {"HEDDLE_MUTANTS_REACHED": reached.name})
        marks = pathlib.Path(reached.name).read_bytes()
    sites = tuple(number for number in range(1, places) if marks[number])
    return dataclasses.replace(killer, seconds=round(clock() - begun, 2), sites=sites), end


def survey(root, build, only, jobs, clock, tell):
    """Runs each without a mutant and writes what it comes by; one that fails so is no killer. The others stay as they were."""
    places = len(operators.all_sites(root)) + 1
    asked = [each for each in listed(root, build) if re.search(only, each.name)]
    found = [each for each in surveyed(root, build) if not re.search(only, each.name)] if only else []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for killer, end in pool.map(lambda each: look(root, build, each, places, clock), asked):
            if end.killed:
                tell(f"{killer.name}: {end.how} without a mutant and is left out")
                continue
            tell(f"{killer.name}: {killer.seconds} s, {len(killer.sites)} sites")
            found.append(killer)
    (build / "survey.json").write_text(json.dumps([dataclasses.asdict(each) for each in found]))
