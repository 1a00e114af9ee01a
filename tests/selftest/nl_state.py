# SPDX-License-Identifier: GPL-2.0-or-later
"""A configuration to change, and how to see whether anything did.

    state = State("NFVS")
    answer = state.try_message("new-service", "do", message)

A message is a list of attributes, each a list of number (with its flags) and value: bytes, or a
list of attributes.  What is right in it comes from RIGHT; what attributes there are, from abi.py.
"""

import copy
import struct

import genl
from abi import COMMANDS, SETS
from genl import DEST, SERVICE, attribute, dest, dest_id, service, service_id, string, u32

GETTERS = {name for name in COMMANDS if name.startswith("get-")}
FIRST, SIX = attribute(SERVICE, service_id()), attribute(SERVICE, service_id("fd00::1", 443))
CONFIG = u32(4, 900) + u32(5, 120) + u32(6, 300)


def be16(value):
    return struct.pack(">H", value)


def native(form, value):
    return struct.pack("=" + form, value)


# What a message carries where all is right; a command that makes something needs a new name.
RIGHT = {
    "svc": {
        "af": native("H", 2), "protocol": native("H", genl.TCP),
        "addr": genl.address("10.0.0.1").ljust(16, b"\0"), "port": be16(80),
        "sched-name": b"rr\0", "flags": struct.pack("=II", 0, 0xFFFFFFFF),
        "timeout": native("I", 0), "netmask": b"\xff" * 4,
        "on-removal": native("I", 2), "fastpath": native("I", 1),
    },
    "dest": {
        "addr": genl.address("10.0.1.1").ljust(16, b"\0"), "port": be16(80),
        "fwd-method": native("I", genl.MASQ), "weight": native("I", 5),
        "u-thresh": native("I", 9), "l-thresh": native("I", 3), "addr-family": native("H", 0),
    },
    "daemon": {"state": native("I", 1), "mcast-ifn": b"lo\0", "sync-id": native("I", 1)},
    "conn": {
        "af": native("H", 2), "protocol": native("H", genl.TCP),
        "client-addr": genl.address("10.9.0.1").ljust(16, b"\0"), "client-port": be16(5000),
        "virtual-addr": genl.address("10.0.0.1"), "virtual-port": be16(80),
        "dest-af": native("H", 2), "dest-addr": genl.address("10.0.1.1"), "dest-port": be16(80),
        "state-name": b"ESTABLISHED\0", "client-prefix": b"\x18", "virtual-prefix": b"\x20",
        "dest-prefix": b"\0",
    },
    "nfvs": {
        "timeout-tcp": native("I", 800), "timeout-tcp-fin": native("I", 100),
        "timeout-udp": native("I", 200), "brief": b"\1",
    },
}
# A transaction of one item: a new service.
RIGHT["item"] = {
    "command": bytes([genl.NEW_SERVICE]),
    "service": [[SETS["svc"][name][0], value] for name, value in RIGHT["svc"].items()],
    "dest": [[SETS["dest"][name][0], value] for name, value in RIGHT["dest"].items()],
}
next(entry for entry in RIGHT["item"]["service"] if entry[0] == 3)[1] = (
    genl.address("10.0.0.6").ljust(16, b"\0"))
LEFT_OUT = {"generation"}  # nobody knows the right one beforehand
NEW = {"new-service": ("service", "addr", "10.0.0.5"), "new-dest": ("dest", "addr", "10.0.1.5")}
NESTED = 0x8000
BRIEF = genl.u8(66, 1)


def number_of(space, name):
    return SETS[space][name][0]


def right_value(space, name):
    """Where RIGHT has none, the most harmless value of the type."""
    _, kind, nest, size, _ = SETS[space][name]
    if kind == "nest":
        return [[number_of(nest, member), value] for member, value in RIGHT.get(nest, {}).items()]
    return RIGHT[space].get(name, b"\0" if kind == "string" else bytes(size))


def right_message(command, mode):
    """Strict commands want nests marked."""
    number, modes, _ = COMMANDS[command]
    message = []
    for name in modes[mode]:
        if name in LEFT_OUT:
            continue
        flag = NESTED if number >= 64 and SETS["nfvs"][name][1] == "nest" else 0
        message.append([number_of("nfvs", name) | flag, right_value("nfvs", name)])
    if command in NEW:
        top, member, text = NEW[command]
        nest = find(message, number_of("nfvs", top))[1]
        find(nest, number_of(SETS["nfvs"][top][2], member))[1] = genl.address(text).ljust(16, b"\0")
    return copy.deepcopy(message)


