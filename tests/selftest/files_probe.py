#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""files_probe.py: reads and writes each setting and each file of ip_vs in every way that comes to
mind, and prints what came of it, for the answers of two modules to be compared."""

import errno
import os
import stat
import sys

SETTINGS = "/proc/sys/net/ipv4/vs/"
FILES = ("ip_vs", "ip_vs_app", "ip_vs_conn", "ip_vs_conn_sync", "ip_vs_stats", "ip_vs_stats_percpu")
OWN = {"conn_max", "fastpath", "route_by_mark"}  # of nfvs
# Not compared: what the automatic modes make of 2 depends on the memory that is free, and ip_vs
# keeps the first of two numbers when it refuses the second.
AUTOMATIC = {"drop_entry", "drop_packet", "secure_tcp"}
HALF_TAKEN = {b"5 x", b"5 99999999999"}
VALUES = (b"0", b"1", b"-1", b"2", b"3", b"4", b"63", b"64", b"65", b"128", b"2147483647",
          b"2147483648", b"-2147483648", b"-2147483649", b"4294967296", b"99999999999999999999",
          b"x", b"", b"\n", b"   ", b" 5", b"5 ", b"5\n", b"5 6", b"5\t6\n", b"6 5", b"5 5", b"5 0",
          b"0 0", b"-5 6", b"5 -6", b"5 x", b"5 99999999999", b"1 2 3", b"1x", b"0x10", b"010", b"+1",
          b"1\0", b"1\x002", b"1\n2", b"1,2", b"1.5", b"8" * 200, b"\xff")


def tried(work):
    try:
        return work()
    except OSError as error:
        return errno.errorcode[error.errno]


def reading(path, use):
    file = os.open(path, os.O_RDONLY)
    try:
        return tried(lambda: use(file))
    finally:
        os.close(file)


def whole(path):
    return reading(path, lambda file: os.read(file, 1 << 16))


def pieces(size):
    def read(file):
        parts = []
        while part := os.read(file, size):
            parts.append(part)
        return b"".join(parts)
    return read


def write(path, *values, at=None):
    file = os.open(path, os.O_WRONLY)
    try:
        return [tried(lambda value=value: os.write(file, value) if at is None
                      else os.pwrite(file, value, at)) for value in values]
    finally:
        os.close(file)


def mode(path):
    found = os.stat(path)
    return f"{stat.S_IMODE(found.st_mode):o} {found.st_uid} {found.st_gid} {found.st_size}"


def probe_setting(name):
    path = SETTINGS + name
    first = whole(path)
    shown = "" if name == "sync_qlen_max" else first
    print(name, mode(path), shown, "by byte", reading(path, pieces(1))[:1], "from 1",
          reading(path, lambda file: os.pread(file, 100, 1)))
    for value in VALUES:
        answer, now = write(path, value), whole(path)
        if name == "sync_threshold" and value in HALF_TAKEN or name in AUTOMATIC and value == b"2":
            now = b""
        print(name, value, answer, shown if now == first else now)
        write(path, first)
    for what, answer in (
        ("twice", write(path, b"1\n", b"0\n")), ("further on", write(path, b"1", at=3)),
        ("append", tried(lambda: os.close(os.open(path, os.O_WRONLY | os.O_APPEND)))),
        ("truncate", tried(lambda: os.truncate(path, 0))),
        ("both", tried(lambda: os.close(os.open(path, os.O_RDWR)))),
    ):
        print(name, what, answer, whole(path) if name != "sync_qlen_max" else "")
    write(path, first)


def probe_file(name):
    path = "/proc/self/net/" + name
    text = whole(path)
    # The size of the table of connections is each module's own.
    head, brace, rest = text.partition(b"(size=")
    rest = rest.partition(b")")[2] if brace else rest
    print(name, head + brace + rest)
    print(name, "the same in pieces:", [
        reading(path, pieces(size)) == text for size in (1, 7, 64, 100, 4096)])
    for start in (1, 10, 100, 200):
        print(name, "from", start, reading(path, lambda file, start=start: os.pread(
            file, 1 << 16, start)) == text[start:])
    print(name, "again", reading(path, lambda file: [
        os.read(file, 50) == text[:50], os.lseek(file, 0, os.SEEK_SET),
        os.read(file, 1 << 16) == text]))
    print(name, "behind the end", reading(path, lambda file: os.pread(file, 9, 1 << 20)))
    print(name, "seek from the end", reading(path, lambda file: os.lseek(file, 0, os.SEEK_END)))
    print(name, "write", tried(lambda: os.close(os.open(path, os.O_WRONLY))))
    print(name, "truncate", tried(lambda: os.truncate(path, 0)))


if "modes" in sys.argv:
    for name in FILES:
        print(name, mode("/proc/self/net/" + name))
else:
    print(sorted(set(os.listdir(SETTINGS)) - OWN))
    for name in sorted(set(os.listdir(SETTINGS)) - OWN):
        probe_setting(name)
    for name in FILES:
        probe_file(name)
