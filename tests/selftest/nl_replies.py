#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel answers, attribute by attribute.

    nl_replies.py replies FAMILY	configures, prints every reply in full
    nl_replies.py refusals FAMILY MODULE	sends what must be refused, checks each refusal

The replies of two modules are compared by the caller.  An empty namespace is expected.
"""

import socket
import sys

import genl
from genl import (DEST, GET_CONFIG, GET_DEST, GET_INFO, GET_SERVICE, NEW_DEST, NEW_SERVICE,
                  SERVICE, SET_CONFIG, SET_DEST, SET_SERVICE, attribute, be16, dest, dest_id,
                  dest_rest, service, service_id, service_rest, string, u16, u32, u8)

INET, INET6 = socket.AF_INET, socket.AF_INET6
NESTS = {(SERVICE,), (DEST,), (SERVICE, 10), (SERVICE, 12), (DEST, 10), (DEST, 12)}
STATS = list(range(1, 11))
# Aligns 64-bit values where the processor needs that; User Mode Linux believes so.
STATS_PAD = 11
SERVICE_ORDER = [1, 2, 3, 4, 6, 7, 8, 9, 10, 12]
MARK_ORDER = [1, 5, 6, 7, 8, 9, 10, 12]
DEST_ORDER = [1, 2, 3, 4, 13, 14, 15, 5, 6, 7, 8, 9, 11, 10, 12]


def tree(found, path=()):
    lines = []
    for kind, _, value in found:
        here = path + (kind,)
        if here in NESTS:
            lines.append(f"  {'.'.join(map(str, here))} nest")
            lines += tree(genl.attributes(value), here)
        else:
            lines.append(f"  {'.'.join(map(str, here))} {len(value)} bytes {value.hex()}")
    return lines


def show(title, messages, in_order=True):
    shown = ["\n".join([f"command {command}"] + tree(found)) for command, found in messages]
    print(f"== {title}: {len(messages)}")
    print("\n".join(shown if in_order else sorted(shown)))


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def kinds(nest):
    return [kind for kind, _, _ in genl.attributes(nest)]


def statistics(nest):
    return {kind: value for kind, value in genl.values(nest).items() if kind != STATS_PAD}


def check_stats(nest):
    found = genl.values(nest)
    narrow, wide = statistics(found[10]), statistics(found[12])
    check(list(narrow) == STATS and list(wide) == STATS, "order of the statistics")
    check([len(value) for value in narrow.values()] == [4, 4, 4, 8, 8, 4, 4, 4, 4, 4],
          "widths of the old statistics")
    check([len(value) for value in wide.values()] == [8] * 10, "widths of the 64-bit statistics")


def check_service(command, found):
    check(command == NEW_SERVICE and found[0][0] == SERVICE, "a service comes first")
    nest = found[0][2]
    check(kinds(nest) in (SERVICE_ORDER, MARK_ORDER), f"order in a service: {kinds(nest)}")
    service_values = genl.values(nest)
    flags = int.from_bytes(service_values[7][:4], sys.byteorder)
    check(flags & 2 and service_values[7][4:] == b"\xff" * 4, "flag HASHED and a full mask")
    check(len(service_values.get(3, bytes(16))) == 16, "16 bytes of address")
    check_stats(nest)


def check_dest(command, found):
    check(command == NEW_DEST and found[0][0] == DEST, "a real server comes first")
    check(kinds(found[0][2]) == DEST_ORDER, f"order in a real server: {kinds(found[0][2])}")
    check_stats(found[0][2])


def configure(link):
    """Every form that requests of the usual programs have."""
    link.request(NEW_SERVICE, service(sched="wlc"))
    link.request(NEW_SERVICE, attribute(SERVICE, service_id("10.0.0.2", 53, genl.UDP, short=True) +
                                        service_rest(sched="rr")))
    link.request(NEW_SERVICE, service("fd00::1", 443, sched="wrr"))
    link.request(NEW_SERVICE, service(mark=5, sched="lc"))
    link.request(NEW_SERVICE, service(mark=5, af=INET6, sched="none"))
    # A nest with its flag, an unknown attribute behind, HASHED and a scheduler's flag given.
    link.request(NEW_SERVICE, attribute(SERVICE | 0x8000, service_id("10.0.0.3") +
                                        service_rest(flags=0x0A, mask=0xFF)) + u32(99, 1))
    link.request(SET_SERVICE, service("10.0.0.3", flags=0x10, mask=0x18, sched="wrr"))

    first = attribute(SERVICE, service_id())
    link.request(NEW_DEST, first + dest())
    link.request(NEW_DEST, first + dest("10.0.1.2", 8080, family=0, fwd=genl.DROUTE, weight=0))
    link.request(NEW_DEST, first + dest("10.0.1.3", 80, family=INET, weight=0x7FFFFFFF, upper=9,
                                        lower=3))
    link.request(NEW_DEST, first + attribute(DEST, dest_id("10.0.1.4", short=True) + dest_rest()))
    link.request(NEW_DEST, first + dest("127.0.0.1"))
    link.request(SET_DEST, first + dest("10.0.1.4", weight=7, upper=5))
    # A full nest names a service as well as a short one does; its scheduler may be empty.
    full = attribute(SERVICE, service_id("fd00::1", 443) + service_rest("fd00::1", sched=""))
    link.request(NEW_DEST, full + dest("fd00:1::1", 443))
    link.request(NEW_DEST, full + dest("fd00:1::2", 0, fwd=genl.DROUTE))
    link.request(NEW_DEST, attribute(SERVICE, service_id(mark=5, af=INET6)) +
                 dest("fd00:1::3", 80))
    return first, full


def replies(name):
    link = genl.Family(name)
    first, full = configure(link)
    services = link.dump(GET_SERVICE)
    check(len(services) == 6, f"{len(services)} services instead of 6")
    for command, found in services:
        check_service(command, found)
    show("all services", services, in_order=False)
    show("all services, asked with an empty nest", link.dump(GET_SERVICE, attribute(SERVICE, b"")),
         in_order=False)
    for title, nest in (("the first", first), ("a full nest", full)):
        one = link.request(GET_SERVICE, nest, reply=True)
        check_service(*one[0])
        show(f"one service, {title}", one)
        dests = link.dump(GET_DEST, nest)
        for command, found in dests:
            check_dest(command, found)
        show(f"real servers, {title}", dests)
    show("real servers of no service", link.dump(GET_DEST))
    show("real servers of an empty nest", link.dump(GET_DEST, attribute(SERVICE, b"")))
    show("real servers of an unknown one",
         link.dump(GET_DEST, attribute(SERVICE, service_id("10.9.9.9"))))
    show("sync daemons", link.dump(genl.GET_DAEMON))

    show("timeouts", link.request(GET_CONFIG, reply=True))
    link.request(SET_CONFIG, u32(4, 100))
    link.request(SET_CONFIG, u32(5, 0) + u32(6, 30))
    show("timeouts after a change", link.request(GET_CONFIG, reply=True))

    command, found = link.request(GET_INFO, reply=True)[0]
    check(command == genl.SET_INFO and [kind for kind, _, _ in found][:2] == [1, 2], "information")
    check(len(found[1][2]) == 4, "size of the table")
    print("== information", found[0][2].hex())

    link.request(genl.ZERO, full)
    link.request(genl.ZERO)
    link.request(genl.DEL_DEST, first + attribute(DEST, dest_id("10.0.1.2", 8080)))
    link.request(genl.DEL_DEST, full + dest("fd00:1::1", 443))
    link.request(genl.DEL_SERVICE, attribute(SERVICE, service_id(mark=5)))
    show("real servers after a deletion", link.dump(GET_DEST, first))
    show("services after a deletion", link.dump(GET_SERVICE), in_order=False)
    link.request(genl.FLUSH)
    show("services after a flush", link.dump(GET_SERVICE))


def nest_without(kind, nest, top):
    return attribute(top, b"".join(attribute(other, value)
                                   for other, _, value in genl.attributes(nest) if other != kind))


def service_refusals():
    """Rows of title, command, payload, errno, path of the attribute at fault, and what in-tree
    ip_vs says where that differs: "" where it accepts, None where that depends on its version."""
    svc, six = "10.0.0.8", "fd00::8"
    full = service_id(svc) + service_rest()
    rows = [
        ("no nest", b"", "EINVAL", None),
        ("an empty nest", attribute(SERVICE, b""), "EINVAL", (1,)),
        ("AF_UNIX", attribute(SERVICE, u16(1, 1) + full[8:]), "EAFNOSUPPORT", (1, 1)),
        ("a family of one byte", attribute(SERVICE, u8(1, 2) + full[8:]), "EINVAL", (1, 1)),
        ("one that exists", service(), "EEXIST", (1,)),
        ("a mark that exists", service(mark=7), "EEXIST", (1,)),
        ("an unknown scheduler", service(svc, sched="nonsense"), "ENOENT", (1, 6)),
        ("an empty scheduler", service(svc, sched=""), "ENOENT", (1, 6)),
        ("a long scheduler", service(svc, sched="s" * 16), "EINVAL", (1, 6)),
        ("an unknown engine", attribute(SERVICE, full + string(11, "nonsense")), "ENOENT", (1, 11)),
        ("prefix 0", service(six, netmask=bytes(4)), "EINVAL", (1, 9)),
        ("prefix 129", service(six, netmask=(129).to_bytes(4, sys.byteorder)), "EINVAL", (1, 9)),
        # What in-tree accepts: half an address, half of the flags, protocols nobody speaks, a
        # mark that no packet has, flags that mean nothing, there or at all, and times that it
        # cannot count.
        ("4 bytes of IPv6", attribute(SERVICE, u16(1, INET6) + service_id(svc, short=True)[8:] +
                                       service_rest(six)), "EINVAL", (1, 3), ""),
        ("flags of 4 bytes", attribute(SERVICE, service_id(svc) + string(6, "rr") + u32(7, 0) +
                                       u32(8, 0) + u32(9, 0xFFFFFFFF)), "EINVAL", (1, 7), ""),
        ("protocol 300", service(svc, proto=300), "EINVAL", (1, 2), ""),
        ("mark 0", service(mark=0), "EINVAL", (1, 5), ""),
        ("unknown flags", service(svc, flags=0x40), "EINVAL", (1, 7), ""),
        ("one packet of TCP", service(svc, flags=4), "EINVAL", (1, 7), ""),
        ("persistence of 32 days", service(svc, flags=1, timeout=32 * 86400), "EINVAL", (1, 8), ""),
        # What this version does not offer.
        ("protocol 1", service(svc, proto=1), "EPROTONOSUPPORT", (1, 2), ""),
    ]
    rows += [(f"no attribute {kind}", nest_without(kind, full, SERVICE), "EINVAL", (1,))
             for kind in (1, 2, 3, 4, 6, 7, 8, 9)]
    rows = [(f"add a service: {row[0]}", NEW_SERVICE) + row[1:] for row in rows]
    gone = attribute(SERVICE, service_id("10.9.9.9"))
    rows += [
        ("edit an unknown service", SET_SERVICE, service("10.9.9.9"), "ESRCH", (1,)),
        ("edit: unknown scheduler", SET_SERVICE, service(sched="nonsense"), "ENOENT", (1, 6)),
        ("edit: incomplete", SET_SERVICE, attribute(SERVICE, service_id()), "EINVAL", (1,)),
        ("edit: one packet", SET_SERVICE, service(flags=4), "EINVAL", (1, 7), ""),
        ("delete an unknown service", genl.DEL_SERVICE, gone, "ESRCH", (1,)),
        ("delete: no nest", genl.DEL_SERVICE, b"", "EINVAL", None),
        ("get an unknown service", GET_SERVICE, gone, "ESRCH", (1,)),
        ("get: no nest", GET_SERVICE, b"", "EINVAL", None),
        ("zero an unknown service", genl.ZERO, gone, "ESRCH", (1,)),
        ("zero: empty nest", genl.ZERO, attribute(SERVICE, b""), "EINVAL", (1,)),
    ]
    return rows


def dest_refusals():
    svc = attribute(SERVICE, service_id())
    six = attribute(SERVICE, service_id("fd00::1", 443))
    full = dest_id("10.0.1.8") + dest_rest()
    rows = [
        ("no nest", svc, "EINVAL", None),
        ("an empty nest", svc + attribute(DEST, b""), "EINVAL", (2,)),
        ("no service", dest(), "EINVAL", None),
        ("an unknown service", attribute(SERVICE, service_id("10.9.9.9")) + dest(), "ESRCH", (1,)),
        ("one that exists", svc + dest(), "EEXIST", (2,)),
        ("weight -1", svc + dest("10.0.1.8", weight=-1), "ERANGE", (2, 4)),
        ("lower above upper", svc + dest("10.0.1.8", upper=3, lower=4), "ERANGE", (2, 6)),
        # Some versions of ip_vs accept this one.
        ("upper 2^31", svc + dest("10.0.1.8", upper=1 << 31), "EINVAL", (2, 5), None),
        ("IPv4 multicast", svc + dest("224.0.0.1"), "EINVAL", (2, 1)),
        ("IPv4 broadcast", svc + dest("255.255.255.255"), "EINVAL", (2, 1)),
        ("IPv4 nothing", svc + dest("0.0.0.0"), "EINVAL", (2, 1)),
        ("IPv6 multicast", six + dest("ff02::1"), "EINVAL", (2, 1)),
        ("IPv6 link-local", six + dest("fe80::1"), "EINVAL", (2, 1)),
        ("IPv6 nothing", six + dest("::"), "EINVAL", (2, 1)),
        ("AF_UNIX", svc + dest("10.0.1.8", family=1), "EAFNOSUPPORT", (2, 11)),
        ("IPv6 through NAT", svc + dest("fd00::9", family=INET6), "EINVAL", (2, 11)),
        ("a port of one byte", svc + attribute(DEST, full[:20] + u8(2, 1) + dest_rest()), "EINVAL",
         (2, 2)),
        ("5 bytes of IPv4", svc + attribute(DEST, attribute(1, bytes([10, 0, 1, 8, 0])) +
                                            full[20:]), "EINVAL", (2, 1), ""),
        ("GUE without a port", svc + dest("10.0.1.8", fwd=genl.TUNNEL, tunnel=(1, 0, 0)),
         "EINVAL", (2, 14)),
        ("GUE without a port, no tunnel", svc + dest("10.0.1.8", tunnel=(1, 0, 0)),
         "EINVAL", (2, 14)),
        ("an unknown tunnel", svc + dest("10.0.1.8", fwd=genl.TUNNEL, tunnel=(3, 0, 0)),
         "EINVAL", (2, 13), ""),
        ("GRE with a port", svc + dest("10.0.1.8", fwd=genl.TUNNEL, tunnel=(2, 5, 0)),
         "EINVAL", (2, 14), ""),
        ("GRE with remcsum", svc + dest("10.0.1.8", fwd=genl.TUNNEL, tunnel=(2, 0, 2)),
         "EINVAL", (2, 15), ""),
        ("IPIP with a checksum", svc + dest("10.0.1.8", fwd=genl.TUNNEL, tunnel=(0, 0, 1)),
         "EINVAL", (2, 15), ""),
        ("local node", svc + dest("10.0.1.8", fwd=1), "EOPNOTSUPP", (2, 3), ""),
        ("bypass", svc + dest("10.0.1.8", fwd=4), "EOPNOTSUPP", (2, 3), ""),
    ]
    rows += [(f"no attribute {kind}", svc + nest_without(kind, full, DEST), "EINVAL", (2,))
             for kind in (1, 2, 3, 4, 5, 6)]
    rows = [(f"add a real server: {row[0]}", NEW_DEST) + row[1:] for row in rows]
    unknown = attribute(DEST, dest_id("10.0.1.9"))
    rows += [
        ("edit an unknown real server", SET_DEST, svc + dest("10.0.1.9"), "ENOENT", (2,)),
        ("edit: weight -1", SET_DEST, svc + dest(weight=-1), "ERANGE", (2, 4)),
        ("edit: lower above upper", SET_DEST, svc + dest(upper=1, lower=2), "ERANGE", (2, 6)),
        ("edit: incomplete", SET_DEST, svc + attribute(DEST, dest_id()), "EINVAL", (2,)),
        ("edit: GUE without a port", SET_DEST, svc + dest(fwd=genl.TUNNEL, tunnel=(1, 0, 0)),
         "EINVAL", (2, 14)),
        ("delete an unknown real server", genl.DEL_DEST, svc + unknown, "ENOENT", (2,)),
        ("delete: unnamed", genl.DEL_DEST, svc + attribute(DEST, be16(2, 80)), "EINVAL", (2,)),
    ]
    return rows


def other_refusals():
    daemon = u32(1, 1) + string(2, "lo") + u32(3, 1)
    return [
        ("a timeout too long", SET_CONFIG, u32(4, 50) + u32(5, 0x7FFFFFFF), "EINVAL", (5,)),
        ("a timeout of 2 bytes", SET_CONFIG, u16(6, 5), "ERANGE", (6,)),
        ("start a daemon: no nest", genl.NEW_DAEMON, b"", "EINVAL", None),
        ("start a daemon: state 3", genl.NEW_DAEMON,
         attribute(genl.DAEMON, u32(1, 3) + daemon[8:]), "EINVAL", (3, 1)),
        ("start a daemon: no interface", genl.NEW_DAEMON,
         attribute(genl.DAEMON, u32(1, 1) + u32(3, 1)), "EINVAL", (3,)),
        ("start a daemon", genl.NEW_DAEMON, attribute(genl.DAEMON, daemon), "EOPNOTSUPP", (3,), ""),
        ("stop a daemon: no nest", genl.DEL_DAEMON, b"", "EINVAL", None),
        ("stop a daemon: none runs", genl.DEL_DAEMON, attribute(genl.DAEMON, daemon), "ESRCH",
         (3,)),
    ]


def offset_of(payload, path):
    """Where in its message the last attribute of a path begins."""
    start, data, found = genl.HEADERS, payload, None
    for wanted in path:
        found = [(offset, value) for kind, offset, value in genl.attributes(data, start)
                 if kind & 0x3FFF == wanted][-1]
        start, data = found[0] + 4, found[1]
    return found[0]


def prepare(link):
    link.request(genl.FLUSH)
    link.request(NEW_SERVICE, service())
    link.request(NEW_SERVICE, service("fd00::1", 443))
    link.request(NEW_SERVICE, service(mark=7))
    link.request(NEW_DEST, attribute(SERVICE, service_id()) + dest())
    return link.table()


def refusals(name, module):
    link = genl.Family(name)
    before, wrong = prepare(link), []
    for title, command, payload, expected, path, *deviation in (
            service_refusals() + dest_refusals() + other_refusals()):
        if module == "ip_vs" and deviation:
            expected = deviation[0]
            # ip_vs accepts it, and takes minutes to end it again.
            if title == "start a daemon":
                continue
        got, refusal = "", None
        try:
            link.request(command, payload)
        except genl.Refused as refused:
            got, refusal = refused.name, refused
        if expected is not None and got != expected:
            wrong.append(f"{title}: {got or 'accepted'} instead of {expected or 'accepted'}")
        if module == "ip_vs":
            if not got:
                prepare(link)
            continue
        if refusal and not refusal.text:
            wrong.append(f"{title}: refused without a word")
        if refusal and path and refusal.offset != offset_of(payload, path):
            wrong.append(f"{title}: offset {refusal.offset} instead of {offset_of(payload, path)}"
                         f" ({refusal.text})")
        if refusal and link.table() != before:
            wrong.append(f"{title}: changed something")
            before = prepare(link)
    check(not wrong, "refusals\n  " + "\n  ".join(wrong))


if sys.argv[1] == "replies":
    replies(sys.argv[2])
else:
    refusals(*sys.argv[2:])
