#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""queue.py NUMBER

Lets each packet go on that a firewall asks about (NFQUEUE), from the queue of that number.  Writes
"ready" once it is bound.  Speaks nfnetlink_queue itself (include/uapi/linux/netfilter/).
"""

import socket
import struct
import sys

NETLINK_NETFILTER = 12
NLM_F_REQUEST, NLM_F_ACK, NLMSG_ERROR = 1, 4, 2
QUEUE_PACKET, QUEUE_VERDICT, QUEUE_CONFIG = 0x300, 0x301, 0x302
ATTR_COMMAND, ATTR_PARAMETERS = 1, 2
ATTR_HEADER, ATTR_VERDICT = 1, 2
COMMAND_BIND, COPY_META = 1, 1
NF_ACCEPT = 1


def attribute(kind, payload):
    return struct.pack("=HH", 4 + len(payload), kind) + payload + bytes(-len(payload) % 4)


def message(kind, flags, queue, payload):
    body = struct.pack("!BBH", socket.AF_UNSPEC, 0, queue) + payload
    return struct.pack("=IHHII", 16 + len(body), kind, NLM_F_REQUEST | flags, 0, 0) + body


def configure(sock, queue, payload):
    sock.send(message(QUEUE_CONFIG, NLM_F_ACK, queue, payload))
    answer = sock.recv(1 << 16)
    (error,) = struct.unpack_from("=i", answer, 16)
    if error:
        raise OSError(-error, "the queue is not to be had")


def packet_id(body):
    """Of the header that each packet has for its first attribute."""
    at = 4
    while True:
        length, kind = struct.unpack_from("=HH", body, at)
        if kind == ATTR_HEADER:
            return body[at + 4:at + 8]
        at += (length + 3) & ~3


queue = int(sys.argv[1])
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as sock:
    sock.bind((0, 0))
    configure(sock, queue, attribute(ATTR_COMMAND, struct.pack("!BBH", COMMAND_BIND, 0, 0)))
    configure(sock, queue, attribute(ATTR_PARAMETERS, struct.pack("!IB", 0, COPY_META)))
    print("ready", flush=True)
    while True:
        answer = sock.recv(1 << 16)
        at = 0
        while at < len(answer):
            length, kind = struct.unpack_from("=IH", answer, at)
            if kind == QUEUE_PACKET:
                verdict = struct.pack("!I", NF_ACCEPT) + packet_id(answer[at + 16:at + length])
                sock.send(message(QUEUE_VERDICT, 0, queue, attribute(ATTR_VERDICT, verdict)))
            at += (length + 3) & ~3
