# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets by chance: mostly of the kinds that a balancer handles, and mostly damaged a little.

Few addresses and ports are drawn from, so that packets meet each other's connections.
"""

import socket

import packet

PORTS = (80, 53, 9, 54)
KINDS = ("tcp", "udp", "sctp", "icmp", "esp", "ah", "gre", "ip", "any")
WEIGHTS = (12, 8, 8, 10, 1, 1, 2, 2, 1)


class Garbage:
    def __init__(self, chance, from_client):
        self.chance, self.from_client = chance, from_client

    def one_in(self, number):
        return self.chance.randrange(number) == 0

    def noise(self, most):
        return self.chance.randbytes(self.chance.randrange(most + 1))

    def data(self):
        return self.chance.randbytes(self.chance.choice((1200, 1440))) if self.one_in(12) else self.noise(64)

    def ends(self, six):
        """Source and destination: a client's and the service's, or a real server's and a client's."""
        outside, inside = ("fd00:1::", "fd00:2::") if six else ("10.0.1.", "10.0.2.")
        client = outside + str(self.chance.choice((1, 1, 2, 3, 200)))
        vip, real = outside + "100", inside + str(self.chance.choice((11, 12)))
        if self.one_in(16):
            vip = self.chance.choice((real, outside + "254", inside + "254", client,
                                      "ff02::1" if six else "224.0.0.1", "::1" if six else "127.0.0.1"))
        return (client, vip) if self.from_client else (real, self.chance.choice((client, vip)))

    def ports(self):
        client, service = 2000 + self.chance.randrange(64), self.chance.choice(PORTS)
        if self.one_in(32):
            service = self.chance.randrange(1 << 16)
        return (client, service) if self.from_client else (service, client)

    def tcp(self):
        flags = self.chance.choice(("S", "SA", "A", "PA", "FA", "R", "RA", "", "SFRPAU"))
        options = self.noise(10) * 4
        doff = 5 + len(options) // 4
        if self.one_in(8):
            doff = self.chance.randrange(16)
        return packet.tcp(self.ports(), flags, self.data(), doff & 15, options)

    def udp(self):
        length = self.chance.choice((0, 7, 9, 0xFFFF)) if self.one_in(8) else None
        return packet.udp(self.ports(), self.data(), length)

    def sctp(self):
        names = self.chance.choices(list(packet.CHUNKS), k=1 + self.chance.randrange(3))
        return packet.sctp(self.ports(), "+".join(names), self.noise(16))

    def icmp(self, six, depth):
        kind = self.chance.choice((1, 2, 3, 4, 128, 129) if six else (0, 3, 4, 5, 8, 11, 12, 13))
        head = bytes((kind, self.chance.randrange(6), 0, 0)) + self.chance.choice(
            (bytes(4), b"\0\0\5\0", b"\0\0\2\x40", self.chance.randbytes(4)))
        quoted = Garbage(self.chance, not self.from_client).ip(six, depth + 1)
        return head + quoted[: self.chance.choice((0, 7, 20, 28, 48, 68, 600))]

    def above_ip(self, kind, six, depth):
        """A protocol's number and the packet."""
        if kind in ("tcp", "udp", "sctp"):
            return packet.PROTOS[kind], getattr(self, kind)()
        if kind == "icmp":
            return packet.PROTOS["icmp6" if six else "icmp"], self.icmp(six, depth)
        if kind in ("esp", "ah"):
            return packet.PROTOS[kind], packet.ipsec()
        if kind == "any":
            return self.chance.randrange(256), self.noise(100)
        inner_six = self.one_in(2)
        inner = self.ip(inner_six, depth + 1)
        if kind == "gre":
            flags = self.chance.choice((b"\0\0", b"\x80\0", self.chance.randbytes(2)))
            return 47, flags + (b"\x86\xdd" if inner_six else b"\x08\0") + bytes(4) * (flags[0] >> 7) + inner
        return (41 if inner_six else 4), inner

    def ip(self, six, depth=0):
        kind = self.chance.choices(KINDS, WEIGHTS)[0] if depth < 3 else "udp"
        source, to = self.ends(six)
        proto, data = self.above_ip(kind, six, depth)
        data = packet.sealed(proto, source, to, data, self.one_in(16)) if len(data) > 12 else data
        more = {"ttl": self.chance.choice((0, 1, 2, 64, 64, 64, 255)), "tos": self.chance.randrange(256)}
        if self.one_in(16):
            more["length"] = self.chance.randrange(200)
        if six:
            more["headers"] = [self.extension() for _ in range(self.chance.choice((0, 0, 0, 1, 2, 5)))]
            return packet.ipv6(source, to, proto, data, **more)
        if self.one_in(6):
            more["fragment"] = self.chance.choice((0x2000, 0x2001, 3, 0x1FFF, 0x4000, 0x8000))
        if self.one_in(6):
            more["options"] = self.chance.choice((b"\1\1\1\0", self.chance.randbytes(4), bytes(40)))
        return packet.ipv4(source, to, proto, data, ident=self.chance.randrange(8), **more)

    def extension(self):
        number = self.chance.choice((packet.HOP_BY_HOP, packet.DEST_OPTIONS, packet.ROUTING, packet.FRAGMENT,
                                     packet.FRAGMENT, packet.AUTHENTICATION, packet.NO_NEXT))
        if number == packet.FRAGMENT:
            rest = packet.v6_fragment(self.chance.choice((0, 0, 8, 0xFFF8)), self.chance.randrange(2),
                                      self.chance.randrange(8))
        else:
            rest = packet.v6_options()
        return number, rest if self.chance.randrange(4) else self.chance.randbytes(7)

    def frame(self, to, source):
        six = self.one_in(2)
        data = bytearray(self.ip(six))
        if self.one_in(6):
            for _ in range(1 + self.chance.randrange(4)):
                data[self.chance.randrange(len(data))] = self.chance.randrange(256)
        if self.one_in(12):
            del data[self.chance.randrange(len(data)) :]
        kind = packet.ETH_P_IPV6 if six else packet.ETH_P_IP
        return to + source + kind.to_bytes(2, "big") + bytes(data)


def sender(chance, namespace, device, to, from_client):
    """Returns what sends a random frame to the link-layer address."""
    packet.enter(namespace)
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    sock.bind((device, 0))
    sock.setblocking(False)
    source = sock.getsockname()[4]
    garbage = Garbage(chance, from_client)
    return lambda: sock.send(garbage.frame(to, source))
