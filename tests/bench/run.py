#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The figures that amends is held to, as ratios against a floor in the same run (medians).

  run.py --build DIR --source DIR --harness DIR [--cases 100000] [--rounds 5] [--keep DIR]

Makes mail, imports it into a store of about 1,000 cases and one of --cases, then drives amends and the
empty ncurses program of floor.c in turns on a pty of 120x40. With --million also a store of a million cases and nine
million events, which grow.c makes of one of 23,000 in some minutes (8 GB): keep it by --keep.
"""
import argparse
import json
import os
import shutil
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
archive_days = 0
"""


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", required=True, help="a release build: meson setup --buildtype=release")
    p.add_argument("--source", required=True)
    p.add_argument("--harness", required=True, help="the folder of tuibench.py and gen_mail.py")
    p.add_argument("--cases", type=int, default=100000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--million", action="store_true", help="measure a store of a million cases, too")
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

    def drive(self, ready, steps, command, size, runs=3):
        out = os.path.join(self.home, "figures.jsonl")
        if os.path.exists(out):
            os.unlink(out)
        call = ["/usr/bin/python3", os.path.join(self.a.harness, "tuibench.py"), "--ready", ready, "--json", out, "--runs", str(runs),
                "--size", size]
        for s in steps:
            call += ["--step", s]
        for k, v in self.env.items():
            call += ["--env", f"{k}={v}"]
        subprocess.run(call + ["--"] + command, check=True, stderr=subprocess.DEVNULL)
        with open(out, encoding="utf-8") as f:
            return json.loads(f.readlines()[-1])

    def in_turns(self, programs):
        """Drives each program once a round, so that a busy minute hits all of them. Lists of figures by name."""
        figures = {name: [] for name in programs}
        for _ in range(self.a.rounds):
            for name, (ready, steps, command, size) in programs.items():
                figures[name].append(self.drive(ready, steps, command, size))
        return figures

    def report(self):
        width = max(len(r[0]) for r in self.rows)
        for what, value, unit, reach, note in self.rows:
            verdict = "" if reach is None else ("reached" if reach[0](value) else "MISSED") + f" ({reach[1]})"
            print(f"{what:<{width}}  {value:>10.2f} {unit:<8} {verdict:<28} {note}".rstrip())


def at_most(limit):
    return (lambda v: v <= limit, f"at most {limit}")


def at_least(limit):
    return (lambda v: v >= limit, f"at least {limit}")


def middle(figures, *path):
    """The median over the rounds of one figure."""
    values = []
    for f in figures:
        for step in path:
            f = f[step]
        values.append(f)
    return statistics.median(values)


READY = r"\d+ open"
FOUND = r"/zqneedlerare\s*\n(?:[^\n]*\n)?[^\n]*Due[^\n]*\n>[^\n]*\n(?: [^\n]*\S[^\n]*\n){0,4}\s*\n"


# About 4,000 characters, as typed: words, sentences and paragraphs.
DRAFT = ("We are sorry that the parcel is late and have asked the carrier. " * 5 + "<Enter>") * 12


def drive_all(b, small, large):
    floor = [os.path.join(b.a.build, "tests/bench/floor")]
    list_only = "120x15"  # too low for a preview
    figures = b.in_turns({
        "floor": ("floor ready", ["down=j x30"], floor, "120x40"),
        "small": (READY, ["down=j x10"], [b.amends, "--db", small], "120x40"),
        "large": (READY, ["down=j x30", "end=G", "home=<Home>", "page=<PageDown> x5", "case,back=<Enter>,q x5"],
                  [b.amends, "--db", large], "120x40"),
        "list": (READY, ["down=j x9"], [b.amends, "--db", large], list_only),
        "scroll": (READY, [".end=j x11", "scroll=j x15"], [b.amends, "--db", large], list_only),
        "search": (READY, ["search=/zqneedlerare<Enter> ~" + FOUND], [b.amends, "--db", large], "120x40"),
    })
    # The emulator takes a minute for the typed draft, so once must do.
    figures["answer"] = [b.drive(READY, ["picker,away=r,<Esc> x5", ".open=r", "narrow=r x3", ".take=<Enter> ~guard",
                                         ".fill=" + DRAFT, "type=a x30"], [b.amends, "--db", small], "120x40", runs=1)]
    return figures


def tell(b, f, rate):
    ready = {k: middle(v, "ready_ms", "med") for k, v in f.items()}
    key = {k: middle(f[k], "steps", "down", "first_ms", "p50") for k in ("floor", "small", "large", "list")}
    b.say("first screen, empty ncurses program", ready["floor"], "ms")
    b.say("first screen, 1,000 cases", ready["small"], "ms")
    b.say(f"first screen, {b.a.cases:,} cases", ready["large"], "ms")
    b.say("  against the empty program", ready["large"] / ready["floor"], "x", at_most(3))
    b.say("  against 1,000 cases", ready["large"] / ready["small"], "x", at_most(1.2))
    b.say("cursor key, empty ncurses program", key["floor"], "ms")
    b.say("cursor key", key["large"], "ms", None, "until the cursor has moved; the preview follows")
    b.say("  against the empty program", key["large"] / key["floor"], "x", at_most(2))
    b.say("  until the preview is there too", middle(f["large"], "steps", "down", "last_ms", "p50"), "ms")
    b.say("cursor key without a preview", key["list"], "ms")
    b.say("  bytes to the terminal", middle(f["list"], "steps", "down", "bytes", "p50"), "bytes", at_most(400))
    b.say("  bytes when the list scrolls", middle(f["scroll"], "steps", "scroll", "bytes", "p50"), "bytes", at_most(400))
    for step, what in (("end", "jump to the end"), ("home", "jump to the beginning"), ("page", "a page down"), ("case", "open a case")):
        b.say(what, middle(f["large"], "steps", step, "last_ms", "p50"), "ms")
    limit = round(2 * key["floor"] + 1, 2)
    for step, what in (("picker", "open the picker of canned replies"), ("narrow", "a key in the picker"),
                       ("type", "a key in the composer, 4,000 characters, guard on")):
        b.say(what, middle(f["answer"], "steps", step, "first_ms", "p50"), "ms", at_most(limit))
    b.say("search for a rare word", middle(f["search"], "steps", "search", "last_ms", "p50"), "ms", at_most(10))
    b.say("memory", middle(f["large"], "rss_kb", "med") / 1024, "MiB", at_most(20))
    if rate:
        b.say("import from mbox, with the search index", rate, "mails/s", at_least(3000))


def grown(b):
    """A store of about a million cases; one buyer has 200 of them."""
    path = os.path.join(b.home, "desk-grown.db")
    if not os.path.exists(path):
        seed, _ = b.store(20000)
        for end in ("", "-wal"):
            if os.path.exists(seed + end):
                shutil.copy(seed + end, path + ".new" + end)
        subprocess.run([os.path.join(b.a.build, "tests/bench/grow"), path + ".new", "44"], check=True, stdout=subprocess.DEVNULL)
        os.rename(path + ".new", path)
    return path


# What is measured there: its name, the steps (that of label m counts; several cost more than one: the first is cold), ms.
MILLION = (
    ("open a case", ["m,.back=<Enter>,q x5"], 50),
    ("a view's tab", ["m,.all=4,0 x3"], 50),
    ("the tab of what is overdue", ["m,.all=3,0 x3"], 50),
    ("the buyer with 200 cases", [".go=g ~Go to", ".case=#7<Enter> ~#7 ", "m,.back=b,q x5"], 50),
    ("search for two Chinese characters", ["m=/退款<Enter> ~/退款"], 50),
    ("search for a common word", ["m=/refund<Enter> ~/refund"], 50),
    ("the newest of a common word", ["m=/refund sort:newest<Enter> ~/refund sort"], 50),
    ("z: the newest, and by clock again", ["m,.back=z,z x5"], 50),
    ("Space: the playbook's step", ["m,.back=<Space>,<Esc> x5"], 10),
    ("an act: pin", ["m=p x6"], 10),
    ("u: taken back", [".pin=p x6", "m=u x6"], 10),
    ("a bulk act, first progress", [".find=/platform:mail lang:lt kind:other<Enter> ~lang:lt", ".all=T", ".ask=p ~y does",
                                    "m=y ~ of "], 50),
)


def drive_million(b, path):
    return [(what, limit, b.drive(READY, steps, [b.amends, "--db", path], "120x40")) for what, steps, limit in MILLION]


def tell_million(b, figures):
    b.say("a million cases:", 0, "")
    for what, limit, f in figures:
        b.say("  " + what, f["steps"]["m"]["last_ms"]["p50"], "ms", at_most(limit))
    b.say("  memory, the most of these", max(f["rss_kb"]["max"] for _, _, f in figures) / 1024, "MiB", at_most(32))


def tell_guard(b):
    """A first reading of 4,000 characters: proper sentences, many of them close to what is forbidden."""
    with open(os.path.join(b.a.source, "tests/domain/guard_heldout.txt"), encoding="utf-8") as f:
        groups = f.read().split("\n[")
    for lang in ("en", "zh-Hans"):
        lines = next(g for g in groups if g.startswith(lang + " proper]")).split("\n")[1:]
        draft = " ".join(line.split("| ", 1)[1] for line in lines if "| " in line)[:4000]
        done = subprocess.run([os.path.join(b.a.build, "tests/bench/guard"), lang], input=draft, text=True,
                              encoding="utf-8", env=dict(os.environ, **b.env), stdout=subprocess.PIPE, check=True)
        b.say(f"the guard over 4,000 characters, {lang}", float(done.stdout), "ms", at_most(2), "processor time")


def main():
    b = Bench(arguments())
    small, _ = b.store(1000)
    large, rate = b.store(b.a.cases)
    tell(b, drive_all(b, small, large), rate)
    tell_guard(b)
    if b.a.million:
        tell_million(b, drive_million(b, grown(b)))
    b.report()


main()
