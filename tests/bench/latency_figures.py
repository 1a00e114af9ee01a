# SPDX-License-Identifier: GPL-2.0-or-later
"""What latency.sh prints: packets while the configuration is changed and listed."""

SUBJECTS = ("ip_vs", "nfvs")
KINDS = {"established": "established, NAT", "first": "first packet, NAT"}
# In percent of what it is with one service that nobody touches.
AT_MOST = 200
# Of so many edits a second; fewer are no load.
EDITS_AT_LEAST = 950


def load_name(figure):
    services = f"{figure['services']} service" + ("s" if figure["services"] > 1 else "")
    return {"idle": f"{services}, left alone", "busy": f"{services}, changed and listed",
            "own": f"{services}, its own one changed"}[figure["load"]]


class Latency:
    """figures and edits are the dictionaries of the log."""

    def __init__(self, figures, edits):
        self.figures, self.edits = figures, edits

    def of(self, kind, subject):
        return [each for each in self.figures
                if (each["kind"], each["subject"]) == (kind, subject)]

    def rows(self):
        """(kind, load, figures of each subject), in the order of the log."""
        found = {}
        for each in self.figures:
            place = found.setdefault((each["kind"], each["load"], each["services"]), {})
            place[each["subject"]] = each
        order = {kind: number for number, kind in enumerate(KINDS)}
        return sorted(((key[0], load_name(next(iter(place.values()))), place)
                       for key, place in found.items()), key=lambda row: order[row[0]])

    def bars(self):
        """(what, measured, at most) of nfvs."""
        found = []
        for kind, name in KINDS.items():
            cells = {each["load"]: each for each in reversed(self.of(kind, "nfvs"))}
            alone, busy = cells.get("idle"), cells.get("busy")
            if alone or busy:
                found.append((f"{name}, 999 of 1000, while {busy['services']} services are changed "
                              "and listed: percent of one that is left alone"
                              if busy else name,
                              100 * busy["p999"] / alone["p999"] if busy and alone else None,
                              AT_MOST))
        return found

    def edits_per_second(self):
        return [(each["subject"], each["who"], each["edits"] * 1e6 / each["microseconds"])
                for each in self.edits]

    def too_few(self):
        """ip_vs waits for readers where the scheduler changes; that is its own affair."""
        return [f"{subject}, {who}: {rate:.0f} edits a second" for subject, who, rate
                in self.edits_per_second() if rate < EDITS_AT_LEAST and subject == "nfvs"]
