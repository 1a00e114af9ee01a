#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A UDP server that says who it is, and its client.

    udp_echo.py serve NAME PORT
    udp_echo.py ask ADDRESS PORT COUNT SOURCE-PORT TIMEOUT

The server answers from the address a datagram was sent to: a real server behind a balancer that
routes directly is spoken to under the balancer's address, which is not its first one.
"""

import select
import socket
import sys


def serve(name, port):
    sockets = []
    for family, level, option in (
        (socket.AF_INET, socket.IPPROTO_IP, 8),  # IP_PKTINFO
        (socket.AF_INET6, socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO),
    ):
        sock = socket.socket(family, socket.SOCK_DGRAM)
        sock.setsockopt(level, option, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(("", port))
        sockets.append(sock)
    while True:
        for sock in select.select(sockets, [], [])[0]:
            data, control, _, peer = sock.recvmsg(65535, 512)
            sock.sendmsg([name.encode() + b" " + data], reply_source(control), 0, peer)


def reply_source(control):
    """Turns what tells the destination of a datagram into what sets the source of the answer."""
    answer = []
    for level, kind, data in control:
        if level == socket.IPPROTO_IP and kind == 8:
            # struct in_pktinfo: interface, address to send from, address in the header
            data = bytes(4) + data[8:12] + bytes(4)
        elif level == socket.IPPROTO_IPV6 and kind == socket.IPV6_PKTINFO:
            data = data[:16] + bytes(4)
        else:
            continue
        answer.append((level, kind, data))
    return answer


def ask(address, port, count, source_port, timeout):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sockets = []  # all stay open, so that no port is given twice
    for number in range(count):
        if not sockets or source_port == 0:
            sock = socket.socket(family, socket.SOCK_DGRAM)
            sock.settimeout(timeout)
            sock.bind(("", source_port))
            # Connected, so that an answer from any other address does not count.
            sock.connect((address, port))
            sockets.append(sock)
        try:
            sockets[-1].send(str(number).encode())
            print(sockets[-1].recv(65535).decode().split(" ")[0], flush=True)
        except OSError:
            print("lost", flush=True)


def main(arguments):
    if arguments[:1] == ["serve"]:
        serve(arguments[1], int(arguments[2]))
    elif arguments[:1] == ["ask"]:
        ask(arguments[1], *map(int, arguments[2:]))
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
