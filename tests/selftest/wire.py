#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Sends packets made by hand, and says what the balancer made of them.

    wire.py TIMEOUT CLIENT-NAMESPACE DIRECTOR-NAMESPACE SERVER-NAMESPACE SERVER-DEVICE

Each line on standard input is a command, answered by one line.  Addresses choose IPv4 or IPv6;
the client's and the real server's are named once, with "ends CLIENT SERVER".  The case sees to
it that the kernels of both ends do not answer.  "quiet" before a command says that no packet is
expected to arrive.

    walk PROTO VIP:PORT:REAL-PORT SOURCE STEP...
        Each step is c:PACKET=STATE or s:PACKET=STATE: the client or the real server sends a packet,
        and the connection's row in /proc/net/ip_vs_conn has that state, or is "none".  SCTP
        packets are chunks joined by +, TCP packets are flags (S, A, F, R).  "ok", or the first
        step that went another way.
    pass PROTO VIP:PORT:REAL-PORT SOURCE c|s PACKET
        Sends one and says how it arrives: "SOURCE-ADDRESS:PORT > ADDRESS:PORT checksum good".
        PROTO may be esp and ah, which have no ports; "bad-sctp" has a wrong checksum.
    syns COUNT VIP:PORT SOURCE
        SYNs from that port on; says which of them, counted from 1, made no connection.
    states PROTO
        How many connections are in which state, of the family that was used last.
    error KIND VIP:PORT:REAL-PORT SOURCE PROTO
        An ICMP error about a packet of the connection.  KIND is "short", it quotes no more than
        the ports; "options", the quoted packet has IP options or a destination options header;
        "rest", it is a later fragment.  From the real server to the client; "VIP quotes
        ADDRESS:PORT checksum good", or "SERVER quotes" where nothing was translated.
    unreachable VIP:PORT SOURCE PROTO
        The client's side says that a packet of VIP:PORT did not arrive: as pass.
    tunnel VIP:PORT:REAL-PORT SOURCE ADDRESS
        A datagram of the client inside an IPv4 packet to ADDRESS; as pass.
    stray VIP SOURCE-PORT PORT PROTO PACKET
        The real server sends a packet of no connection; says what it hears: "port unreachable".
"""

import os
import select
import socket
import struct
import sys
import time

import packet as make
from packet import (ETH_P_IP, ETH_P_IPV6, PACKET_OUTGOING, enter, inet_sum, is_good, packed,
                    split_ip, tap)

MARKER = 9  # the port of what ends the wait for a packet that does not come
PROTOS = {**make.PROTOS, "bad-sctp": make.PROTOS["sctp"]}
# Seconds that a connection may stay in a state, for what /proc says until it ends.
LIMITS = {
    "tcp": {"ESTABLISHED": 900, "SYN_RECV": 60, "FIN_WAIT": 120, "TIME_WAIT": 120, "CLOSE": 10,
            "CLOSE_WAIT": 60, "SYNACK": 120, "NONE": 3},
    "sctp": {"INIT1": 4, "ESTABLISHED": 900, "REJECTED": 4, "NONE": 3},
}  # fmt: skip


def transport(proto, source, to, ports, packet):
    """A packet's payload of IP."""
    if proto in ("esp", "ah"):
        data = make.ipsec()
    elif proto == "udp":
        data = make.udp(ports, packet.encode())
    elif proto == "tcp":
        data = make.tcp(ports, packet)
    else:
        data = make.sctp(ports, packet)
    return make.sealed(PROTOS[proto], source, to, data, proto == "bad-sctp")


class Service:
    def __init__(self, word):
        self.vip, port, real = word.rsplit(":", 2)
        self.port, self.real = int(port), int(real)


