# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows on the accessibility bus, in one look.

Asking every control for its name, role and states costs seconds on a full page; the program's own cache says them all at once. It also holds
what cannot be reached from the window (the pages of a stack that are not shown) and not yet what nobody asked for, so who is whose child is
asked where there are children."""
import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib

ROOT = '/org/a11y/atspi/accessible/root'
CACHE = '/org/a11y/atspi/cache'


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1, None).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Tree:
    """Of the program with that process number."""

    def __init__(self, pid):
        self.pid, self.bus, self.name = pid, connect(), None
        self.others = set()

    def call(self, path, interface, method, arguments=None, name=None):
        return self.bus.call_sync(name or self.name, path, interface, method, arguments, None, 0, 20000, None).unpack()

    def is_there(self):
        return self._find_name() and bool(self.nodes())

    def _find_name(self):
        driver = 'org.freedesktop.DBus'
        for name in [] if self.name else self.call('/', driver, 'ListNames', name=driver)[0]:
            if name[0] != ':' or name in self.others:
                continue
            try:
                if self.call('/', driver, 'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)), driver)[0] == self.pid:
                    self.name = name
            except GLib.Error:
                pass
            self.others.add(name)
        return self.name

    def nodes(self):
        """What can be reached, from the window down; nothing while the program does not answer."""
        try:
            items = self.call(CACHE, 'org.a11y.atspi.Cache', 'GetItems')[0]
        except GLib.Error:
            return []
        known = {ref[1]: Node(self, ref[1], label, role, states, count) for ref, _, _, _, count, _, label, role, _, states in items}
        found = []
        self._collect(ROOT, known, found)
        return found

    def _collect(self, path, known, found):
        for child in self._children(path):
            node = known.get(child) or self._ask(child)
            if node is None:
                continue
            found.append(node)
            if node.count:
                self._collect(child, known, found)

    def _children(self, path):
        try:
            return [child for _, child in self.call(path, 'org.a11y.atspi.Accessible', 'GetChildren')[0]]
        except GLib.Error:
            return []

    def _ask(self, path):
        """One that came after the cache was read, or that nobody asked for before; None if it is going."""
        accessible, properties = 'org.a11y.atspi.Accessible', 'org.freedesktop.DBus.Properties'
        try:
            label, count = (self.call(path, properties, 'Get', GLib.Variant('(ss)', (accessible, p)))[0] for p in ('Name', 'ChildCount'))
            return Node(self, path, label, self.call(path, accessible, 'GetRole')[0], self.call(path, accessible, 'GetState')[0], count)
        except GLib.Error:
            return None


class Node:
    """One control as it was when it was looked at."""

    def __init__(self, tree, path, label, role, states, count):
        self.tree, self.path, self.count, self.states = tree, path, count, states
        self.label = label.replace('\u00a0', ' ')
        self.role = Atspi.role_get_name(Atspi.Role(role))

    def is_shown(self):
        # GTK 4.8 never says "showing"; what is not shown has no size, or cannot be reached.
        try:
            _, _, width, height = self.tree.call(self.path, 'org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (1,)))[0]
            return width > 0 and height > 0
        except GLib.Error:
            return False

    def _is(self, state):
        return bool(self.states[int(state) // 32] >> int(state) % 32 & 1)

    def is_enabled(self):
        return self._is(Atspi.StateType.SENSITIVE)

    def is_focused(self):
        return self._is(Atspi.StateType.FOCUSED)

    def can_act(self):
        return bool(self._actions())

    def _actions(self):
        try:
            return [name for name, _, _ in self.tree.call(self.path, 'org.a11y.atspi.Action', 'GetActions')[0]]
        except GLib.Error:
            return []

    def act(self):
        names = self._actions()
        self.tree.call(self.path, 'org.a11y.atspi.Action', 'DoAction', GLib.Variant('(i)', (names.index('click') if 'click' in names else 0,)))

    def text(self):
        count = self.tree.call(self.path, 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', ('org.a11y.atspi.Text', 'CharacterCount')))[0]
        return self.tree.call(self.path, 'org.a11y.atspi.Text', 'GetText', GLib.Variant('(ii)', (0, count)))[0]
