#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Dumps of nfvs's own: tables and connections, whole and filtered; ending connections.

Run in the director's namespace of a topology whose peers keep connections open, which nl_dumps.sh
describes on the command line: one "TCP|UDP CLIENT-PORT VIP REAL-SERVER" each.
"""

import socket
import struct
import sys

import genl
from genl import (CONN, DEL_CONN, GET_CONN, GET_TABLE, NESTED, attribute, be16, service_id, string, u16,
                  u32, u8)

BRIEF, COUNT = 66, 67


def nest(kind, value):
    """These commands are strict: a nest says that it is one."""
    return attribute(kind | NESTED, value)


def expect(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}\n  expected: {wanted}\n  got:      {got}")


def refused(link, command, payload, text, dump=True):
    try:
        (link.dump if dump else link.request)(command, payload)
    except genl.Refused as refusal:
        expect((refusal.name, refusal.text), ("EINVAL", text), "refusal")
    else:
        sys.exit(f"not refused: {text}")


def rows(link, payload=b""):
    """The nests of a table, by themselves."""
    return [(top[0][0], top[0][2]) for _, top in link.dump(GET_TABLE, payload)]


def from_older_dumps(link):
    found = []
    for _, top in link.dump(genl.GET_SERVICE):
        found.append((genl.SERVICE, top[0][2]))
        found += [(genl.DEST, own[0][2])
                  for _, own in link.dump(genl.GET_DEST, link.identity(top[0][2]))]
    return found


def without_stats(row):
    kept = [(k, v) for k, _, v in genl.attributes(row[1]) if k not in (10, 12)]
    return row[0], b"".join(attribute(k, v) for k, v in kept)


def while_unchanged(link, check):
    """Rates are worked out anew every two seconds: a check counts where nothing changed meanwhile."""
    while True:
        before, failure = from_older_dumps(link), None
        try:
            check(link)
        except SystemExit as failed:
            failure = failed
        if from_older_dumps(link) != before:
            continue
        if failure:
            raise failure
        return


def check_tables(link):
    table = rows(link)
    expect(table, from_older_dumps(link), "the table, and the older dumps")
    expect(rows(link, u8(BRIEF, 0)), table, "BRIEF of 0")
    expect(rows(link, u8(BRIEF, 1)), [without_stats(row) for row in table], "without statistics")

    six = nest(genl.SERVICE, service_id("fd00:1::100", 80))
    expect(rows(link, six), rows_of(table, "fd00:1::100", 80), "one service")
    expect(rows(link, nest(genl.SERVICE, service_id("10.9.9.9", 80))), [], "a service not there")

    wanted = [row for row in table if row[0] == genl.SERVICE or has(row, "10.0.2.12")]
    wanted = [row for i, row in enumerate(wanted)
              if row[0] == genl.DEST or wanted[i + 1 : i + 2] and wanted[i + 1][0] == genl.DEST]
    only = attribute(1, genl.address("10.0.2.12"))
    expect(rows(link, nest(genl.DEST, only)), wanted, "one real server everywhere")
    expect(len(wanted) >= 4, True, "services with that real server")
    expect(rows(link, nest(genl.DEST, only + be16(2, 9))), [], "on a port that none has")
    refused(link, GET_TABLE, nest(genl.DEST, be16(2, 80)), "real servers are chosen by address")
    refused(link, GET_TABLE, nest(genl.SERVICE, u16(1, 2)),
            "a service needs mark, or protocol, address, port")


def has(row, text):
    return row[0] == genl.DEST and genl.values(row[1])[1].startswith(genl.address(text))


def rows_of(table, addr, port):
    start = next(i for i, row in enumerate(table) if row[0] == genl.SERVICE
                 and service_id(addr, port) == row[1][: len(service_id(addr, port))])
    end = next((i for i in range(start + 1, len(table)) if table[i][0] == genl.SERVICE),
               len(table))
    return table[start:end]


def text_of(value):
    return socket.inet_ntop(socket.AF_INET6, value) if any(value[4:]) else socket.inet_ntop(
        socket.AF_INET, value[:4])


def conns(link, payload=b""):
    found = []
    for _, top in link.dump(GET_CONN, payload):
        own = genl.values(top[0][2])
        proto = {genl.TCP: "TCP", genl.UDP: "UDP"}[struct.unpack("=H", own[2])[0]]
        found.append(" ".join([proto, str(struct.unpack(">H", own[4])[0]), text_of(own[5]),
                               text_of(own[8])]))
        state = own[10].rstrip(b"\0").decode()
        expect(state, "UDP" if proto == "UDP" else "ESTABLISHED", "state")
        seconds = struct.unpack("=I", own[11])[0]
        expect(seconds in range(100, 901), True, f"expiry in {seconds} s")
    return sorted(found)


def check_conns(link, all_conns):
    def pick(*words):
        return [c for c in all_conns if all(f" {word} " in f" {c} " for word in words)]

    def choose(*attributes):
        return conns(link, nest(CONN, b"".join(attributes)))

    four, six = u16(1, socket.AF_INET), u16(1, socket.AF_INET6)
    expect(conns(link), all_conns, "all connections")
    expect(choose(), all_conns, "an empty filter")
    expect(choose(u16(2, genl.TCP)), pick("TCP"), "by protocol")
    expect(choose(six), [c for c in all_conns if ":" in c], "by family")
    expect(choose(be16(4, 5002)), pick("5002"), "by the client's port")
    expect(choose(four, attribute(5, genl.address("10.0.1.100"))), pick("10.0.1.100"),
           "by virtual address")
    expect(choose(four, attribute(3, genl.address("10.0.1.99")), u8(16, 24)),
           [c for c in all_conns if ":" not in c], "by the client's network")
    expect(choose(four, attribute(3, genl.address("10.0.1.99")), u8(16, 32)), [],
           "by another client")
    expect(choose(six, attribute(8, genl.address("fd00:2::")), u8(18, 64)),
           [c for c in all_conns if ":" in c], "by the real servers' network")
    expect(choose(four, attribute(8, genl.address("10.0.2.12"))),
           pick("10.0.2.12"), "by real server")
    expect(choose(string(10, "UDP")), pick("UDP"), "by state")
    expect(choose(string(10, "SYN_RECV")), [], "by a state that none is in")
    refused(link, GET_CONN, nest(CONN, attribute(3, genl.address("10.0.1.1"))),
            "an address needs its family")
    refused(link, GET_CONN, nest(CONN, four + attribute(3, genl.address("10.0.1.1")) + u8(16, 33)),
            "prefix is longer than an address")
    refused(link, GET_CONN, nest(CONN, four + u8(16, 24)), "a prefix needs its address")


def check_ending(link, all_conns):
    def end(*attributes):
        reply = link.request(DEL_CONN, nest(CONN, b"".join(attributes)), reply=True)
        return struct.unpack("=I", reply[0][1][0][2])[0]

    refused(link, DEL_CONN, b"", "the connections to end must be named", dump=False)
    # What is no filter must not stand for none.
    for attributes, text in ((u16(7, socket.AF_INET6), "a family needs its address"),
                             (u8(18, 24), "a prefix needs its address"),
                             (u32(13, 5), "connections are not chosen by this")):
        refused(link, DEL_CONN, nest(CONN, attributes), text, dump=False)
    expect(end(u16(2, 132)), 0, "ended connections of SCTP")
    udp = [c for c in all_conns if c.startswith("UDP")]
    expect(end(string(10, "UDP")), len(udp), "ended connections of UDP")
    expect(conns(link), [c for c in all_conns if c not in udp], "connections that are left")
    expect(end(), len(all_conns) - len(udp), "the rest, ended")
    expect(conns(link), [], "no connections")
    expect(link.counters()["conn_flushed"], len(all_conns), "conn_flushed")


def main(all_conns):
    link = genl.Family("NFVS")
    while_unchanged(link, check_tables)
    check_conns(link, sorted(all_conns))
    check_ending(link, sorted(all_conns))


main(sys.argv[1:])
