"""What every house check shares: the tree it looks at, and how it ends.

The tree is what git would commit: tracked files and new ones that are not ignored. A check prints one
line per problem, as `path:line: words`, and exits with 1 if there was any.
"""

import argparse
import functools
import pathlib
import re
import subprocess
import sys

CPP = (".cpp", ".hpp")

# Comments and literals, in the order in which a C++ scanner would meet them. The look-behind tells a
# character literal from a digit separator.
_NOT_CODE = re.compile(
    r"//[^\n]*"
    r"|/\*.*?\*/"
    r'|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


def blank(match):
    """Spaces in place of what matched; lines stay where they are."""
    return re.sub(r"[^\n]", " ", match.group())


def code_of(text):
    """The text with comments and the contents of literals blanked out."""
    return _NOT_CODE.sub(blank, text)


def without_comments(text):
    """The text with comments blanked out and literals left in."""
    return _NOT_CODE.sub(lambda m: blank(m) if m.group().startswith(("//", "/*")) else m.group(), text)


class Tree:
    """The files below one root, read once each."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        listing = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True, text=True,
        ).stdout
        self.files = sorted({name for name in listing.split("\0") if name and (self.root / name).is_file()})

    def under(self, folder, suffixes=CPP):
        return [name for name in self.files if name.startswith(folder) and name.endswith(suffixes)]

    @functools.cache
    def text(self, name):
        """A file's text; nothing for one that is missing or not text."""
        try:
            return (self.root / name).read_text()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""


def run(check, description, *options):
    """Runs check(tree, arguments), which yields its problems, and ends the program."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", default=".", help="the tree to look at")
    for option in options:
        parser.add_argument(option, required=True)
    arguments = parser.parse_args()
    problems = list(check(Tree(arguments.root), arguments))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
