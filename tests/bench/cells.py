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
    "foreign": "forwarded, not ours",
}
BESIDE = {"nothing": "alone", "firewall": "beside a stateful firewall"}


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
