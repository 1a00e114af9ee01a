# SPDX-License-Identifier: GPL-2.0-or-later
"""Generic netlink, by hand: what a test sends is exactly what it says.

    link = Family("NFVS")
    link.request(NEW_SERVICE, service(addr="10.0.0.1", port=80))
    messages = link.dump(GET_SERVICE)

A message is a pair of its command and its attributes, and attributes are triples of type (with
its flags), offset in the message, and value.  A refusal raises Refused.
"""

import errno
import os
import socket
import struct

NLMSG_ERROR, NLMSG_DONE = 2, 3
F_REQUEST, F_ACK, F_DUMP = 1, 4, 0x300
F_MULTI, F_DUMP_INTR, F_CAPPED, F_ACK_TLVS = 2, 0x10, 0x100, 0x200
SOL_NETLINK, CAP_ACK, EXT_ACK = 270, 10, 11
HEADERS = 20  # netlink's and generic netlink's

NEW_SERVICE, SET_SERVICE, DEL_SERVICE, GET_SERVICE = 1, 2, 3, 4
NEW_DEST, SET_DEST, DEL_DEST, GET_DEST = 5, 6, 7, 8
NEW_DAEMON, DEL_DAEMON, GET_DAEMON = 9, 10, 11
SET_CONFIG, GET_CONFIG, SET_INFO, GET_INFO, ZERO, FLUSH = 12, 13, 14, 15, 16, 17
GET_COUNTERS, GET_TABLE, GET_CONN, DEL_CONN = 64, 65, 66, 67
NESTED = 0x8000
SERVICE, DEST, DAEMON, COUNTER, CONN = 1, 2, 3, 64, 65
PERSISTENT, ONEPACKET = 1, 4
MASQ, TUNNEL, DROUTE = 0, 2, 3
TCP, UDP, SCTP = 6, 17, 132


class Refused(Exception):
    def __init__(self, number, text=None, offset=None):
        self.number, self.text, self.offset = number, text, offset
        # One number with two names, of which Python knows the other one.
        self.name = {errno.EOPNOTSUPP: "EOPNOTSUPP"}.get(
            number, errno.errorcode.get(number, str(number)))
        super().__init__(f"{self.name}: {text}")


def attribute(kind, value):
    return struct.pack("=HH", len(value) + 4, kind) + value + bytes(-len(value) % 4)


def u8(kind, value):
    return attribute(kind, struct.pack("=B", value))


def u16(kind, value):
    return attribute(kind, struct.pack("=H", value))


def u32(kind, value):
    return attribute(kind, struct.pack("=I", value & 0xFFFFFFFF))


def be16(kind, value):
    return attribute(kind, struct.pack(">H", value))


def string(kind, value):
    return attribute(kind, value.encode() + b"\0")


def attributes(data, start=0):
    """Triples of type, offset and value; start is the offset of the first byte."""
    found, at = [], 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, at)
        if length < 4 or at + length > len(data):
            raise ValueError(f"attribute {kind} at {start + at} has length {length}")
        found.append((kind, start + at, data[at + 4 : at + length]))
        at += (length + 3) & ~3
    return found


def values(data):
    return {kind: value for kind, _, value in attributes(data)}


def address(text):
    """The bytes of an address: 4 or 16."""
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def service_id(addr="10.0.0.1", port=80, proto=TCP, af=None, mark=None, short=False):
    family = af or (socket.AF_INET6 if ":" in addr else socket.AF_INET)
    if mark is not None:
        return u16(1, family) + u32(5, mark)
    raw = address(addr)
    if not short:
        raw = raw.ljust(16, b"\0")
    return u16(1, family) + u16(2, proto) + attribute(3, raw) + be16(4, port)


def service_rest(addr="10.0.0.1", sched="rr", flags=0, mask=0xFFFFFFFF, timeout=0, netmask=None,
                 af=None):
    if netmask is None:
        six = af == socket.AF_INET6 or ":" in addr
        netmask = struct.pack("=I", 128) if six else b"\xff\xff\xff\xff"
    return (string(6, sched) + attribute(7, struct.pack("=II", flags, mask)) + u32(8, timeout) +
            attribute(9, netmask))


def service(addr="10.0.0.1", port=80, proto=TCP, af=None, mark=None, **rest):
    """The nest of a command that adds or edits a service."""
    return attribute(SERVICE, service_id(addr, port, proto, af, mark) +
                     service_rest(addr, af=af, **rest))


def dest_id(addr="10.0.1.1", port=80, short=False):
    raw = address(addr)
    return attribute(1, raw if short else raw.ljust(16, b"\0")) + be16(2, port)


