#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""commit_whole.py ITEMS TIMES: large transactions are seen whole or not at all.

An item may leave out what has a default.  A transaction of ITEMS items, the last of which is wrong,
changes nothing, and the item is named.  Then the table changes TIMES times between two, while
another process lists it: each listing is one or the other.
"""

import os
import random
import sys

import commit
import genl
from genl import (DEL_SERVICE, MASQ, NEW_DEST, NEW_SERVICE, SET_DEST, address, dest_id, dest_rest,
                  service_id, service_rest, u32)

PER_SERVICE = 10


def expect(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}\n  expected: {wanted}\n  got:      {got}")


def service(number):
    return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def servers(weight, first=1):
    return [dest_id(f"10.200.0.{n}", 80) + dest_rest(weight=weight)
            for n in range(first, first + PER_SERVICE)]


def whole(number, weight=1):
    named = service_id(service(number))
    return ([(NEW_SERVICE, named + service_rest())] +
            [(NEW_DEST, b"", server) for server in servers(weight)])


def check_last_wrong(link, count):
    before, generation = commit.table(link), commit.generation(link)
    one = b"".join(commit.item(*item) for item in whole(0x999999))
    # Of all items only the service's address differs: encoded once.
    where = one.index(address(service(0x999999)))
    payload = b"".join(one[:where] + address(service(n)) + one[where + 4 :]
                       for n in range(count // (PER_SERVICE + 1)))
    wrong = commit.item(DEL_SERVICE, service_id("10.254.0.1"))
    try:
        link.request(commit.COMMIT, payload + wrong, reply=True)
    except genl.Refused as refusal:
        expect((refusal.name, refusal.text), ("ESRCH", "no such service"), "refusal")
        expect(genl.HEADERS + len(payload) <= refusal.offset < genl.HEADERS + len(payload + wrong),
               True, "the last item is named")
    else:
        sys.exit("a wrong item is not refused")
    expect(commit.table(link), before, "the table after a refused transaction")
    expect(commit.generation(link), generation, "the generation")
    counted = link.request(commit.COMMIT, payload, reply=True)[0][1]
    expect(int.from_bytes(counted[0][2], sys.byteorder), count // (PER_SERVICE + 1) *
           (PER_SERVICE + 1), "changed by the same without the wrong one")
    link.request(genl.FLUSH)


def steps(count):
    """Two tables, as the items that lead from one to the other."""
    keys = [service_id(service(n)) for n in range(count)]
    to_second, to_first = [], []
    for number, key in enumerate(keys):
        if number % 3 == 0:
            to_second.append((DEL_SERVICE, key))
            to_first += whole(number)
            continue
        to_second += [(SET_DEST, key, server) for server in servers(7)]
        to_first += [(SET_DEST, key, server) for server in servers(1)]
    return to_second, to_first


def list_all(report, expected):
    """Until the other process is gone."""
    link = commit.open_family()
    seen = [0, 0]
    while os.getppid() == report:
        table = commit.table(link)
        if link.interrupted:
            continue
        if table not in expected:
            os.write(2, b"a listing that is neither of the two\n")
            os._exit(1)
        seen[expected.index(table)] += 1
        if min(seen) and sum(seen) >= 10:
            os._exit(0)
    os._exit(2)


def check_listings(link, times):
    commit.commit(link, [item for number in range(30) for item in whole(number)])
    first = commit.table(link)
    to_second, to_first = steps(30)
    commit.commit(link, to_second)
    second = commit.table(link)
    expect((len(first), len(second)), (30, 20), "services of the two tables")
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        list_all(parent, [first, second])
    rng, at_second = random.Random(1), True
    for _ in range(times):
        commit.commit(link, to_first if at_second else to_second)
        at_second = not at_second
        for _ in range(rng.randrange(4)):
            os.sched_yield()
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            expect(os.waitstatus_to_exitcode(status), 0, "the process that lists")
            return
    os.kill(child, 9)
    os.waitpid(child, 0)
    sys.exit(f"{times} transactions were not enough to list both tables")


def refusal(request):
    try:
        request()
    except genl.Refused as refused:
        return refused.name, refused.text
    return None


def check_left_out(link):
    named, server = service_id("10.0.0.1"), dest_id("10.200.0.1", 80)
    brief = server + u32(3, MASQ)
    commit.commit(link, [(NEW_SERVICE, named + service_rest()), (NEW_DEST, b"", brief)])
    default = commit.table(link)
    commit.commit(link, [(SET_DEST, named, server + dest_rest(weight=1, upper=0, lower=0))])
    expect(commit.table(link), default, "weight 1 and no thresholds are the default")
    for rest in ({"weight": 5}, {"upper": 9}, {"upper": 9, "lower": 3}):
        commit.commit(link, [(SET_DEST, named, server + dest_rest(**rest))])
        expect(commit.table(link) != default, True, f"{rest} is not")
        commit.commit(link, [(SET_DEST, named, brief)])
        expect(commit.table(link), default, f"what {rest} is set back to")
    expect(refusal(lambda: commit.commit(link, [(SET_DEST, named, server)])),
           ("EINVAL", "a real server needs a forwarding method"), "an item without the method")
    expect(refusal(lambda: commit.send_alone(link, SET_DEST, named, brief)),
           ("EINVAL", "a real server needs forwarding method, weight and thresholds"),
           "a command without the weight")
    link.request(genl.FLUSH)


def main(items, times):
    link = commit.open_family()
    check_left_out(link)
    check_last_wrong(link, items)
    check_listings(link, times)


main(int(sys.argv[1]), int(sys.argv[2]))
