# SPDX-License-Identifier: GPL-2.0-or-later
"""What guest.sh prints: the cells of a boot, and what their paths are called."""

import pathlib
import sys

KEY = ("family", "beside", "subject", "path")
FIGURES = ("median", "mean", "p99", "min", "max")

PATHS = {
    "forward": "plain forwarding",
    "flowtable": "nf_flowtable",
    "first_nat": "first packet, NAT",
    "first_dr": "first packet, DR",
    "first_tun": "first packet, IPIP",
    "first_nat_hooks": "first packet, hooks alone",
    "nat": "NAT, to the server",
    "reply": "NAT, reply",
    "dr": "DR",
    "tun": "IPIP",
    "first_nat_crowded": "first packet, crowded table",
    "nat_crowded": "NAT, crowded table",
    "nat_always": "NAT, fastpath=always",
    "reply_always": "NAT, reply, fastpath=always",
    "foreign": "forwarded, not ours",
    "unused": "forwarded, no service there",
}
BESIDE = {"nothing": "alone", "firewall": "beside a stateful firewall"}


# What nfvs is to need at most, IPv4: figures of one kernel, held to on it.
AT_MOST_ON = "6.1."
AT_MOST = {
    ("nothing", "nat"): 1600,
    ("nothing", "reply"): 1600,
    ("nothing", "dr"): 1500,
    ("nothing", "tun"): 1700,
    ("nothing", "first_nat"): 2800,
    ("nothing", "first_nat_hooks"): 4700,
    ("firewall", "nat"): 6000,
    ("firewall", "reply"): 6000,
    ("firewall", "nat_always"): 1700,
    ("firewall", "reply_always"): 1700,
}
# The same by another figure of the run: how many times whose, and how many instructions more.
RELATIVE = [
    *(("6", path, ("ip_vs", path), 0.40, 0) for path in ("nat", "reply", "dr", "tun")),
    ("4", "nat_crowded", ("nfvs", "nat"), 1.03, 0),
    *((family, "foreign", ("plain", "forward"), 1, 100) for family in "46"),
    # A line of code more or less elsewhere in the kernel's memory.
    *((family, "unused", ("plain", "forward"), 1.002, 0) for family in "46"),
]


def bars(medians, release):
    """Return what nfvs is held to; @medians by family, neighbourhood, subject and path."""
    found = []
    if release.startswith(AT_MOST_ON):
        found += [("4", beside, path, most) for (beside, path), most in AT_MOST.items()]
    for family, path, (subject, other), times, more in RELATIVE:
        base = medians.get((family, "nothing", subject, other))
        if base:
            found.append((family, "nothing", path, round(base * times + more)))
    return [{"what": f"IPv{family}, {BESIDE[beside]}: {PATHS[path]}",
             "measured": medians[family, beside, "nfvs", path], "at_most": most}
            for family, beside, path, most in found
            if (family, beside, "nfvs", path) in medians]


def is_met(bar):
    return bar["measured"] is not None and bar["measured"] <= bar["at_most"]


def words(line):
    return dict(word.split("=", 1) for word in line.split()[1:] if "=" in word)


def read_boot(path):
    """Return the guest line, cells and commands of one boot, which must have ended well."""
    guest, cells, commands, ended = {}, {}, {}, False
    for line in pathlib.Path(path).read_text(errors="replace").splitlines():
        if line.startswith("guest done"):
            ended = True
        elif line.startswith("guest "):
            guest = words(line)
        elif line.startswith("cell "):
            fields = words(line)
            cells[tuple(fields[name] for name in KEY)] = {
                name: int(fields[name]) for name in (*FIGURES, "packets")}
        elif line.startswith("control "):
            fields = words(line)
            commands[fields["what"], fields["subject"], fields["program"]] = {
                "items": int(fields["items"]), "instructions": int(fields["instructions"])}
    if not ended:
        sys.exit(f"bench: the run in {path} did not come to its end")
    return guest, cells, commands
