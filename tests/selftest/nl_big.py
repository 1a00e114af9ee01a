#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables that do not fit into one message.

    nl_big.py fill SERVICES DESTS	adds them, dumps them
    nl_big.py dump COUNT	dumps while another process adds and deletes
    nl_big.py crowd		more real servers than mh's table has slots
    nl_big.py churn		adds and deletes until it is killed; says "churning" first
"""

import struct
import sys
from collections import Counter

import genl
from genl import DEST, GET_DEST, GET_SERVICE, SERVICE, attribute, dest, service, service_id

SVC = attribute(SERVICE, service_id("10.0.0.1", 1))


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def ports(link, command, payload=b""):
    """How often each port is listed, and in how many pieces the answer came."""
    return Counter(struct.unpack(">H", genl.values(found[0][2])[kind])[0]
                   for _, found in link.dump(command, payload)
                   for kind in (4 if command == GET_SERVICE else 2,))


def fill(services, dests):
    link = genl.Family("NFVS")
    for port in range(1, services + 1):
        link.request(genl.NEW_SERVICE, service("10.0.0.1", port))
    for port in range(1, dests + 1):
        link.request(genl.NEW_DEST, SVC + dest("10.0.1.1", port))
    for name in ("NFVS", "IPVS"):
        link = genl.Family(name)
        check(ports(link, GET_SERVICE) == Counter(range(1, services + 1)), f"{name}: services")
        check(ports(link, GET_DEST, SVC) == Counter(range(1, dests + 1)), f"{name}: real servers")
        check(not link.interrupted, f"{name}: an undisturbed dump was called interrupted")


def crowd():
    """A scheduler with a table of 4093 slots refuses the 4094th real server, and a service that
    has as many; it changes nothing then."""
    link = genl.Family("NFVS")

    def refused(what, command, payload):
        try:
            link.request(command, payload)
        except genl.Refused as refusal:
            check(refusal.number == genl.errno.EINVAL and "no room" in refusal.text,
                  f"{what}: {refusal}")
        else:
            check(False, f"{what} was taken")

    link.request(genl.NEW_SERVICE, service("10.0.0.1", 1, sched="rr"))
    for port in range(1, 4095):
        link.request(genl.NEW_DEST, SVC + dest("10.0.1.1", port))
    to_mh = service("10.0.0.1", 1, sched="mh")
    refused("mh for 4094", genl.SET_SERVICE, to_mh)
    link.request(genl.DEL_DEST, SVC + attribute(DEST, genl.dest_id("10.0.1.1", 7)))
    link.request(genl.SET_SERVICE, to_mh)
    refused("the 4094th for mh", genl.NEW_DEST, SVC + dest("10.0.1.1", 7))
    check(sum(ports(link, GET_DEST, SVC).values()) == 4093, "there are not 4093 real servers")


def churn():
    """Takes away what is at the low and high ends and in the middle of the numbers, adds it
    again, and adds what was not there; ports divisible by 10 stay."""
    link = genl.Family("NFVS")
    print("churning", flush=True)
    while True:
        for port in [*range(1, 100, 7), *range(301, 400, 7), *range(1901, 2000, 7)]:
            if port % 10 == 0:
                continue
            for command, payload in (
                (genl.DEL_DEST, SVC + attribute(DEST, genl.dest_id("10.0.1.1", port))),
                (genl.DEL_SERVICE, attribute(SERVICE, service_id("10.0.0.1", port))),
                (genl.NEW_SERVICE, service("10.0.0.1", port + 3000)),
                (genl.NEW_DEST, SVC + dest("10.0.1.1", port + 3000)),
                (genl.NEW_DEST, SVC + dest("10.0.1.1", port)),
                (genl.NEW_SERVICE, service("10.0.0.1", port)),
                (genl.DEL_SERVICE, attribute(SERVICE, service_id("10.0.0.1", port + 3000))),
                (genl.DEL_DEST, SVC + attribute(DEST, genl.dest_id("10.0.1.1", port + 3000))),
            ):
                if port == 1 and command in (genl.DEL_SERVICE, genl.NEW_SERVICE):
                    continue  # the service that has the real servers
                try:
                    link.request(command, payload)
                except genl.Refused as refusal:
                    if refusal.number not in (genl.errno.ENOENT, genl.errno.ESRCH,
                                              genl.errno.EEXIST):
                        raise


def dump(count):
    """Under both names each that stays is listed once, and under NFVS the dump says that it was
    disturbed; ip_vs never says so, and its tools take that for an error."""
    stay = {GET_SERVICE: [*range(10, 2001, 10)], GET_DEST: [*range(10, 501, 10)]}
    told = 0
    for name in ("NFVS", "IPVS") * count:
        link = genl.Family(name)
        for command, payload in ((GET_SERVICE, b""), (GET_DEST, SVC)):
            seen = ports(link, command, payload)
            wrong = [(port, seen[port]) for port in stay[command] if seen[port] != 1]
            check(not wrong, f"{name}, command {command}: (port, times listed) {wrong[:9]}")
            twice = [port for port, times in seen.items() if times > 1 and port in stay[command]]
            check(not twice, f"{name}, command {command}: listed twice {twice[:9]}")
            told += link.interrupted and name == "NFVS"
            check(not (link.interrupted and name == "IPVS"), "IPVS says it was interrupted")
    check(told, f"none of {2 * count} disturbed dumps was called so: nothing was tested")


if sys.argv[1] == "fill":
    fill(int(sys.argv[2]), int(sys.argv[3]))
elif sys.argv[1] == "crowd":
    crowd()
elif sys.argv[1] == "churn":
    churn()
else:
    dump(int(sys.argv[2]))
