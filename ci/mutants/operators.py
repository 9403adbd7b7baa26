"""Where lib's synchronisation code can be made wrong, and how: the sites of the mutants.

A site is one small mistake at one place: a call left out, two neighbouring ones swapped, a lock not taken, a
waiting loop that looks once, a check left out, a count off by one. The sources are read as the house formats
them, line by line and with regular expressions: what does not look like one of the patterns is no site.
Sites have the numbers 1, 2, ... in the order of their places. `edits` of a site are insertions into the text,
so that sites within sites do not disturb each other; asked for mutant 0 an edited text does what it did.
"""

import dataclasses
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "checks"))
import tree as house  # noqa: E402

FOLDERS = ("channel", "manager", "pool", "process", "queue", "shared", "sync")
# What synchronises nobody: words, addresses, elements, what is asked of a server, what comes before anybody else.
SPARED = re.compile(
    r"_test\.cpp$|_proxy\.cpp$|/types/(array|dict|list|namespace|registry|value)\.cpp$"
    r"|/(address|arguments|authentication|authentication_key|context|data_lock|digest|element_access|fn|frame|framing"
    r"|heap|managed_class|name_option|os_failure|pool_request|process_class|protocol|recording_os|rejection"
    r"|shareable_list|shared_memory|sequence|uncaught)\.[ch]pp$")
HEADERS = re.compile(r"/(counter|futex_lock|imap_job|results|thread_pool)\.hpp$")

# The calls that others can notice: the Os's own and those of the parts that are made of them.
NOTICED = re.compile(
    r"^(abandon|abort|acquire|acquire_joining|add|append|await_\w+|break_\w+|bury|cancel_\w+|choose|clear|close"
    r"|close_\w+|compare_exchange|conclude|condemn|count|demand_thread|disconnect|drain|drain_bell|drop|drop_\w+|end"
    r"|end_\w+|enlist|erase|exchange|expire|fetch_add|finish|finish_process|forget|give|give_\w+|go_on|hand_\w+|handle"
    r"|hook_\w+|join|join_\w+|kill|leave|leave_\w+|let_go|lose|note_\w+|notify|notify_\w+|park|pass|poll|read"
    r"|receive|release|release_\w+|remember|remove|replace_missing|reset|ring|run_finalizers|set|set_held_depth|settle"
    r"|shutdown|signal|sleep|sleep_until|start|start_\w+|stop|stop_\w+|store|take|take_off|take_on|tear|tell_idle_\w+"
    r"|terminate|tidy_up|uncount|undo|unmap_segment|wait|wake_\w+|withdraw|word_\w+|write|write_all|write_frame)$")
CALL = re.compile(r"(?:static_cast<void>\()?(?:here\.|\*?[a-z_]\w*(?:\(\))?(?:\.|->|::))*([a-z]\w*)(?:<[\w:&*<> ]*>)?\(")
GUARD = re.compile(r"(?:const )?((?:FutexGuard|StateLock|Held|std::(?:lock_guard|scoped_lock|unique_lock)[^ ]*)) (\w+)(?=[({])")
HEADS = re.compile(r"(?:if constexpr |if |else if |for |while )\(|else ")
DECLARED = re.compile(r"\s*(?:const )?(?:std::|auto\b|[A-Z])[\w:<>]*[ &*]+(?:const )?\w+ = ")
CHECK = re.compile(r"if \(")
COUNT = re.compile(r"(?<=[\w)\]] )[+-] 1(?![\w.'])")
STEP = re.compile(r"(?:(?:\+\+|--)[a-z][\w.>-]*|[a-z][\w.>-]* [+-]= 1);")
COMPARED = re.compile(r"(?<=[\w)\]] )(<=|>=|<|>)(?= [\w(*&!-])")
NO_COUNT = re.compile(
    r"\bconstexpr\b|static_assert|\btemplate\b|\brequires\b|#|\benum\b|\bcase\b|\bthrow\b|_error\(|operator[<>]"
    r"|detail::refuse|decoder\.|from_chars|to_string|std::string\(|#include"
    r"|\b(fd_?|end|from|first|mine|parent_|read_end_|read_end\(\)) (<|>=) 0")


@dataclasses.dataclass
class Site:
    path: str
    at: int  # offset in the text
    line: int
    operator: str
    words: str  # what is mutated, in one line
    edits: list  # (offset, how many letters go, text with {n} for the number)
    occurrence: int = 1  # among sites of the same path, operator and words
    number: int = 0

    @property
    def key(self):
        return (self.path, self.operator, self.words, str(self.occurrence))


