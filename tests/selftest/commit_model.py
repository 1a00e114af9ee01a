#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""commit_model.py TRANSACTIONS SEED NAMESPACE: transactions do what their items do one by one.

Random items, right and wrong ones, are committed as one transaction in the namespace of the
process, and sent one by one in another one.  If none is refused there, none is here, and the tables
are the same.  Else the transaction is refused for the same item, with the same words, and changes
nothing.
"""

import ctypes
import os
import random
import sys

import commit
import genl
from genl import (DEL_DEST, DEL_SERVICE, FLUSH, NEW_DEST, NEW_SERVICE, SET_DEST, SET_SERVICE, dest_id,
                  dest_rest, service_id, service_rest)

CLONE_NEWNET = 0x40000000
SERVICES = [("10.0.0.1", 80), ("10.0.0.1", 0), ("10.0.0.2", 21), ("fd00::1", 443), ("", 7)]
SCHEDULERS = ["rr", "wlc", "sh", "mh", "lblc", "none", "lc"]


def key_of(number):
    addr, port = SERVICES[number]
    return service_id(mark=port) if not addr else service_id(addr, port)


def server_of(number, service):
    six = ":" in SERVICES[service][0]
    return ("fd00:1::%x" if six else "10.1.0.%d") % (number + 1)


class Items:
    """Where it is, it mostly asks for what is possible: long transactions would never pass."""

    def __init__(self, rng):
        self.rng = rng
        self.planned = {}

    def like(self, table):
        self.planned = {s: set(table[s]) for s in table}

    def one(self):
        rng = self.rng
        if rng.random() < 0.02:
            self.planned = {}
            return (FLUSH,)
        service = rng.randrange(len(SERVICES))
        servers = self.planned.get(service)
        if servers is None or rng.random() < 0.15:
            return self.of_service(service)
        return self.of_server(service, servers)

    def wrong(self):
        return self.rng.random() < 0.01

    def of_service(self, number):
        present = number in self.planned
        if present and self.rng.random() < 0.3:
            del self.planned[number]
            return DEL_SERVICE, key_of(number)
        command = SET_SERVICE if present != self.wrong() else NEW_SERVICE
        self.planned.setdefault(number, set())
        sched = "nosuch" if self.wrong() else self.rng.choice(SCHEDULERS)
        rest = service_rest(SERVICES[number][0] or "10.0.0.1", sched=sched,
                            flags=self.rng.choice([0, genl.PERSISTENT]),
                            timeout=self.rng.choice([0, 60]))
        return command, key_of(number) + rest

    def of_server(self, service, servers):
        number = self.rng.randrange(90)
        present = (number in servers) != self.wrong()
        named = dest_id(server_of(number, service), 80)
        if present and self.rng.random() < 0.4:
            servers.discard(number)
            return DEL_DEST, key_of(service), named
        servers.add(number)
        upper = self.rng.choice([0, 9])
        rest = dest_rest(fwd=self.rng.choice([genl.MASQ, genl.DROUTE, genl.TUNNEL]),
                         weight=-1 if self.wrong() else self.rng.randrange(4),
                         upper=upper, lower=upper // 3)
        return SET_DEST if present else NEW_DEST, key_of(service), named + rest


def in_namespace(path):
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    libc = ctypes.CDLL(None, use_errno=True)
    with open(path, "rb") as other:
        if libc.setns(other.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    link = commit.open_family()
    if libc.setns(own, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
    return link


def alone(link, items):
    """Returns what refuses an item, and which."""
    for index, one in enumerate(items):
        try:
            commit.send_alone(link, *one)
        except genl.Refused as refusal:
            return (refusal.name, refusal.text, index)
    return None


def together(link, items):
    try:
        commit.commit(link, items)
    except genl.Refused as refusal:
        return (refusal.name, refusal.text, commit.item_at(items, refusal.offset))
    return None


def expect(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}\n  expected: {wanted}\n  got:      {got}")


def shortened(items):
    """The service of the item before need not be named again."""
    last, short = None, []
    for one in items:
        if len(one) == 3 and one[1] == last:
            short.append((one[0], b"", one[2]))
            continue
        short.append(one)
        last = one[1] if len(one) == 3 else None
    return short


def as_before(link, history):
    link.request(FLUSH)
    for items in history:
        expect(alone(link, items), None, "what was accepted before")


def main(rounds, seed, other):
    rng = random.Random(seed)
    here, there = commit.open_family(), in_namespace(other)
    maker, history, refused = Items(rng), [], 0
    for number in range(rounds):
        before = commit.table(here)
        generation = commit.generation(here)
        planned = {s: set(d) for s, d in maker.planned.items()}
        items = [maker.one() for _ in range(rng.choice([1, 2, 10, 60]))]
        wanted = alone(there, items)
        sent = shortened(items) if rng.random() < 0.5 else items
        got = together(here, sent)
        expect(got, wanted, f"transaction {number} of seed {seed}: what is refused")
        if wanted:
            refused += 1
            expect(commit.table(here), before, f"transaction {number}: refused, and the table")
            expect(commit.generation(here), generation, "the generation of what was refused")
            maker.planned = planned
            as_before(there, history)
        else:
            if items and items[0] == (FLUSH,):
                history = []
            history.append(items)
            expect(commit.table(here), commit.table(there), f"transaction {number}: the tables")
            expect(commit.generation(here) >= generation, True, "the generation grows")
    if not rounds // 10 < refused < rounds - rounds // 10:
        sys.exit(f"{refused} of {rounds} refused: the test does not try both")
    print(f"{rounds} transactions, {refused} refused")


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
