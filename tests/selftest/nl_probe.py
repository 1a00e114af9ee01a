#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""nl_probe.py FAMILY: sends every command of the family, prints what becomes of each.

"refused EPERM" and the like, "accepted", or "no family".  One line sums up equal answers.
"""

import sys
from collections import Counter

import genl

NAMES = genl.service("10.0.0.7") + genl.dest("10.0.1.7") + genl.attribute(
    genl.DAEMON, genl.u32(1, 1) + genl.string(2, "lo") + genl.u32(3, 1))


def answer(link, command, dump):
    try:
        if dump:
            link.dump(command, NAMES)
        else:
            link.send(command, NAMES)
            link.receive()
    except genl.Refused as refusal:
        return f"refused {refusal.name}"
    return "accepted"


try:
    family = genl.Family(sys.argv[1])
except LookupError:
    print("no family")
    sys.exit()
do = [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 15, 16, 17] + [64] * (len(sys.argv) > 2)
answers = Counter(answer(family, command, False) for command in do)
answers += Counter(answer(family, command, True) for command in (4, 8, 11))
print(", ".join(f"{count} {what}" for what, count in sorted(answers.items())))
