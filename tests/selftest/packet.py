# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets made by hand, for the programs of cases: headers, and checksums good and bad.

Addresses are text, and choose IPv4 or IPv6.  What is above IP is made without a checksum, which
sealed() fills in.
"""

import ctypes
import os
import socket
import struct

CLONE_NEWNET = 0x40000000
SOL_PACKET, PACKET_AUXDATA, PACKET_IGNORE_OUTGOING, TP_STATUS_CSUMNOTREADY = 263, 8, 23, 8
ETH_P_ALL, ETH_P_IP, ETH_P_IPV6, PACKET_OUTGOING = 3, 0x0800, 0x86DD, 4
PROTOS = {"icmp": 1, "tcp": 6, "udp": 17, "esp": 50, "ah": 51, "icmp6": 58, "sctp": 132}
CHUNKS = {
    "DATA": 0, "INIT": 1, "INIT-ACK": 2, "SACK": 3, "HEARTBEAT": 4, "ABORT": 6, "SHUTDOWN": 7,
    "SHUTDOWN-ACK": 8, "ERROR": 9, "COOKIE-ECHO": 10, "COOKIE-ACK": 11, "SHUTDOWN-COMPLETE": 14,
    "UNKNOWN": 99,
}  # fmt: skip
FLAGS = {"F": 1, "S": 2, "R": 4, "P": 8, "A": 16, "U": 32}
CHECKSUM_AT = {1: 2, 6: 16, 17: 6, 58: 2, 132: 8}
HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, NO_NEXT, DEST_OPTIONS = 0, 43, 44, 51, 59, 60
DF, MF = 0x4000, 0x2000
libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    with open("/run/netns/" + namespace, encoding="ascii") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns " + namespace)


def packed(address):
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


def text(address):
    return socket.inet_ntop(socket.AF_INET6 if len(address) == 16 else socket.AF_INET, address)


def inet_sum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def pseudo(source, to, length, proto):
    return packed(source) + packed(to) + struct.pack("!II", length, proto)


def crc32c_table():
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        yield value


CRC32C = list(crc32c_table())


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC32C[(crc ^ byte) & 0xFF]
    return struct.pack("<I", crc ^ 0xFFFFFFFF)


def tcp(ports, flags, data=b"", doff=5, options=b""):
    bits = sum(FLAGS[letter] for letter in flags)
    return struct.pack("!HHIIBBHHH", *ports, 1, 1, doff << 4, bits, 8192, 0, 0) + options + data


def udp(ports, data, length=None):
    return struct.pack("!HHHH", *ports, 8 + len(data) if length is None else length, 0) + data


def sctp(ports, chunks, data=b""):
    head = struct.pack("!HHII", *ports, 7, 0)
    for name in chunks.split("+"):
        head += struct.pack("!BBH", CHUNKS[name], 0, 20) + bytes(16)
    return head + data


def ipsec():
    """ESP or AH, whichever the protocol says: to the second it is well-formed."""
    return struct.pack("!BBHII", NO_NEXT, 4, 0, 7, 1) + bytes(24)


def checksum_of(proto, source, to, data):
    """The checksum that a packet above IP should have, its field being 0."""
    if proto == 132:
        return crc32c(data)
    if proto != 1:
        data = pseudo(source, to, len(data), proto) + data
    return struct.pack("!H", inet_sum(data) or (0xFFFF if proto == 17 else 0))


def sealed(proto, source, to, data, damaged=False):
    if proto not in CHECKSUM_AT:
        return data
    at = CHECKSUM_AT[proto]
    check = checksum_of(proto, source, to, data)
    if damaged:
        check = bytes(byte ^ 0x55 for byte in check)
    return data[:at] + check + data[at + len(check) :]


def is_good(proto, source, to, data):
    if proto == 132:
        return crc32c(data[:8] + bytes(4) + data[12:]) == data[8:12]
    if proto == 1:
        return not inet_sum(data)
    return not inet_sum(pseudo(source, to, len(data), proto) + data)


def ipv4(source, to, proto, payload, ttl=64, tos=0, ident=7, fragment=0, options=b"", length=None):
    if length is None:
        length = 20 + len(options) + len(payload)
    head = struct.pack("!BBHHHBBH", 0x45 + len(options) // 4, tos, length, ident, fragment, ttl,
                       proto, 0)  # fmt: skip
    head += packed(source) + packed(to) + options
    return head[:10] + struct.pack("!H", inet_sum(head)) + head[12:] + payload


def ipv6(source, to, proto, payload, ttl=64, tos=0, label=0, headers=(), length=None):
    """HEADERS are pairs of an extension header's number and what follows its first byte."""
    numbers = [number for number, _ in headers] + [proto]
    chain = b"".join(bytes([after]) + rest for after, (_, rest) in zip(numbers[1:], headers))
    if length is None:
        length = len(chain) + len(payload)
    first = 6 << 28 | tos << 20 | label
    return (struct.pack("!IHBB", first, length, numbers[0], ttl) + packed(source) + packed(to)
            + chain + payload)  # fmt: skip


def v6_options():
    """Hop-by-hop or destination options: padding."""
    return b"\0\1\4" + bytes(4)


def v6_fragment(offset, more, ident):
    return struct.pack("!BHI", 0, offset | more, ident)


def split_ip(data):
    """Source, destination, protocol and payload of an IP packet."""
    if data[0] >> 4 == 4:
        return text(data[12:16]), text(data[16:20]), data[9], data[(data[0] & 15) * 4 :]
    proto, at = data[6], 40
    while proto == DEST_OPTIONS:
        proto, at = data[at], at + 8 * (data[at + 1] + 1)
    return text(data[8:24]), text(data[24:40]), proto, data[at:]


def tap(namespace, device, kind=socket.SOCK_DGRAM):
    """What passes a device of a namespace, which one is in afterwards."""
    enter(namespace)
    sock = socket.socket(socket.AF_PACKET, kind, 0)
    sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    sock.bind((device, ETH_P_ALL))
    sock.setblocking(False)
    return sock


def is_unmade(control):
    """Whether a packet's checksum is left to a device, which a pair of them never makes."""
    return any(struct.unpack_from("I", entry[2])[0] & TP_STATUS_CSUMNOTREADY for entry in control)
