# SPDX-License-Identifier: GPL-2.0-or-later
"""Transactions and tables, for tests: items, what a transaction answers, a table as it is configured.

An item is a triple of command, service nest and real server's nest, either of which may be empty;
as a single command it is a message of its own, see send_alone().
"""

import struct

import genl
from genl import DEST, NESTED, SERVICE, attribute, u8

COMMIT, ITEM, GENERATION, COUNT, BRIEF = 68, 68, 69, 67, 66
ITEM_COMMAND, ITEM_SERVICE, ITEM_DEST = 1, 2, 3
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33
VOLATILE = {7, 8, 9, 10, 12}  # of a real server: how many connections it has, and statistics


def open_family():
    link = genl.Family("NFVS")
    link.socket.setsockopt(1, SO_SNDBUFFORCE, 64 << 20)
    link.socket.setsockopt(1, SO_RCVBUFFORCE, 64 << 20)
    return link


def item(command, service=b"", dest=b""):
    body = u8(ITEM_COMMAND, command)
    if service:
        body += attribute(ITEM_SERVICE, service)
    if dest:
        body += attribute(ITEM_DEST, dest)
    return attribute(ITEM | NESTED, body)


def u64(kind, value):
    return attribute(kind, struct.pack("=Q", value))


def commit(link, items, generation=None):
    """Returns how many services and real servers changed, and the new generation."""
    payload = b"".join(item(*one) for one in items)
    if generation is not None:
        payload += u64(GENERATION, generation)
    reply = {k: v for k, _, v in link.request(COMMIT, payload, reply=True)[0][1]}
    return struct.unpack("=I", reply[COUNT])[0], struct.unpack("=Q", reply[GENERATION])[0]


def item_at(items, offset):
    """Which item of a message begins at or before an offset in it."""
    at = genl.HEADERS
    for index, one in enumerate(items):
        size = len(item(*one))
        if at <= offset < at + size:
            return index
        at += size
    return None


def send_alone(link, command, service=b"", dest=b""):
    payload = attribute(SERVICE, service) if service else b""
    if dest:
        payload += attribute(DEST, dest)
    link.request(command, payload)


def generation(link):
    reply = {k: v for k, _, v in link.request(genl.GET_INFO, reply=True)[0][1]}
    return struct.unpack("=Q", reply[68])[0]


def configured(nest, skip):
    return b"".join(attribute(k, v) for k, _, v in genl.attributes(nest) if k not in skip)


def table(link):
    """Sets of real servers by service, each as it is configured."""
    found, dests = {}, None
    for _, top in link.dump(genl.GET_TABLE, u8(BRIEF, 1)):
        kind, _, nest = top[0]
        if kind == SERVICE:
            dests = found.setdefault(configured(nest, ()), set())
        else:
            dests.add(configured(nest, VOLATILE))
    return found
