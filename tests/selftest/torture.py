#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""torture.py SEED DIRECTOR QUIET-DIRECTOR CLIENT SERVER SWITCH: all at once and by chance, until SIGTERM.

Arguments are namespaces of topo.sh.  In that of the director, processes change the configuration
and the settings and read all there is to read, a local client sends, and devices go down, change
their MTU and are replaced; the client and the real server send packets by chance (garbage.py).  In
that of the quiet director, other services are changed than the one at port 7000.  Beside all that,
namespaces come and go.  While a process configures, or sends as a local client, its allocations
fail where failslab says so (make-it-fail).  The module may come and go meanwhile.

Prints what was done and refused how often; what is refused otherwise than by the state that others
made, or for want of memory, is a failure.
"""

import collections
import ctypes
import errno
import fcntl
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import traceback

import garbage
import genl
import packet
from genl import DEST, SERVICE, attribute, dest, dest_id, service, service_id, u32

MACS = {"d0": b"\2\0\0\0\0\xd0", "d1": b"\2\0\0\0\0\xd1"}
OTHERS_DID = {"EEXIST", "ENOENT", "ESRCH"}
NO_MEMORY = {"ENOMEM", "ENOBUFS", "EAGAIN", "EFAULT"}
# What netlink answers to a dump of a module that is just being unloaded.
UNLOADING = {"EPROTONOSUPPORT"}
ALLOWED = OTHERS_DID | NO_MEMORY | UNLOADING
SCHEDULERS = ("rr", "wrr", "lc", "wlc", "fo", "ovf", "lblc", "lblcr", "dh", "sh", "mh", "sed", "nq",
              "twos", "none")  # fmt: skip
SETTINGS = "/proc/sys/net/ipv4/vs/"
FILES = ("ip_vs", "ip_vs_conn", "ip_vs_conn_sync", "ip_vs_app", "ip_vs_stats", "ip_vs_stats_percpu")
SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCSIFMTU, PR_SET_PDEATHSIG = 0x8913, 0x8914, 0x8922, 1
LIBC = ctypes.CDLL(None, use_errno=True)
done = collections.Counter()
ending = False


class Failure(Exception):
    pass


class Failslab:
    """With it, the allocations of this process may fail."""

    def __init__(self):
        try:
            self.knob = os.open("/proc/thread-self/make-it-fail", os.O_RDWR)
        except FileNotFoundError:
            self.knob = None

    def __enter__(self):
        if self.knob is not None:
            os.pwrite(self.knob, b"1", 0)

    def __exit__(self, *_):
        if self.knob is not None:
            os.pwrite(self.knob, b"0", 0)


def pause(seconds=0.1):
    """Others go on meanwhile; SIGTERM ends it."""
    select.select([], [], [], seconds)


class Writer:
    def __init__(self, chance, quiet):
        self.chance, self.quiet = chance, quiet
        self.link, self.faults = None, Failslab()

    def step(self):
        if not self.link:
            try:
                self.link = genl.Family("NFVS")
            except (LookupError, OSError):
                done["absent"] += 1
                pause()
                return
        work = self.change
        if not self.quiet:
            work = self.chance.choices((self.change, self.set, self.read), (12, 1, 1))[0]
        try:
            work()
            done["done"] += 1
        except genl.Refused as refusal:
            self.refused(refusal.name, refusal)
            # The module may have come back under another number, which is refused likewise.
            if refusal.name == "ENOENT":
                self.close()
        except socket.timeout as late:
            raise Failure("netlink does not answer") from late
        except OSError as error:
            self.refused(errno.errorcode.get(error.errno), error)
            self.close()

    @staticmethod
    def refused(name, error):
        if name not in ALLOWED:
            raise Failure(f"{error!r}") from error
        done[name] += 1

    def close(self):
        if self.link:
            self.link.socket.close()
        self.link = None

    def service(self):
        """How a service is named, and what it is."""
        chance = self.chance
        vip, real = chance.choice((("10.0.1.100", "10.0.2."), ("fd00:1::100", "fd00:2::")))
        real += chance.choice(("11", "12"))
        proto, port, mark = chance.choice(((genl.TCP, 80, None), (genl.UDP, 53, None),
                                           (genl.SCTP, 9, None), (genl.UDP, 0, 7)))
        flags = chance.choice((0, 0, genl.PERSISTENT))
        if proto == genl.UDP and mark is None:
            flags |= chance.choice((0, 0, genl.ONEPACKET))
        rest = {"sched": chance.choice(SCHEDULERS), "flags": flags, "timeout": 1 + chance.randrange(3)}
        family = socket.AF_INET6 if ":" in vip else socket.AF_INET
        name = attribute(SERVICE, service_id(vip, port, proto, family, mark))
        return name, service(vip, port, proto, family, mark, **rest), real, port

    def real(self, address, port):
        chance = self.chance
        fwd = chance.choice((genl.MASQ, genl.MASQ, genl.MASQ, genl.DROUTE, genl.TUNNEL))
        tunnel = None
        if fwd == genl.TUNNEL:
            tunnel = chance.choice(((0, 0, 0), (1, 6080, 0), (1, 6080, 1), (2, 0, 0), (2, 0, 1)))
        return dest(address, port, fwd=fwd, tunnel=tunnel, weight=chance.randrange(4),
                    upper=chance.choice((0, 0, 9)))

    def change(self):
        name, full, address, port = self.service()
        target = self.real(address, port)
        commands = [
            (12, genl.NEW_SERVICE, full), (8, genl.SET_SERVICE, full), (3, genl.DEL_SERVICE, name),
            (24, genl.NEW_DEST, name + target), (12, genl.SET_DEST, name + target),
            (10, genl.DEL_DEST, name + attribute(DEST, dest_id(address, port))), (2, genl.ZERO, name),
        ]  # fmt: skip
        if not self.quiet:
            commands += [
                (4, genl.SET_CONFIG, u32(4, 1 + self.chance.randrange(900)) + u32(6, 1)),
                (2, genl.ZERO, b""), (1, genl.FLUSH, b""),
                (4, genl.DEL_CONN, attribute(genl.CONN | genl.NESTED, b"")),
            ]  # fmt: skip
        _, command, payload = self.chance.choices(commands, [entry[0] for entry in commands])[0]
        with self.faults:
            self.link.request(command, payload, reply=command == genl.DEL_CONN)

    def set(self):
        name = SETTINGS + self.chance.choice(sorted(os.listdir(SETTINGS)))
        value = self.chance.choice((b"0", b"1", b"2", b"100000"))
        with self.faults:
            opened = os.open(name, os.O_WRONLY)
            try:
                os.write(opened, value)
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
            finally:
                os.close(opened)

    def read(self):
        with self.faults:
            try:
                for _, found in self.link.dump(genl.GET_SERVICE):
                    self.link.dump(genl.GET_DEST, self.link.identity(found[0][2]))
                self.link.dump(genl.GET_CONN)
            except genl.Refused:
                # One that has found no memory is still under way: another would be EBUSY.
                self.close()
                raise
            opened = os.open("/proc/thread-self/net/" + self.chance.choice(FILES), os.O_RDONLY)
            try:
                while os.read(opened, 1 << 14):
                    pass
            except OSError as error:
                # A file of a module that is gone.
                if error.errno != errno.EIO:
                    raise
            finally:
                os.close(opened)


def device_ioctl(request, device, value):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        kind = "16si20x" if request == SIOCSIFMTU else "16sh22x"
        answer = fcntl.ioctl(any_socket, request, struct.pack(kind, device.encode(), value))
        return struct.unpack(kind, answer)[1]


class Devices:
    """Of the director, in whose namespace one is."""

    def __init__(self, chance, director, switch):
        self.chance, self.director, self.switch = chance, director, switch

    def ip(self, *lines):
        # In the middle of all this each command may come too late.
        subprocess.run(["ip", "-force", "-batch", "-"], input="\n".join(lines), text=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    def addresses(self, device):
        number, both = int(device[1]) + 1, ["{}10.0.{}.254/24", "{}fd00:{}::254/64"]
        found = [text.format("", number) for text in both]
        return found + (["10.0.1.100/32", "fd00:1::100/128"] if device == "d0" else [])

    def restore(self, device):
        self.ip(f"link set {device} up mtu 1500",
                *(f"address replace {address} dev {device}{' nodad' * (':' in address)}"
                  for address in self.addresses(device)))

    def flap(self, device):
        flags = device_ioctl(SIOCGIFFLAGS, device, 0)
        device_ioctl(SIOCSIFFLAGS, device, flags & ~1)
        pause(self.chance.choice((0, 0, 0.05, 0.3)))
        device_ioctl(SIOCSIFFLAGS, device, flags | 1)

    def resize(self, device):
        mtu = self.chance.choice((1280, 1300, 1400, 1500, 1500, 9000, 65535, 68, 576))
        device_ioctl(SIOCSIFMTU, device, mtu)
        # Below 1280 the device has lost IPv6.
        if mtu < 1280:
            pause(0.1)
            self.restore(device)

    def readdress(self, device):
        self.ip(*(f"address del {address} dev {device}" for address in self.addresses(device)),
                f"neigh flush dev {device}")
        self.restore(device)

    def replace(self, _):
        self.ip("link delete d1",
                f"link add d1 address {MACS['d1'].hex(':')} type veth peer name director netns {self.switch}")
        subprocess.run(["ip", "-n", self.switch, "link", "set", "director", "master", "br0", "up"],
                       stderr=subprocess.DEVNULL, check=False)
        self.restore("d1")

    def step(self):
        work = self.chance.choices((self.flap, self.resize, self.readdress, self.replace), (6, 6, 1, 1))[0]
        try:
            work(self.chance.choice(("d0", "d1")))
            done[work.__name__] += 1
        except OSError as error:
            raise Failure(f"{work.__name__}: {error}") from error
        pause(self.chance.random() / 2)


class LocalClient:
    def __init__(self, chance):
        self.chance, self.faults, self.open = chance, Failslab(), collections.deque()

    def step(self):
        six = self.chance.randrange(2)
        stream, port = self.chance.choice(((True, 80), (False, 53), (False, 54)))
        vip = "fd00:1::100" if six else "10.0.1.100"
        sock = socket.socket(socket.AF_INET6 if six else socket.AF_INET,
                             socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
        sock.setblocking(False)
        try:
            with self.faults:
                sock.connect((vip, port))
                sock.send(b"x" * self.chance.choice((1, 1000, 4000)))
            done["sent"] += 1
        except OSError:
            done["error"] += 1
        self.open.append(sock)
        if len(self.open) > 32:
            self.open.popleft().close()


class Namespaces:
    """Each lives for a few packets of a local client; it ends with its process."""

    def __init__(self, chance):
        self.chance = chance

    def step(self):
        number = self.chance.getrandbits(32)
        child = os.fork()
        if child == 0:
            try:
                self.live(random.Random(number))
                os._exit(0)
            except (LookupError, OSError, genl.Refused):
                os._exit(1)
            except BaseException:
                traceback.print_exc()
                os._exit(2)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status not in (0, 1):
            raise Failure(f"a namespace ended with {status}")
        done["cut short" if status else "whole"] += 1

    @staticmethod
    def live(chance):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if LIBC.unshare(packet.CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "unshare")
        device_ioctl(SIOCSIFFLAGS, "lo", 1)
        link, faults = genl.Family("NFVS"), Failslab()
        with faults:
            for proto in (genl.UDP, genl.TCP):
                name = attribute(SERVICE, service_id("127.0.0.1", 53, proto))
                link.request(genl.NEW_SERVICE, service("127.0.0.1", 53, proto,
                                                       sched=chance.choice(SCHEDULERS)))
                link.request(genl.NEW_DEST, name + dest("127.0.0.2", 53))
        socks = []
        for _ in range(chance.randrange(20)):
            kind = chance.choice((socket.SOCK_STREAM, socket.SOCK_DGRAM))
            socks.append(socket.socket(socket.AF_INET, kind))
            socks[-1].setblocking(False)
            try:
                with faults:
                    socks[-1].connect(("127.0.0.1", 53))
                    socks[-1].send(b"x")
            except OSError:
                pass
        if chance.randrange(2):
            link.request(genl.FLUSH)


class Sender:
    def __init__(self, *where):
        self.send = garbage.sender(*where)

    def step(self):
        try:
            self.send()
            done["sent"] += 1
        except OSError:
            done["error"] += 1
            pause(0.01)


def roles(director, quiet, client, server, switch):
    """Name, namespace and what does the work, given what draws."""
    for number in range(1, 5):
        yield f"writer{number}", director, lambda chance: Writer(chance, False)
    yield "other", quiet, lambda chance: Writer(chance, True)
    yield "devices", director, lambda chance: Devices(chance, director, switch)
    yield "local", director, LocalClient
    yield "namespaces", director, Namespaces
    yield "client", client, lambda chance: Sender(chance, client, "c0", MACS["d0"], True)
    yield "server", server, lambda chance: Sender(chance, server, "s0", MACS["d1"], False)


def end(*_):
    global ending
    ending = True


def play(seed, name, namespace, make, pipe):
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    packet.enter(namespace)
    try:
        actor = make(random.Random(f"{seed} {name}"))
        while not ending:
            actor.step()
        if isinstance(actor, Devices):
            actor.restore("d0")
            actor.restore("d1")
    except Failure as failure:
        done["FAILED: " + str(failure)] += 1
    os.write(pipe, json.dumps(done).encode())


def start(seed, namespaces):
    """Processes, each with its name and a pipe to hear from it at its end."""
    children = {}
    for name, namespace, make in roles(*namespaces):
        receiver, pipe = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                play(seed, name, namespace, make, pipe)
            except BaseException:
                traceback.print_exc()
            os._exit(0)
        os.close(pipe)
        children[child] = name, receiver
    return children


def collect(children):
    """Ends them all, prints what they did and returns what is wrong with it."""
    wrong, without_memory = [], 0
    for child in children:
        os.kill(child, signal.SIGTERM)
    for child, (name, receiver) in children.items():
        with os.fdopen(receiver) as file:
            told = json.loads(file.read() or '{"FAILED: died": 1}')
        os.waitpid(child, 0)
        print(f"{name}: " + ", ".join(f"{number} {what}" for what, number in sorted(told.items())))
        if any(what.startswith("FAILED") for what in told):
            wrong.append(name)
        elif not {"done", "sent", "flap", "whole"} & told.keys():
            wrong.append(name + " did nothing")
        without_memory += sum(told.get(word, 0) for word in NO_MEMORY)
    if os.path.exists("/sys/kernel/debug/failslab") and not without_memory:
        wrong.append("no allocation failed")
    return wrong


def main(seed, namespaces):
    signal.signal(signal.SIGTERM, end)
    children = start(seed, namespaces)
    # Who ends before he is told to has failed, and ends all.
    while not ending and not select.select([pipe for _, pipe in children.values()], [], [], 1)[0]:
        pass
    wrong = collect(children)
    if wrong:
        sys.exit("FAILED: " + ", ".join(wrong))


main(sys.argv[1], sys.argv[2:])
