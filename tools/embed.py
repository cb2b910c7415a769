#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""embed.py NAME FILE OUT: writes FILE into OUT as the C string `static const char NAME[]`."""
import sys

name, source, out = sys.argv[1:]
with open(source, encoding="utf-8") as f:
    lines = f.read().split("\n")
with open(out, "w", encoding="utf-8") as f:
    f.write(f"static const char {name}[] =\n")
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        f.write(f'\t"{escaped}\\n"\n')
    f.write("\t;\n")
