#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Events of changes: each command and each part of a transaction is told, to those who may hear.

The namespace of the process is the director's.
"""

import ctypes
import os
import socket
import struct
import sys

import commit
import genl
from genl import (DEL_DEST, DEL_SERVICE, DEST, FLUSH, NEW_DEST, NEW_SERVICE, SERVICE, SET_DEST,
                  SET_SERVICE, attribute, dest_id, dest_rest, service_id, service_rest)

EVENT, PORT_ID, GENERATION = 71, 70, 69
ADD_MEMBERSHIP = 1
NAMES = {NEW_SERVICE: "+service", SET_SERVICE: "=service", DEL_SERVICE: "-service",
         NEW_DEST: "+dest", SET_DEST: "=dest", DEL_DEST: "-dest"}
FIRST, SECOND = service_id("10.0.0.1", 80), service_id("fd00::1", 443)


def expect(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}\n  expected: {wanted}\n  got:      {got}")


def groups(link):
    """Numbers of the multicast groups by name: the controller knows them."""
    number, link.number = link.number, 16
    nest = {k: v for k, _, v in link.request(3, genl.string(2, link.name), reply=True)[0][1]}[7]
    link.number = number
    found = {}
    for _, _, group in genl.attributes(nest):
        one = genl.values(group)
        found[one[1].rstrip(b"\0").decode()] = struct.unpack("=I", one[2])[0]
    return found


class Listener:
    def __init__(self, family, group, room=4 << 20):
        self.family = family
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.socket.setsockopt(1, commit.SO_RCVBUFFORCE, room)
        self.socket.bind((0, 0))
        self.socket.setsockopt(genl.SOL_NETLINK, ADD_MEMBERSHIP, group)
        self.socket.setblocking(False)
        self.overrun = 0

    def events(self):
        """All that have come: command and attributes."""
        while True:
            try:
                data = self.socket.recv(1 << 16)
            except BlockingIOError:
                return
            except OSError as error:
                expect(error.errno, 105, "error of a listener")  # ENOBUFS
                self.overrun += 1
                continue
            at = 0
            while at < len(data):
                length, kind = struct.unpack_from("=IH", data, at)
                expect(kind, self.family, "family of an event")
                yield data[at + 16], genl.values(data[at + genl.HEADERS : at + length])
                at += (length + 3) & ~3


class State:
    """What follows from events alone."""

    def __init__(self):
        self.table, self.last, self.generations = {}, None, []

    def take(self, command, found, port):
        number = struct.unpack("=Q", found[EVENT])[0]
        expect(number, number if self.last is None else self.last + 1, "number of an event")
        self.last = number
        expect(struct.unpack("=I", found[PORT_ID])[0], port, "who asked for it")
        self.generations.append(struct.unpack("=Q", found[GENERATION])[0])
        name = b"".join(attribute(k, v) for k, _, v in genl.attributes(found[SERVICE]) if k <= 5)
        if command in (NEW_SERVICE, SET_SERVICE):
            servers = self.table.pop(name, (None, {}))[1]
            self.table[name] = commit.configured(found[SERVICE], ()), servers
        elif command == DEL_SERVICE:
            del self.table[name]
        else:
            self.take_dest(command, self.table[name][1], found[DEST])

    @staticmethod
    def take_dest(command, servers, nest):
        own = genl.values(nest)
        name = own[1] + own[2]
        expect(name in servers, command != NEW_DEST, f"a real server of {NAMES[command]}")
        if command == DEL_DEST:
            del servers[name]
        else:
            servers[name] = commit.configured(nest, commit.VOLATILE)

    def as_table(self):
        return {config: set(servers.values()) for config, servers in self.table.values()}


def bound_port(link):
    return link.socket.getsockname()[0]


def check_each(link, listener, state):
    port = bound_port(link)

    def told(*names):
        got = []
        for command, found in listener.events():
            got.append(NAMES[command])
            state.take(command, found, port)
        expect(got, list(names), "events")
        expect(state.as_table(), commit.table(link), f"what follows from {names}")
        expect(state.generations[-1], commit.generation(link), "generation of an event")

    def does(command, *nests):
        commit.send_alone(link, command, *nests)

    server, other = dest_id("10.1.0.1", 80), dest_id("10.1.0.2", 80)
    does(NEW_SERVICE, FIRST + service_rest())
    told("+service")
    does(SET_SERVICE, FIRST + service_rest(sched="wlc"))
    told("=service")
    does(NEW_DEST, FIRST, server + dest_rest())
    told("+dest")
    does(SET_DEST, FIRST, server + dest_rest(weight=9))
    told("=dest")
    for command, nests in ((NEW_DEST, (FIRST, server + dest_rest())), (DEL_DEST, (FIRST, other)),
                           (DEL_SERVICE, (SECOND,))):
        try:
            does(command, *nests)
        except genl.Refused:
            expect(list(listener.events()), [], "events of what was refused")
    does(DEL_DEST, FIRST, server)
    told("-dest")
    commit.commit(link, [(NEW_SERVICE, SECOND + service_rest("fd00::1")),
                         (NEW_DEST, FIRST, server + dest_rest()),
                         (NEW_DEST, FIRST, other + dest_rest()),
                         (DEL_DEST, FIRST, server),
                         (SET_DEST, FIRST, other + dest_rest(weight=4)),
                         (SET_SERVICE, FIRST + service_rest(sched="rr"))])
    told("+service", "=service", "+dest")
    expect(len(set(state.generations[-3:])), 1, "generations of one transaction")
    commit.commit(link, [(FLUSH,), (NEW_SERVICE, FIRST + service_rest(sched="rr"))])
    told("-dest", "-service")
    does(NEW_SERVICE, SECOND + service_rest("fd00::1"))
    does(FLUSH)
    told("+service", "-service", "-service")


def check_slow(link, group):
    """Who does not read is told that there is a gap, and sees how large it is."""
    listener = Listener(link.number, group, room=8192)
    keys = [service_id("10.2.%d.%d" % divmod(n, 250), 80) for n in range(500)]
    commit.commit(link, [(NEW_SERVICE, key + service_rest()) for key in keys])
    numbers = [struct.unpack("=Q", found[EVENT])[0] for _, found in listener.events()]
    expect(listener.overrun, 1, "ENOBUFS for who does not read")
    expect(0 < len(numbers) < 500, True, "some events come, some do not")
    commit.send_alone(link, DEL_SERVICE, keys[0])
    numbers += [struct.unpack("=Q", found[EVENT])[0] for _, found in listener.events()]
    expect(numbers[-1] - numbers[0], 500, "events from the first to the last")
    missed = sum(b - a - 1 for a, b in zip(numbers, numbers[1:]))
    expect(missed, 501 - len(numbers), "the gaps")
    link.request(FLUSH)


def check_privilege(link, group):
    """Without CAP_NET_ADMIN nobody hears."""
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).syscall(117, 1000, 1000, 1000)  # setresuid
        try:
            Listener(link.number, group, room=1)
        except OSError as error:
            os._exit(0 if error.errno == 1 else 2)
        os._exit(1)
    expect(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0, "membership without privilege")


def main():
    link = commit.open_family()
    numbers = groups(link)
    expect(sorted(numbers), ["config", "conn", "overload"], "groups")
    listener, state = Listener(link.number, numbers["config"]), State()
    check_each(link, listener, state)
    check_slow(link, numbers["config"])
    for group in numbers.values():
        check_privilege(link, group)


if __name__ == "__main__":
    main()
