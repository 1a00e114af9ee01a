#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The demonstration, as it runs inside the virtual machine.  It tells a newcomer what happens, and
# checks each statement it makes: the first one that is not true ends it with status 1.

. tests/selftest/lib.sh
. tests/selftest/topo.sh

CTL_NAME=${CTL##*/}

tell() {
	printf '%s\n' "$@"
}

# Shows a command of the director as an operator would type it, then runs it.
type_in() {
	tell "    director# $CTL_NAME $*"
	ctl "$@"
}

# statement TEXT COMMAND...: says that something is so, if it is.
statement() {
	local text=$1

	shift
	if "$@"; then
		tell "    [true] $text"
	else
		fail "not true: $text"
	fi
}

# The answers to some requests as one line: "rs1 rs2 rs3".
requests() {
	http_get "$NS_C" "http://$VIP4" "$1" | tr '\n' ' ' | sed 's/ $//'
}

times_seen() {
	tr ' ' '\n' <<<"$2" | grep -cx "$1" || true
}

spread_is() {
	local answers=$1 expected=$2 i seen=

	for i in 1 2 3; do
		seen+="$(times_seen "rs$i" "$answers") "
	done
	[ "$seen" = "$expected " ]
}

indented() {
	sed 's/^/    /'
}

# In-tree ip_vs adds its counters up every two seconds only; nfvs at once.
counted() {
	[ "$(ctl -Ln --stats | awk '$1 == "TCP" { print $3 }')" = "$1" ]
}

same_listing() {
	[ "$(ctl -Ln)" = "$(in_ns "$NS_D" ipvsadm -Ln)" ]
}

load_module "$NFVS_MODULE"
CTL=$(default_ctl)
CTL_NAME=${CTL##*/}
topo_up 3
for i in 1 2 3; do
	start_http "${NS_S[i]}" "rs$i"
done

cat <<END

One address, three web servers
==============================

A busy web site is more than one server can carry. A load balancer (a "director") owns the
address that clients know, and hands each connection to one of several real servers. Here the
kernel module $(balancer_loaded) does it, on Linux $(uname -r), in a network of five machines
made of network namespaces:

                                                 /-- rs1 ${RS4[1]}  nginx
    client $CLIENT4 ---- director $VIP4 ----+-- rs2 ${RS4[2]}  nginx
                                                 \\-- rs3 ${RS4[3]}  nginx

1. Tell the director what to do

   A virtual service: TCP, address $VIP4, port 80, scheduler wrr (weighted round robin).
   Three real servers behind it by NAT (-m), where rs1 may carry three times as much as rs3.

END
type_in -A -t $VIP4:80 -s wrr
for i in 1 2 3; do
	type_in -a -t $VIP4:80 -r "${RS4[i]}:80" -m -w $((4 - i))
done

tell '' '2. The client asks twelve times, and each server says its name' ''
answers=$(requests 12)
tell "    $answers" ''
statement 'rs1 answered 6 times, rs2 4 times, rs3 twice: exactly the weights 3, 2, 1' \
	spread_is "$answers" '6 4 2'

tell '' '3. What the director has counted' ''
wait_until 5 counted 12
tell "    director# $CTL_NAME -Ln --stats"
ctl -Ln --stats | indented
statement 'it counted the twelve connections' counted 12

tell '' '4. rs1 must go away for repairs: take it out, then switch it off' ''
type_in -d -t $VIP4:80 -r "${RS4[1]}:80"
stop "${NFVS_PIDS[0]}"
tell '    rs1# (nginx is stopped)' ''
answers=$(requests 12)
tell "    $answers" ''
statement 'of twelve more requests none failed; rs2 answered 8, rs3 4' \
	spread_is "$answers" '0 8 4'

tell '' "5. Debian's own ipvsadm, unchanged, sees the very same table" ''
# A connection that is just being closed may count as active for one and inactive for the other.
wait_until 5 same_listing
tell '    director# ipvsadm -Ln'
in_ns "$NS_D" ipvsadm -Ln | indented
statement "ipvsadm and $CTL_NAME print the same, letter by letter" same_listing

cat <<END

All of it was true. The same on a real machine
==============================================

    apt install linux-headers-\$(uname -r)      headers of the kernel you run
    make                                       builds the module, the library and ipvsctl
    modprobe -a \$(modinfo -F depends build/\$(uname -r)/nfvs.ko | tr , ' ')
    insmod build/\$(uname -r)/nfvs.ko
    sysctl -w net.ipv4.ip_forward=1
    build/bin/ipvsctl -A -t YOUR-ADDRESS:80 -s wrr
    build/bin/ipvsctl -a -t YOUR-ADDRESS:80 -r SERVER:80 -m -w 1

With NAT (-m) the director must be the default gateway of the real servers. With direct routing
(-g) they own your address on their loopback device and answer the clients themselves.
"make vm-shell" opens a shell in the network you have just seen.
END
