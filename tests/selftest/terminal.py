# SPDX-License-Identifier: GPL-2.0-or-later
"""A program on a terminal of its own: keys in, a screen out, by pyte."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

SLOW = int(os.environ.get("NFVS_SLOW", "1"))

KEYS = {"enter": "\r", "escape": "\x1b", "backspace": "\x7f",
        "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D"}
# What xterm sends after it was told to send the keys of an application.
APPLICATION = {name: code.replace("[", "O") for name, code in KEYS.items()}

COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


class Terminal:
    """Runs a program until it ends or the object is closed."""

    def __init__(self, words, columns=100, rows=20, **environment):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status = None
        self.master, self.slave = pty.openpty()
        self._set_size(columns, rows)
        self.settings = termios.tcgetattr(self.slave)
        env = {"PATH": os.environ["PATH"], "TERM": "linux", "LC_ALL": "C.UTF-8"}
        env.update(environment)
        self.keys = APPLICATION if "xterm" in (env["TERM"] or "") else KEYS
        env = {name: value for name, value in env.items() if value is not None}
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.master)
            os.login_tty(self.slave)
            os.execvpe(words[0], words, env)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        # The program draws all of it anew.
        self.screen.erase_in_display(2)
        self._set_size(columns, rows)

    def press(self, *keys):
        """Names of keys, or text."""
        for key in keys:
            os.write(self.master, self.keys.get(key, key).encode())

    def signal(self, number):
        os.kill(self.pid, number)

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def lines(self):
        return self.text().split("\n")

    def read(self, seconds):
        """Takes what the program writes; False when it has ended."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            data = os.read(self.master, 65536)
            self.raw += data
            self.stream.feed(data)
        elif self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is None

    def until(self, what, condition, seconds=20):
        """Reads until the condition holds; says what was awaited, and the screen, if it never does."""
        deadline = time.monotonic() + seconds * SLOW
        while True:
            found = condition()
            if found:
                return found
            if time.monotonic() > deadline:
                raise SystemExit(f"FAILED: not seen: {what}\n--- screen\n{self.text()}\n---")
            self.read(0.05)

    def shows(self, pattern, seconds=20):
        return self.until(pattern, lambda: re.search(pattern, self.text(), re.M), seconds)

    def ends(self, seconds=20):
        """Waits for the end; the exit status, or minus the signal."""
        self.until("the end of the program", lambda: self.status is not None, seconds)
        return os.waitstatus_to_exitcode(self.status)

    def is_restored(self):
        """Cooked as before, the cursor shown, the other screen left."""
        return (termios.tcgetattr(self.slave) == self.settings
                and self.raw.rfind(b"\x1b[?1049l") >= self.raw.rfind(b"\x1b[?1049h")
                and self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l"))

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
        os.close(self.slave)


def check(condition, what, terminal):
    if not condition:
        raise SystemExit(f"FAILED: {what}\n--- screen\n{terminal.text()}\n---")
