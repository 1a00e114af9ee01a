#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""traffic.py KIND...: as many packets as one client manages, until it is killed.

A KIND is udp=ADDRESS:PORT or tcp=ADDRESS:PORT, of either IP version.  TCP is HTTP: most
connections end by themselves, some stay open.  Prints a line each time all kinds were answered
since the line before: when no more lines come, something does not flow.
"""

import selectors
import socket
import sys
import time

REQUEST = b"GET / HTTP/1.0\r\n\r\n"
IN_FLIGHT, OPEN = 16, 4
PATIENCE, LONGEST_PATIENCE = 1.0, 16.0


class Kind:
    def __init__(self, text, selector):
        self.protocol, _, where = text.partition("=")
        host, _, port = where.rpartition(":")
        self.family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.address = (host, int(port))
        self.selector, self.flows, self.answered = selector, {}, False
        self.patience = PATIENCE

    def open(self):
        stream = self.protocol == "tcp"
        sock = socket.socket(self.family, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
        sock.setblocking(False)
        self.selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE * stream, self)
        self.flows[sock] = time.monotonic()
        try:
            sock.connect(self.address)
        except BlockingIOError:
            pass
        except OSError:
            self.close(sock)
            return
        if not stream:
            self.send(sock, b"x")

    def send(self, sock, data):
        try:
            sock.send(data)
        except BlockingIOError:
            pass
        except OSError:
            self.close(sock)

    def close(self, sock):
        self.selector.unregister(sock)
        del self.flows[sock]
        sock.close()

    def handle(self, sock, events):
        if events & selectors.EVENT_READ:
            try:
                got = sock.recv(2048)
            except OSError:
                got = b""
            if got:
                self.answered = True
                self.patience = max(PATIENCE, 2 * (time.monotonic() - self.flows[sock]))
            self.close(sock)
        elif events & selectors.EVENT_WRITE:
            self.selector.modify(sock, selectors.EVENT_READ, self)
            # Every eighth connection is established and says nothing.
            if sock.fileno() % 8:
                self.send(sock, REQUEST)

    def keep_going(self):
        """Who does not answer in time may be slow: the next ones get longer."""
        now = time.monotonic()
        late = [sock for sock, began in self.flows.items() if now - began > self.patience]
        for sock in late:
            self.close(sock)
        if late:
            self.patience = min(2 * self.patience, LONGEST_PATIENCE)
        for _ in range(min(OPEN, IN_FLIGHT - len(self.flows))):
            self.open()


def main(words):
    selector = selectors.DefaultSelector()
    kinds = [Kind(word, selector) for word in words]
    while True:
        for kind in kinds:
            kind.keep_going()
        for key, events in selector.select(0.02):
            if key.fileobj in key.data.flows:
                key.data.handle(key.fileobj, events)
        if all(kind.answered for kind in kinds):
            print("flows", flush=True)
            for kind in kinds:
                kind.answered = False


main(sys.argv[1:])
