#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""commit_replace.py TIMES: replaces the table by itself, but for one service.

Each transaction deletes all services, and adds them again as they were, with another weight for the
real servers of the service of firewall mark 7, of which every other transaction leaves one out.
"""

import struct
import sys

import commit
import genl
from genl import FLUSH, NEW_DEST, NEW_SERVICE, SERVICE, attribute, u32, u8

WEIGHT = 4


def rows(link):
    return [(top[0][0], top[0][2]) for _, top in link.dump(genl.GET_TABLE, u8(commit.BRIEF, 1))]


def with_weight(nest, weight):
    return b"".join(u32(k, weight) if k == WEIGHT else attribute(k, v)
                    for k, _, v in genl.attributes(nest))


def replacement(table, number):
    """The items, and how many services and real servers they change."""
    items, changed, marked, left_out = [(FLUSH,)], 0, False, number % 2 == 1
    for kind, nest in table:
        if kind == SERVICE:
            marked = 5 in genl.values(nest)
            items.append((NEW_SERVICE, nest))
            continue
        if marked:
            changed += 1
            if left_out:
                left_out = False
                continue
            nest = with_weight(nest, number % 5 + 1)
        items.append((NEW_DEST, b"", nest))
    return items, changed


def main(times):
    link = commit.open_family()
    table = rows(link)
    generation = commit.generation(link)
    for number in range(1, times + 1):
        items, changed = replacement(table, number)
        got = commit.commit(link, items, generation)
        if got != (changed, generation + 1):
            sys.exit(f"transaction {number} changed {got[0]}, generation {got[1]}; "
                     f"expected {changed}, {generation + 1}")
        generation += 1
    same, _ = replacement(table, times)
    if commit.commit(link, same) != (0, generation):
        sys.exit("a transaction that changes nothing says that it does")
    try:
        commit.commit(link, same, generation - 1)
    except genl.Refused as refusal:
        if (refusal.name, refusal.text) != ("ESTALE", "the table has changed meanwhile"):
            sys.exit(f"an old generation: {refusal}")
    else:
        sys.exit("an old generation is not refused")
    weights = {struct.unpack("=I", genl.values(n)[WEIGHT])[0] for k, n in rows(link) if k != SERVICE}
    if times % 5 + 1 not in weights:
        sys.exit(f"no real server has the last weight: {weights}")


main(int(sys.argv[1]))
