#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""events_listen.py GROUP...: prints a line for each event of traffic, until it is killed.

    overload 10.0.2.11:80 on|off
    conn new|end CLIENT-PORT STATE REAL-SERVER
"""

import select
import socket
import struct
import sys

import commit
import genl
from events import EVENT, Listener, expect, groups

OVERLOAD, NEW_CONN = 69, 70
CONN, DEST, OVERLOADED = 65, 2, 64


def address(raw):
    if any(raw[4:]):
        return f"[{socket.inet_ntop(socket.AF_INET6, raw)}]"
    return socket.inet_ntop(socket.AF_INET, raw[:4])


def port(raw):
    return struct.unpack(">H", raw)[0]


def line(command, found):
    if command == OVERLOAD:
        own = genl.values(found[DEST])
        expect(list(found)[:2], [1, 2], "a service and its real server")
        return f"overload {address(own[1])}:{port(own[2])} {'on' if OVERLOADED in own else 'off'}"
    own = genl.values(found[CONN])
    state = own[10].rstrip(b"\0").decode()
    word = "new" if command == NEW_CONN else "end"
    return f"conn {word} {port(own[4])} {state} {address(own[8])}:{port(own[9])}"


def main(names):
    link = commit.open_family()
    numbers, last = groups(link), {}
    listeners = {}
    for name in names:
        one = Listener(link.number, numbers[name])
        listeners[one.socket] = name, one
    print("listening", flush=True)
    while True:
        for ready in select.select(list(listeners), [], [])[0]:
            name, one = listeners[ready]
            for command, found in one.events():
                number = struct.unpack("=Q", found[EVENT])[0]
                expect(number, last.get(name, number - 1) + 1, f"number of an event of {name}")
                last[name] = number
                print(line(command, found), flush=True)


main(sys.argv[1:])
