#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""many_flows.py NAMESPACE FIRST COUNT SOURCE,VIP,PORT...

Opens COUNT TCP connections to each service from ports FIRST on, as far as one sees who sees the
client only, and ends some of them.  Which ones, FIRST decides.
"""

import random
import socket
import sys

import packet


class Client:
    """Of one service."""

    def __init__(self, seed, source, vip, port):
        six = ":" in vip
        self.chance = random.Random(seed)
        self.source, self.vip, self.port = source, vip, int(port)
        self.build = packet.ipv6 if six else packet.ipv4
        self.sock = socket.socket(
            socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW
        )
        self.established = []

    def send(self, sport, flags):
        tcp = packet.PROTOS["tcp"]
        segment = packet.sealed(tcp, self.source, self.vip, packet.tcp((sport, self.port), flags))
        self.sock.sendto(self.build(self.source, self.vip, tcp, segment), (self.vip, 0))

    def step(self, sport):
        self.send(sport, "S")
        # One that is not acknowledged would be there for a minute only.
        self.send(sport, "A")
        self.established.append(sport)
        if self.chance.random() < 0.3:
            ends = self.established.pop(self.chance.randrange(len(self.established)))
            self.send(ends, "FA")


def main():
    namespace, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    packet.enter(namespace)
    clients = [Client(first, *service.split(",")) for service in sys.argv[4:]]
    for sport in range(first, first + count):
        for client in clients:
            client.step(sport)


if __name__ == "__main__":
    main()
