#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""nl_edges.py STEP: names, numbers and flags at their edges, and messages as a whole.

Numbers are accepted exactly where the specification says; what it leaves to a version of nfvs
may be accepted or refused, in words.  With STEP 3, every third number is
tried and the like.
"""

import struct
import sys

import genl
from abi import COMMANDS, SETS
from genl import F_ACK, F_DUMP, F_REQUEST, SERVICE, attribute, service, service_id, string, u16, u32
from nl_state import (FIRST, State, encode, find, native, number_of, right_message)

HASHED = 2
NAMES = [b"\0", b"rr", b"rr\0", b"x" * 14 + b"\0", b"x" * 15 + b"\0", b"x" * 15, b"x" * 16 + b"\0",
         b"x" * 16, b"x" * 17 + b"\0", b"x" * 300 + b"\0", b"/\0", b"..\0", b"../../rr\0",
         b"r\0r\0", b"rr\0\xff\xff", b"\x80\xff\0", b"%s%n\0", b"ip_vs_ftp\0", b" rr\0", b""]
EDGES = [0, 1, 2, 3, 127, 128, 129, 255, 256, (1 << 15) - 1, 1 << 15, (1 << 15) + 1, (1 << 16) - 1,
         1 << 16, (1 << 31) - 1, 1 << 31, (1 << 31) + 1, (1 << 32) - 1]
# Where the kernel's clock ends, for whichever HZ a kernel has.
EDGES += [(1 << 31) // hz + add for hz in (100, 250, 1000) for add in (-1, 0, 1)]
BITS = {"u8": 8, "u16": 16, "u32": 32}
FORMS = {"u8": "B", "u16": "H", "u32": "I"}
BIG_ENDIAN = {"port", "client-port", "virtual-port", "dest-port", "tun-port", "mcast-group"}


def timeout_fits(value):
    """The kernel's HZ is unknown here: clear is what every one accepts or refuses."""
    return True if value <= 0x7FFFFFFF // 1000 else False if value > 0x7FFFFFFF // 100 else None


# With all else as in nl_state.RIGHT.  True: must be accepted; False: must be refused; None: depends on the version.
ACCEPTED = {
    ("svc", "af"): lambda v: None if v in (2, 10) else False,
    ("svc", "protocol"): lambda v: v in (genl.TCP, genl.UDP, genl.SCTP),
    ("svc", "port"): lambda v: True if v else None,
    ("svc", "fwmark"): lambda v: v != 0,
    ("svc", "netmask"): lambda v: True,
    ("svc", "timeout"): lambda v: v <= 2678400,
    ("svc", "on-removal"): lambda v: v <= 3,
    ("svc", "fastpath"): lambda v: v <= 3,
    ("dest", "port"): lambda v: True,
    ("dest", "fwd-method"): lambda v: v & 7 in (0, 2, 3),
    ("dest", "tun-type"): lambda v: v in (0, 2),  # GUE needs a port
    ("dest", "tun-port"): lambda v: v == 0,  # IPIP has none
    ("dest", "tun-flags"): lambda v: v == 0,
    ("dest", "weight"): lambda v: v < 1 << 31,
    ("dest", "u-thresh"): lambda v: 3 <= v < 1 << 31 if v != 0 else False,
    ("dest", "l-thresh"): lambda v: v <= 9,
    ("dest", "addr-family"): lambda v: v in (0, 2),
    ("daemon", "state"): lambda v: None if v in (1, 2) else False,
    ("nfvs", "timeout-tcp"): timeout_fits, ("nfvs", "timeout-tcp-fin"): timeout_fits,
    ("nfvs", "timeout-udp"): timeout_fits,
    ("nfvs", "brief"): lambda v: True,
    # A transaction of one item, whose service is not there yet.
    ("item", "command"): lambda v: v in (1, 17),
    ("conn", "af"): lambda v: None if v in (2, 10) else False,
    ("conn", "dest-af"): lambda v: None if v in (2, 10) else False,
    ("conn", "client-prefix"): lambda v: v <= 32, ("conn", "virtual-prefix"): lambda v: v <= 32,
    ("conn", "dest-prefix"): lambda v: v <= 32,
}
STEP = int(sys.argv[1])
COMMAND_OF = {"svc": "new-service", "dest": "new-dest", "daemon": "new-daemon", "conn": "del-conn",
              "item": "commit"}
wrong = []


def expect(condition, what):
    if not condition:
        wrong.append(what)


def command_for(space, name):
    if space != "nfvs":
        return COMMAND_OF[space], "do"
    if name == "brief":
        return "get-table", "dump"
    return "commit" if name == "generation" else "set-config", "do"


def with_value(space, name, raw):
    command, mode = command_for(space, name)
    message = right_message(command, mode)
    top = next((number for number, _, nest, _, _ in SETS["nfvs"].values() if nest == space), None)
    entries = find(message, top)[1] if top else message
    entry = find(entries, number_of(space, name))
    if entry:
        entry[1] = raw
    else:
        entries.append([number_of(space, name), raw])
    return command, mode, message


