# SPDX-License-Identifier: GPL-2.0-or-later
"""Parts of the page that are about large configurations, and about two processors."""

import statistics

import plot
from control_growth import DIMENSIONS, HOW, WHAT, Costs
from latency_figures import KINDS, SUBJECTS, Latency
from tables import cell_of, ratio_of, table

SERIES = ["in-tree ip_vs", "nfvs"]
# One panel each: what is changed where, and how.
PANELS = (("services", "batch", "add-service"), ("services", "batch", "edit-service"),
          ("services", "batch", "delete-service"), ("services", "batch", "add-server"),
          ("services", "whole", "list"), ("all", "whole", "fill-servers"),
          ("one-service", "batch", "add-server"), ("one-service", "batch", "edit-server"),
          ("one-service", "batch", "delete-server"))


class Control:
    """The parts control and idle of `make bench-scale`."""

    def __init__(self, record):
        self.record = record
        self.costs = Costs(record["control"])

    def series(self, dimension, how, what, sizes):
        return [[self.costs.get(dimension, how, what, subject, size) for size in sizes]
                for subject in SUBJECTS]

    def control_table(self, dimension):
        sizes = self.costs.sizes(dimension)
        rows = [[f"{WHAT[what]}, {HOW[how]}, {subject}", *map(cell_of, figures)]
                for how, what in self.costs.rows(dimension)
                for subject, figures in zip(SUBJECTS, self.series(dimension, how, what, sizes))
                if any(figures)]
        return table(["change", *map(plot.grouped, sizes)], rows)

    def plot(self):
        panels = []
        for dimension, how, what in PANELS:
            sizes = self.costs.sizes(dimension)
            series = self.series(dimension, how, what, sizes)
            if any(map(any, series)):
                panels.append({"title": f"{WHAT[what].partition(' (')[0]}, {dimension}",
                               "x": [plot.short(size) for size in sizes], "series": series})
        return plot.lines("Each change, by what is configured already",
                          "Instructions of the kernel; a hundred changes at once; the scale is "
                          "logarithmic", SERIES, panels, 3)

    def idle_table(self):
        rows = [[each["subject"], str(each["cpus"]), cell_of(each["bytes"] / each["services"])]
                for each in self.record["idle"]]
        return table(["", "processors", "bytes"], rows)

    def regions(self):
        found = {f"control-{dimension}": self.control_table(dimension)
                 for dimension in DIMENSIONS if self.costs.sizes(dimension)}
        if self.record["idle"]:
            found["idle"] = self.idle_table()
        return found

    def compared(self):
        """(what, ip_vs, nfvs) with as much as both were measured with."""
        found = []
        for dimension in self.costs.dimensions():
            for how, what in self.costs.rows(dimension):
                for size in reversed(self.costs.sizes(dimension)):
                    pair = [self.costs.get(dimension, how, what, subject, size)
                            for subject in SUBJECTS]
                    if None not in pair:
                        found.append((f"{WHAT[what]}, {HOW[how]}, {plot.grouped(size)} "
                                      f"{DIMENSIONS[dimension]}", *pair))
                        break
        return found

    def plots(self):
        return {"control.svg": self.plot()} if self.record["control"] else {}


def latency_table(record):
    latency = Latency(record["latency"], record["edits"])
    rows = []
    for kind, load, place in latency.rows():
        figures = [place.get(subject, {}) for subject in SUBJECTS]
        rows.append([f"{KINDS[kind]}, {load}",
                     *(cell_of(each.get(name)) for name in ("median", "p999", "late_max")
                       for each in figures)])
    return table(["packet", *(f"{name}, {subject}" for name in ("median", "999 of 1 000",
                                                               "late, most")
                              for subject in SUBJECTS)], rows)


def smp_table(record):
    rates = record["rates"]
    rows = []
    for subject, reached in record["medians"].items():
        one = statistics.median(rate["packets"] * 1e9 / rate["nanoseconds"] for rate in rates
                                if (rate["subject"], rate["workers"]) == (subject, 1))
        rows.append(["plain forwarding" if subject == "plain" else subject, cell_of(one),
                     f"{reached:.2f}", ratio_of(reached, record["medians"].get("plain"))])
    return table(["", "packets a second, one", "two, times as many", "/forwarding"], rows)


def regions(control, latency, smp):
    """What there is of the records of `make bench-scale`, `bench-latency` and `bench-smp`."""
    found = control.regions()
    if latency:
        found["latency"] = latency_table(latency)
    # What a busy host let nobody measure is no figure.
    if smp and not smp["missed"]:
        found["smp"] = smp_table(smp)
    return found
