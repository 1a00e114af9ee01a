#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""packets_diff.py IP_VS NFVS DEVIATIONS RELEASE MAN-PAGE

Compares what packets_play.py told of both balancers.  Prints each difference that is not in the list
of deviations, each listed one of these cases that is none (any more), and each reason that the man
page does not give in the same words.
"""

import difflib
import fnmatch
import glob
import os
import re
import sys

import packets_play


def read(path):
    """By case, in their order, and by what is told of it: lines as a kind and fields."""
    told = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            case, where, kind, *fields = line.split()
            if "=" in kind:
                kind, fields = where, [kind, *fields]
            told.setdefault(case, {}).setdefault(where, []).append((kind, *fields))
    return told


def named(fields):
    return dict(field.partition("=")[::2] for field in fields)


def changed(old, new):
    if old[0] != new[0]:
        yield f"{old[0]} -> {new[0]}"
        return
    old, new = named(old[1:]), named(new[1:])
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield f"{name} {old.get(name, 'nothing')} -> {new.get(name, 'nothing')}"


def brief(line):
    values = named(line[1:])
    words = [line[0]] + [f"{name}={values[name]}" for name in ("state", "real", "ports") if name in values]
    return " ".join(words)


def compare_lines(old, new):
    """Lines of one place: what changed in those that stand for each other, what one side lacks."""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            for number in range(b - a):
                yield from changed(old[a + number], new[c + number])
            continue
        for line in old[a:b]:
            yield "only ip_vs " + brief(line)
        for line in new[c:d]:
            yield "only nfvs " + brief(line)


def differences(old, new):
    for case in {**old, **new}:
        before, after = old.get(case, {}), new.get(case, {})
        for where in {**before, **after}:
            for text in compare_lines(before.get(where, []), after.get(where, [])):
                yield f"{case} {where} {text}"


class Deviation:
    """A paragraph of the list: the words of the man page, then patterns of differences."""

    def __init__(self, paragraph, release):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        self.reason = " ".join(line for line in lines if not line[:1].isspace())
        self.kernel, _, reason = self.reason.partition(": ")
        if re.fullmatch(r"[0-9.]+", self.kernel):
            self.reason = reason
        else:
            self.kernel = ""
        self.patterns = [line.strip() for line in lines if line[:1].isspace()]
        self.applies = release.startswith(self.kernel)
        self.used = set()


def listed(path, release):
    with open(path, encoding="utf-8") as file:
        found = [Deviation(text, release) for text in re.split(r"\n\s*\n", file.read())]
    return [deviation for deviation in found if deviation.patterns and deviation.applies]


def plain(man_page):
    """The words of a man page as they are read."""
    with open(man_page, encoding="utf-8") as file:
        text = re.sub(r"\\f[BRIP]", "", file.read())
    return " ".join(re.sub(r"^\.[A-Z][a-z](?= |$)", "", text, flags=re.M).split())


def all_cases(folder):
    """Those of all tables, and the listing at the end of each."""
    for path in glob.glob(os.path.join(folder, "*.cases")):
        table = packets_play.Table(os.path.join(folder, "services"), path)
        yield packets_play.listing_name(path)
        for _, cases in table.sections:
            yield from (case.name for case in cases)


def main(old, new, deviations, release, man_page):
    known = set(all_cases(os.path.dirname(deviations)))
    deviations = listed(deviations, release)
    failed = False
    old, new = read(old), read(new)
    for line in differences(old, new):
        matching = [(d, p) for d in deviations for p in d.patterns if fnmatch.fnmatchcase(line, p)]
        for deviation, pattern in matching:
            deviation.used.add(pattern)
        if not matching:
            failed = True
            print(line)
    words = plain(man_page)
    for deviation in deviations:
        for pattern in deviation.patterns:
            cases = {case for case in known if fnmatch.fnmatchcase(case, pattern.split()[0])}
            if not cases or (cases & {*old, *new} and pattern not in deviation.used):
                failed = True
                print("no longer differs:" if cases else "no such case:", pattern)
        if deviation.reason not in words:
            failed = True
            print("not in the man page:", deviation.reason)
    return failed


sys.exit(main(*sys.argv[1:]))
