#!/usr/bin/env python3
"""Looks for the personal data of all fixtures in everything that the test run has logged (DESIGN section 10).

    scan.py SOURCE LOGS     exit 1 when a name, address, identity number, account or contact of a fixture stands in a log,
                            or when there is nothing to look at

What is looked for comes from the fixtures themselves: customers in JSON Lines and scenarios, TK25 to TK29 of BgMax files.
"""
import json
import pathlib
import re
import sys
import tempfile

PERSONAL_MEMBERS = ("name", "extra_name", "identity_number", "street", "postcode", "telephone", "email", "supply_address",
                    "property_designation", "organisation_number", "text", "payer_name", "message")
SHORTEST = 6  # shorter values ("12301") stand in logs by chance
NOT_PERSONAL = re.compile(r"^[\d .,-]{1,8}$|^0+$")
BGMAX_FIELDS = {b"25": ((2, 52),), b"26": ((2, 37), (37, 72)), b"27": ((2, 37),), b"29": ((4, 14),)}


def from_json(node, found):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in PERSONAL_MEMBERS and isinstance(value, str):
                found.add(value.strip())
            from_json(value, found)
    elif isinstance(node, list):
        for each in node:
            from_json(each, found)


def from_text(raw, found):
    for line in re.split(rb"[\r\n]+", raw):
        for first, last in BGMAX_FIELDS.get(line[:2], ()):
            for encoding in ("latin-1", "utf-8", "cp850"):
                found.add(line[first:last].decode(encoding, "ignore").strip())
        text = line.decode("utf-8", "ignore").strip()
        if text.startswith("{") and text.endswith("}"):
            try:
                from_json(json.loads(text), found)
            except ValueError:
                pass


def personal_values(source):
    found = set()
    for folder in ("fixtures", "tests"):
        for path in (source / folder).rglob("*"):
            if path.is_file() and path.suffix in (".txt", ".jsonl", ".json", ".scenario", ".case", ".bgmax") and path.stat().st_size < 1_000_000:
                from_text(path.read_bytes(), found)
    return sorted(v for v in found if len(v) >= SHORTEST and not NOT_PERSONAL.match(v) and any(c.isalnum() for c in v))


def hits(values, logs):
    out = []
    for path in sorted(p for p in logs.rglob("*") if p.is_file()):
        text = path.read_bytes().decode("utf-8", "replace").lower()
        out += [(path, value) for value in values if value.lower() in text]
    return out


def main():
    source, logs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    values = personal_values(source)
    if len(values) < 20:
        sys.exit(f"only {len(values)} personal values found in the fixtures: the scan looks at the wrong folder")
    with tempfile.TemporaryDirectory() as folder:  # the scan itself must be able to fail
        planted = pathlib.Path(folder) / "planted.log"
        planted.write_text(f"level=info payer={values[0]}\n", encoding="utf-8")
        if not hits(values, pathlib.Path(folder)):
            sys.exit("the scan does not find a value that was planted for it")
    files = [p for p in logs.rglob("*") if p.is_file()] if logs.is_dir() else []
    size = sum(p.stat().st_size for p in files)
    if size == 0:
        sys.exit(f"no log output in {logs.name}: the tests that log have not run")
    found = hits(values, logs)
    for path, value in found:
        print(f"{path.name}: holds the fixture value {value!r}")
    print(f"{len(files)} log files, {size} bytes, {len(values)} personal values looked for, {len(found)} found")
    sys.exit(1 if found else 0)


main()
