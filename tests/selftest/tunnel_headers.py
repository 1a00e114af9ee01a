#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""tunnel_headers.py CLIENT-NAMESPACE SERVER-NAMESPACE NAME=ADDRESS:PORT...

What a tunnel makes of packets, for two balancers to be compared: sends datagrams and a SYN to each
service, with all sorts of headers, and prints each outer packet that the real server sees, field by
field.  Of datagrams the second has a connection already.  What no two packets share (IP id where it
counts, the client's port) is left out.
"""

import select
import socket
import struct
import sys

from packet import enter, inet_sum

ETH_P_ALL, PACKET_OUTGOING = 3, 4
IP_MTU_DISCOVER, PMTUDISC_DONT, PMTUDISC_DO = 10, 0, 2
PROTOCOLS = {4: "IPIP", 17: "UDP", 41: "IPv6", 47: "GRE"}
# TOS or traffic class, TTL or hop limit, whether IPv4 must not be fragmented.
HEADERS = [(0x00, 64, True), (0xB9, 7, False), (0x23, 200, True), (0x02, 2, False)]


CHECKSUM_AT = {6: 16, 17: 6}
# What is left to the device is right for one port of a client in 65536.
BY_CHANCE = "good by chance"


def checksum_of(field, data):
    if not field:
        return "none"
    return "bad" if inet_sum(data) else "good"


def transport_checksum(protocol, pseudo, segment):
    field = struct.unpack_from("!H", segment, CHECKSUM_AT[protocol])[0]
    found = checksum_of(field, pseudo + segment)
    return BY_CHANCE if found == "good" and field == inet_sum(pseudo) ^ 0xFFFF else found


class Outer:
    """An outer IP header and what follows."""

    def __init__(self, packet):
        self.v6 = packet[0] >> 4 == 6
        if self.v6:
            first, length, self.protocol, ttl = struct.unpack_from("!IHBB", packet)
            self.addresses = packet[8:40]
            self.payload = packet[40:]
            self.text = (f"class={first >> 20 & 0xFF:02x} label={first & 0xFFFFF}"
                         f" len={length - len(self.payload)} hops={ttl}"
                         f" {socket.inet_ntop(socket.AF_INET6, packet[8:24])}")
        else:
            _, tos, length, ident, flags, ttl, self.protocol = struct.unpack_from("!BBHHHBB",
                                                                                   packet)
            self.addresses = packet[12:20]
            self.payload = packet[20:length]
            # Without DF each packet has an id of its own.
            ident = ident if flags & 0x4000 else "N"
            self.text = (f"tos={tos:02x} ihl={packet[0] & 15} id={ident} flags={flags:04x}"
                         f" ttl={ttl} {socket.inet_ntop(socket.AF_INET, packet[12:16])}"
                         f" check={checksum_of(1, packet[:20])}")

    def pseudo(self, length):
        if self.v6:
            return self.addresses + struct.pack("!IxxxB", length, self.protocol)
        return self.addresses + struct.pack("!xBH", self.protocol, length)

    def describe(self):
        """The headers in words, and where the inner packet begins."""
        words, at = [f"v{6 if self.v6 else 4} {PROTOCOLS[self.protocol]} {self.text}"], 0
        if self.protocol == socket.IPPROTO_UDP:
            source, port, length = struct.unpack_from("!HHH", self.payload)
            # Of the flow inside, which is never the same twice.
            words.append(f"udp {source >= 1024} {port} {length - len(self.payload)} "
                         + transport_checksum(self.protocol, self.pseudo(length), self.payload))
            at = 12 + 4 * (self.payload[8] & 31)
            words.append("gue " + self.payload[8:at].hex())
        elif self.protocol == socket.IPPROTO_GRE:
            at = 8 if self.payload[0] & 0x80 else 4
            words.append("gre " + self.payload[:4].hex()
                         + (" " + checksum_of(1, self.payload) if at == 8 else ""))
        return "; ".join(words), self.payload[at:]


def describe_inner(packet):
    if packet[0] >> 4 == 6:
        first, length, protocol, ttl = struct.unpack_from("!IHBB", packet)
        pseudo = packet[8:40] + struct.pack("!IxxxB", length, protocol)
        text, rest = f"class={first >> 20 & 0xFF:02x} hops={ttl}", packet[40:]
    else:
        _, tos, length, _, flags, ttl, protocol = struct.unpack_from("!BBHHHBB", packet)
        pseudo = packet[12:20] + struct.pack("!xBH", protocol, length - 20)
        text = f"tos={tos:02x} flags={flags:04x} ttl={ttl} check={checksum_of(1, packet[:20])}"
        rest = packet[20:]
    return f"{text} proto={protocol} len={length} l4={transport_checksum(protocol, pseudo, rest)}"


class Comparison:
    def __init__(self, client, server):
        enter(server)
        self.capture = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self.capture.bind(("s0", ETH_P_ALL))
        enter(client)

    def outer(self):
        while select.select([self.capture], [], [], 20)[0]:
            packet, origin = self.capture.recvfrom(65536)
            protocol = packet[6] if packet[0] >> 4 == 6 else packet[9]
            if origin[1] in (0x0800, 0x86DD) and origin[2] != PACKET_OUTGOING \
                    and protocol in PROTOCOLS:
                return Outer(packet)
        return None

    def seen(self, name):
        outer = self.outer()
        if not outer:
            return f"{name} lost"
        text, inner = outer.describe()
        return f"{name}: {text}; inner {describe_inner(inner)}"

    @staticmethod
    def open(address, kind, header):
        tos, ttl, dont_fragment = header
        if ":" in address:
            sock = socket.socket(socket.AF_INET6, kind)
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, tos)
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, ttl)
            return sock
        sock = socket.socket(socket.AF_INET, kind)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, tos)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
        sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER,
                        PMTUDISC_DO if dont_fragment else PMTUDISC_DONT)
        return sock

    def run(self, name, address, port):
        for number, header in enumerate(HEADERS):
            tell(lambda: self.datagrams(f"{name} udp {number}", (address, port), number, header))
        tell(lambda: self.syn(f"{name} tcp", (address, port)))

    def datagrams(self, name, service, number, header):
        with self.open(service[0], socket.SOCK_DGRAM, header) as sock:
            for time in "first", "second":
                sock.sendto(b"datagram" * (1 + number), service)
                yield self.seen(f"{name} {time}")

    def syn(self, name, service):
        with self.open(service[0], socket.SOCK_STREAM, HEADERS[0]) as sock:
            sock.setblocking(False)
            sock.connect_ex(service)
            yield self.seen(name)


def tell(packets):
    """Prints what was seen of packets; those that tell nothing are sent again, from another port."""
    lines = [BY_CHANCE]
    while any(BY_CHANCE in line for line in lines):
        lines = list(packets())
    print("\n".join(lines))


def main(client, server, services):
    comparison = Comparison(client, server)
    for service in services:
        name, _, where = service.partition("=")
        address, _, port = where.rpartition(":")
        comparison.run(name, address, int(port))


main(sys.argv[1], sys.argv[2], sys.argv[3:])
