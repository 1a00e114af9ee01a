# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what the plugins wrote: how often what they count happened, by function."""

import bisect
import collections


def symbols(path):
    """The functions of a running kernel and its modules, in order of address."""
    found = []
    for line in path.read_text().splitlines():
        address, kind, name, *module = line.split()
        if kind in "tTwW":
            found.append((int(address, 16), " ".join([name, *module])))
    found.sort()
    return [address for address, _ in found], [name for _, name in found]


def cells(log):
    """The words of each cell of a bench's output."""
    return [dict(word.split("=") for word in line.split()[1:])
            for line in log.read_text().splitlines() if line.startswith("cell ")]


def noted_before(folder, run):
    return max(number for path in folder.glob("symbols.*")
               if (number := int(path.suffix[1:])) <= int(run))


def counts(folder, run):
    """How often it happened in the windows of a cell, by function and place in it."""
    addresses, names = symbols(folder / f"symbols.{noted_before(folder, run)}")
    found = collections.Counter()
    for line in (folder / f"counts.{run}").read_text().splitlines():
        address, times = line.split()
        place = bisect.bisect_right(addresses, int(address, 16)) - 1
        found[names[place], int(address, 16) - addresses[place]] += int(times)
    return found


def functions(folder, run):
    """The same by function alone."""
    found = collections.Counter()
    for (name, _), times in counts(folder, run).items():
        found[name] += times
    return found


def packets(folder, run):
    """How often it happened in each window."""
    return [int(line) for line in (folder / f"packets.{run}").read_text().split()]
