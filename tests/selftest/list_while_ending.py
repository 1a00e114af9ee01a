#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections that end while they are listed.

    list_while_ending.py open VIP PORT COUNT    COUNT connections of UDP
    list_while_ending.py proc|netlink COUNT     lists them, and ends some meanwhile
"""

import os
import socket
import struct
import sys

import genl

FIRST = 20000


def open_all(vip, port, count):
    for number in range(count):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("", FIRST + number))
            sock.settimeout(5)
            sock.sendto(b"?", (vip, port))
            sock.recv(100)


def end(link, port):
    link.request(genl.DEL_CONN, genl.attribute(genl.CONN | genl.NESTED, genl.be16(4, port)), reply=True)


def port_of(line):
    return int(line.split()[2], 16)


def by_proc(link):
    """Each ends as soon as it is read: a byte at a time, since the kernel then makes up a line at a
    time."""
    found, line = [], b""
    fd = os.open("/proc/net/ip_vs_conn", os.O_RDONLY)
    while byte := os.read(fd, 1):
        line += byte
        if byte != b"\n":
            continue
        if line.startswith(b"UDP"):
            found.append(port_of(line))
            end(link, found[-1])
        line = b""
    return found, []


def ports_in(data):
    """Of a message of a dump; None at its end."""
    found, at = [], 0
    while at < len(data):
        length, kind = struct.unpack_from("=IH", data, at)
        if kind == genl.NLMSG_DONE:
            return None
        own = genl.values(data[at + 20 : at + length])[genl.CONN]
        found.append(struct.unpack(">H", genl.values(own)[4])[0])
        at += (length + 3) & ~3
    return found


def by_netlink(link):
    """When a message has been taken the kernel has made up the next one.  Those that must be in that
    end, for each second one, before it makes up another."""
    with open("/proc/net/ip_vs_conn", encoding="ascii") as file:
        order = [port_of(line) for line in file if line.startswith("UDP")]
    found, ended, odd = [], [], False
    # The kernel fills as much at a time as a socket has ever asked for.
    dump = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, link.socket.proto)
    dump.send(link.message(genl.GET_CONN, b"", genl.F_REQUEST | genl.F_DUMP))
    while (ports := ports_in(dump.recv(4096))) is not None:
        found += ports
        odd = not odd
        if odd and ports:
            behind = order.index(ports[-1]) + 1
            gone = order[behind : behind + len(ports)]
            for port in gone:
                end(link, port)
            ended += gone
    return found, ended


def list_all(way, count):
    link = genl.Family("NFVS")
    found, ended = {"proc": by_proc, "netlink": by_netlink}[way](link)
    missing = set(range(FIRST, FIRST + count)) - set(found) - set(ended)
    if missing or len(set(found)) != len(found):
        sys.exit(f"{way}: of {count} connections {len(missing)} that stay are not listed, "
                 f"{len(found) - len(set(found))} are listed twice")


if sys.argv[1] == "open":
    open_all(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
else:
    list_all(sys.argv[1], int(sys.argv[2]))
