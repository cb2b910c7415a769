#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The figures that amends is held to, as ratios against a floor in the same run (medians).

  run.py --build DIR --source DIR --harness DIR [--cases 100000] [--runs 9] [--keep DIR]

Makes mail, imports it into a store of about 1,000 cases and one of --cases, then drives amends and the
empty ncurses program of floor.c in turns on a pty of 120x40.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

MAILS_A_CASE = 3.3  # what the generator of mail gives in the mean

SHOP = """[shop]
name = Bench
addresses = desk@amends.example
zone = Europe/Amsterdam
"""


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", required=True, help="a release build: meson setup --buildtype=release")
    p.add_argument("--source", required=True)
    p.add_argument("--harness", required=True, help="the folder of tuibench.py and gen_mail.py")
    p.add_argument("--cases", type=int, default=100000)
    p.add_argument("--runs", type=int, default=9)
    p.add_argument("--keep", help="keep mails and stores here for the next time")
    return p.parse_args()


class Bench:
    def __init__(self, a):
        self.a = a
        self.home = a.keep or tempfile.mkdtemp(prefix="amends-bench-")
        self.amends = os.path.join(a.build, "src/cli/amends")
        config = os.path.join(self.home, "config/amends")
        os.makedirs(config, exist_ok=True)
        with open(os.path.join(config, "shop.ini"), "w", encoding="utf-8") as f:
            f.write(SHOP)
        self.env = {
            "AMENDS_DATA": os.path.join(a.source, "data"),
            "XDG_CONFIG_HOME": os.path.join(self.home, "config"),
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Amsterdam",
        }
        self.rows = []

    def say(self, what, value, unit, reach=None, note=""):
        self.rows.append((what, value, unit, reach, note))

    def store(self, cases):
        """The store of so many cases; the import's mails a second if it was made now."""
        path = os.path.join(self.home, f"desk-{cases}.db")
        if os.path.exists(path):
            return path, None
        mbox = os.path.join(self.home, f"mail-{cases}.mbox")
        count = int(cases * MAILS_A_CASE)
        if not os.path.exists(mbox):
            subprocess.run([sys.executable, os.path.join(self.a.harness, "gen_mail.py"), "--count", str(count), "--mbox", mbox],
                           check=True, stderr=subprocess.DEVNULL)
        with open(mbox, "rb") as f:  # warm, so that the disk isn't what is measured
            while f.read(1 << 24):
                pass
        begun = time.monotonic()
        subprocess.run([self.amends, "--db", path, "import", mbox], check=True, env={**os.environ, **self.env},
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return path, count / (time.monotonic() - begun)

    def drive(self, name, ready, steps, command):
        out = os.path.join(self.home, "figures.jsonl")
        if os.path.exists(out):
            os.unlink(out)
        call = ["/usr/bin/python3", os.path.join(self.a.harness, "tuibench.py"), "--name", name, "--ready", ready, "--json", out,
                "--runs", str(self.a.runs), "--quiet-ms", "40"]
        for s in steps:
            call += ["--step", s]
        for k, v in self.env.items():
            call += ["--env", f"{k}={v}"]
        subprocess.run(call + ["--"] + command, check=True, stderr=subprocess.DEVNULL)
        with open(out, encoding="utf-8") as f:
            return json.loads(f.readlines()[-1])

    def report(self):
        width = max(len(r[0]) for r in self.rows)
        for what, value, unit, reach, note in self.rows:
            verdict = "" if reach is None else ("reached" if reach[0](value) else "MISSED") + f" ({reach[1]})"
            print(f"{what:<{width}}  {value:>10.2f} {unit:<8} {verdict:<24} {note}")


def at_most(limit, unit=""):
    return (lambda v: v <= limit, f"at most {limit}{unit}")


def at_least(limit, unit=""):
    return (lambda v: v >= limit, f"at least {limit}{unit}")


def main():
    a = arguments()
    b = Bench(a)
    small, _ = b.store(1000)
    large, rate = b.store(a.cases)
    print(json.dumps(b.drive("floor", "floor ready", ["down=j x30"], [os.path.join(a.build, "tests/bench/floor")])))
    print(json.dumps(b.drive("amends", "open", ["down=j x30"], [b.amends, "--db", large])))
    print(rate)


main()
