// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.hpp"

#include "ipvsctl/version.hpp"

#include <array>
#include <string_view>

namespace ipvsctl::tool {

namespace {

// Each line of the synopsis, to stand behind the program's name.
constexpr std::array<std::string_view, 9> synopsis{
    "-A|-E SERVICE [-s SCHEDULER] [-p [SECONDS]] [-M NETMASK] [--pe ENGINE] [-b FLAGS] [-o]",
    "-D SERVICE",
    "-C",
    "-a|-e SERVICE -r SERVER [-g|-i|-m] [-w WEIGHT] [-x LIMIT] [-y LIMIT] [TUNNEL OPTIONS]",
    "-d SERVICE -r SERVER",
    "-L|-l [SERVICE] [LIST OPTIONS]",
    "-Z [SERVICE]",
    "--set TCP TCPFIN UDP",
    "stats",
};

constexpr std::string_view body = R"(
Without arguments it lists the table. The command comes first, short or long:
  --add-service     -A        add a virtual service
  --edit-service    -E        replace the settings of a virtual service
  --delete-service  -D        delete a virtual service and its real servers
  --clear           -C        delete all virtual services
  --add-server      -a        add a real server to a virtual service
  --edit-server     -e        replace the settings of a real server
  --delete-server   -d        delete a real server
  --list            -L|-l     list the table
  --zero            -Z        zero the counters of one service or of everything
  --set TCP TCPFIN UDP        set timeouts in seconds; 0 keeps one
  stats                       list the event and drop counters of nfvs
  --help            -h        show this text
  --version         -v        show the version

SERVICE is one of
  --tcp-service     -t  HOST[:PORT]
  --udp-service     -u  HOST[:PORT]
  --sctp-service        HOST[:PORT]
  --fwmark-service  -f  MARK  packets with this firewall mark, greater than zero
  --ipv6            -6        after -f: IPv6 packets with this mark
An IPv6 address with a port is written [ADDRESS]:PORT.

Virtual service options:
  --scheduler       -s NAME   default wlc
  --persistent      -p [SECONDS]  keep a client at its real server; default 360
  --netmask         -M MASK   clients that count as one: IPv4 mask or IPv6 prefix length
  --pe ENGINE                 persistence engine, such as sip
  --sched-flags     -b FLAGS  comma-separated: flag-1, flag-2, flag-3, sh-fallback, sh-port,
                              mh-fallback, mh-port
  --ops             -o        one-packet scheduling, for UDP and fwmark services

Real server options:
  --real-server     -r HOST[:PORT]
  --gatewaying      -g        direct routing, the default
  --ipip            -i        tunneling
  --masquerading    -m        NAT
  --weight          -w NUMBER capacity; 0: no new connections; default 1
  --u-threshold     -x NUMBER connections at which it gets no more; default 0, no limit
  --l-threshold     -y NUMBER connections below which it gets some again

Tunnel options, with -i:
  --tun-type TYPE             ipip (default), gue or gre
  --tun-port PORT             UDP port for gue
  --tun-nocsum                outer header without checksum
  --tun-csum                  outer header with checksum
  --tun-remcsum               outer header with remote checksum offload

List options:
  --numeric         -n        no names for addresses and ports
  --stats                     counters
  --rate                      rates per second
  --exact           -X        all digits of large numbers
  --thresholds                connection thresholds
  --persistent-conn           persistent connections
  --tun-info                  tunnels
  --timeout                   the timeouts that --set changes
  --nosort                    in the kernel's order
  --sort                      accepted, changes nothing
)";

} // namespace

void render_version(std::string &out)
{
    out += "ipvsctl v";
    out += version();
    out += " (compiled with popt and IPVS v1.2.1)\n";
}

void render_help(std::string &out, const std::string &program)
{
    render_version(out);
    out += "Usage:\n";
    for (const std::string_view line : synopsis) {
        out += "  " + program + ' ';
        out += line;
        out += '\n';
    }
    out += body;
}

} // namespace ipvsctl::tool
