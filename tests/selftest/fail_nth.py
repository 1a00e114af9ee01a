#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""fail_nth.py MODULE.ko: each allocation, and each copy from and to user space, fails once.

For each command, setting and file, for new namespaces and for loading the module: the first
allocation fails, then the second, and so on until all goes well (/proc/self/fail-nth).  What is
refused has changed nothing; what is done is done whole; afterwards the same works.  Of those that
a new namespace takes, most of which are the kernel's, it is nfvs's that fail.
"""

import ctypes
import errno
import fcntl
import itertools
import os
import socket
import struct
import sys

import genl
from abi import COMMANDS
from genl import SERVICE, attribute, service, service_id
from nl_state import GETTERS, State, encode, right_message

CLEAN = {errno.ENOMEM, errno.ENOBUFS, errno.EFAULT, errno.EAGAIN, errno.ENOSPC}
CLONE_NEWNET, SYS_FINIT_MODULE, SYS_DELETE_MODULE = 0x40000000, 313, 176
LIBC = ctypes.CDLL(None, use_errno=True)
SKIPPED = 200
SETTINGS = "/proc/sys/net/ipv4/vs/"
MANY = 1 << 30  # allocations are never needed
buffer = bytearray(1 << 17)
failures = {}
wrong = []


def expect(condition, what):
    if not condition:
        wrong.append(what)


class Faults:
    def __init__(self):
        for knob in ("failslab/ignore-gfp-wait", "fail_page_alloc/ignore-gfp-wait",
                     "fail_page_alloc/min-order"):
            write_file("/sys/kernel/debug/" + knob, "0")
        self.be_verbose(0)
        self.nth = os.open("/proc/thread-self/fail-nth", os.O_RDWR)

    @staticmethod
    def be_verbose(level):
        for kind in ("failslab", "fail_page_alloc", "fail_usercopy"):
            write_file(f"/sys/kernel/debug/{kind}/verbose", str(level))
            write_file(f"/sys/kernel/debug/{kind}/verbose_ratelimit_interval_ms", "0")

    def run(self, number, work):
        """Lets an allocation of the work fail.  Returns its errno or 0, and whether one did."""
        os.pwrite(self.nth, b"%d" % number, 0)
        try:
            work()
            result = 0
        except OSError as error:
            result = error.errno
        except genl.Refused as refusal:
            result = refusal.number
        return result, not self.disarm()

    def needed(self, work):
        """How many allocations work() makes; at most a few more, which are those of asking."""
        os.pwrite(self.nth, b"%d" % MANY, 0)
        try:
            work()
        except OSError:
            pass
        return MANY - self.disarm()

    def disarm(self):
        """How many more would have gone well.  The copies of these two calls count like all others:
        the one that fails was to come after the work."""
        left = 1
        try:
            left = int(os.pread(self.nth, 16, 0))
            os.pwrite(self.nth, b"0", 0)
        except OSError as error:
            if error.errno != errno.EFAULT:
                raise
        return left


def write_file(name, text):
    with open(name, "w") as file:
        file.write(text)


def read_file(name):
    with open(name) as file:
        return file.read()


def call(number, *arguments):
    if LIBC.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "system call")


def new_namespace():
    if LIBC.unshare(CLONE_NEWNET) < 0:
        raise OSError(ctypes.get_errno(), "unshare")


def loopback_up():
    """Where no device ever was up the kernel takes no address for a unicast one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP


def each(faults, name, prepare, work, check, first=1, last=None):
    """prepare() gives what work() gets; check() sees what became of it."""
    count = 0
    for number in itertools.count(first):
        prepared = prepare()
        result, failed = faults.run(number, lambda: work(prepared))
        if not failed:
            expect(result == 0, f"{name}: {os.strerror(result)} though nothing failed")
        elif result:
            expect(result in CLEAN or last,
                   f"{name}, {number}: {errno.errorcode.get(result, result)}")
        check(number, result, prepared)
        if not failed:
            break
        count += 1
        if number == last:
            break
    failures[name] = count
    expect(count, f"{name}: nothing could fail")


class Try:
    """A message on a socket of its own, of which failures leave nothing to the next one."""

    def __init__(self, family, command, mode):
        self.link = genl.Family.__new__(genl.Family)
        self.link.name, self.link.sequence, self.link.number = "NFVS", 0, family
        self.link.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.link.socket.bind((0, 0))
        flags = genl.F_REQUEST | (genl.F_DUMP if mode == "dump" else genl.F_ACK)
        self.bytes = self.link.message(COMMANDS[command][0],
                                       encode(right_message(command, mode)), flags)
        self.lost = False

    def run(self):
        """All is answered before send() returns, and dumps go on as they are read."""
        own = self.link.socket
        own.send(self.bytes)
        while True:
            try:
                length = own.recv_into(buffer, 0, socket.MSG_DONTWAIT)
            except OSError:
                self.lost = True
                raise
            at = 0
            while at < length:
                size, kind = struct.unpack_from("=IH", buffer, at)
                if kind in (genl.NLMSG_ERROR, genl.NLMSG_DONE):
                    number = -struct.unpack_from("=i", buffer, at + 16)[0]
                    if number:
                        raise genl.Refused(number)
                    return
                at += (size + 3) & ~3


def check_commands(faults):
    state = State("NFVS")
    for command, (_, modes, _) in COMMANDS.items():
        for mode in modes:
            if command.endswith("daemon") and mode == "do":
                continue  # whether it is offered depends on the version
            touched = []

            def check(number, result, tried):
                tried.link.socket.close()
                changed = state.changed(command)
                # An acknowledgement that was lost says nothing about the change.
                if changed and (command in GETTERS or result and not tried.lost):
                    wrong.append(f"{command}, {number}: refused, and changed something")
                touched.append(changed)

            each(faults, f"{command} ({mode})", lambda: Try(state.link.number, command, mode),
                 lambda tried: tried.run(), check)


