# SPDX-License-Identifier: GPL-2.0-or-later
"""top.py PART IPVSCTL: drives `ipvsctl top` by keys, and reads its screen.
top.py ask ADDRESS: a request to port 80 there ten times a second.

The cases top_*.sh say what is balanced meanwhile."""

import os
import re
import signal
import socket
import sys

from terminal import COLOUR, Terminal, check

CTL = sys.argv[2]


def top(*words, **how):
    return Terminal([CTL, "top", "--interval", "1", *words], **how)


def names(terminal):
    """The first two words of each line of the list, in its order."""
    return [" ".join(line.split()[:2]) for line in terminal.lines()
            if re.match(r"(TCP|UDP|[0-9]+\.[0-9.]+:)", line)]


def field(terminal, name, number):
    """A number of the line that begins so; None while it is not known, or not drawn yet."""
    for line in terminal.lines():
        if line.startswith(name):
            words = line[len(name):].split()
            return None if len(words) <= number or words[number] == "-" else words[number]
    return None


def is_restored(terminal):
    """What a program writes last is there to be read some time after its end."""
    terminal.until("the terminal is as it was", terminal.is_restored)


def quits(terminal, *keys):
    terminal.press(*keys)
    check(terminal.ends() == 0, "quits with status 0", terminal)
    is_restored(terminal)
    terminal.close()


def rates():
    """10.0.1.100:80 gets requests all the time, 10.0.1.100:81 none."""
    terminal = top()
    busy, idle = "TCP 10.0.1.100:80", "TCP 10.0.1.100:81"
    terminal.shows(r"^ipvsctl top   2 services   every 1 s")
    terminal.until("a rate of the busy service",
                   lambda: (field(terminal, busy, 0) or "0") != "0", 40)
    # What has been read of the screen may end anywhere; and requests may come late on a busy host.
    terminal.until("the idle service has no rate", lambda: field(terminal, idle, 0) == "0", 40)
    for column in range(5):
        terminal.until(f"column {column} of the busy service",
                       lambda: (field(terminal, busy, column) or "0") != "0", 40)
    terminal.until("the weights of its real servers", lambda: field(terminal, busy, 7) == "3")
    terminal.until("bars of the last minute", lambda: any("█" in line for line in terminal.lines()))

    terminal.until("the busy service is first", lambda: names(terminal)[:1] == [busy])
    terminal.press("r")
    terminal.until("the other order", lambda: names(terminal)[:1] == [idle])
    terminal.press("1")
    terminal.shows("by service")
    terminal.until("by address", lambda: names(terminal) == [busy, idle])
    terminal.press("9")
    terminal.until("the greater weight first", lambda: names(terminal)[:1] == [idle])
    terminal.press("2", "/", ":80")
    terminal.until("the filter", lambda: names(terminal) == [busy])
    terminal.press("escape")
    terminal.until("all again", lambda: len(names(terminal)) == 2)

    opens(terminal)
    quits(terminal, "q")


def opens(terminal):
    """From the first service to the connections of a real server, and back."""
    terminal.press("enter")
    terminal.shows(r"TCP 10\.0\.1\.100:80   2 real servers")
    terminal.until("a rate of a real server",
                   lambda: (field(terminal, "10.0.2.11:80", 0) or "0") != "0", 40)
    terminal.until("its weight", lambda: field(terminal, "10.0.2.12:80", 7) == "2")
    terminal.press("1", "down", "enter")
    terminal.shows(r"TCP 10\.0\.1\.100:80 to 10\.0\.2\.12:80   [1-9][0-9]* connections?")
    terminal.shows(r"^TCP 10\.0\.1\.1:[0-9]+ +10\.0\.1\.100:80 +[A-Z_]+ +[0-9]+:[0-9][0-9]")
    terminal.press("/", "no such state")
    terminal.shows("   0 connections")
    terminal.press("escape", "left", "left")
    terminal.shows(r"   2 services")


def sizes():
    """Resized, it draws itself anew; paused, it waits."""
    terminal = top(columns=80, rows=12)
    terminal.shows("^q quit")
    terminal.resize(120, 30)
    terminal.until("the last row", lambda: terminal.lines()[29].startswith("q quit"))
    terminal.resize(40, 8)
    terminal.until("the last row", lambda: terminal.lines()[7].startswith("q quit"))
    terminal.until("no room for weights", lambda: "weight" not in terminal.text())
    terminal.resize(100, 20)
    terminal.shows("weight")
    terminal.press("?")
    terminal.shows("^ipvsctl top: keys")
    terminal.press("x", " ")
    terminal.shows("PAUSED")
    terminal.press(" ")
    terminal.shows("every 1 s")
    quits(terminal, "q")


def colours():
    terminal = top(TERM="xterm-256color")
    terminal.shows("^q quit")
    terminal.until("colours", lambda: COLOUR.search(terminal.raw))
    quits(terminal, "\x03")
    terminal = top(TERM="xterm-256color", NO_COLOR="1")
    terminal.shows("^q quit")
    terminal.press("down", "?", "x", ">")
    terminal.shows("by packets/s in")
    quits(terminal, "q")
    check(not COLOUR.search(terminal.raw), "no colours with NO_COLOR", terminal)
    terminal = top(LC_ALL="C")
    terminal.shows("^q quit")
    terminal.press("2")
    terminal.until("bars of ASCII", lambda: any(re.search(" [_#]+$", line)
                                                for line in terminal.lines()), 40)
    quits(terminal, "q")
    check(not re.search(rb"[\x80-\xff]", terminal.raw), "ASCII alone", terminal)


def ends():
    """By signals the terminal is given back, too; without one that can be drawn on, it says so."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        terminal = top(TERM="xterm")
        terminal.shows("^q quit")
        terminal.signal(number)
        check(terminal.ends() == -number, f"ended by {number}", terminal)
        is_restored(terminal)
        terminal.close()
    for kind, sentence in (("dumb", "top cannot draw on a terminal of type dumb"),
                           ("nonesuch", "top does not know a terminal of type nonesuch"),
                           (None, "TERM is not set")):
        terminal = top(TERM=kind)
        check(terminal.ends() == 1, "exit status", terminal)
        terminal.until(sentence, lambda: sentence in terminal.text())
        check(b"\x1b" not in terminal.raw, "nothing is drawn", terminal)
        terminal.close()


def unload():
    """The module goes and comes while it runs; it does not load it itself."""
    terminal = top()
    terminal.shows("1 service ")
    os.system("rmmod nfvs")
    terminal.shows("trying again$")
    terminal.shows("^TCP 10.0.0.1:80")
    terminal.press("down", "?", "x")
    check(os.system("grep -q '^nfvs ' /proc/modules") != 0, "the module stays away", terminal)
    os.system(os.environ["LOAD"])
    terminal.shows("0 services")
    terminal.shows("^q quit")
    quits(terminal, "q")


def ask():
    while True:
        with socket.create_connection((sys.argv[2], 80)) as client:
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while client.recv(4096):
                pass
        signal.sigtimedwait([], 0.1)


globals()[sys.argv[1]]()
