# SPDX-License-Identifier: GPL-2.0-or-later
"""What scale-control.sh prints: changes and lists, by how much is configured already."""

import statistics

SUBJECTS = ("ip_vs", "nfvs")
DIMENSIONS = {"services": "services with one real server each",
              "one-service": "real servers of one service",
              "all": "real servers of services with ten each"}
# In percent of what the same costs with so many.
AT_MOST = 150
BASE = {"services": 100, "one-service": 100, "all": 1000}
HOW = {"batch": "a hundred at once", "single": "a command of its own", "whole": "all of them"}
WHAT = {"add-service": "add a service", "edit-service": "edit a service",
        "delete-service": "delete a service", "add-server": "add a real server",
        "edit-server": "edit a real server", "delete-server": "delete a real server",
        "fill-services": "restore services (-R)", "fill-servers": "restore real servers (-R)",
        "list": "list, a line (-Ln)", "clear": "clear, a line (-C)"}
# The clock of the thread stands still in these for as long as softirqs took before, for what the
# long -R before had left to RCU.  Nothing can be said of them.
UNTOLD = {("one-service", "clear")}


class Costs:
    """The kernel's instructions for one item, medians; figures are the dictionaries of the log."""

    def __init__(self, figures):
        runs = {}
        for figure in figures:
            if (figure["dimension"], figure["what"]) in UNTOLD:
                continue
            key = tuple(figure[name] for name in ("dimension", "how", "what", "subject", "size"))
            runs.setdefault(key, []).append((figure["sending"] + figure["receiving"])
                                            / figure["items"])
        self.costs = {key: statistics.median(run) for key, run in runs.items()}

    def get(self, dimension, how, what, subject, size):
        return self.costs.get((dimension, how, what, subject, size))

    def dimensions(self):
        return [dimension for dimension in DIMENSIONS
                if any(key[0] == dimension for key in self.costs)]

    def sizes(self, dimension):
        return sorted({key[4] for key in self.costs if key[0] == dimension})

    def rows(self, dimension):
        """(how, what) of all that was measured."""
        found = {key[1:3] for key in self.costs if key[0] == dimension}
        return [(how, what) for how in HOW for what in WHAT if (how, what) in found]

    def worst(self, dimension, how):
        """(percent, what) of what grows most from the base to the largest size, of nfvs."""
        base, most = BASE[dimension], self.sizes(dimension)[-1]
        ratios = [(100 * many / few, what) for each, what in self.rows(dimension) if each == how
                  for few in [self.get(dimension, how, what, "nfvs", base)]
                  for many in [self.get(dimension, how, what, "nfvs", most)] if few and many]
        return max(ratios, default=(None, "nothing"))

    def bars(self):
        """(what, measured, at most)."""
        found = []
        for dimension in self.dimensions():
            few, most = BASE[dimension], self.sizes(dimension)[-1]
            for how in dict.fromkeys(how for how, _ in self.rows(dimension)):
                measured, what = self.worst(dimension, how)
                found.append((f"{most} {DIMENSIONS[dimension]}, {HOW[how]}: percent of {few}, "
                              f"{WHAT.get(what, what)}", measured, AT_MOST))
        return found