def check_first_service(faults):
    """The first service of a family takes hooks and the table of connections."""
    for family, addr in (("IPv4", "10.0.0.1"), ("IPv6", "fd00::1")):
        nest = attribute(SERVICE, service_id(addr))

        number = genl.Family("NFVS").number

        def prepare():
            new_namespace()
            return Try(number, "new-service", "do")

        def work(tried):
            tried.link.socket.send(tried.link.message(genl.NEW_SERVICE, service(addr)))
            tried.lost = True
            length = tried.link.socket.recv_into(buffer, 0, socket.MSG_DONTWAIT)
            tried.lost = False
            number = -struct.unpack_from("=i", buffer, 16)[0]
            if length and number:
                raise genl.Refused(number)

        def check(number, result, tried):
            tried.link.socket.close()
            link = genl.Family("NFVS")
            there = len(link.dump(genl.GET_SERVICE))
            expect(there == 1 if not result else tried.lost or not there,
                   f"first service of {family}, {number}: {result}, {there} services")
            if not there:
                link.request(genl.NEW_SERVICE, service(addr))
            link.request(genl.DEL_SERVICE, nest)
            link.socket.close()

        each(faults, f"first service of {family}", prepare, work, check)


def check_settings(faults):
    for name in sorted(os.listdir(SETTINGS)):
        path = SETTINGS + name
        before = read_file(path)
        other = {"sync_threshold": "4 60", "conn_max": "5000", "sync_ports": "2"}.get(name, "1")
        if before.split() == other.split():
            other = "0"

        def prepare():
            write_file(path, before)
            return os.open(path, os.O_WRONLY)

        def check(number, result, opened):
            os.close(opened)
            now = read_file(path).split()
            expect(now == (before if result else other).split(),
                   f"{name}, {number}: {now} after {result}")

        each(faults, f"write {name}", prepare, lambda opened: os.write(opened, other.encode()),
             check)
        write_file(path, before)


def check_files(faults):
    for name in ("ip_vs", "ip_vs_conn", "ip_vs_conn_sync", "ip_vs_app", "ip_vs_stats",
                 "ip_vs_stats_percpu"):
        def work(_, path="/proc/thread-self/net/" + name):
            opened = os.open(path, os.O_RDONLY)
            try:
                while os.readv(opened, [buffer]):
                    pass
            finally:
                os.close(opened)

        each(faults, f"read {name}", lambda: None, work, lambda *_: None)


def made_by_nfvs(faults):
    """The allocations of a new namespace among which those are: they follow each other, some thirty,
    but their number is not the same each time.  nfvs was loaded last, so they are looked for from the
    end.  The first ones of all are left alone: where they fail, the rules for routing of 6.1 are taken
    apart without their lock."""
    def ours(number):
        with open("/dev/kmsg", "rb", buffering=0) as log:
            os.set_blocking(log.fileno(), False)
            log.seek(0, os.SEEK_END)
            faults.run(number, new_namespace)
            text = b""
            while line := log.read(8192):
                text += line
        # Those that are allowed to fail silently, kmemleak's own above all, are not told of.  What
        # is still on the stack from before stands behind a question mark.
        return b"] nfvs_" in text

    last = faults.needed(new_namespace)
    faults.be_verbose(2)
    here = next((number for number in range(last, SKIPPED, -3) if ours(number)), None)
    faults.be_verbose(0)
    if not here:
        sys.exit(f"FAILED: no allocation of nfvs among the {last} for a new namespace")
    return max(here - 70, SKIPPED), here + 30


def check_namespaces(faults):
    """The errno is that of the kernel's own parts in places, some of which say EINVAL."""
    low, high = made_by_nfvs(faults)
    print(f"of a new namespace, allocations {low} to {high} fail")
    each(faults, "new namespace", lambda: None, lambda _: new_namespace(), lambda *_: None, low, high)
    new_namespace()
    loopback_up()
    State("NFVS")


def loaded():
    return os.path.isdir("/sys/module/nfvs")


def check_loading(faults, path):
    opened = os.open(path, os.O_RDONLY)

    def unload():
        if loaded():
            call(SYS_DELETE_MODULE, b"nfvs", os.O_NONBLOCK)

    def load(_, parameters=b"selftests=0"):
        call(SYS_FINIT_MODULE, opened, parameters, 0)

    def check(number, result, _):
        expect(loaded() == (not result), f"loading, {number}: {result}, and loaded: {loaded()}")

    # What the kernel does before it looks at parameters is not ours, and it warns where it cannot
    # set up a tracepoint.
    unload()
    before = faults.needed(lambda: load(None, b"selftests=wrong"))
    expect(not loaded(), "loaded with a wrong parameter")
    each(faults, "loading", unload, load, check, first=before + 1)
    os.close(opened)
    State("NFVS")


def main(path):
    faults = Faults()
    new_namespace()
    loopback_up()
    check_commands(faults)
    check_settings(faults)
    check_files(faults)
    check_first_service(faults)
    check_namespaces(faults)
    check_loading(faults, path)
    print("failed one by one: " + ", ".join(f"{count} of {name}"
                                            for name, count in failures.items()))
    if wrong:
        sys.exit("FAILED:\n  " + "\n  ".join(wrong[:60]))


main(sys.argv[1])
