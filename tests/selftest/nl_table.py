#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""nl_table.py own|all STEP: each command with each attribute of the specification damaged.

Each attribute is left out, empty, too short, too long, at its limit, doubled, with the wrong flag
and out of range; "own" takes those that a command's requests have, "all" every one there is.  With
STEP 3, every third of these messages is tried.
"""

import sys

from abi import COMMANDS, SETS
from nl_state import NESTED, State, encode, find, number_of, right_message, right_value

HOW = ("absent", "empty", "shorter", "longer", "limit", "double", "flag", "range")
# Commands whose request may lack everything, or is not looked at.
LIBERAL = {"get-dest", "get-daemon", "get-config", "get-info", "zero", "flush", "get-counters",
           "get-table", "get-conn", "set-config"}
NEEDED = {
    "svc": {"af", "protocol", "addr", "port"}, "dest": {"addr", "port"}, "daemon": {"state"},
    "nfvs": {"service", "dest", "daemon", "conn"},
}
NEEDED_IN_FULL = {
    "svc": {"sched-name", "flags", "timeout", "netmask"},
    "dest": {"fwd-method", "weight", "u-thresh", "l-thresh"}, "daemon": {"mcast-ifn", "sync-id"},
}


def damaged(how, kind, value, size):
    """What stands in the message in the attribute's place: entries without their numbers."""
    raw = encode(value)
    if how == "absent":
        return []
    if how == "double":
        return [value, value]
    if how == "empty":
        return [b""]
    if how == "shorter":
        return [raw[:-1]]
    if how == "longer":
        return [raw + b"\1"]
    if how == "limit":
        if kind == "nest":
            return [value + [[number, b"\xff"] for number in range(200, 2200)]
                    if isinstance(value, list) else raw]
        return [b"x" * size + b"\0" if kind == "string" else b"\xff" * max(len(raw), size)]
    if how == "range":
        if kind == "nest":
            return [[[0, b"1234"], [0x3FFF, b"12345678"], [1, b"\0"]]]
        if kind == "string":
            return [b"\x80/../\xff\n\0"]
        return [b"\x80" + bytes(len(raw) - 1) if raw else b"\x80" * 300]
    return [value]


def change(entries, space, name, how, strict):
    """Does it to an attribute among entries, which is added if it is not there."""
    number, kind, _, size, _ = SETS[space][name]
    entry = find(entries, number)
    if entry is None:
        entry = [number, right_value(space, name)]
        if strict and kind == "nest":
            entry[0] |= NESTED
        entries.append(entry)
    at = next(i for i, other in enumerate(entries) if other is entry)
    flags = entry[0] & ~0x3FFF
    if how == "flag":
        flags ^= NESTED
    entries[at : at + 1] = [[number | flags, value]
                            for value in damaged(how, kind, entry[1], size)]


def paths(command, mode, everything):
    """Spaces and names of attributes, with the top-level attribute that has the space."""
    wanted = SETS["nfvs"] if everything else COMMANDS[command][1][mode]
    for top in wanted:
        yield None, "nfvs", top
        nest = SETS["nfvs"][top][2]
        for name in SETS.get(nest, {}):
            yield top, nest, name


def must_be_refused(command, mode, space, name, how):
    """Only what the specification leaves no doubt about."""
    if name not in (COMMANDS[command][1][mode] if space == "nfvs" else SETS[space]):
        return False
    full = command in ("new-service", "set-service") and space == "svc" or (
        command in ("new-dest", "set-dest") and space == "dest") or command == "new-daemon"
    needed = name in NEEDED.get(space, ()) or full and name in NEEDED_IN_FULL.get(space, ())
    if how == "absent":
        return needed and command not in LIBERAL
    _, kind, _, _, replies_only = SETS[space][name]
    parsed = mode == "do" and not replies_only and command != "del-conn" or command == "set-config"
    return parsed and how in ("empty", "shorter") and kind in ("u8", "u16", "u32") and (
        command != "get-service" or mode == "do")


def cases(everything):
    for command, (_, modes, _) in COMMANDS.items():
        for mode in modes:
            for path in paths(command, mode, everything):
                for how in HOW:
                    yield command, mode, *path, how


def damaged_message(command, mode, top, space, name, how):
    message, strict = right_message(command, mode), COMMANDS[command][0] >= 64
    if top is None:
        change(message, space, name, how, strict)
        return message
    entry = find(message, number_of("nfvs", top))
    if entry is None:
        entry = [number_of("nfvs", top), []]
        message.append(entry)
    change(entry[1], space, name, how, strict)
    return message


def try_right_messages(state):
    """Lest all is refused for one reason."""
    for command, (_, modes, _) in COMMANDS.items():
        for mode in modes:
            got, problem = state.try_message(command, mode, right_message(command, mode))
            if got != "accepted" and got.name not in ("EOPNOTSUPP", "ESRCH"):
                problem = f"refused: {got}"
            if problem:
                yield f"a right message, {command} ({mode}): {problem}"


def try_damaged_message(state, case):
    command, mode, top, space, name, how = case
    got, problem = state.try_message(command, mode, damaged_message(*case))
    own = (top or name) in COMMANDS[command][1][mode]
    if got == "accepted" and own and must_be_refused(command, mode, space, name, how):
        problem = "accepted"
    return problem and f"{command} ({mode}), {space}.{name} {how}: {problem}"


def main(everything, step):
    state, tried = State("NFVS"), list(cases(everything))[::step]
    wrong = list(try_right_messages(state))
    wrong += filter(None, (try_damaged_message(state, case) for case in tried))
    print(f"{len(tried)} damaged messages")
    if state.share() < 95:
        wrong.append("too many refusals without a sentence")
    if wrong:
        sys.exit("FAILED:\n  " + "\n  ".join(wrong[:60]))


main(sys.argv[1] == "all", int(sys.argv[2]))