def find(message, number):
    return next((entry for entry in message if entry[0] & 0x3FFF == number), None)


def encode(value):
    if isinstance(value, bytes):
        return value
    return b"".join(attribute(kind, encode(inner)) for kind, inner in value)


class State:
    def __init__(self, name):
        self.link = genl.Family(name)
        # Acknowledgements of many messages at a time.
        self.link.socket.setsockopt(1, 33, 8 << 20)  # SO_RCVBUFFORCE
        self.refused = self.accepted = self.silent = 0
        self.reset()
        self.base = self.snapshot()
        if len(self.link.dump(genl.GET_TABLE, BRIEF)) != 6:
            raise SystemExit("FAILED: cannot configure what is to be changed")

    def reset(self):
        """In one message: starting over must not take longer than a try."""
        link, sent = self.link, b""
        for command, payload in (
            (genl.FLUSH, b""),
            (genl.DEL_DAEMON, attribute(genl.DAEMON, u32(1, 1) + string(2, "lo"))),
            (genl.DEL_DAEMON, attribute(genl.DAEMON, u32(1, 2) + string(2, "lo"))),
            (genl.NEW_SERVICE, service()),
            (genl.NEW_SERVICE, service("fd00::1", 443, sched="wlc")),
            (genl.NEW_SERVICE, service(mark=7, sched="lc")),
            (genl.NEW_DEST, FIRST + dest()),
            (genl.NEW_DEST, FIRST + dest("10.0.1.2", weight=3, upper=9, lower=2)),
            (genl.NEW_DEST, SIX + dest("fd00:1::1", 443, fwd=genl.DROUTE)),
            (genl.SET_CONFIG, CONFIG),
        ):
            last = command == genl.SET_CONFIG
            sent += link.message(command, payload, genl.F_REQUEST | (genl.F_ACK if last else 0))
        link.socket.send(sent)
        link.receive()

    def raw(self, command, flags, payload=b""):
        """An answer as it is: all of it has the same sequence number each time."""
        link = self.link
        link.sequence = 0
        link.send(command, payload, genl.F_REQUEST | flags)
        data = last = link.socket.recv(1 << 16)
        while struct.unpack_from("=H", last, 4)[0] not in (genl.NLMSG_ERROR, genl.NLMSG_DONE):
            last = link.socket.recv(1 << 16)
            data += last
        link.sequence = self.sequence
        return data

    def snapshot(self, command=""):
        """All that a message can change, as it is dumped; daemons and timeouts are looked at after
        commands that deal with them only."""
        link, self.sequence = self.link, self.link.sequence + 1
        found = {"table": self.raw(genl.GET_TABLE, genl.F_DUMP, BRIEF)}
        if not command or "daemon" in command:
            found["daemons"] = self.raw(genl.GET_DAEMON, genl.F_DUMP)
        if not command or "config" in command:
            found["timeouts"] = self.raw(genl.GET_CONFIG, genl.F_ACK)
        link.sequence = self.sequence
        return found

    def answer(self, command, mode, payload, version=1, reserved=0):
        """"accepted", or the refusal; the replies are in self.replies."""
        number = COMMANDS[command][0] if isinstance(command, str) else command
        flags = genl.F_REQUEST | (genl.F_DUMP if mode == "dump" else genl.F_ACK)
        self.replies = []
        try:
            self.link.socket.send(self.link.message(number, payload, flags, version, reserved))
            self.replies = self.link.receive()
        except genl.Refused as refusal:
            return refusal
        return "accepted"

    def changed(self, command=""):
        """True if something has; then it is undone."""
        if all(self.base[part] == found for part, found in self.snapshot(command).items()):
            return False
        self.reset()
        if self.snapshot() != self.base:
            raise SystemExit("FAILED: cannot return to the configuration of the beginning")
        return True

    def try_message(self, command, mode, message):
        """Returns the answer, and what is wrong with it, if anything.  What was accepted is
        undone."""
        got = self.answer(command, mode, encode(message))
        changed = self.changed(command)
        if got == "accepted":
            self.accepted += 1
            return got, "changed something" if changed and command in GETTERS else None
        self.refused += 1
        self.silent += not got.text
        if changed:
            return got, f"was refused ({got}) and changed something"
        if got.name not in COMMANDS[command][2]:
            return got, f"was refused with {got}, which is documented nowhere"
        return got, None

    def share(self):
        told = 100 * (self.refused - self.silent) / max(self.refused, 1)
        print(f"{self.refused} refused, {self.accepted} accepted; {told:.1f} % of the refusals "
              f"with a sentence")
        return told
