"""The keys of the main screen: each with an id to rebind it by, a name and a sentence."""

from __future__ import annotations

from dataclasses import replace

from textual.binding import Binding

from tui.widgets import response_pane

SEND = Binding(
    "ctrl+j,ctrl+enter",
    "send",
    "Send",
    priority=True,
    id="request.send",
    tooltip="Send the request once, and show what comes back",
)
STOP = Binding(
    "escape",
    "stop_waiting",
    "Stop waiting",
    id="request.stop-waiting",
    tooltip="Wait no longer; the model may still run, and bill",
)
FILTER = Binding(
    "slash",
    "filter_endpoints",
    "Filter",
    key_display="/",
    id="endpoints.filter",
    tooltip="Look for an endpoint by name or status",
)
SIDEBAR = Binding(
    "ctrl+b",
    "toggle_sidebar",
    "Endpoints",
    id="view.sidebar",
    tooltip="Show or hide the list of endpoints",
)
OTHERS = (
    Binding(
        "ctrl+s,f2",
        "save_preset",
        "Save preset",
        show=False,
        id="preset.save",
        tooltip="Save what is in the form as a preset, or into the one it began as",
    ),
    Binding(
        "alt+s",
        "save_preset_as",
        "Save preset as…",
        show=False,
        id="preset.save-as",
        tooltip="Save it under a name, with description, variables and placeholders",
    ),
    Binding(
        "alt+n",
        "take_starter",
        "Starting point…",
        show=False,
        id="preset.starting-point",
        tooltip="Begin with a body of the usual shape: CSV, instances, inputs, chat, an image",
    ),
    Binding(
        "f4",
        "edit_elsewhere",
        "Editor",
        show=False,
        id="request.edit-elsewhere",
        tooltip="Open the body in $VISUAL or $EDITOR",
    ),
    Binding(
        "ctrl+n",
        "new_request",
        "New request",
        show=False,
        id="request.new",
        tooltip="Begin a request from nothing; ctrl+r brings the old one back",
    ),
    Binding(
        "ctrl+r",
        "bring_back",
        "Bring back",
        show=False,
        id="request.bring-back",
        tooltip="Bring back the request that was replaced last; again: the one before it",
    ),
    Binding(
        "alt+r",
        "bring_along",
        "Bring here",
        show=False,
        id="request.bring-along",
        tooltip="Bring the request that was replaced last to the endpoint that is chosen now",
    ),
    Binding(
        "alt+e",
        "use_example",
        "Use example",
        show=False,
        id="request.use-example",
        tooltip="Put the endpoint's own example in place of the body",
    ),
    Binding(
        "Y",
        "copy_as",
        "Copy as…",
        show=False,
        id="request.copy-as",
        tooltip="Copy the request as an AWS CLI line, a boto3 script, curl, HTTP or a ticket",
    ),
    Binding(
        "B",
        "make_bundle",
        "Bundle…",
        show=False,
        id="request.bundle",
        tooltip="Write request and answer as files for a colleague: ticket, preset and scripts",
    ),
    Binding(
        "f7",
        "paste_request",
        "Paste request",
        show=False,
        priority=True,  # an editor would select all by it
        id="request.paste",
        tooltip="Read an AWS CLI line, boto3, curl, or the path of a bundle or body into the form",
    ),
    Binding(
        "f8",
        "show_history",
        "History",
        show=False,
        id="history.show",
        tooltip="What was sent before and what came of it; find it, look at it, send it again",
    ),
    Binding(
        "f5",
        "look_again",
        "Refresh",
        show=False,
        id="endpoints.refresh",
        tooltip="Read credentials and endpoints anew",
    ),
    Binding(
        "f9",
        "switch_connection",
        "Connection",
        show=False,
        id="connection.switch",
        tooltip="Use another profile, region or endpoint URL",
    ),
    Binding(
        "f10,z",
        "maximise",
        "Maximise",
        show=False,
        id="view.maximise",
        tooltip="Give the pane with the focus the whole screen, or give it back",
    ),
    Binding(
        "ctrl+l",
        "switch_tab",
        "Body or headers",
        show=False,
        id="response.switch-tab",
        tooltip="Go from the body of the answer to its headers, or back",
    ),
)
# Shown by the response pane while the focus is in it; they work from the list as well.
COPY, WRITE, PAGE = (
    replace(binding, show=False)
    for binding in (response_pane.COPY, response_pane.WRITE, response_pane.PAGE)
)

ALL = (SEND, STOP, FILTER, SIDEBAR, *OTHERS, COPY, WRITE, PAGE)
