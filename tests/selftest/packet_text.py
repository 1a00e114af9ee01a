# SPDX-License-Identifier: GPL-2.0-or-later
"""What a packet is, field by field, as words "NAME=VALUE": every byte of it is in one of them.

What no two packets share is put down as "own": numbers that the director gives to the packets that
it makes itself.  A packet inside another one, quoted or tunneled, has its fields under a prefix.
"""

import struct
import zlib

import packet as make

OUR_ID, OUR_LABEL, OUR_FRAGMENT = 0x4E46, 0x4E465, 0x4E465653
NAMES = {number: name for name, number in make.PROTOS.items()}
FLAG_NAMES = {bit: letter for letter, bit in make.FLAGS.items()}
DONT_FRAGMENT = 0x4000
ERRORS4, ECHOES = (3, 4, 5, 11, 12), {(1, 8), (1, 0), (58, 128), (58, 129)}


def content(data):
    if len(data) <= 24:
        return data.hex() or "-"
    return f"{len(data)}:{zlib.crc32(data):08x}"


class Text:
    """The fields of one packet.  What it is in a word or two is its kind."""

    def __init__(self, data, unmade=False, errors_are_own=True):
        self.fields = {}
        self.kinds = []
        self.unmade = unmade
        self.errors_are_own = errors_are_own
        self.ip(data, "")

    @property
    def kind(self):
        return "/".join(self.kinds)

    def put(self, prefix, **values):
        for name, value in values.items():
            self.fields[prefix + name] = str(value)

    def ip(self, data, prefix, quoted=False):
        version = data[0] >> 4 if data else 0
        if version == 4 and len(data) >= 20:
            self.v4(data, prefix, quoted)
        elif version == 6 and len(data) >= 40:
            self.v6(data, prefix, quoted)
        else:
            self.put(prefix, rest=content(data))

    def number(self, value, ours, own):
        return "own" if value and (own or value != ours) else f"{value:x}"

    def ident(self, value, fragment, own):
        """0 says that there is none, where nobody may fragment; else it is a number like all others,
        and one packet in 65 536 has it."""
        if own and not fragment & DONT_FRAGMENT:
            return "own"
        return self.number(value, OUR_ID, own)

    def v4(self, data, prefix, quoted):
        head = (data[0] & 15) * 4
        _, tos, length, ident, fragment, ttl, proto, check = struct.unpack_from("!BBHHHBBH", data)
        addresses = make.text(data[12:16]), make.text(data[16:20])
        is_outer = not quoted and proto in (4, 41, 47)
        is_error = proto == 1 and not quoted and data[head : head + 1] in (b"\3", b"\x0b", b"\x0c")
        own = is_outer or is_error and self.errors_are_own
        self.put(prefix, v=4, src=addresses[0], dst=addresses[1], tos=f"{tos:02x}",
                 len=length if quoted else length - len(data), ttl=ttl,
                 id=self.ident(ident, fragment, own), frag=f"{fragment:04x}",
                 ipsum="good" if not make.inet_sum(data[:head]) else "bad")  # fmt: skip
        if head > 20:
            self.put(prefix, options=self.timeless(data[20:head]).hex())
        self.above(proto, data[head:], prefix, addresses, quoted, fragment & 0x1FFF, fragment & 0x3FFF)

    @staticmethod
    def timeless(options):
        """IP options, without the time that a timestamp says."""
        if len(options) >= 8 and options[0] == 68 and any(options[4:8]):
            return options[:4] + b"time" + options[8:]
        return options

    def v6(self, data, prefix, quoted):
        first, length, proto, ttl = struct.unpack_from("!IHBB", data)
        addresses = make.text(data[8:24]), make.text(data[24:40])
        self.put(prefix, v=6, src=addresses[0], dst=addresses[1], tos=f"{first >> 20 & 0xFF:02x}",
                 label=self.number(first & 0xFFFFF, OUR_LABEL, False),
                 len=length if quoted else length + 40 - len(data), ttl=ttl)  # fmt: skip
        at, offset, any_fragment = 40, 0, 0
        chain = []
        while proto in (0, 43, 60, 44) and at + 8 <= len(data) and not offset:
            if proto == 44:
                word, ident = struct.unpack_from("!HI", data, at + 2)
                offset, any_fragment = word & 0xFFF8, word & 0xFFF9
                size, what = 8, f"{word:04x}.{self.number(ident, OUR_FRAGMENT, False)}"
            else:
                size = 8 * (data[at + 1] + 1)
                what = data[at + 1 : at + size].hex()
            chain.append(f"{proto}.{what}")
            proto, at = data[at], at + size
        if chain:
            self.put(prefix, headers="+".join(chain))
        self.above(proto, data[at:], prefix, addresses, quoted, offset, any_fragment)

    def above(self, proto, data, prefix, addresses, quoted, offset, any_fragment):
        """What IP carries, from its OFFSET on; not all of it if it is ANY_FRAGMENT."""
        name = NAMES.get(proto, str(proto))
        self.kinds.append(name + (f"@{offset}" if offset else ""))
        self.put(prefix, proto=name)
        whole = not quoted and not any_fragment
        if offset:
            self.put(prefix, data=content(data))
        elif proto in (4, 41):
            self.ip(data, prefix + "in.", quoted)
        elif proto == 47 and len(data) >= 8:
            self.gre(data, prefix, quoted)
        elif proto in make.CHECKSUM_AT and len(data) >= make.CHECKSUM_AT[proto] + 2:
            self.checked(proto, data, prefix, addresses, whole)
        elif proto in make.CHECKSUM_AT and len(data) >= 4 and proto not in (1, 58):
            self.put(prefix, ports="{}>{}".format(*struct.unpack_from("!HH", data)), cut=content(data[4:]))
        else:
            self.put(prefix, data=content(data))

    def checked(self, proto, data, prefix, addresses, whole):
        at = make.CHECKSUM_AT[proto]
        check = data[at : at + (4 if proto == 132 else 2)]
        if not whole:
            self.put(prefix, sum=check.hex())
        elif proto == 17 and not any(check):
            self.put(prefix, sum="none")
        elif self.unmade:
            # Left to a device, which adds the packet to what is there.
            begun = make.inet_sum(make.pseudo(*addresses, len(data), proto)) ^ 0xFFFF
            good = proto == 132 or check == struct.pack("!H", begun)
            self.put(prefix, sum="good" if good else "bad")
        else:
            self.put(prefix, sum="good" if make.is_good(proto, *addresses, data) else "bad")
        {1: self.icmp, 58: self.icmp, 6: self.tcp, 17: self.udp, 132: self.sctp}[proto](
            proto, data, prefix, whole)

    def icmp(self, proto, data, prefix, whole):
        self.kinds[-1] += f".{data[0]}.{data[1]}"
        self.put(prefix, type=f"{data[0]}.{data[1]}")
        if (proto, data[0]) in ECHOES or not (data[0] in ERRORS4 if proto == 1 else data[0] < 128):
            self.put(prefix, data=content(data[4:]))
            return
        self.put(prefix, info=data[4:8].hex())
        self.ip(data[8:], prefix + "q.", True)

    def tcp(self, proto, data, prefix, whole):
        sport, dport, seq, ack, doff, flags, window = struct.unpack_from("!HHIIBBH", data)
        letters = "".join(letter for bit, letter in FLAG_NAMES.items() if flags & bit) or "-"
        self.kinds[-1] += "." + letters
        self.put(prefix, ports=f"{sport}>{dport}", seq=seq, ack=ack, doff=f"{doff:02x}",
                 flags=f"{flags:02x}", window=window, urgent=data[18:20].hex(),
                 data=content(data[20:]))  # fmt: skip

    def udp(self, proto, data, prefix, whole):
        sport, dport, length = struct.unpack_from("!HHH", data)
        if dport == 6080:
            self.gue(data, prefix, sport, length, not whole)
            return
        self.put(prefix, ports=f"{sport}>{dport}", udplen=length, data=content(data[8:]))

    def sctp(self, proto, data, prefix, whole):
        sport, dport = struct.unpack_from("!HH", data)
        if len(data) > 12:
            self.kinds[-1] += f".{data[12]}"
        self.put(prefix, ports=f"{sport}>{dport}", tag=data[4:8].hex(), data=content(data[12:]))

    def gue(self, data, prefix, sport, length, quoted):
        """The source port is a hash of the flow inside."""
        self.kinds[-1] = "gue"
        if self.fields[prefix + "v"] == "4":
            has_none = self.fields[prefix + "id"] == "0"
            fragment = int(self.fields[prefix + "frag"], 16)
            self.put(prefix, id=self.ident(not has_none, fragment, own=True))
        size = 4 + 4 * (data[8] & 31) if len(data) > 8 else 0
        self.put(prefix, ports=f"{'high' if sport >= 1024 else sport}>6080",
                 udplen=length if quoted else length - len(data),
                 gue=data[8 : 8 + size].hex())  # fmt: skip
        if quoted and self.fields[prefix + "sum"] != "none":
            self.put(prefix, sum="any")
        self.ip(data[8 + size :], prefix + "in.", quoted)

    def gre(self, data, prefix, quoted):
        size = 8 if data[0] & 0x80 else 4
        self.put(prefix, gre=data[:4].hex())
        if size == 8 and not quoted:
            self.put(prefix, gresum="good" if not make.inet_sum(data) else "bad")
        self.ip(data[size:], prefix + "in.", quoted)
