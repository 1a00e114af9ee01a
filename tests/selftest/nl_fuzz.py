#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""nl_fuzz.py COUNT SEED: sends messages that were right before chance changed them.

Refusals must have a documented errno and leave the table as it was.  The seed and the message
are printed when that is not so; the same seed sends the same messages.
"""

import random
import struct
import sys

import genl
from genl import DEST, SERVICE, attribute, dest, dest_id, service, service_id, string, u16, u32

DOCUMENTED = {"EINVAL", "EAFNOSUPPORT", "EEXIST", "ESRCH", "ENOENT", "ERANGE", "EOPNOTSUPP",
              "EPROTONOSUPPORT"}
CHANGES_NOTHING = {genl.GET_SERVICE, genl.GET_DEST, genl.GET_DAEMON, genl.GET_CONFIG,
                   genl.GET_INFO, genl.GET_COUNTERS}
NUMBERS = [0, 1, 2, 4, 10, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000,
           0xFFFFFFFF]
FIRST, SIX = attribute(SERVICE, service_id()), attribute(SERVICE, service_id("fd00::1", 443))
DAEMON = attribute(genl.DAEMON, u32(1, 1) + string(2, "lo") + u32(3, 1) + u16(4, 1400))

# Command, right payload, whether it asks for a dump.
RIGHT = [
    (genl.NEW_SERVICE, service("10.0.0.5"), False),
    (genl.NEW_SERVICE, service("fd00::5", sched="wlc"), False),
    (genl.NEW_SERVICE, service(mark=9, sched="lc"), False),
    (genl.SET_SERVICE, service(sched="wrr"), False),
    (genl.DEL_SERVICE, attribute(SERVICE, service_id("10.0.0.5")), False),
    (genl.GET_SERVICE, SIX, False),
    (genl.GET_SERVICE, FIRST, True),
    (genl.NEW_DEST, FIRST + dest("10.0.1.5", weight=3, upper=9), False),
    (genl.NEW_DEST, SIX + dest("fd00:1::5", 443, family=10, fwd=genl.DROUTE), False),
    (genl.SET_DEST, FIRST + dest(weight=9, upper=7, lower=3), False),
    (genl.DEL_DEST, FIRST + attribute(DEST, dest_id()), False),
    (genl.GET_DEST, FIRST, True),
    (genl.NEW_DAEMON, DAEMON, False),
    (genl.DEL_DAEMON, DAEMON, False),
    (genl.GET_DAEMON, b"", True),
    (genl.SET_CONFIG, u32(4, 100) + u32(5, 20) + u32(6, 30), False),
    (genl.GET_CONFIG, b"", False),
    (genl.GET_INFO, b"", False),
    (genl.ZERO, FIRST, False),
    (genl.GET_COUNTERS, b"", False),
]


def change_value(chance, value):
    data = bytearray(value)
    what = chance.randrange(5)
    if what == 0 or not data:
        return chance.randbytes(chance.choice((0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 64)))
    if what == 1:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif what == 2 and len(data) >= 4:
        struct.pack_into("=I", data, 0, chance.choice(NUMBERS))
    elif what == 3:
        del data[chance.randrange(len(data)) :]
    else:
        data += chance.randbytes(chance.randrange(1, 20))
    return bytes(data)


def change(chance, payload, depth=0):
    """Changes one thing among the attributes of a payload."""
    try:
        found = [(kind, value) for kind, _, value in genl.attributes(payload)]
    except ValueError:
        return change_value(chance, payload)
    what = chance.randrange(10)
    if not found or what == 0:
        found.insert(chance.randint(0, len(found)),
                     (chance.choice((0, 1, 5, 11, 12, 63, 64, 65, 0x4001, 0x8002, 0x3FFF)),
                      chance.randbytes(chance.randrange(0, 24))))
    else:
        at = chance.randrange(len(found))
        kind, value = found[at]
        if what == 1:
            del found[at]
        elif what == 2:
            found.append(found[at])
        elif what == 3:
            found[at] = (chance.choice((kind ^ 1, kind | 0x8000, chance.randrange(70))), value)
        elif what == 4:
            chance.shuffle(found)
        elif depth == 0 and kind in (1, 2, 3) and len(value) >= 8:
            found[at] = (kind, change(chance, value, 1))
        else:
            found[at] = (kind, change_value(chance, value))
    data = bytearray(b"".join(attribute(kind, value) for kind, value in found))
    if data and chance.randrange(12) == 0:
        struct.pack_into("=H", data, 0, chance.choice((0, 1, 3, 4, 5, len(data), 0xFFFF)))
    return bytes(data)


def prepare(link):
    link.request(genl.FLUSH)
    link.request(genl.NEW_SERVICE, service())
    link.request(genl.NEW_SERVICE, service("fd00::1", 443, sched="wlc"))
    link.request(genl.NEW_DEST, FIRST + dest())
    return link.table()


def main(count, seed):
    chance = random.Random(seed)
    link = genl.Family("NFVS")
    before, refused, accepted = prepare(link), 0, 0
    for number in range(count):
        command, payload, dump = chance.choice(RIGHT)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
            payload = change(chance, payload)
        if chance.randrange(40) == 0:
            command = chance.randrange(256)
        if chance.randrange(40) == 0:
            dump = not dump
        told = f"seed {seed}, message {number}, command {command}, dump {dump}: {payload.hex()}"
        try:
            link.send(command, payload, 1 | (genl.F_DUMP if dump else genl.F_ACK))
            link.receive()
        except genl.Refused as refusal:
            refused += 1
            if refusal.name not in DOCUMENTED:
                sys.exit(f"FAILED: refused with {refusal}; {told}")
            if refused % 4 == 0 and link.table() != before:
                sys.exit(f"FAILED: refused with {refusal}, and the table changed; {told}")
            continue
        accepted += 1
        if command not in CHANGES_NOTHING:
            before = link.table()
            if not 1 <= len(before[0]) <= 6:
                before = prepare(link)
    print(f"{refused} refused, {accepted} accepted")
    if min(refused, accepted) < count // 10:
        sys.exit("FAILED: chance was one-sided, too little was tested")
    link.request(genl.FLUSH)


main(int(sys.argv[1]), int(sys.argv[2]))
