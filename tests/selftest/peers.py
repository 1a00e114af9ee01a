#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients and servers of a test, in one process, moved step by step by the test.

    peers.py TIMEOUT CLIENT-NAMESPACE SERVER-NAMESPACE...

Each line on standard input is a command, answered by one line.  The servers are rs1, rs2 and so
on; which of them got a connection is known by the client's port, which no way of forwarding
changes.  Both ends being here, a command ends when both have seen what it does.

    listen PORT                     each server, TCP and UDP, IPv4 and IPv6
    from [ADDRESS]                  the client's address from now on; any if none is given
    open ID ADDRESS PORT [SOURCE]   a TCP connection: the server that got it, or what went wrong
    hold ID COUNT ADDRESS PORT      the same for ID1, ID2 ...: the servers in order
    order COUNT ADDRESS PORT        the same, each closed before the next
    syn ID ADDRESS PORT             only sends a SYN
    bulk ID UP DOWN                 bytes each way at once: "same" if they arrive as they were
    tell ID | hear ID               the client sends a byte; the server gets it
    shut ID                         the client says that it has no more to send
    close ID... | server-close ID... | reset ID...    who closes first
    abandon ID                      the client resets it; whether the server hears, nobody waits for
    udp ID ADDRESS PORT [SOURCE]    a socket to send datagrams from
    ask ID [SIZE]                   a datagram and its echo: the server, "lost" or an error
    asks COUNT ADDRESS PORT [SIZE]  the same, each from a port of its own
    from-each COUNT ADDRESS PORT    the same, each from an address of its own: 10.9.0.1, ...
    to-each COUNT ADDRESS PORT      the same, each to an address of its own from ADDRESS on
    hold-each ID COUNT ADDRESS PORT    as to-each, but held TCP connections ID1, ID2 ...
    set ID df|ttl VALUE             never fragment; TTL or hop limit
    error ID                        ICMP error: type code info, its sender, whom it is about
    count ID DEVICE ADDRESS         starts to count the client's packets from and to ADDRESS,
                                    neighbour discovery aside
    counted ID                      packets and bytes sent, packets and bytes received until now
    largest ID                      bytes of the largest packet sent, and of the largest received
    stream ADDRESS PORT             one short TCP connection after another, until the end; no
                                    other command may open connections meanwhile
    mark                            how many connections the stream has begun
    after NUMBER                    waits until the stream has finished as many
    between FROM TO                 what became of its connections FROM to TO - 1: tally
