#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""nl_probe.py: tries every door of the module, and prints what becomes of it.

Every command of the family under both names, with a message that is right but for who sends it;
each setting; the files in /proc/net that show clients.  One line sums up equal answers: "accepted",
"refused EPERM" and the like, or "no family".
"""

import errno
import os
from collections import Counter

import genl
from abi import COMMANDS
from nl_state import encode, right_message

SETTINGS = ("/proc/sys/net/ipv4/vs/", "/proc/sys/net/nfvs/")
CLIENTS = ("ip_vs_conn", "ip_vs_conn_sync", "nfvs_conn", "nfvs_conn_sync")


def summary(answers):
    answers = Counter(answers)
    if len(answers) == 1:
        return f"all {next(iter(answers))}"
    return ", ".join(f"{count} {what}" for what, count in sorted(answers.items())) or "none"


def answer(link, command, mode):
    try:
        flags = genl.F_REQUEST | (genl.F_DUMP if mode == "dump" else genl.F_ACK)
        link.send(COMMANDS[command][0], encode(right_message(command, mode)), flags)
        link.receive()
    except genl.Refused as refusal:
        return f"refused {refusal.name}"
    return "accepted"


def answers(name):
    try:
        link = genl.Family(name)
    except LookupError:
        return ["no family"]
    return [answer(link, command, mode) for command, (_, modes, _) in COMMANDS.items()
            for mode in modes]


def opened(path, flags, use):
    """What an attempt to use a file meets."""
    try:
        file = os.open(path, flags)
    except OSError as error:
        return f"refused {errno.errorcode[error.errno]}"
    try:
        return use(file)
    except OSError as error:
        return f"refused {errno.errorcode[error.errno]}"
    finally:
        os.close(file)


def write_same(file):
    """What it has, so that a success harms nobody else's test."""
    value = os.pread(file, 4096, 0)
    os.pwrite(file, value, 0)
    return "written"


print("NFVS:", summary(answers("NFVS")))
print("IPVS:", summary(answers("IPVS")))
paths = [folder + name for folder in SETTINGS if os.path.isdir(folder)
         for name in sorted(os.listdir(folder))]
print("settings, writing:", summary(opened(path, os.O_WRONLY, lambda file: "opened")
                                    for path in paths))
print("settings, both:", summary(opened(path, os.O_RDWR, write_same) for path in paths))
print("clients:", summary(
    opened(f"/proc/self/net/{name}", os.O_RDONLY,
           lambda file: f"{os.read(file, 65536).count(10)} lines")
    for name in CLIENTS if os.path.exists(f"/proc/self/net/{name}")))
