#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""too_big.py ADDRESS CLIENT PORT CLIENT-PORT MTU

A router near the client says that what ADDRESS:PORT sends to the client by UDP must not be longer.
"""

import socket
import struct
import sys

import packet

server, client, port, client_port, mtu = sys.argv[1:3] + [int(word) for word in sys.argv[3:]]
six = ":" in server
build, proto, family = (packet.ipv6, 58, socket.AF_INET6) if six else (packet.ipv4, 1, socket.AF_INET)
sent = packet.sealed(17, server, client, packet.udp((port, client_port), b"?"))
head = struct.pack("!BBHI", 2, 0, 0, mtu) if six else struct.pack("!BBHHH", 3, 4, 0, 0, mtu)
error = packet.sealed(proto, client, server, head + build(server, client, 17, sent))
with socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW) as sock:
    sock.sendto(build(client, server, proto, error), (server, 0))
