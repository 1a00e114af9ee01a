#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Plays a table of cases through a balancer, and tells what came of them.

    packets_play.py rules SERVICES CASES    the services that the cases need, for ipvsadm -R
    packets_play.py marks SERVICES CASES    their firewall marks, for nft -f
    packets_play.py play SERVICES CASES TIMEOUT ENDS-NAMESPACE DIRECTOR-NAMESPACE [PATTERN...]
        A line for each packet that arrives at either end (c, s), that passes the director's loopback
        device (lo) or that leaves it unlike it arrives (d0, d1); for each connection that a case
        leaves; for what the balancer counted; in the end, for each line of its listing.

Clients are behind c0 and real servers behind s0, whose kernels know nothing of that: a frame's
address says whom it is for.  All is sent and handled by one processor, one thing after the other;
what is sent behind all packets of a case, and seen again, ends it.

The table has lines of three kinds, and comments (#):

    service NAME PROTOCOLS [VIP:]PORT OPTIONS | REAL-SERVER:PORT OPTIONS | ...
        A service of IPv4 and of IPv6 for each protocol.  Port mNUMBER is a firewall mark, which
        packets to that port and the next one get; a real server x... has the other family.
    with SETTING=VALUE...
        The cases that follow are played with these settings of net.ipv4.vs.
    NAME SERVICES PROTOCOLS FAMILIES STEP...
        A case for each service, protocol and family, from a client of its own: NAME/nat/tcp/4.

A step is END:PACKET,MODIFIER...; or "?", to look at the connections of the case now.  Ends are c,
the client; s, its real server, or s1 to s9; r and g, routers at the real servers and at the
clients; d, the director itself.  Packets are TCP flags or "-", SCTP chunks joined by "+", x for UDP;
new, yes and more, what opens, answers and goes on in any protocol; esp, ah, ping, pong; and !TYPE.CODE
for an ICMP error (of IPv4, or its equal in ICMPv6).  It quotes the last packet that arrived at that
end.  Modifiers:

    src= dst= sport= dport= proto=  other ends: +N the client's neighbour, ~N one in another network,
                        vip vip2 vip3 inside outside s1 ... world nowhere loop group all
    ttl= tos= df opt=HEX ext=hop+dst+route+frag+none    in the IP header, or behind it
    data=N tcpopt=HEX doff= udplen= chunklen=           above it
    bad nosum badip     checksums: wrong, none, that of the IP header wrong
    iplen=N cut=N first=N   length says N more than there is; only N bytes are sent; the first byte
    frag=0-24/24-       the bytes of IP's payload that are sent as fragments, in that order
    of=reply|request|first|back off=N   an error about a packet VIP to client, client to real server,
                        client to VIP, real server to client; of another client's port
    quote=N qopt=HEX qoff=N qfirst=N    what it quotes: that many bytes, options, a later fragment
    mtu= info= mac=other    in the error; a frame for somebody else
"""

import fnmatch
import os
import select
import socket
import struct
import subprocess
import sys
import time

import packet as make
import packet_text

ETH_P_MARK = 0x88B5
KINDS = {"tcp": "-t", "udp": "-u", "sctp": "--sctp-service"}
# Of ICMP, by that of ICMPv6 where there is an equal.
ERRORS6 = {"3.0": (1, 0), "3.1": (1, 3), "3.3": (1, 4), "3.4": (2, 0), "11.0": (3, 0), "11.1": (3, 1),
           "12.0": (4, 0)}  # fmt: skip
PLACES = {
    "vip": ("10.0.1.100", "fd00:1::100"), "vip2": ("10.0.1.101", "fd00:1::101"),
    "vip3": ("10.0.1.102", "fd00:1::102"),
    "inside": ("10.0.2.254", "fd00:2::254"), "outside": ("10.0.1.254", "fd00:1::254"),
    "gateway": ("10.0.1.1", "fd00:1::1"), "router": ("10.0.2.1", "fd00:2::1"),
    "loop": ("127.0.0.1", "::1"), "group": ("224.0.0.7", "ff02::7"),
    "all": ("255.255.255.255", "ff02::1"), "world": ("10.99.0.1", "fd99::1"),
    "nowhere": ("10.98.0.1", "fd98::1"),
}  # fmt: skip
# What opens a connection, what answers, and what follows.
USUAL = {"new": {"tcp": "S", "udp": "x", "sctp": "INIT"}, "yes": {"tcp": "SA", "udp": "x", "sctp": "INIT-ACK"},
         "more": {"tcp": "A", "udp": "x", "sctp": "DATA"}}  # fmt: skip
MACS = {"d0": 0xD0, "d1": 0xD1, "c": 0xC0, "other": 0xEE, "router": 0x201}
MACS.update({f"s{i}": 0x210 + i for i in range(1, 10)})
# Seconds that a connection may have left at most; it is looked at soon.
LIMITS = (10, 30, 61, 120, 300, 360, 900)


def place(name, family):
    if name[0] == "s" and name[1:].isdigit():
        return f"10.0.2.{10 + int(name[1:])}" if family == 4 else f"fd00:2::{10 + int(name[1:])}"
    return PLACES[name][family == 6]


def mac(name):
    return (0x020000000000 | MACS[name]).to_bytes(6, "big")


MAC_NAMES = {mac(name): name for name in MACS}


class Service:
    def __init__(self, line):
        head, *self.dests = (part.strip() for part in line.split("|"))
        self.name, protos, port, *self.options = head.split()
        self.protos = protos.split(",")
        vip, _, port = port.rpartition(":")
        self.vip = vip or "vip"
        self.mark = int(port[1:]) if port[0] == "m" else None
        self.port = self.mark or int(port)
        first = self.dests[0].split() if self.dests else ["s1:0", "-m"]
        self.real = first[0].split(":")[0]
        self.real_port = int(first[0].split(":")[1])
        self.nat = "-m" in first

    def identity(self, proto, family):
        if self.mark:
            return f"-f {self.mark}" + (" -6" if family == 6 else "")
        return f"{KINDS[proto]} {self.endpoint(self.vip, self.port, family)}"

    def label(self, proto, family):
        """As the listing has it."""
        if self.mark:
            return f"FWM-{self.mark}" + ("-IPv6" if family == 6 else "")
        return f"{proto.upper()}-{self.endpoint(self.vip, self.port, family)}"

    @staticmethod
    def endpoint(name, port, family):
        address = place(name, family)
        return f"[{address}]:{port}" if family == 6 else f"{address}:{port}"

    def dest(self, words, family):
        name, port = words.split(" ")[0].split(":")
        if name[0] == "x":
            name, family = name[1:], 10 - family
        return self.endpoint(name, port, family) + words[words.index(" ") :]

    def rules(self):
        for family in (4, 6):
            for proto in self.protos[:1] if self.mark else self.protos:
                identity = self.identity(proto, family)
                options = " ".join(self.options).replace("/24", "-M 255.255.255.0" if family == 4 else "-M 64")
                yield f"-A {identity} {options}"
                for dest in self.dests:
                    yield f"-a {identity} -r {self.dest(dest, family)}"


class Case:
    def __init__(self, number, name, service, proto, family, steps):
        self.number, self.service, self.proto, self.family = number, service, proto, family
        self.name = f"{name}/{service.name}/{proto}/{family}"
        self.steps = steps
        self.port = 2000 + number
        self.last = {}  # packets that arrived, by device
        self.errors_sent = False

    def client(self, host=0, net=0):
        if self.family == 6:
            return f"fd0{1 + net}:0:0:{self.number:x}::{10 + host:x}"
        return f"10.{1 + self.number // 250 + 100 * net}.{self.number % 250}.{10 + host}"

    def is_mine(self, address, port):
        if address in (place("inside", 4), place("inside", 6), place("outside", 4), place("outside", 6)):
            return port == self.port
        return any(address.startswith(self.client(0, net)[:-2]) for net in (0, 1))

    def address(self, name):
        if name[0] == "+":
            return self.client(int(name[1:]))
        if name[0] == "~":
            return self.client(int(name[1:]), 1)
        if name == "client":
            return self.client()
        return place(name, self.family)


class Table:
    """Files of services and cases."""

    def __init__(self, *paths):
        self.services, self.sections = {}, []
        self.count = 0
        for path in paths:
            with open(path, encoding="utf-8") as file:
                for line in file:
                    self.add(line.split("#")[0].strip())
        cases = [case for _, cases in self.sections for case in cases]
        if len({case.name for case in cases}) != len(cases):
            raise ValueError("two cases of one name")
        self.used = {case.service.name: case.service for case in cases}.values()

    def add(self, line):
        word, _, rest = line.partition(" ")
        if word == "service":
            service = Service(rest)
            self.services[service.name] = service
        elif word == "with":
            self.sections.append((rest.split(), []))
        elif word:
            self.sections[-1][1].extend(self.expand(line.split()))

    def expand(self, words):
        name, services, protos, families, *steps = words
        for service in services.split(","):
            for proto in protos.split(","):
                for family in families:
                    yield Case(self.count, name, self.services[service], proto, int(family), steps)
                    self.count += 1

    def rules(self):
        for service in self.used:
            yield from service.rules()

    def marks(self):
        yield "table inet marks {\nchain incoming {\ntype filter hook prerouting priority mangle"
        for mark in sorted({service.mark for service in self.used if service.mark}):
            for l4 in ("tcp", "udp", "sctp"):
                yield f"{l4} dport {{ {mark}, {mark + 1} }} meta mark set {mark}"
        yield "}\n}"


class Step:
    """END:PACKET,MODIFIER... made into IP packets."""

    def __init__(self, case, word):
        self.case = case
        words = word.split(",")
        self.end, _, self.kind = words[0].partition(":")
        if self.kind in USUAL:
            self.kind = USUAL[self.kind][case.proto]
        self.options = dict(word.partition("=")[::2] for word in words[1:])
        self.family = case.family

    def get(self, name, default=0):
        value = self.options.get(name)
        return default if value is None else int(value, 0)

    def has(self, name):
        return name in self.options

    def ends(self):
        """Source and destination, address and port, unless it is said otherwise."""
        case, service = self.case, self.case.service
        client, vip = (case.client(), case.port), (place(service.vip, self.family), service.port)
        if self.end == "d":
            client = place("outside", self.family), case.port
        if self.end in "cgd":
            source, to = client, vip
        else:
            name = self.end if len(self.end) > 1 else service.real.strip("x")
            real = place(name, self.family), service.real_port or service.port
            source, to = real if service.nat else vip, client
        return (self.named("src", source[0]), self.get("sport", source[1]),
                self.named("dst", to[0]), self.get("dport", to[1]))  # fmt: skip

    def named(self, option, default):
        return self.case.address(self.options[option]) if self.has(option) else default

    def proto(self):
        if self.kind in ("esp", "ah"):
            return make.PROTOS[self.kind]
        if self.kind in ("ping", "pong"):
            return 1 if self.family == 4 else 58
        return make.PROTOS[self.options.get("proto", self.case.proto)]

    def above(self, proto, ports):
        data = bytes(i & 0xFF for i in range(self.get("data")))
        if self.kind in ("esp", "ah"):
            return make.ipsec()
        if self.kind in ("ping", "pong"):
            kinds = {1: (8, 0), 58: (128, 129)}[proto]
            return struct.pack("!BBHI", kinds[self.kind == "pong"], 0, 0, 7) + data
        if proto == 6:
            options = bytes.fromhex(self.options.get("tcpopt", ""))
            doff = self.get("doff", 5 + len(options) // 4)
            return make.tcp(ports, self.kind.strip("-"), data, doff, options)
        if proto == 17:
            length = self.get("udplen") if self.has("udplen") else None
            return make.udp(ports, data or b"x", length)
        chunks = make.sctp(ports, self.kind, data)
        if self.has("chunklen"):
            chunks = chunks[:14] + struct.pack("!H", self.get("chunklen")) + chunks[16:]
        return chunks

    def packets(self):
        if self.kind[0] == "!":
            error = self.error()
            return self.fragments(*error) if error else [b""]
        source, sport, to, dport = self.ends()
        proto = self.proto()
        data = make.sealed(proto, source, to, self.above(proto, (sport, dport)), self.has("bad"))
        if self.has("nosum"):
            at = make.CHECKSUM_AT[proto]
            data = data[:at] + bytes(2) + data[at + 2 :]
        return self.fragments(source, to, proto, data)

    def fragments(self, source, to, proto, data):
        if not self.has("frag"):
            return [self.finish(source, to, proto, data)]
        found = []
        for part in self.options["frag"].split("/"):
            first, _, end = part.partition("-")
            first, end = int(first), min(int(end or len(data)), len(data))
            found.append(self.finish(source, to, proto, data[first:end], (first, end < len(data))))
        return found

    def finish(self, source, to, proto, data, fragment=None):
        ttl, tos = self.get("ttl", 64), self.get("tos")
        length = None
        if self.family == 4:
            options = bytes.fromhex(self.options.get("opt", ""))
            word = make.DF if self.has("df") else 0
            if fragment:
                word |= fragment[0] // 8 | make.MF * fragment[1]
            if self.has("iplen"):
                length = 20 + len(options) + len(data) + self.get("iplen")
            whole = make.ipv4(source, to, proto, data, ttl, tos, packet_text.OUR_ID, word, options, length)
            if self.has("badip"):
                whole = whole[:10] + bytes(byte ^ 0x55 for byte in whole[10:12]) + whole[12:]
            if self.has("first"):
                whole = bytes([self.get("first")]) + whole[1:]
        else:
            headers = [self.extension(name) for name in self.options.get("ext", "").split("+") if name]
            if fragment:
                headers.append((make.FRAGMENT, make.v6_fragment(*fragment, packet_text.OUR_FRAGMENT)))
            if self.has("iplen"):
                length = sum(1 + len(rest) for _, rest in headers) + len(data) + self.get("iplen")
            whole = make.ipv6(source, to, proto, data, ttl, tos, packet_text.OUR_LABEL, headers, length)
        return whole[: self.get("cut", len(whole))]

    @staticmethod
    def extension(name):
        if name == "none":
            return make.NO_NEXT, bytes(7)
        if name == "route":
            return make.ROUTING, b"\0\4\0" + bytes(4)
        if name == "frag":
            return make.FRAGMENT, make.v6_fragment(0, 0, packet_text.OUR_FRAGMENT)
        number = {"hop": make.HOP_BY_HOP, "dst": make.DEST_OPTIONS}[name]
        return number, make.v6_options()

    def quoted(self):
        """What an error is about: the last packet that arrived at that end, or what is said."""
        case, service = self.case, self.case.service
        about = self.options.get("of", "last")
        if about == "last":
            found = case.last.get("c" if self.end in "cg" else "s")
        else:
            client = case.client(), case.port + self.get("off")
            vip = place(service.vip, self.family), service.port
            real = place(service.real.strip("x"), self.family), service.real_port or service.port
            (source, sport), (to, dport) = {"reply": (vip, client), "request": (client, real),
                                            "first": (client, vip), "back": (real, client)}[about]  # fmt: skip
            proto = make.PROTOS[case.proto]
            data = {6: lambda: make.tcp((sport, dport), "A"), 17: lambda: make.udp((sport, dport), b"x"),
                    132: lambda: make.sctp((sport, dport), "DATA")}[proto]()  # fmt: skip
            self_made = make.ipv4 if self.family == 4 else make.ipv6
            found = self_made(source, to, proto, make.sealed(proto, source, to, data))
        if found:
            found = self.altered(found)
        return found

    def altered(self, quoted):
        if quoted[0] >> 4 == 4:
            head = (quoted[0] & 15) * 4
            quoted = quoted[:10] + bytes(2) + quoted[12:]
            if self.has("qopt"):
                options = bytes.fromhex(self.options["qopt"])
                quoted = bytes([quoted[0] + len(options) // 4]) + quoted[1:head] + options + quoted[head:]
                head += len(options)
            if self.has("qoff"):
                quoted = quoted[:6] + struct.pack("!H", self.get("qoff") // 8) + quoted[8:]
            if self.has("qfirst"):
                quoted = bytes([self.get("qfirst")]) + quoted[1:]
            quoted = quoted[:10] + struct.pack("!H", make.inet_sum(quoted[:head])) + quoted[12:]
        elif self.has("qopt") or self.has("qoff"):
            number, rest = self.extension("dst")
            if self.has("qoff"):
                number, rest = make.FRAGMENT, make.v6_fragment(self.get("qoff"), 0, 7)
            quoted = quoted[:6] + bytes([number, quoted[7]]) + quoted[8:40] + quoted[6:7] + rest + quoted[40:]
        return quoted

    def error(self):
        case = self.case
        quoted = self.quoted()
        if not quoted:
            return None
        case.errors_sent = True
        v6 = quoted[0] >> 4 == 6
        self.family = 6 if v6 else 4
        kind = self.kind[1:]
        kind = ERRORS6[kind] if v6 and kind in ERRORS6 else tuple(int(n) for n in kind.split("."))
        here = {"c": case.client() if v6 == (case.family == 6) else None, "r": "router", "g": "gateway",
                "s": case.service.real.strip("x"), "d": "outside"}[self.end[0]]  # fmt: skip
        source = here if here and (":" in here or "." in here) else place(here, self.family)
        source = self.named("src", source)
        to = make.text(quoted[8:24] if v6 else quoted[12:16])
        to = self.named("dst", to)
        proto = 58 if v6 else 1
        info = self.get("mtu") if not self.has("info") else self.get("info")
        # Of a long packet no more than what every host takes.
        data = struct.pack("!BBHI", *kind, 0, info) + quoted[: self.get("quote", 1232 if v6 else 548)]
        return source, to, proto, make.sealed(proto, source, to, data, self.has("bad"))


class Player:
    def __init__(self, timeout, ends, director):
        self.timeout = timeout
        self.sockets = {"c": self.open(ends, "c0"), "s": self.open(ends, "s0")}
        for sock in self.sockets.values():
            sock.setsockopt(make.SOL_PACKET, make.PACKET_IGNORE_OUTGOING, 1)
        for name, device in (("d0", "d0"), ("d1", "d1"), ("lo", "lo")):
            self.sockets[name] = self.open(director, device)
        self.raw = {}
        for family in (socket.AF_INET, socket.AF_INET6):
            self.raw[family] = socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW)
        self.marks = 0
        self.devices = {sock: name for name, sock in self.sockets.items()}
        self.counters = self.read_counters()
        self.sums = {}  # of what was counted in the cases of a service

    @staticmethod
    def open(namespace, device):
        return make.tap(namespace, device, socket.SOCK_RAW)

    # --- sending ---

    def send(self, step, packet):
        if step.end == "d":
            family = socket.AF_INET6 if packet[0] >> 4 == 6 else socket.AF_INET
            to = make.text(packet[24:40] if packet[0] >> 4 == 6 else packet[16:20])
            try:
                self.raw[family].sendto(packet, (to, 0))
            except OSError as error:
                return error.strerror
            return None
        side = "c" if step.end in "cg" else "s"
        director = "d0" if side == "c" else "d1"
        source = {"c": "c", "g": "c", "r": "router"}.get(step.end)
        if not source:
            source = step.end if len(step.end) > 1 else step.case.service.real.strip("x")
        if source not in MACS:
            source = "s1"
        ethertype = make.ETH_P_IPV6 if packet[0] >> 4 == 6 else make.ETH_P_IP
        head = mac(step.options.get("mac", director)) + mac(source) + struct.pack("!H", ethertype)
        self.sockets[side].send(head + packet)
        return None

    def mark(self, senders, receivers, found):
        """What is sent now is handled after all that was sent before."""
        self.marks += 1
        frame = mac("other") + mac("other") + struct.pack("!HI", ETH_P_MARK, self.marks) + bytes(46)
        for name in senders:
            self.sockets[name].send(frame)
        missing = set(receivers)
        deadline = time.monotonic() + self.timeout
        while missing:
            ready = select.select([self.sockets[name] for name in missing], [], [], 1)[0]
            for sock in ready:
                if self.receive(sock, found, self.marks):
                    missing.discard(self.devices[sock])
            if time.monotonic() > deadline:
                raise TimeoutError("a frame is lost")

    def receive(self, sock, found, mark):
        """Takes what has arrived at a device, up to a mark; true if that was there."""
        name = self.devices[sock]
        while True:
            try:
                frame, control, _, meta = sock.recvmsg(65536, 128)
            except BlockingIOError:
                return False
            if meta[1] == ETH_P_MARK:
                if struct.unpack_from("!I", frame, 14)[0] == mark and meta[2] != make.PACKET_OUTGOING:
                    return True
                continue
            if meta[1] not in (make.ETH_P_IP, make.ETH_P_IPV6):
                continue
            # The director's own devices: what it sends, and on lo what it receives.
            if name in ("d0", "d1") and meta[2] != make.PACKET_OUTGOING:
                continue
            if name == "lo" and meta[2] == make.PACKET_OUTGOING:
                continue
            if self.is_noise(frame):
                continue
            found.setdefault(name, []).append((frame, make.is_unmade(control)))

    @staticmethod
    def is_noise(frame):
        """Neighbour and multicast listener discovery."""
        if frame[12:14] != b"\x86\xdd":
            return False
        at = 54 + (8 if frame[20] == 0 else 0)
        return 58 in (frame[20], frame[54]) and 130 <= frame[at] <= 143 and frame[at] not in (137,)

    def settle(self, case, found, rounds):
        for _ in range(rounds):
            self.mark("cs", ("d0", "d1"), found)
        self.mark(("d0", "d1"), "cs", found)
        for device in "cs":
            for frame, _ in found.get(device, [])[-1:]:
                case.last[device] = frame[14:]

    # --- what the balancer shows ---

    @staticmethod
    def read_counters():
        total = [0] * 5
        with open("/proc/thread-self/net/ip_vs_stats_percpu", encoding="ascii") as file:
            for line in file.read().split("\n\n")[0].splitlines()[2:]:
                words = line.split()
                if words and words[0] != "~":
                    total = [a + int(b, 16) for a, b in zip(total, words[1:6])]
        return total

    def rows(self):
        with open("/proc/thread-self/net/ip_vs_conn", encoding="ascii") as file:
            for line in file.readlines()[1:]:
                words = line.split()
                client, vip, real = (self.shorten(words[i]) for i in (1, 3, 5))
                cport, vport, dport = (int(words[i], 16) for i in (2, 4, 6))
                left = next((limit for limit in LIMITS if int(words[8]) <= limit), "long")
                left = "few" if int(words[8]) <= 4 else left
                yield client, cport, (f"{words[0]} client={client} cport={cport} to={vip} vport={vport}"
                                      f" real={real} dport={dport} state={words[7]} left={left}")  # fmt: skip

    @staticmethod
    def shorten(word):
        return make.text(make.packed(word)) if ":" in word else make.text(bytes.fromhex(word))

    def tell_rows(self, case, label, rows):
        mine = sorted(text for client, cport, text in rows if case.is_mine(client, cport))
        for text in mine:
            print(f"{case.name} {label} {text}")

    # --- cases ---

    def tell_packets(self, case, found):
        for name, other in (("d0", "c"), ("d1", "s")):
            sent, arrived = found.get(name, []), found.get(other, [])
            if [frame for frame, _ in sent] == [frame for frame, _ in arrived]:
                found.pop(name, None)
        for name, frames in sorted(found.items()):
            for frame, unmade in frames:
                text = packet_text.Text(frame[14:], unmade, not case.errors_sent)
                fields = " ".join(f"{key}={value}" for key, value in text.fields.items())
                mac_name = MAC_NAMES.get(frame[:6], frame[:6].hex())
                to = "" if name == "lo" else f" mac={mac_name}"
                print(f"{case.name} {name} {text.kind}{to} {fields}")

    def play(self, case):
        found = {}
        rounds = 1
        for number, word in enumerate(case.steps, 1):
            if word == "?":
                self.settle(case, found, rounds)
                self.tell_rows(case, f"conn{number}", self.rows())
                continue
            step = Step(case, word)
            if step.kind[0] == "!":
                self.settle(case, found, rounds)
            if step.end == "d":
                rounds = 3
            for packet in step.packets():
                said = packet and self.send(step, packet)
                if said:
                    print(f"{case.name} send{number} error={said.replace(' ', '-')}")
        self.settle(case, found, rounds)
        self.tell_packets(case, found)
        counters = self.read_counters()
        change = [new - old for new, old in zip(counters, self.counters)]
        self.counters = counters
        label = case.service.label(case.proto, case.family)
        self.sums[label] = [a + b for a, b in zip(self.sums.get(label, [0] * 5), change)]
        print(f"{case.name} counted {self.numbers(change)}")

    @staticmethod
    def numbers(values):
        names = ("conns", "in", "out", "bytes-in", "bytes-out")
        return " ".join(f"{name}={value}" for name, value in zip(names, values))

    def listing(self):
        """Of each service and each real server its name and numbers; ip_vs adds up now and then."""
        deadline = time.monotonic() + self.timeout
        while True:
            output = subprocess.run(["ipvsadm", "-Ln", "--stats", "--exact"], check=True,
                                    capture_output=True, text=True).stdout  # fmt: skip
            lines = [line.split() for line in output.splitlines()[3:]]
            lines = [("-".join(words[:-5]), [int(n) for n in words[-5:]]) for words in lines]
            total = [sum(column) for column in zip(*(n for name, n in lines if name[0] != "-"))]
            if total == self.counters or time.monotonic() > deadline:
                return lines
            select.select([], [], [], 0.1)

    def tell_listing(self, where):
        """Of a service, what it has beside what its own cases gave it; of a real server among
        others, what it has."""
        groups = []
        for name, numbers in self.listing():
            if name[0] != "-":
                groups.append((name, numbers, []))
            else:
                groups[-1][2].append((name[3:], numbers))
        for service, numbers, dests in groups:
            more = [a - b for a, b in zip(numbers, self.sums.get(service, [0] * 5))]
            print(f"{where} {service} counted {self.numbers(more)}")
            shared = [sum(column) for column in zip(*(numbers for _, numbers in dests))]
            if dests and shared != numbers:
                print(f"{where} {service} disagrees {self.numbers(shared)}")
            for name, numbers in dests if len(dests) > 1 else []:
                print(f"{where} {service}-{name} counted {self.numbers(numbers)}")

    def set(self, settings, default):
        for setting in settings:
            name, _, value = setting.partition("=")
            with open("/proc/sys/net/ipv4/vs/" + name, "r+", encoding="ascii") as file:
                default.setdefault(name, file.read().strip())
                file.seek(0)
                file.write(value)

    def section(self, settings, cases):
        default = {}
        self.set(settings, default)
        waiting, since = [], time.monotonic()
        for case in cases:
            self.play(case)
            waiting.append(case)
            # Some connections live for seconds only.
            if time.monotonic() - since > 0.5 or case is cases[-1]:
                rows = list(self.rows())
                for done in waiting:
                    self.tell_rows(done, "conn", rows)
                waiting, since = [], time.monotonic()
        self.set([f"{name}={value}" for name, value in default.items()], {})


def listing_name(path):
    """What stands in place of a case's name for the listing at the end of a table."""
    return "listing/" + os.path.basename(path).partition(".")[0]


def chosen(sections, patterns):
    for settings, cases in sections:
        cases = [case for case in cases if not patterns or any(fnmatch.fnmatch(case.name, p) for p in patterns)]
        if cases:
            yield settings, cases


def main():
    command, services, path, *rest = sys.argv[1:]
    table = Table(services, path)
    if command in ("rules", "marks"):
        print("\n".join(getattr(table, command)()))
        return
    os.sched_setaffinity(0, {0})
    player = Player(float(rest[0]), *rest[1:3])
    for settings, cases in chosen(table.sections, rest[3:]):
        player.section(settings, cases)
    player.tell_listing(listing_name(path))


if __name__ == "__main__":
    main()
