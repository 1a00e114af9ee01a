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

import ctypes
import os
import select
import socket
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
MARKER = 9  # the port of what ends the wait for a packet that does not come
ETH_P_ALL, ETH_P_IP, ETH_P_IPV6, PACKET_OUTGOING = 3, 0x0800, 0x86DD, 4
SOL_PACKET, PACKET_AUXDATA, TP_STATUS_CSUMNOTREADY = 263, 8, 8
PROTOS = {"tcp": 6, "udp": 17, "esp": 50, "ah": 51, "sctp": 132, "bad-sctp": 132}
CHUNKS = {
    "DATA": 0, "INIT": 1, "INIT-ACK": 2, "SACK": 3, "HEARTBEAT": 4, "ABORT": 6, "SHUTDOWN": 7,
    "SHUTDOWN-ACK": 8, "ERROR": 9, "COOKIE-ECHO": 10, "COOKIE-ACK": 11, "SHUTDOWN-COMPLETE": 14,
    "UNKNOWN": 99,
}  # fmt: skip
FLAGS = {"F": 1, "S": 2, "R": 4, "A": 16}
# Seconds that a connection may stay in a state, for what /proc says until it ends.
LIMITS = {
    "tcp": {"ESTABLISHED": 900, "SYN_RECV": 60, "FIN_WAIT": 120, "TIME_WAIT": 120, "CLOSE": 10,
            "CLOSE_WAIT": 60, "SYNACK": 120, "NONE": 3},
    "sctp": {"INIT1": 4, "ESTABLISHED": 900, "REJECTED": 4, "NONE": 3},
}  # fmt: skip
libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    with open("/run/netns/" + namespace, encoding="ascii") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns " + namespace)


def packed(address):
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


def text(address):
    return socket.inet_ntop(socket.AF_INET6 if len(address) == 16 else socket.AF_INET, address)


def inet_sum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def pseudo(source, to, length, proto):
    return packed(source) + packed(to) + struct.pack("!II", length, proto)


def crc32c_table():
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        yield value


CRC32C = list(crc32c_table())


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC32C[(crc ^ byte) & 0xFF]
    return struct.pack("<I", crc ^ 0xFFFFFFFF)


def chunk(name):
    body = bytes(16)
    return struct.pack("!BBH", CHUNKS[name], 0, 4 + len(body)) + body


def transport(proto, source, to, ports, packet):
    """A packet's payload of IP."""
    if proto in ("esp", "ah"):
        return struct.pack("!BBHII", 59, 4, 0, 7, 1) + bytes(24)
    if proto == "udp":
        data = struct.pack("!HHHH", *ports, 8 + len(packet), 0) + packet.encode()
        check = inet_sum(pseudo(source, to, len(data), 17) + data) or 0xFFFF
        return data[:6] + struct.pack("!H", check) + data[8:]
    if proto == "tcp":
        flags = sum(FLAGS[letter] for letter in packet)
        data = struct.pack("!HHIIBBHHH", *ports, 1, 1, 5 << 4, flags, 8192, 0, 0)
        check = inet_sum(pseudo(source, to, len(data), 6) + data)
        return data[:16] + struct.pack("!H", check) + data[18:]
    body = b"".join(chunk(name) for name in packet.split("+"))
    head = struct.pack("!HHI", *ports, 7)
    check = crc32c(head + bytes(4) + body)
    if proto == "bad-sctp":
        check = bytes(byte ^ 0xFF for byte in check)
    return head + check + body


def is_good(proto, source, to, data):
    if proto == 132:
        return crc32c(data[:8] + bytes(4) + data[12:]) == data[8:12]
    if proto == 1:
        return not inet_sum(data)
    return not inet_sum(pseudo(source, to, len(data), proto) + data)


def split_ip(data):
    """Source, destination, protocol and payload of an IP packet."""
    if data[0] >> 4 == 4:
        return text(data[12:16]), text(data[16:20]), data[9], data[(data[0] & 15) * 4 :]
    proto, at = data[6], 40
    while proto == 60:
        proto, at = data[at], at + 8 * (data[at + 1] + 1)
    return text(data[8:24]), text(data[24:40]), proto, data[at:]


class Service:
    def __init__(self, word):
        self.vip, port, real = word.rsplit(":", 2)
        self.port, self.real = int(port), int(real)


class Wire:
    def __init__(self, timeout, client, director, server, device):
        self.timeout = timeout
        self.spaces = {"c": client, "d": director, "s": server}
        self.taps = {"c": self.tap(client, "c0"), "s": self.tap(server, device)}
        self.senders = {}
        self.address = {}  # by end and length
        self.length = 4  # of the addresses in use
        self.quiet = False
        self.unmade = False
        enter(director)

    @staticmethod
    def tap(namespace, device):
        enter(namespace)
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        sock.bind((device, ETH_P_ALL))
        sock.setblocking(False)
        return sock

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
            # The checksum may be left to a device, which a pair of them never makes.
            self.unmade = any(struct.unpack_from("I", c[2])[0] & TP_STATUS_CSUMNOTREADY for c in control)
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
            head = struct.pack("!IHBB", 6 << 28, len(data), proto, 64)
            extra = b""
            if kind == "options":
                head, extra = head[:6] + b"\x3c\x40", struct.pack("!BB", proto, 0) + b"\1\4" + bytes(4)
            elif kind == "rest":
                head, extra = head[:6] + b"\x2c\x40", struct.pack("!BBHI", proto, 0, 1480, 7)
            return head + packed(source) + packed(to) + extra + data
        options = b"\x94\x04\0\0" if kind == "options" else b""
        offset = 185 if kind == "rest" else 0
        head = struct.pack("!BBHHHBBH", 0x45 + len(options) // 4, 0, 20 + len(options) + len(data),
                           7, offset, 64, proto, 0)  # fmt: skip
        head += packed(source) + packed(to) + options
        return head[:10] + struct.pack("!H", inet_sum(head)) + head[12:] + data

    def send_error(self, end, to, quoted):
        source = self.end(end, to)
        if ":" in to:
            data = struct.pack("!BBHI", 1, 4, 0, 0) + quoted
            data = data[:2] + struct.pack("!H", inet_sum(pseudo(source, to, len(data), 58) + data)) + data[4:]
            self.send(end, to, 58, data)
        else:
            data = struct.pack("!BBHI", 3, 3, 0, 0) + quoted
            self.send(end, to, 1, data[:2] + struct.pack("!H", inet_sum(data)) + data[4:])

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
