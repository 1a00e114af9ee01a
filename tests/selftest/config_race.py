#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""config_race.py COUNT SEED SERVICE REAL...: changes the same few objects at random, COUNT times.

SERVICE is udp:PORT or tcp:PORT; each has both IP versions, with the addresses of the topology, and
is persistent or schedules packet by packet now and then.  A setting of two numbers is changed as well,
and never read but as one of the pairs that were written.
REAL is the last number of a real server's addresses.  Several of these run at once: that another
was faster (EEXIST, ENOENT, ESRCH) is no error.
"""

import random
import sys

import genl
from genl import DEST, SERVICE, attribute, dest, dest_id, service, service_id, u32

LOST = {"EEXIST", "ENOENT", "ESRCH"}
# Those that keep something of their own for each service or pool twice, as that is what races.
SCHEDULERS = ("rr", "wrr", "lc", "wlc", "none", "sh", "mh") + 2 * ("lblc", "lblcr")

THRESHOLDS = "/proc/sys/net/ipv4/vs/sync_threshold"
PAIRS = ("1 2", "3 50", "70 9000")


def set_thresholds(chance):
    with open(THRESHOLDS, "w", encoding="ascii") as file:
        file.write(chance.choice(PAIRS))
    with open(THRESHOLDS, encoding="ascii") as file:
        found = " ".join(file.read().split())
    if found not in PAIRS:
        sys.exit(f"FAILED: sync_threshold is {found}, which nobody wrote")


def step(chance, link, proto, port, last):
    vip, real = chance.choice((("10.0.1.100", "10.0.2."), ("fd00:1::100", "fd00:2::")))
    real += last
    name = attribute(SERVICE, service_id(vip, port, proto))
    flags = chance.choice((0, 0, genl.PERSISTENT, genl.PERSISTENT))
    if proto == genl.UDP:
        flags |= chance.choice((0, 0, genl.ONEPACKET))
    full = service(vip, port, proto, sched=chance.choice(SCHEDULERS), flags=flags,
                   timeout=1 + chance.randrange(3))
    target = dest(real, port, weight=chance.randrange(4), upper=chance.choice((0, 0, 9)),
                  fwd=chance.choice((genl.MASQ, genl.MASQ, genl.DROUTE)))
    # Additions are more frequent than deletions, so that there is something to race for.
    command, payload = chance.choices((
        (genl.NEW_SERVICE, full), (genl.SET_SERVICE, full), (genl.DEL_SERVICE, name),
        (genl.NEW_DEST, name + target), (genl.SET_DEST, name + target),
        (genl.DEL_DEST, name + attribute(DEST, dest_id(real, port))),
        (genl.SET_CONFIG, u32(4, 1 + chance.randrange(900)) + u32(6, 1)),
        (genl.ZERO, b""), (genl.ZERO, name), (genl.FLUSH, b""),
        (genl.DEL_CONN, attribute(genl.CONN | genl.NESTED, b"")),
    ), (12, 8, 3, 24, 12, 10, 4, 2, 2, 1, 4))[0]
    link.request(command, payload, reply=command == genl.DEL_CONN)


def main(count, seed, kind, reals):
    proto, port = kind.split(":")
    chance, link = random.Random(seed), genl.Family("NFVS")
    done = 0
    for _ in range(count):
        try:
            step(chance, link, {"udp": genl.UDP, "tcp": genl.TCP}[proto], int(port),
                 chance.choice(reals))
            done += 1
        except genl.Refused as refusal:
            if refusal.name not in LOST:
                sys.exit(f"FAILED: seed {seed}: {refusal}")
        if chance.randrange(8) == 0:
            for _, found in link.dump(genl.GET_SERVICE):
                link.dump(genl.GET_DEST, link.identity(found[0][2]))
        if chance.randrange(4) == 0:
            set_thresholds(chance)
    print(f"{done} of {count} changes")
    if done < count // 4:
        sys.exit("FAILED: too few changes succeeded")


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
