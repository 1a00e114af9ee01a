# SPDX-License-Identifier: GPL-2.0-or-later
"""What ipvsctl wrote for Prometheus, held against its listings.

usage: prometheus_check.py METRICS TABLE COUNTERS TEXT   as written by ipvsctl prometheus,
       -L --stats --json, stats, and -L -n --stats -X
"""

import json
import sys

from prometheus_client.parser import text_string_to_metric_families

COUNTED = ("connections", "incoming_packets", "outgoing_packets", "incoming_bytes",
           "outgoing_bytes")
MEASURED = {"connections_active": "active_connections",
            "connections_inactive": "inactive_connections",
            "connections_persistent": "persistent_connections", "weight": "weight",
            "upper_threshold": "upper_threshold", "lower_threshold": "lower_threshold"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def samples_of(text):
    """Name and labels of each sample with its value; counters end in _total, as they should."""
    samples = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation, f"{family.name} has no help"
        assert family.type in ("counter", "gauge"), f"{family.name} is {family.type}"
        for sample in family.samples:
            assert sample.name.endswith("_total") == (family.type == "counter"), sample.name
            key = sample.name, frozenset(sample.labels.items())
            assert key not in samples, f"{key} is there twice"
            samples[key] = sample.value
    return samples


def service_labels(service):
    marked = service["fwmark"] is not None
    return {"local_address": service["address"] or "",
            "local_mark": f"{service['fwmark']:08X}" if marked else "",
            "local_port": str(service["port"] or 0),
            "proto": "FWM" if marked else service["protocol"].upper(),
            "family": service["family"]}


def expected_of(table):
    expected = {}

    def expect(name, labels, value):
        expected[name, frozenset(labels.items())] = value

    for service in table["services"]:
        labels = service_labels(service)
        expect("ipvsctl_service_info", {**labels, "scheduler": service["scheduler"]}, 1)
        for name in COUNTED:
            expect(f"ipvsctl_service_{name}_total", labels, service["stats"][name])
        for server in service["real_servers"]:
            remote = {**labels, "remote_address": server["address"],
                      "remote_port": str(server["port"])}
            for name in COUNTED:
                expect(f"ipvsctl_backend_{name}_total", remote, server["stats"][name])
            for name, member in MEASURED.items():
                expect(f"ipvsctl_backend_{name}", remote, server[member])
    return expected


def counters_of(text):
    expected = {}
    for line in text.splitlines():
        name, value = line.split()
        dropped = name.startswith("drop_")
        label = ("reason", name[len("drop_"):]) if dropped else ("event", name)
        family = "ipvsctl_drops_total" if dropped else "ipvsctl_events_total"
        expected[family, frozenset([label])] = int(value)
    return expected


def text_sum(text, column):
    """Of all services in the listing."""
    return sum(int(line.split()[-5 + column]) for line in text.splitlines()
               if line.startswith(("TCP", "UDP", "SCTP", "FWM")))


def main(metrics, table, counters, text):
    samples = samples_of(read(metrics))
    expected = expected_of(json.loads(read(table))) | counters_of(read(counters))
    about_balancer = {key for key in samples
                      if key[0].startswith(("ipvsctl_balancer", "ipvsctl_connection"))}
    assert samples.keys() - about_balancer == expected.keys(), \
        samples.keys() ^ expected.keys()
    assert about_balancer, "nothing is said about the balancer"
    for key, value in expected.items():
        assert samples[key] == value, f"{key}: {samples[key]}, expected {value}"
    for column, name in enumerate(COUNTED):
        total = sum(value for key, value in samples.items()
                    if key[0] == f"ipvsctl_service_{name}_total")
        assert total == text_sum(read(text), column), f"{name}: {total}"


main(*sys.argv[1:])
