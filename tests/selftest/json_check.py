# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON that ipvsctl wrote, held against its schema and against its text.

usage: json_check.py schema FILE...   every line of the files that begins with { is a document, and
                                      there is one of each kind but events
       json_check.py events FILE...   likewise of each kind of event
       json_check.py text VIEW        rewrites the table on standard input as ipvsctl -Ln shows it,
                                      with one blank between the columns
       json_check.py connections      likewise, connections without the time that they have left
"""

import ipaddress
import json
import sys

SCHEMA = "Documentation/json/ipvsctl.schema.json"
CHECKSUMS = {"none": "-c", "present": "+c", "remote-offload": "r+c"}
METHODS = {"masq": "Masq", "route": "Route", "tunnel": "Tunnel", "local": "Local"}
COLUMNS = ("connections", "incoming_packets", "outgoing_packets", "incoming_bytes",
           "outgoing_bytes")


def unique(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a member stands there twice: {names}"
    return dict(pairs)


def parse(text):
    return json.loads(text, object_pairs_hook=unique)


def close(node):
    """Forbids what the schema does not name: here nobody is from a later release."""
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            close(value)
    elif isinstance(node, list):
        for value in node:
            close(value)


def name_of(reference):
    return reference.rsplit("/", 1)[1]


def definition(document):
    """Of one kind alone the validator says what is wrong."""
    if document["kind"] == "event":
        return "event_" + document["event"].replace("-", "_")
    return document["kind"]


def alternatives(schema):
    return {name_of(entry["$ref"]) for entry in schema["oneOf"]}


def check(paths, expected):
    import jsonschema  # takes long, and only this needs it

    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    close(schema)
    kinds = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith("{"):
                    document = parse(line)
                    kind = definition(document)
                    one = {**schema, "$ref": f"#/$defs/{kind}"}
                    jsonschema.Draft202012Validator(one).validate(document)
                    kinds[kind] = kinds.get(kind, 0) + 1
    missing = expected(schema) - kinds.keys()
    assert not missing, f"no document of kind {missing}"
    print(sum(kinds.values()), "documents")


def endpoint(node):
    address = ipaddress.ip_address(node["address"])
    form = "[{}]:{}" if address.version == 6 else "{}:{}"
    return form.format(address, node["port"])


def service_name(service):
    if service["fwmark"] is not None:
        return f"FWM {service['fwmark']}" + (" IPv6" if service["family"] == "ipv6" else "")
    return f"{service['protocol'].upper()} {endpoint(service)}"


def persistence_text(bound):
    mask = ipaddress.ip_address(bound["netmask"])
    bits = f"{int(mask):b}".count("1")
    text = f" persistent {bound['timeout']}"
    if bits != mask.max_prefixlen:
        text += f" mask {bits if mask.version == 6 else mask}"
    return text + (f" pe {bound['engine']}" if bound["engine"] else "")


def service_text(service):
    text = f"{service_name(service)} {service['scheduler']}"
    if service["scheduler_flags"]:
        text += f" ({','.join(service['scheduler_flags'])})"
    if service["persistence"]:
        text += persistence_text(service["persistence"])
    if service["one_packet"]:
        text += " ops"
    for name, word in (("on_removal", "on-removal"), ("fastpath", "fastpath")):
        if service[name] != "default":
            text += f" {word} {service[name]}"
    return text


def tunnel_text(tunnel):
    if tunnel is None:
        return "n/a"
    text = tunnel["type"]
    if tunnel["type"] == "gue":
        text += f":{tunnel['port']}"
    if tunnel["type"] != "ipip":
        text += f":{CHECKSUMS[tunnel['checksum']]}"
    return text


def numbers(node):
    return [node[name] for name in COLUMNS]


def server_columns(server, view):
    if view in ("stats", "rates"):
        return numbers(server[view])
    connections = [server["active_connections"], server["inactive_connections"]]
    if view == "thresholds":
        return [server["upper_threshold"], server["lower_threshold"], *connections]
    if view == "persistent":
        return [server["weight"], server["persistent_connections"], *connections]
    tunnel = [tunnel_text(server["tunnel"])] if view == "tunnels" else []
    return [METHODS[server["method"]], *tunnel, server["weight"], *connections]


def write_table(view):
    for service in parse(sys.stdin.read())["services"]:
        if view in ("stats", "rates"):
            print(service_name(service), *numbers(service[view]))
        else:
            print(service_text(service))
        for server in service["real_servers"]:
            print("->", endpoint(server), *server_columns(server, view))


def write_connections():
    for one in parse(sys.stdin.read())["connections"]:
        print(one["protocol"].upper(), one["state"],
              *(endpoint(one[end]) for end in ("client", "virtual_server", "real_server")))


def main(what, *words):
    if what == "schema":
        check(words, lambda schema: alternatives(schema) - {"event"})
    elif what == "events":
        check(words, lambda schema: alternatives(schema["$defs"]["event"]))
    elif what == "text":
        write_table(*words)
    else:
        write_connections()


main(*sys.argv[1:])
