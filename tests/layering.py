#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the layers: includes point down only, and a library's header stands only where it belongs.

  layering.py SOURCE_ROOT

Prints FILE:LINE for each fault and ends with 1; with 0 if there is none.
"""
import pathlib
import re
import sys

# What each layer may include of ours.
LAYERS = {
    "domain": {"domain"},
    "store": {"domain", "store"},
    "ingest": {"domain", "store", "ingest"},
    "ui": {"domain", "store", "ui"},
    "cli": {"domain", "store", "ingest", "ui", "cli"},
}
# Whose a library is: the header's beginning, and the layers that may name it.
LIBRARIES = {
    "sqlite3": {"store"},
    "curses": {"ui"},
    "ncurses": {"ui"},
    "term.h": {"ui"},
    "gmime": {"ingest"},
    "libxml": {"ingest"},
    "libexttextcat": {"ingest"},
    "textcat": {"ingest"},
    "iconv.h": {"ingest"},
    "pcre2": {"domain", "ingest"},
    "opencc": set(),
    "jansson": {"cli"},
    "unistd.h": {"store", "ingest", "ui", "cli"},
    "fcntl.h": {"store", "ingest", "ui", "cli"},
    "sys/": {"store", "ingest", "ui", "cli"},
    "stdio.h": {"store", "ingest", "ui", "cli"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def check_include(layer, quote, header):
    """What is wrong with including `header` in `layer`; None if nothing."""
    if quote == '"' and "/" in header:
        target = header.split("/")[0]
        if target not in LAYERS[layer]:
            return f"{layer} must not include {target} ({header})"
        return None
    for beginning, allowed in LIBRARIES.items():
        if header.startswith(beginning) and layer not in allowed:
            return f"{layer} must not include <{header}>; only {', '.join(sorted(allowed)) or 'tools'} may"
    return None


def check_file(path, layer):
    faults = []
    lines = path.read_text(encoding="utf-8").splitlines()
    includes = []
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        includes.append(found.group(2))
        fault = check_include(layer, found.group(1), found.group(2))
        if fault:
            faults.append(f"{path}:{number}: {fault}")
    ours = [name for name in includes if "/" in name] # a generated table may stand in the middle
    if path.suffix == ".c" and (not ours or ours[-1] != "domain/banned.h"):
        faults.append(f"{path}:1: domain/banned.h must be the last include")
    if not lines or "SPDX-License-Identifier: MIT" not in lines[0]:
        faults.append(f"{path}:1: the SPDX line is missing")
    return faults


def self_test():
    """The check must be able to fail."""
    wrong = [("domain", '"', "store/store.h"), ("ui", "<", "sqlite3.h"), ("store", "<", "ncurses.h"),
             ("store", '"', "ingest/mail.h"), ("cli", "<", "gmime/gmime.h"), ("domain", "<", "sys/stat.h")]
    right = [("ui", '"', "store/store.h"), ("store", "<", "sqlite3.h"), ("cli", '"', "ui/ui.h"), ("ui", "<", "curses.h")]
    return all(check_include(*w) for w in wrong) and not any(check_include(*r) for r in right)


def main():
    root = pathlib.Path(sys.argv[1]) / "src"
    faults, count = [], 0
    for layer in LAYERS:
        for path in sorted((root / layer).glob("*.[ch]")):
            faults += check_file(path, layer)
            count += 1
    for fault in faults:
        print(fault)
    if not self_test():
        print("layering.py: the check itself is broken")
        return 1
    if count < 20:
        print(f"layering.py: only {count} files found under {root}")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