class Source:
    """One file; `code` is its text with comments and literals blanked out."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.code = house.code_of(text)
        self.clean = house.without_comments(text)
        self.sites = []

    def add(self, operator, at, until, edits):
        words = " ".join(self.clean[at:until].split())
        self.sites.append(Site(self.path, at, self.code.count("\n", 0, at) + 1, operator, words, edits))

    def closing(self, at):
        """Behind the bracket that closes the one at `at`."""
        depth = 0
        for i in range(at, len(self.code)):
            depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(self.code[i], 0)
            if depth == 0:
                return i + 1
        return len(self.code)

    def end_of_statement(self, at):
        """Behind its semicolon; None if a bracket closes first."""
        i = at
        while i < len(self.code):
            if self.code[i] in "({[":
                i = self.closing(i)
                continue
            if self.code[i] == ";":
                return i + 1
            if self.code[i] in ")}]":
                return None
            i += 1
        return None

    def line_of(self, at):
        start = self.code.rfind("\n", 0, at) + 1
        end = self.code.find("\n", at)
        return self.code[start:end]

    def starts(self):
        """Where a statement can begin: at a line's first letter, behind `{ `, behind the heads of if and loops."""
        for match in re.finditer(r"(?:^ +|[{] )(?=[^\s#}])", self.code, re.MULTILINE):
            at = match.end()
            yield at
            while head := HEADS.match(self.code, at):
                at = head.end() if head.group() == "else " else self.closing(head.end() - 1)
                at += len(self.code[at:]) - len(self.code[at:].lstrip())
                if self.code[at - 1] == "\n" or self.code[at] == "{":
                    break
                if self.line_of(at) != self.line_of(match.end()):
                    break
                yield at

    # --- operators --------------------------------------------------------------------------------------

    def calls(self):
        """(at, until) of each statement that is a call for its effect."""
        found = []
        for at in dict.fromkeys(self.starts()):
            match = CALL.match(self.code, at)
            if not match or self.is_head(at):
                continue
            name = match.group(1)
            if not NOTICED.match(name) or not self.is_inside_function(at):
                continue
            until = self.end_of_statement(at)
            if until is None or not self.is_one_call(at, until):
                continue
            found.append((at, until))
        return found

    def is_head(self, at):
        return re.match(r"(if|for|while|switch|return|throw|co_\w+|case|delete|catch)\b", self.code[at:]) is not None

    def is_one_call(self, at, until):
        """f(...); or static_cast<void>(f(...)); or a chain of calls."""
        i = at
        while self.code[i] not in "(;":
            i += 1
        while self.code[i] == "(":
            i = self.closing(i)
            rest = re.match(r"(?:\.|->)\w+(?=\()", self.code[i:])
            if rest is None:
                break
            i += rest.end()
        return i == until - 1

    def is_inside_function(self, at):
        """Not the declaration of a function or constructor, which can look like a call."""
        line_end = self.end_of_statement(at)
        if line_end is None:
            return False
        inside = self.code[self.code.find("(", at) + 1:line_end]
        return not re.match(r"(?:const )?[\w:<>]+[&*]? [&*]?\w+[,)]", inside)

    def drop_calls(self):
        for at, until in self.calls():
            self.add("drop-call", at, until, [(at, 0, "{{ if (!heddle_mutant({n})) "), (until, 0, " }}")])

    def swaps(self):
        run = []
        for at, until in self.calls() + [(len(self.code), len(self.code))]:
            if run and not self.follows(run[-1], at):
                self.add_swaps(run)
                run = []
            if not run and not self.may_begin_run(at):
                continue
            run.append((at, until))

    def may_begin_run(self, at):
        before = self.code[:at].rstrip()
        return at < len(self.code) and before[-1:] in ";{}:" and self.column(at) == self.indent(at)

    def column(self, at):
        return at - self.code.rfind("\n", 0, at) - 1

    def indent(self, at):
        line = self.line_of(at)
        return len(line) - len(line.lstrip())

    def follows(self, one, at):
        gap = self.code[one[1]:at]
        return gap.strip() == "" and self.column(one[0]) == self.column(at)

    def add_swaps(self, run):
        texts = [" ".join(self.clean[at:until].split()).replace("{", "{{").replace("}", "}}") for at, until in run]
        for i in range(len(run) - 1):
            order = texts[:i] + [texts[i + 1], texts[i]] + texts[i + 2:]
            head = "if (heddle_mutant({n})) {{ " + " ".join(order) + " }} else {{ "
            self.add("swap", run[i][0], run[i + 1][1], [(run[0][0], 0, head), (run[-1][1], 0, " }}")])

    def drop_guards(self):
        for match in GUARD.finditer(self.code):
            until = self.end_of_statement(match.start())
            if until is None or not re.match(r"\s|$", self.code[match.start() - 1]):
                continue
            kind = match.group(1)
            bracket = match.end()
            self.add("drop-guard", match.start(), until, [
                (match.start(1), len(kind), f"heddle_mutants::Unless<{kind}>"), (bracket + 1, 0, "{n}, ")])

    def loops_once(self):
        for match in re.finditer(r"\bwhile \(", self.code):
            opened = match.end() - 1
            closed = self.closing(opened)
            condition = self.code[opened + 1:closed - 1]
            if re.match(r"\s*;", self.code[closed:]):  # the end of a do
                self.add("loop-once", match.start(), closed,
                         [(opened + 1, 0, "!heddle_mutant({n}) && ("), (closed - 1, 0, ")")])
                continue
            if self.code[closed:closed + 2] != " {":
                continue
            end = self.closing(closed + 1)
            body = self.code[closed + 1:end]
            is_endless = condition.strip() == "true"
            if is_endless and re.search(r"\breturn [^;]", body):
                continue  # there is nothing to return behind it
            if is_endless or DECLARED.match(self.code, opened + 1):
                self.add("loop-once", match.start(), closed, [(end - 1, 0, "if (heddle_mutant({n})) break; ")])
                continue
            self.add("loop-once", match.start(), closed, [
                (match.start(), 5, "for (bool once_{n} = true; (once_{n} || !heddle_mutant({n})) &&"),
                (closed, 0, "; once_{n} = false)")])

    def skip_checks(self):
        for match in CHECK.finditer(self.code):
            opened = match.end() - 1
            closed = self.closing(opened)
            if not re.match(r"\s+(return|continue|break)\b", self.code[closed:]):
                continue
            begin = self.end_of_statement(opened + 1) or opened + 1  # behind what an if declares first
            if DECLARED.match(self.code, begin):
                continue
            until = self.end_of_statement(closed)
            if "is_listening" in self.code[opened:closed] or until is None:
                continue
            self.add("skip-check", match.start(), until,
                     [(begin, 0, " !heddle_mutant({n}) && ("), (closed - 1, 0, ")")])

    def counts(self):
        for match in COUNT.finditer(self.code):
            if not self.is_constant(match.start()):
                one = match.end() - 1
                begin, end = self.part_around(match.start())
                self.add("off-by-one", begin, end, [(one, 1, "(heddle_mutant({n}) ? 0 : 1)")])
        for at in dict.fromkeys(self.starts()):
            match = STEP.match(self.code, at)
            if match:
                self.add("off-by-one", at, match.end(),
                         [(at, 0, "{{ if (!heddle_mutant({n})) "), (match.end(), 0, " }}")])
        for match in COMPARED.finditer(self.code):
            if not self.is_constant(match.start()):
                begin, end = self.part_around(match.start())
                sign = match.group()[0]
                kind = {"<": "Below", "<=": "UpTo", ">": "Above", ">=": "From"}[match.group()]
                self.add("off-by-one", begin, end,
                         [(match.start(), len(match.group()), f"{sign} heddle_mutants::{kind}{{{{{{n}}}}}} {sign}")])

    def is_constant(self, at):
        """In a constant, a template, a refused argument, a text, or a look whether a descriptor is one."""
        return NO_COUNT.search(self.line_of(at)) is not None

    def part_around(self, at):
        start = self.code.rfind("\n", 0, at) + 1
        end = self.code.find("\n", at)
        return start + self.indent(at), end

    def find(self):
        self.drop_calls()
        self.swaps()
        self.drop_guards()
        self.loops_once()
        self.skip_checks()
        self.counts()
        self.sites.sort(key=lambda site: (site.at, site.operator))
        return self.sites


def is_subject(name):
    if not name.startswith(tuple(f"lib/mp/{folder}/" for folder in FOLDERS)) or SPARED.search(name):
        return False
    return name.endswith(".cpp") or HEADERS.search(name) is not None


def sites_of(root):
    """All sites, numbered, as {path: (Source, [Site, ...])}."""
    found = {}
    number = 0
    root = pathlib.Path(root)
    for path in sorted(p.relative_to(root).as_posix() for p in (root / "lib/mp").rglob("*.[ch]pp")):
        if not is_subject(path):
            continue
        source = Source(path, (root / path).read_text())
        seen = {}
        for site in source.find():
            number += 1
            site.number = number
            seen[site.key[:3]] = site.occurrence = seen.get(site.key[:3], 0) + 1
        if source.sites:
            found[path] = source
    return found


def all_sites(root):
    return [site for source in sites_of(root).values() for site in source.sites]