class Wire:
    def __init__(self, timeout, client, director, server, device):
        self.timeout = timeout
        self.spaces = {"c": client, "d": director, "s": server}
        self.taps = {"c": tap(client, "c0"), "s": tap(server, device)}
        self.senders = {}
        self.address = {}  # by end and length
        self.length = 4  # of the addresses in use
        self.quiet = False
        self.unmade = False
        enter(director)

    def cmd_ends(self, client, server):
        for end, address in (("c", client), ("s", server)):
            self.address[end, len(packed(address))] = address
        return "ok"

    def end(self, end, other):
        self.length = len(packed(other))
        return self.address[end, len(packed(other))]

    def send(self, end, to, proto, data):
        family = socket.AF_INET6 if ":" in to else socket.AF_INET
        key = end, family, proto
        if key not in self.senders:
            enter(self.spaces[end])
            self.senders[key] = socket.socket(family, socket.SOCK_RAW, proto)
            enter(self.spaces["d"])
        self.senders[key].sendto(data, (to, 0))

    def send_packet(self, end, service, source, proto, packet):
        client, server = self.end("c", service.vip), self.end("s", service.vip)
        if end == "c":
            data = transport(proto, client, service.vip, (source, service.port), packet)
            self.send("c", service.vip, PROTOS[proto], data)
        else:
            data = transport(proto, server, client, (service.real, source), packet)
            self.send("s", client, PROTOS[proto], data)

    def rows(self, proto):
        """Of each connection of the family in use by the client's port: its state and the seconds
        it has left."""
        found = {}
        with open("/proc/thread-self/net/ip_vs_conn", encoding="ascii") as file:
            for line in file:
                words = line.split()
                if words[0] == proto.upper() and (":" in words[1]) == (self.length == 16):
                    found[int(words[2], 16)] = words[7], int(words[8])
        return found

    def settled(self, get, wanted):
        deadline = time.monotonic() + self.timeout
        got = get()
        while got != wanted and time.monotonic() < deadline:
            select.select([], [], [], 0.01)
            got = get()
        return got

    def cmd_walk(self, proto, service, source, *steps):
        service, source = Service(service), int(source)
        for number, step in enumerate(steps, 1):
            packet, wanted = step.split("=")
            end, packet = packet.split(":")
            self.send_packet(end, service, source, proto, packet)
            state = self.settled(lambda: self.rows(proto).get(source, ("none", 0))[0], wanted)
            if state != wanted:
                return f"step {number} {step}: {state}"
            if state == "none":
                continue
            left = self.rows(proto)[source][1]
            limit = LIMITS[proto].get(state, 61)
            if left > limit or left < limit - 20:
                return f"step {number} {step}: {left} seconds left of {limit}"
        return "ok"

    def cmd_states(self, proto):
        states = [state for state, _ in self.rows(proto).values()]
        return " ".join(f"{states.count(state)}:{state}" for state in sorted(set(states)))

    def cmd_syns(self, count, service, source):
        service, source = Service(service + ":0"), int(source)
        for number in range(int(count)):
            self.send_packet("c", service, source + number, "tcp", "S")
        # What follows them by the same way has arrived only after they were scheduled.
        self.quiet = True
        self.arrives("s", ())
        rows = self.rows("tcp")
        return " ".join(str(n + 1) for n in range(int(count)) if source + n not in rows)

    def empty(self, end):
        while True:
            try:
                self.taps[end].recv(65536)
            except BlockingIOError:
                return

    def arrives(self, end, wanted):
        """The next packet at an end that is of a protocol; None if there is none.  Where none is
        expected, another packet, sent now, ends the wait."""
        if self.quiet:
            other = "s" if end == "c" else "c"
            here, there = self.address[end, self.length], self.address[other, self.length]
            self.send(other, here, 17, transport("udp", there, here, (MARKER, MARKER), ""))
        deadline = time.monotonic() + self.timeout
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.taps[end]], [], [], left)[0]:
                return None
            data, control, _, meta = self.taps[end].recvmsg(65536, 256)
            self.unmade = make.is_unmade(control)
            if meta[2] == PACKET_OUTGOING or meta[1] not in (ETH_P_IP, ETH_P_IPV6):
                continue
            source, to, proto, payload = split_ip(data)
            if proto == 58 and payload[0] >= 128:
                continue
            if proto == 17 and payload[:4] == struct.pack("!HH", MARKER, MARKER):
                return None
            if proto in wanted:
                return source, to, proto, payload

    def describe(self, arrived):
        if not arrived:
            return "nothing"
        source, to, proto, data = arrived
        if proto in (50, 51):
            return f"{source} > {to}"
        ports = struct.unpack("!HH", data[:4])
        good = "good" if self.unmade or is_good(proto, source, to, data) else "bad"
        return f"{source}:{ports[0]} > {to}:{ports[1]} checksum {good}"

    def cmd_pass(self, proto, service, source, end, packet="-"):
        other = "s" if end == "c" else "c"
        service = Service(service)
        self.end(end, service.vip)
        self.empty(other)
        self.send_packet(end, service, int(source), proto, packet)
        return self.describe(self.arrives(other, {PROTOS[proto]}))

    def cmd_tunnel(self, service, source, to):
        service = Service(service)
        client = self.end("c", service.vip)
        data = transport("udp", client, service.vip, (int(source), service.port), "x")
        self.empty("s")
        self.send("c", to, 4, self.quoted("", client, service.vip, 17, data))
        return self.describe(self.arrives("s", {17}))

    @staticmethod
    def quoted(kind, source, to, proto, data):
        """An IP packet as an ICMP error quotes it."""
        if ":" in source:
            headers = {
                "options": ((make.DEST_OPTIONS, make.v6_options()),),
                "rest": ((make.FRAGMENT, make.v6_fragment(1480, 0, 7)),),
            }
            return make.ipv6(source, to, proto, data, headers=headers.get(kind, ()))
        options = b"\x94\x04\0\0" if kind == "options" else b""
        return make.ipv4(source, to, proto, data, options=options, fragment=185 * (kind == "rest"))

    def send_error(self, end, to, quoted):
        source = self.end(end, to)
        if ":" in to:
            data = struct.pack("!BBHI", 1, 4, 0, 0) + quoted
            self.send(end, to, 58, make.sealed(58, source, to, data))
        else:
            data = struct.pack("!BBHI", 3, 3, 0, 0) + quoted
            self.send(end, to, 1, make.sealed(1, source, to, data))

    def cmd_error(self, kind, service, source, proto):
        service = Service(service)
        client, server = self.end("c", service.vip), self.end("s", service.vip)
        packet = {"tcp": "A", "sctp": "DATA"}.get(proto, "x")
        data = transport(proto, client, server, (int(source), service.real), packet)[:8]
        self.empty("c")
        self.send_error("s", client, self.quoted(kind, client, server, PROTOS[proto], data))
        arrived = self.arrives("c", {1, 58})
        if not arrived:
            return "nothing"
        inner = split_ip(arrived[3][8:])
        if arrived[3][8] >> 4 == 4 and inet_sum(arrived[3][8 : 8 + (arrived[3][8] & 15) * 4]):
            return "quoted header has a bad checksum"
        good = "good" if self.unmade or is_good(arrived[2], arrived[0], arrived[1], arrived[3]) else "bad"
        if kind == "rest":
            return f"{arrived[0]} quotes checksum {good}"
        port = struct.unpack("!HH", inner[3][:4])[1]
        return f"{arrived[0]} quotes {inner[1]}:{port} checksum {good}"

    def cmd_unreachable(self, service, source, proto):
        service = Service(service + ":0")
        client = self.end("c", service.vip)
        data = transport(proto, service.vip, client, (service.port, int(source)), "A")[:8]
        self.empty("s")
        self.send_error("c", service.vip, self.quoted("short", service.vip, client, PROTOS[proto], data))
        arrived = self.arrives("s", {1, 58})
        return f"{arrived[0]} > {arrived[1]}" if arrived else "nothing"

    def cmd_stray(self, like, source, to, proto, packet):
        server, client = self.end("s", like), self.end("c", like)
        self.empty("s")
        data = transport(proto, server, client, (int(source), int(to)), packet)
        self.send("s", client, PROTOS[proto], data)
        arrived = self.arrives("s", {1, 58})
        if not arrived:
            return "nothing"
        return "port unreachable" if arrived[3][:2] in (b"\3\3", b"\1\4") else "another error"


def main():
    wire = Wire(float(sys.argv[1]), *sys.argv[2:])
    for line in sys.stdin:
        words = line.split()
        wire.quiet = words[0] == "quiet"
        words = words[wire.quiet :]
        try:
            print(getattr(wire, "cmd_" + words[0])(*words[1:]), flush=True)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            print(f"error: {words[0]}: {error!r}", flush=True)
    os._exit(0)


main()