def dest_rest(fwd=MASQ, weight=1, upper=0, lower=0, tunnel=None):
    rest = u32(3, fwd) + u32(4, weight) + u32(5, upper) + u32(6, lower)
    if tunnel:
        rest += u8(13, tunnel[0]) + be16(14, tunnel[1]) + u16(15, tunnel[2])
    return rest


def dest(addr="10.0.1.1", port=80, family=None, **rest):
    nest = dest_id(addr, port) + dest_rest(**rest)
    return attribute(DEST, nest if family is None else nest + u16(11, family))


class Family:
    """A socket in the namespace of the process, and a family's number."""

    def __init__(self, name):
        self.name = name
        self.sequence = 0
        self.interrupted = False
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.socket.bind((0, 0))
        self.socket.settimeout(30 * int(os.environ.get("NFVS_SLOW", "1")))
        self.socket.setsockopt(SOL_NETLINK, CAP_ACK, 1)
        self.socket.setsockopt(SOL_NETLINK, EXT_ACK, 1)
        self.number = 16  # the controller, which knows all others
        try:
            reply = self.request(3, string(2, name), reply=True)
        except Refused as refusal:
            raise LookupError(f"no family {name}: {refusal.name}") from refusal
        self.number = struct.unpack("=H", dict((k, v) for k, _, v in reply[0][1])[1])[0]

    def message(self, command, payload=b"", flags=F_REQUEST | F_ACK, version=1, reserved=0):
        self.sequence += 1
        return struct.pack("=IHHIIBBH", HEADERS + len(payload), self.number, flags,
                           self.sequence, 0, command, version, reserved) + payload

    def send(self, command, payload=b"", flags=F_REQUEST | F_ACK):
        self.socket.send(self.message(command, payload, flags))

    def receive(self):
        """All messages that answer what was sent last, until its acknowledgement or end."""
        got = []
        while True:
            data = self.socket.recv(1 << 16)
            at = 0
            while at < len(data):
                length, kind, flags, sequence, _ = struct.unpack_from("=IHHII", data, at)
                message = data[at : at + length]
                at += (length + 3) & ~3
                if sequence != self.sequence:
                    continue
                self.interrupted |= bool(flags & F_DUMP_INTR)
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    number = struct.unpack_from("=i", message, 16)[0] if length >= 20 else 0
                    if number:
                        raise self.refusal(kind, flags, message, -number)
                    return got
                if kind != self.number:
                    raise ValueError(f"a message of type {kind} answers {self.number}")
                got.append((message[16], attributes(message[HEADERS:], HEADERS)))

    @staticmethod
    def refusal(kind, flags, message, number):
        text = offset = None
        if flags & F_ACK_TLVS:
            start = 20
            if kind == NLMSG_ERROR:
                start = 36 if flags & F_CAPPED else 20 + struct.unpack_from("=I", message, 20)[0]
            found = values(message[start:])
            text = found[1].rstrip(b"\0").decode() if 1 in found else None
            offset = struct.unpack("=I", found[2])[0] if 2 in found else None
        return Refused(number, text, offset)

    def request(self, command, payload=b"", reply=False):
        self.send(command, payload)
        got = self.receive()
        if bool(got) != reply:
            raise ValueError(f"command {command} was answered with {len(got)} messages")
        return got

    def dump(self, command, payload=b""):
        self.interrupted = False
        self.send(command, payload, F_REQUEST | F_DUMP)
        return self.receive()

    def counters(self):
        """What GET_COUNTERS tells: values by name."""
        found = {}
        for _, _, nest in self.request(GET_COUNTERS, reply=True)[0][1]:
            pair = values(nest)
            found[pair[1].rstrip(b"\0").decode()] = struct.unpack("=Q", pair[2])[0]
        return found

    def identity(self, nest):
        """The nest that names a service again, from that of a reply."""
        return attribute(SERVICE, b"".join(attribute(kind, value)
                                           for kind, _, value in attributes(nest) if kind <= 5))

    def table(self):
        """All that a change can change, as text: to see that nothing did."""
        lines = []
        for _, top in self.dump(GET_SERVICE):
            nest = top[0][2]
            entry = [nest.hex()]
            entry += [own[0][2].hex() for _, own in self.dump(GET_DEST, self.identity(nest))]
            lines.append(" ".join(entry))
        timeouts = self.request(GET_CONFIG, reply=True)[0][1]
        return sorted(lines), [value.hex() for _, _, value in timeouts]
