"""A GTK window to drag files from: offers them as text/uri-list, as a file manager does.

usage: drag_source.py X Y FILE...
Says "mapped" when the window is there, "drag-begin" when a drag has begun, "drag-end" when it is over, and then ends.
Needs the system's Python, whose PyGObject belongs to the system's GTK.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

LONGEST_SECONDS = 60


def say(word):
    print(word, flush=True)


def main():
    x, y, *files = sys.argv[1:]
    uris = [GLib.filename_to_uri(name, None) for name in files]

    handle = Gtk.EventBox()
    handle.add(Gtk.Label(label="files"))
    handle.drag_source_set(
        Gdk.ModifierType.BUTTON1_MASK,
        [Gtk.TargetEntry.new("text/uri-list", 0, 0)],
        Gdk.DragAction.COPY,
    )
    handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(uris))
    handle.connect("drag-begin", lambda *_: say("drag-begin"))
    handle.connect("drag-failed", lambda *_: say("drag-failed"))
    handle.connect("drag-end", lambda *_: (say("drag-end"), GLib.idle_add(Gtk.main_quit)))

    window = Gtk.Window(title="files")
    window.set_decorated(False)
    window.set_default_size(120, 60)
    window.set_keep_above(True)
    window.move(int(x), int(y))
    window.add(handle)
    window.connect("map-event", lambda *_: say("mapped"))
    window.show_all()

    GLib.timeout_add_seconds(LONGEST_SECONDS, Gtk.main_quit)
    Gtk.main()


main()
