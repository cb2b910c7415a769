#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sums the test cases of a `meson test` run: cmocka's own counts where a program has them, else one a program.

  count.py BUILD_FOLDER

Names what failed, ends with the line "N passed, N failed" and exits with 1 if anything failed or nothing ran.
"""
import json
import pathlib
import re
import sys

PASSED = re.compile(r"^\[  PASSED  \] (\d+) test\(s\)", re.M)
FAILED = re.compile(r"^\[  FAILED  \] (\d+) test\(s\), listed below", re.M)


def count(record):
    """(passed, failed, skipped) of one program."""
    output = record.get("stdout", "") + "\n" + record.get("stderr", "")
    passed = sum(int(n) for n in PASSED.findall(output))
    failed = sum(int(n) for n in FAILED.findall(output))
    good = record["result"] in ("OK", "EXPECTEDFAIL")
    if record["result"] == "SKIP":
        return 0, 0, 1
    if not PASSED.search(output) and not failed:
        return int(good), int(not good), 0
    # Cases may all pass and the program fail: a leak, a crash at its end. Or all were skipped.
    return passed, failed or int(not good), int(not passed and good)


def main():
    log = pathlib.Path(sys.argv[1]) / "meson-logs" / "testlog.json"
    passed = failed = skipped = 0
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        record = json.loads(line)
        p, f, s = count(record)
        passed, failed, skipped = passed + p, failed + f, skipped + s
        if f:
            print(f"failed: {record['name']}")
        if s:
            print(f"skipped: {record['name']}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