"""

import errno
import hashlib
import ipaddress
import itertools
import os
import select
import socket
import struct
import sys
import threading
import time

import packet

IP_PKTINFO, IP_MTU_DISCOVER, IP_RECVERR = 8, 10, 11
IPV6_MTU_DISCOVER, IPV6_RECVERR, PMTUDISC_DO = 23, 25, 2
TCP_CLOSE = 7
SO_RCVBUFFORCE, ETH_P_ALL, PACKET_OUTGOING, MSG_ERRQUEUE = 33, 3, 4, 0x2000
CHUNK = 65536
thread = threading.local()


def enter(namespace):
    """Moves this thread; its sockets stay where they were made."""
    if getattr(thread, "namespace", None) == namespace:
        return
    packet.enter(namespace)
    thread.namespace = namespace


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def is_neighbour_discovery(header):
    return header[0] >> 4 == 6 and header[6] == socket.IPPROTO_ICMPV6 and 133 <= header[40] <= 137


def error_name(number):
    return errno.errorcode.get(number, str(number))


def reply_source(control):
    """Turns what tells the destination of a datagram into what sets the source of the answer."""
    for level, kind, data in control:
        if (level, kind) == (socket.IPPROTO_IP, IP_PKTINFO):
            return [(level, kind, bytes(4) + data[8:12] + bytes(4))]
        if (level, kind) == (socket.IPPROTO_IPV6, socket.IPV6_PKTINFO):
            return [(level, kind, data[:16] + bytes(4))]
    return []


def drained(sock, timeout):
    """Reads until the other end has closed: "closed", or how it did otherwise."""
    deadline = time.monotonic() + timeout
    while True:
        if not select.select([sock], [], [], max(0, deadline - time.monotonic()))[0]:
            return "timeout"
        try:
            if not sock.recv(CHUNK):
                return "closed"
        except OSError as error:
            return error_name(error.errno)


def is_acknowledged(sock, timeout):
    """Waits until what a socket has said last, that it closes as the other has, has been heard."""
    deadline = time.monotonic() + timeout
    while sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != TCP_CLOSE:
        if time.monotonic() > deadline:
            return False
        select.select([], [], [], 0.001)
    return True


def finish(first, second, timeout):
    """Both close; the last packet of all has arrived, too."""
    first.shutdown(socket.SHUT_WR)
    result = drained(second, timeout)
    if result == "closed":
        second.shutdown(socket.SHUT_WR)
        result = drained(first, timeout)
    if result == "closed" and not is_acknowledged(second, timeout):
        result = "unacknowledged"
    second.close()
    first.close()
    return result


class Servers:
    """The listening sockets of all servers."""

    def __init__(self, namespaces):
        self.namespaces = namespaces
        self.names = {}  # by socket

    def listen(self, port):
        for number, namespace in enumerate(self.namespaces, 1):
            enter(namespace)
            for family in (socket.AF_INET, socket.AF_INET6):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    self.names[self.listener(family, kind, port)] = f"rs{number}"

    @staticmethod
    def listener(family, kind, port):
        sock = socket.socket(family, kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        sock.bind(("", port))
        sock.setblocking(False)
        if kind == socket.SOCK_STREAM:
            sock.listen(1024)
        return sock

    def of(self, family, kind):
        return [s for s in self.names if s.family == family and s.type == kind]

    def accept(self, listeners, port):
        """The connection whose client has that port; others are from clients that gave up."""
        for listener in listeners:
            try:
                sock, peer = listener.accept()
            except OSError:
                continue
            if peer[1] == port:
                sock.setblocking(False)
                return sock, self.names[listener]
            sock.close()
        return None, None


class Connection:
    def __init__(self, client):
        self.client, self.server = client, None


class Way:
    """Bytes from one end of a connection to the other."""

    def __init__(self, source, to, size):
        self.source, self.to, self.size = source, to, size
        self.sent = self.received = 0
        self.hashes = hashlib.sha256(), hashlib.sha256()
        self.block = os.urandom(CHUNK + 4093)

    def move(self, readable, writable):
        if writable and self.sent < self.size:
            # Another part of the block each time: a chunk lost or doubled shows.
            start = self.sent % 4093
            chunk = self.block[start : start + min(CHUNK, self.size - self.sent)]
            count = self.source.send(chunk)
            self.hashes[0].update(chunk[:count])
            self.sent += count
        if readable and self.received < self.size:
            data = self.to.recv(min(CHUNK, self.size - self.received))
            if not data:
                raise ConnectionError("closed in the middle")
            self.hashes[1].update(data)
            self.received += len(data)

    def done(self):
        return self.sent == self.size and self.received == self.size

    def is_same(self):
        return self.hashes[0].digest() == self.hashes[1].digest()


class Wire:
    """Packets that a device sends and receives, from and to an address."""

    def __init__(self, device, address):
        self.address = socket.inet_pton(family_of(address), address)
        self.sent, self.received = [0, 0], [0, 0]
        self.largest = [0, 0]
        self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24)
        self.sock.bind((device, ETH_P_ALL))
        self.sock.setblocking(False)

    def count(self):
        size = len(self.address)
        protocol, source = (0x0800, 12) if size == 4 else (0x86DD, 8)
        header = bytearray(64)
        while True:
            try:
                length, _, _, origin = self.sock.recvmsg_into([header], 0, socket.MSG_TRUNC)
            except BlockingIOError:
                return self
            ends = header[source : source + size], header[source + size : source + 2 * size]
            if origin[1] != protocol or is_neighbour_discovery(header) or self.address not in ends:
                continue
            is_sent = origin[2] == PACKET_OUTGOING
            count = self.sent if is_sent else self.received
            count[0] += 1
            count[1] += length
            self.largest[not is_sent] = max(self.largest[not is_sent], length)


class Peers:
    def __init__(self, timeout, client, servers):
        self.timeout = timeout
        self.namespace = client
        self.servers = Servers(servers)
        self.connections = {}
        self.abandoned = []  # sockets of servers, open to the end
        self.counters = {}
        self.source = ""
        # The kernel draws a datagram socket's port at random, and so gives one twice now and then.
        self.ports = itertools.count(10000)
        self.results = []
        self.begun = 0

    # --- TCP ---

    def cmd_listen(self, port):
        self.servers.listen(int(port))
        return "ok"

    def cmd_from(self, address=""):
        self.source = address
        return "ok"

    def client_socket(self, kind, address, source):
        enter(self.namespace)
        sock = socket.socket(family_of(address), kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if kind == socket.SOCK_DGRAM and not int(source):
            source = next(self.ports)
        if int(source) or self.source:
            sock.bind((self.source, int(source)))
        return sock

    def start_connect(self, address, port, source=0):
        sock = self.client_socket(socket.SOCK_STREAM, address, source)
        sock.setblocking(False)
        sock.connect_ex((address, int(port)))
        return Connection(sock)

    def establish(self, address, port, source=0):
        """A connection and its server's name; or None and what went wrong."""
        conn = self.start_connect(address, port, source)
        local = conn.client.getsockname()[1]
        listeners = self.servers.of(conn.client.family, socket.SOCK_STREAM)
        deadline = time.monotonic() + self.timeout
        connected, name = False, None
        while not connected or not conn.server:
            left = deadline - time.monotonic()
            if left <= 0:
                conn.client.close()
                return None, "unaccepted" if connected else "timeout"
            ready = select.select(
                [] if conn.server else listeners, [] if connected else [conn.client], [], left
            )
            if ready[1]:
                error = conn.client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    conn.client.close()
                    return None, error_name(error)
                connected = True
            if ready[0]:
                conn.server, name = self.servers.accept(ready[0], local)
        return conn, name

    def cmd_open(self, ident, address, port, source=0):
        conn, name = self.establish(address, port, source)
        if conn:
            self.connections[ident] = conn
        return name

    def cmd_hold(self, ident, count, address, port):
        return " ".join(
            self.cmd_open(f"{ident}{i}", address, port) for i in range(1, int(count) + 1)
        )

    def cmd_order(self, count, address, port):
        names = []
        for _ in range(int(count)):
            conn, name = self.establish(address, port)
            names.append(name)
            if conn:
                finish(conn.client, conn.server, self.timeout)
        return " ".join(names)

    def cmd_syn(self, ident, address, port):
        self.connections[ident] = self.start_connect(address, port)
        return "ok"

    def cmd_bulk(self, ident, up, down):
        conn = self.connections[ident]
        ways = [Way(conn.client, conn.server, int(up)), Way(conn.server, conn.client, int(down))]
        deadline = time.monotonic() + 4 * self.timeout
        while not all(way.done() for way in ways):
            readers = [way.to for way in ways if way.received < way.size]
            writers = [way.source for way in ways if way.sent < way.size]
            ready = select.select(readers, writers, [], max(0, deadline - time.monotonic()))
            if not ready[0] and not ready[1]:
                return "stuck at " + " ".join(f"{w.sent}/{w.received}/{w.size}" for w in ways)
            for way in ways:
                way.move(way.to in ready[0], way.source in ready[1])
        return "same" if all(way.is_same() for way in ways) else "different"

    def cmd_tell(self, ident):
        self.connections[ident].client.send(b"!")
        return "sent"

    def cmd_hear(self, ident):
        server = self.connections[ident].server
        if not select.select([server], [], [], 4 * self.timeout)[0]:
            return "silence"
        return "heard" if server.recv(1) else "closed"

    def cmd_shut(self, ident):
        conn = self.connections[ident]
        conn.client.shutdown(socket.SHUT_WR)
        return drained(conn.server, self.timeout)

    def close_each(self, idents, how):
        return " ".join(how(self.connections.pop(ident)) for ident in idents)

    def cmd_close(self, *idents):
        return self.close_each(idents, lambda c: finish(c.client, c.server, self.timeout))

    def cmd_server_close(self, *idents):
        return self.close_each(idents, lambda c: finish(c.server, c.client, self.timeout))

    def cmd_reset(self, *idents):
        def reset(conn):
            conn.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            conn.client.close()
            return drained(conn.server, self.timeout) if conn.server else "closed"

        return self.close_each(idents, reset)

    def cmd_abandon(self, ident):
        conn = self.connections.pop(ident)
        conn.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        conn.client.close()
        self.abandoned.append(conn.server)
        return "ok"

    # --- UDP ---

    def cmd_udp(self, ident, address, port, source=0):
        sock = self.client_socket(socket.SOCK_DGRAM, address, source)
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        # Connected, so that an answer from any other address does not count.
        sock.connect((address, int(port)))
        self.connections[ident] = Connection(sock)
        return "ok"

    def cmd_ask(self, ident, size=32):
        return self.exchange(self.connections[ident].client, int(size))

    def cmd_asks(self, count, address, port, size=32):
        names = []
        for _ in range(int(count)):
            self.cmd_udp("asks", address, port)
            names.append(self.exchange(self.connections["asks"].client, int(size)))
            self.connections.pop("asks").client.close()
        return " ".join(names)

    def cmd_from_each(self, count, address, port):
        source = next(self.ports)
        base = ipaddress.ip_address("fd00:9::" if ":" in address else "10.9.0.0")
        names = []
        for i in range(int(count)):
            enter(self.namespace)
            sock = socket.socket(family_of(address), socket.SOCK_DGRAM)
            # Not in steps of one: that would be the first slots of a table in turn.
            sock.bind((str(base + 1 + i * i), source))
            sock.connect((address, int(port)))
            names.append(self.exchange(sock, 32))
            sock.close()
        return " ".join(names)

    def cmd_to_each(self, count, address, port):
        base = ipaddress.ip_address(address)
        return " ".join(self.cmd_asks(1, str(base + i), port) for i in range(int(count)))

    def cmd_hold_each(self, ident, count, address, port):
        base = ipaddress.ip_address(address)
        return " ".join(
            self.cmd_open(f"{ident}{i + 1}", str(base + i), port) for i in range(int(count))
        )

    def exchange(self, client, size):
        question = os.urandom(size)
        name = None
        listeners = self.servers.of(client.family, socket.SOCK_DGRAM)
        deadline = time.monotonic() + self.timeout
        try:
            client.send(question)
            while True:
                left = max(0, deadline - time.monotonic())
                ready = select.select(listeners + [client], [], [], left)[0]
                if not ready:
                    return "unanswered" if name else "lost"
                for sock in ready:
                    if sock is client:
                        # Not to wait for ever: a datagram with a bad checksum is none.
                        answer = client.recv(CHUNK, socket.MSG_DONTWAIT)
                        return name if answer == question[::-1] else "corrupt"
                    data, control, _, peer = sock.recvmsg(CHUNK, 512)
                    if data != question:
                        return "corrupt"
                    name = self.servers.names[sock]
                    sock.sendmsg([data[::-1]], reply_source(control), 0, peer)
        except OSError as error:
            return error_name(error.errno)

    def cmd_set(self, ident, option, value):
        sock = self.connections[ident].client
        v6 = sock.family == socket.AF_INET6
        level = socket.IPPROTO_IPV6 if v6 else socket.IPPROTO_IP
        if option == "df":
            number, value = IPV6_MTU_DISCOVER if v6 else IP_MTU_DISCOVER, PMTUDISC_DO
        else:
            number = socket.IPV6_UNICAST_HOPS if v6 else socket.IP_TTL
        sock.setsockopt(level, number, int(value))
        return "ok"

    def cmd_error(self, ident):
        sock = self.connections[ident].client
        poll = select.poll()
        poll.register(sock, 0)
        if not poll.poll(self.timeout * 1000):
            return "none"
        _, control, _, about = sock.recvmsg(CHUNK, 512, MSG_ERRQUEUE)
        for _, kind, data in control:
            if kind not in (IP_RECVERR, IPV6_RECVERR):
                continue
            # struct sock_extended_err, then the address of the error's sender
            _, _, number, code, _, info, _ = struct.unpack_from("=IBBBBII", data)
            if len(data) >= 16 + 28:
                sender = socket.inet_ntop(socket.AF_INET6, data[24:40])
            else:
                sender = socket.inet_ntop(socket.AF_INET, data[20:24])
            return f"{number} {code} {info} {sender} {about[0]}:{about[1]}"
        return "none"

    # --- counting ---

    def cmd_count(self, ident, device, address):
        enter(self.namespace)
        self.counters[ident] = Wire(device, address)
        return "ok"

    def cmd_counted(self, ident):
        wire = self.counters[ident].count()
        return "{} {} {} {}".format(*wire.sent, *wire.received)

    def cmd_largest(self, ident):
        return "{} {}".format(*self.counters[ident].count().largest)

    # --- a stream beside the commands ---

    def cmd_stream(self, address, port):
        threading.Thread(target=self.run_stream, args=(address, port), daemon=True).start()
        return "ok"

    def run_stream(self, address, port):
        while True:
            self.begun += 1
            self.results.append(self.short_connection(address, port))

    def short_connection(self, address, port):
        conn, name = self.establish(address, port)
        if not conn:
            return name
        try:
            conn.client.send(b"?")
            if not select.select([conn.server], [], [], self.timeout)[0]:
                return name + "-deaf"
            conn.server.recv(1)
            result = finish(conn.client, conn.server, self.timeout)
        except OSError as error:
            result = error_name(error.errno)
        return name if result == "closed" else f"{name}-{result}"

    def cmd_mark(self):
        return str(self.begun)

    def cmd_after(self, number):
        deadline = time.monotonic() + 10 * self.timeout
        while len(self.results) < int(number):
            if time.monotonic() > deadline:
                return f"error: only {len(self.results)} connections have ended"
            select.select([], [], [], 0.01)
        return "ok"

    def cmd_between(self, start, end):
        results = self.results[int(start) : int(end)]
        return " ".join(f"{name}={results.count(name)}" for name in sorted(set(results)))

    def run(self):
        for line in sys.stdin:
            command, *words = line.split()
            try:
                answer = getattr(self, "cmd_" + command.replace("-", "_"))(*words)
            except (OSError, KeyError, TypeError, AttributeError) as error:
                answer = f"error: {command}: {error!r}"
            print(answer, flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    Peers(float(sys.argv[1]), sys.argv[2], sys.argv[3:]).run()