def inbound(kinds):
    """Attributes of requests, of these types."""
    wanted = {name for _, modes, _ in COMMANDS.values() for names in modes.values()
              for name in names}
    for space, members in SETS.items():
        for name, (_, kind, _, _, replies_only) in members.items():
            if kind in kinds and not replies_only and (space != "nfvs" or name in wanted):
                yield space, name, kind


def check_numbers(state):
    for space, name, kind in inbound(BITS):
        accepted = ACCEPTED.get((space, name), lambda value: None)
        form = (">" if name in BIG_ENDIAN else "=") + FORMS[kind]
        for value in sorted({edge for edge in EDGES if edge < 1 << BITS[kind]})[::STEP]:
            got, problem = state.try_message(*with_value(space, name, struct.pack(form, value)))
            must = accepted(value)
            if not problem and must is not None and must != (got == "accepted"):
                problem = f"{got}"
            expect(not problem, f"{space}.{name} = {value:#x}: {problem}")


def check_names(state):
    for space, name, _ in inbound({"string"}):
        limit = SETS[space][name][3]
        for raw in NAMES:
            got, problem = state.try_message(*with_value(space, name, raw))
            ends = raw.find(b"\0")
            if got == "accepted" and not 0 <= ends <= limit:
                problem = "accepted"
            if got == "accepted" and space == "svc" and raw[:ends] not in (b"rr", b""):
                problem = f"accepted as {raw[:ends]}"
            expect(not problem, f"{space}.{name} = {raw[:20]}: {problem}")


def stored(state):
    """What the service has that NEW_SERVICE of a right message adds."""
    nest = attribute(SERVICE, service_id("10.0.0.5"))
    top = state.link.request(genl.GET_SERVICE, nest, reply=True)[0][1]
    return genl.values(top[0][2])


def stored_flags(state):
    return struct.unpack("=II", stored(state)[7])


def check_flags(state):
    """Each bit alone and all; none is stored that was not given, HASHED is shown always."""
    for flags in [1 << bit for bit in range(32)] + [0, 0x38, 0xFFFFFFFF]:
        payload = encode(with_value("svc", "flags", struct.pack("=II", flags, 0xFFFFFFFF))[2])
        got = state.answer("new-service", "do", payload)
        if got == "accepted":
            expect(flags & ~0x3F == 0, f"flags {flags:#x} were accepted")
            expect(stored_flags(state) == (flags | HASHED, 0xFFFFFFFF),
                   f"flags {flags:#x} became {stored_flags(state)}")
        else:
            expect(flags & ~(8 | 16 | 32 | HASHED), f"flags {flags:#x}: {got}")
            expect(got.text, f"flags {flags:#x} were refused without a word")
        state.changed()
    # What the mask leaves out stays as it was, whatever the flags say.
    payload = encode(with_value("svc", "flags", struct.pack("=II", 8, 8))[2])
    expect(state.answer("new-service", "do", payload) == "accepted", "flag SCHED1 alone")
    for flags, mask, stored in ((0xFFFFFFFF, 0, 8), (0x18, 0x10, 0x18), (0, 8, 0x10),
                                (HASHED, HASHED, 0x10), (0, HASHED, 0x10)):
        payload = encode(with_value("svc", "flags", struct.pack("=II", flags, mask))[2])
        got = state.answer("set-service", "do", payload)
        expect(got == "accepted" and stored_flags(state)[0] == stored | HASHED,
               f"flags {flags:#x} with mask {mask:#x}: {got}, {stored_flags(state)}")
    state.changed()


def without(message, space, name):
    """The message, whose first nest is of that space, without an attribute."""
    entries = message[0][1]
    entries.remove(find(entries, number_of(space, name)))
    return message


def check_policies(state):
    """What is given is kept by edits that do not name it, and shown unless it is the default."""
    for name, default in (("on-removal", 0), ("fastpath", 3)):
        number = number_of("svc", name)
        unnamed = encode(without(right_message("new-service", "do"), "svc", name))
        for value in range(4):
            for command, payload in (
                    ("new-service", encode(with_value("svc", name, struct.pack("=I", value))[2])),
                    ("set-service", unnamed)):
                got = state.answer(command, "do", payload)
                expect(got == "accepted", f"{command}, {name} {value}: {got}")
                told = stored(state).get(number)
                expect(told == (None if value == default else struct.pack("=I", value)),
                       f"{command}, {name} {value}: {told}")
            state.changed()
        state.answer("new-service", "do", unnamed)
        expect(number not in stored(state), f"a service without {name} has one")
        for value in (4, 256 + default, 1 << 31):
            payload = encode(with_value("svc", name, struct.pack("=I", value))[2])
            got = state.answer("set-service", "do", payload)
            expect(got != "accepted" and got.name == "EINVAL" and got.text,
                   f"{name} = {value:#x}: {got}")
            expect(number not in stored(state), f"{name} = {value:#x} was refused and stored")
        state.changed()


