"""What the product does where a recorded answer of Central comes, by method and address."""

import re
from collections.abc import Callable

from tests.connectors.central.recorded import (
    meets_account,
    meets_app_users,
    meets_entities,
    meets_forms,
    meets_phones,
    meets_submissions,
)
from tests.connectors.central.recorded.scene import Exchange, Scene

Meet = Callable[..., None]
P = r"/v1/projects/(?P<project>\d+|abc)"
F = rf"{P}/forms/(?P<form>[^/.]+)"
K = r"/v1/key/<token>/projects/(?P<project>\d+)"
S = rf"{F}/submissions/(?P<root>[^/]+?)"
D = rf"{P}/datasets/(?P<name>[^/.]+)"

MEETS: tuple[tuple[str, str, Meet], ...] = (
    ("POST", "/v1/sessions", meets_account.signs_in),
    ("DELETE", "/v1/sessions/current", meets_account.signs_out),
    ("GET", "/v1/users/current", meets_account.who),
    ("GET", "/v1/projects", meets_account.projects),
    ("GET", f"{P}/forms", meets_forms.listed),
    ("GET", F, meets_forms.one),
    ("PATCH", F, meets_forms.opened),
    ("GET", rf"{F}\.xml", meets_phones.form_xml),
    ("GET", rf"{F}\.xlsx", meets_forms.workbook),
    ("GET", f"{F}/draft", meets_forms.draft),
    ("GET", f"{F}(?P<draft>/draft)?/attachments", meets_forms.files),
    ("GET", f"{F}/versions", meets_forms.versions),
    ("POST", f"{P}/forms", meets_forms.created),
    ("POST", f"{F}/draft", meets_forms.drafted),
    ("POST", f"{F}/draft/attachments/(?P<name>[^/]+)", meets_forms.file_sent),
    ("POST", f"{F}/draft/publish", meets_forms.published),
    ("DELETE", f"{F}/draft", meets_forms.dropped),
    ("GET", rf"{F}\.svc/Submissions", meets_submissions.page),
    ("GET", f"{F}/submissions", meets_submissions.clients),
    ("GET", rf"{S}\.xml", meets_submissions.xml),
    ("GET", f"{S}/attachments", meets_submissions.files),
    ("GET", f"{S}/attachments/(?P<name>[^/]+)", meets_submissions.file),
    ("PUT", S, meets_submissions.edited),
    ("PATCH", S, meets_submissions.reviewed),
    ("GET", f"{K}/formList", meets_phones.form_list),
    ("GET", f"{K}/forms/(?P<form>[^/.]+)/manifest", meets_phones.manifest),
    ("GET", rf"{K}/forms/(?P<form>[^/.]+)\.xml", meets_phones.form_xml),
    ("GET", f"{K}/forms/(?P<form>[^/.]+)/attachments/(?P<name>[^/]+)", meets_phones.file),
    ("POST", f"{K}/submission", meets_phones.sent),
    ("GET", f"{P}/app-users", meets_app_users.listed),
    ("POST", f"{P}/app-users", meets_app_users.made),
    ("GET", f"{F}/assignments", meets_app_users.assigned),
    ("POST", rf"{F}/assignments/app-user/(?P<user>\d+)", meets_app_users.assign),
    ("DELETE", "/v1/sessions/<token>", meets_app_users.revoked),
    ("GET", D, meets_entities.the_list),
    ("POST", f"{D}/properties", meets_entities.property_made),
    ("GET", f"{D}/entities", meets_entities.agents),
    ("GET", rf"{D}/entities\.csv", meets_entities.all_of_it),
    ("GET", f"{D}/entities/(?P<uuid>[^/]+)", meets_entities.one),
    ("POST", f"{D}/entities", meets_entities.made),
    ("PATCH", f"{D}/entities/(?P<uuid>[^/]+)", meets_entities.changed),
    ("DELETE", f"{D}/entities/(?P<uuid>[^/]+)", meets_entities.thrown_away),
    ("POST", f"{D}/entities/(?P<uuid>[^/]+)/restore", meets_entities.brought_back),
    ("GET", rf"{D}\.svc/Entities", meets_entities.trash),
    ("PATCH", f"{F}/draft/attachments/(?P<name>[^/]+)", meets_entities.linked),
)


def reader(exchange: Exchange) -> tuple[Meet, dict[str, str]] | None:
    """Find what reads an exchange, with the parts of its address."""
    request = exchange["request"]
    for method, pattern, meet in MEETS:
        if method == request["method"] and (found := re.fullmatch(pattern, request["path"])):
            return meet, found.groupdict()
    return None


def meet(scene: Scene, exchange: Exchange) -> None:
    """Let the client ask what is recorded, and see what it makes of the answer."""
    found = reader(exchange)
    assert found is not None, f"{exchange['name']}: nothing reads it, and it is not left out"
    read, parts = found
    scene.begin(exchange)
    if "project" in parts:
        scene.server.noted["project"] = f"{scene.url}/v1/projects/{parts.pop('project')}"
    read(scene, **parts)
    assert scene.asked, f"{exchange['name']}: the client did not ask for it"
