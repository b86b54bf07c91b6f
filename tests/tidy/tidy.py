#!/usr/bin/env python3
"""Checks of the source text that no compiler makes: lengths, arrows between layers, banned calls, rules and their tests.

    tests/tidy/tidy.py [ROOT]     prints what is wrong, a line each; exit 1 when something is
"""
import pathlib
import re
import subprocess
import sys

ROOT = (pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 70
MAX_COLUMNS = 140
TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "README.md", "formats", "connectors", "mapping", "fixtures", "tests", "tools"}
LAYERS = {  # a folder -> what it must not include
    "formats": ("mapping/", "connectors/", "tools/"),
    "mapping": ("connectors/", "tools/"),
    "connectors": ("tools/",),
}
BANNED = [  # pattern, where it is allowed, why
    (r"\bstd::sto[a-z]+\(|\bato[ifl]\(|\bstrto[dlu]+\(", ("tools/benchmarks/",), "accepts blanks, signs and garbage: use from_chars or the digit readers"),
    (r"\bstd::(local|gm)time\(|\blocaltime\(", (), "not thread-safe, and reads the machine's zone"),
    (r"\b(float|double)\b", ("tools/benchmarks/", "tests/", "mapping/ledger/json/strict_json.cpp", "formats/print/letter/canvas.cpp"), "no floating point near money"),
    (r"\bsprintf\(|\bstrcpy\(|\bstrcat\(|\bgets\(", (), "unbounded"),
    (r"\brand\(\)|\bstd::random_device\b", ("connectors/filedrop/claim.cpp",), "not reproducible: use a seed"),
    (r"\busing namespace std;", (), "names from everywhere"),
    (r"\bassert\(false\)", (), "say what went wrong"),
    (r"\b(TODO|FIXME|HACK)\b|\bXXX:", (), "do it or leave it out"),
    (r"^#\s*define\b", ("tests/",), "macros only in tests"),
]
# Text that a log call must not be given.
PERSONAL = re.compile(r"\b(log|logger|event_log)\b.*\b(name|street|postcode|town|identity_number|reference|message|bank_account|telephone|email)\b\s*[,)]")
RULE = re.compile(r'"((?:AG|BGMAX|CAMT|LB|P1|REF|SEAL|SUS)-R\d+)"')

problems = []


def report(path, line, text):
    where = path.relative_to(ROOT) if path.is_absolute() else path
    problems.append(f"{where}:{line}: {text}")


def tracked():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.splitlines() if listed.returncode == 0 else [
        str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and "build" not in p.parts]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def check_functions(path, lines):
    """clang-format puts the brace of a function at the end of its head and closes it at the head's own indentation."""
    head = re.compile(r"^(\s*)(?!namespace|class|struct|enum|union|extern|switch|for|while|if|do|else|return|case|using|static const|constexpr std::array|const )\S.*\)[^;=]*\{$")
    start = None
    for number, line in enumerate(lines, 1):
        if start is None:
            hit = head.match(line)
            if hit:  # a constructor's body closes where its name begins, one step left of its initialisers
                indent = hit.group(1)
                start = (number, indent[:-4] if line.strip().startswith(":") else indent)
        elif line.startswith(start[1] + "}") and not line.startswith(start[1] + "} "):
            if number - start[0] + 1 > MAX_FUNCTION_LINES:
                report(path, start[0], f"function of {number - start[0] + 1} lines, at most {MAX_FUNCTION_LINES}")
            start = None


def check_source(path):
    name = str(path.relative_to(ROOT))
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > MAX_FILE_LINES:
        report(path, len(lines), f"file of {len(lines)} lines, at most {MAX_FILE_LINES}")
    layer = name.split("/")[0]
    table = False  # between "clang-format off" and "on": written as the manual's tables are
    for number, line in enumerate(lines, 1):
        if "clang-format o" in line:
            table = "clang-format off" in line
        if len(line) > MAX_COLUMNS and not table and "http" not in line and not name.startswith("tests/"):
            report(path, number, f"line of {len(line)} columns, at most {MAX_COLUMNS}")
        code = line.split("//")[0]
        for pattern, allowed, why in BANNED:
            hit = re.search(pattern, code if pattern.startswith(r"\b(float") else line)
            if hit and not name.startswith(allowed or ("\0",)):
                report(path, number, f"{hit.group(0)}: {why}")
        included = re.match(r'#include "([^"]+)"', line)
        if included and layer in LAYERS and included.group(1).startswith(LAYERS[layer]):
            report(path, number, f"{layer} must not use {included.group(1)}")
        if layer in ("connectors", "tools") and PERSONAL.search(code):
            report(path, number, "a log call that names personal data")
    check_functions(path, lines)


def check_rules(files):
    in_code, in_tests = {}, set()
    for path in files:
        name = str(path.relative_to(ROOT))
        if path.stat().st_size > 2_000_000:
            continue
        if name.startswith(("formats/", "mapping/")) and path.suffix in (".cpp", ".hpp"):
            for rule in RULE.findall(path.read_text(encoding="utf-8")):
                in_code.setdefault(rule, path)
        if name.startswith(("tests/", "fixtures/")) and not name.startswith("tests/tidy/"):
            in_tests.update(re.findall(r"(?:AG|BGMAX|CAMT|LB|P1|REF|SEAL|SUS)-R\d+", path.read_text(encoding="utf-8", errors="replace")))
    for rule, path in sorted(in_code.items()):
        if rule not in in_tests:
            report(path, 1, f"rule {rule} has no test")


def check_folders(files):
    registry = (ROOT / "formats/registry.cpp").read_text(encoding="utf-8")
    for path in files:
        name = str(path.relative_to(ROOT))
        top = name.split("/")[0]
        if top not in TOP_LEVEL and not top.startswith("."):
            report(path, 1, "outside the agreed top level")
        if path.name == "format.cpp" and f'"{path.parent.relative_to(ROOT)}/format.hpp"' not in registry:
            report(path, 1, "a format that the registry does not list")
    for folder in sorted({p.parent for p in files if p.suffix in (".cpp", ".hpp")}):
        relative = folder.relative_to(ROOT)
        if relative.parts[0] in ("formats", "mapping", "connectors") and relative.name not in ("detail", "sqlite"):
            if not (folder / "README.md").is_file():
                report(folder / "README.md", 1, "each folder says what lives in it")


def main():
    files = tracked()
    for path in files:
        if path.suffix in (".cpp", ".hpp"):
            check_source(path)
    check_rules(files)
    check_folders(files)
    print("\n".join(problems) if problems else f"{len(files)} files, nothing wrong")
    sys.exit(1 if problems else 0)


main()