def check_headers(state):
    """Versions, reserved bits and flags of the headers: as the kernel's rules are, and nothing
    crashes; strict commands want no reserved bits."""
    for version in (0, 1, 2, 255):
        got = state.answer("get-info", "do", b"", version=version)
        expect(got == "accepted", f"version {version}: {got}")
    expect(state.answer("get-info", "do", b"", reserved=5) == "accepted", "reserved bits, as ip_vs")
    got = state.answer("get-counters", "do", b"", reserved=5)
    expect(got != "accepted" and got.name == "EINVAL", f"reserved bits of a new command: {got}")
    for command in sorted({number for number, _, _ in COMMANDS.values()} | {0, 14, 18, 63, 68, 255}):
        for flags in (0, 0x100, 0x200, 0xFCFF, 2, 8, 0x10, 0x400, 0x800, 0xF00, 0xFFFB)[::STEP]:
            send_and_drain(state, command, b"", flags | F_REQUEST)
            send_and_drain(state, command, FIRST, flags & ~F_REQUEST)
            if state.changed() and command not in (genl.FLUSH, genl.DEL_SERVICE, genl.SET_SERVICE):
                wrong.append(f"command {command} with flags {flags:#x} changed something")


def send_and_drain(state, command, payload, flags):
    """Whatever answers there are; the last one belongs to a message that is always answered."""
    link = state.link
    link.socket.send(link.message(command, payload, flags))
    while True:
        try:
            link.send(genl.GET_INFO)
            link.receive()
            return
        except genl.Refused:
            continue


def check_many_at_once(state):
    """Messages that share a buffer are judged each by itself, up to one of impossible length."""
    link, count = state.link, 300
    many = [link.message(genl.NEW_SERVICE, service("10.2.0.1", port), F_REQUEST)
            if port % 3 else link.message(genl.NEW_SERVICE, service("10.2.0.1", port, sched="no"),
                                          F_REQUEST)
            for port in range(1, count + 1)]
    link.socket.send(b"".join(many) + link.message(genl.GET_INFO))
    link.receive()
    expect(len(link.dump(genl.GET_SERVICE)) == 3 + count - count // 3, "services of one buffer")
    state.changed()
    for length in (0, 1, 15, 16, 19, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF):
        bad = bytearray(link.message(genl.FLUSH, b"", F_REQUEST))
        struct.pack_into("=I", bad, 0, length)
        link.socket.send(many[0] + bytes(bad) + link.message(genl.FLUSH, b"", F_REQUEST))
        link.send(genl.GET_INFO)
        link.receive()
        expect(len(link.dump(genl.GET_SERVICE)) in (4, 0), f"a message of length {length}")
        state.changed()


def check_large(state):
    """64 KiB in one message: as one attribute, as 16 000, as nests in nests."""
    deep = b""
    for _ in range(2000):
        deep = attribute(SERVICE, deep)
    payloads = (
        ("one attribute", attribute(200, bytes(65500))), ("many", u16(200, 1) * 8000),
        ("the same", string(1, "") * 8000), ("a nest of many", attribute(SERVICE, u16(1, 2) * 8000)),
        ("nests in nests", deep), ("a short one at the end", bytes(65000) + b"\x05\0\1"),
        ("a long name", attribute(SERVICE, service_id("10.0.0.5") + attribute(6, b"r" * 60000))),
    )
    for what, payload in payloads[::STEP]:
        for command, (_, modes, _) in COMMANDS.items():
            for mode in modes:
                got = state.answer(command, mode, payload)
                if got == "accepted" and command not in ("flush", "zero"):
                    expect(command.startswith("get-") or command == "set-config",
                           f"{command} accepted 64 KiB: {what}")
                expect(not state.changed(command) or command == "flush",
                       f"{command}: 64 KiB changed something: {what}")


def check_leaks(state):
    """Replies carry neither addresses of the kernel nor bytes that nobody wrote."""
    link = state.link
    garbage = genl.address("10.0.0.5") + b"\xaa" * 12
    _, _, message = with_value("svc", "addr", garbage)
    expect(state.answer("new-service", "do", encode(message)) == "accepted", "an address and more")
    own = genl.values(link.request(genl.GET_SERVICE, attribute(SERVICE, service_id("10.0.0.5")),
                                   reply=True)[0][1][0][2])
    expect(own[3] == garbage[:4] + bytes(12), f"the address came back as {own[3].hex()}")
    for command, (number, modes, _) in COMMANDS.items():
        for mode in modes:
            if not command.startswith("get-"):
                continue
            data = state.raw(number, F_DUMP if mode == "dump" else F_ACK,
                             FIRST if command in ("get-service", "get-dest") else b"")
            for at in range(0, len(data) - 7, 4):
                word = struct.unpack_from("=Q", data, at)[0]
                # A full mask with flags beside it is none.
                expect(word < 0xFFFF800000000000 or word == (1 << 64) - 1 or
                       0xFFFFFFFF00000000 <= word < 0xFFFFFFFF80000000,
                       f"{command}: something like an address: {word:#x}")
    state.changed()


state = State("NFVS")
for check in (check_numbers, check_names, check_flags, check_policies, check_headers,
              check_many_at_once, check_large, check_leaks):
    check(state)
state.share()
expect(state.silent * 20 <= state.refused, "too many refusals without a sentence")
if wrong:
    sys.exit("FAILED:\n  " + "\n  ".join(wrong[:60]))
