#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""SCTP clients and servers of a test, in one process.

    sctp_echo.py TIMEOUT CLIENT-NAMESPACE DIRECTOR-NAMESPACE CLIENT-ADDRESS VIP PORT COUNT \\
        SERVER-NAMESPACE=ADDRESS...

COUNT associations one after another, each with many bytes both ways at once.  Says of each which
server got it, whether the bytes arrived as they were, and the state of its connection while it is
open and when it is closed: "rs1 same ESTABLISHED CLOSED".
"""

import hashlib
import os
import select
import socket
import sys
import time

from packet import enter

IPPROTO_SCTP = 132
SIZE = 100000


def bound(namespace, address, port, timeout):
    enter(namespace)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, IPPROTO_SCTP)
    sock.settimeout(timeout)
    # One address each: others could not be told from those of somebody else.
    sock.bind((address, port))
    return sock


def carries(source, to):
    data = os.urandom(SIZE)
    digest, left = hashlib.sha256(), SIZE
    for start in range(0, SIZE, 20000):
        source.send(data[start : start + 20000])
    while left:
        part = to.recv(left)
        if not part:
            return False
        digest.update(part)
        left -= len(part)
    return digest.digest() == hashlib.sha256(data).digest()


def state_is(wanted, director, port, timeout):
    enter(director)
    deadline = time.monotonic() + timeout
    state = "none"
    while state != wanted and time.monotonic() < deadline:
        with open("/proc/thread-self/net/ip_vs_conn", encoding="ascii") as file:
            rows = [line.split() for line in file]
        select.select([], [], [], 0.01)
        state = next((r[7] for r in rows if r[0] == "SCTP" and int(r[2], 16) == port), "none")
    return state


def accepted(listeners, timeout):
    """The newest association and the name of its server; it is there when the client is."""
    for number, listener in enumerate(listeners, 1):
        listener.settimeout(0)
        try:
            sock, _ = listener.accept()
        except BlockingIOError:
            continue
        sock.settimeout(timeout)
        return sock, f"rs{number}"
    return None, "unaccepted"


def main():
    timeout = float(sys.argv[1])
    client, director, address, vip = sys.argv[2:6]
    port, count = int(sys.argv[6]), int(sys.argv[7])
    listeners = []
    for word in sys.argv[8:]:
        namespace, own = word.split("=")
        listeners.append(bound(namespace, own, port, timeout))
        listeners[-1].listen(8)
    for _ in range(count):
        near = bound(client, address, 0, timeout)
        near.connect((vip, port))
        far, name = accepted(listeners, timeout)
        source = near.getsockname()[1]
        same = "same" if far and carries(near, far) and carries(far, near) else "different"
        is_open = state_is("ESTABLISHED", director, source, timeout)
        near.close()
        if far:
            far.recv(1)
            far.close()
        print(name, same, is_open, state_is("CLOSED", director, source, timeout), flush=True)


main()
