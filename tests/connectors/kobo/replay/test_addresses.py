"""Which recorded addresses the client's verbs ask, and why they do not ask the others.

The answers of all of them go through the client's HTTP layer (``test_transport``); those of the
first table through the verbs too (``test_reading``, ``test_writing``).
"""

import re
from collections.abc import Callable
from typing import Any

from tests.connectors.kobo.replay.test_transport import SCENARIOS, why_not

ONE = r"/api/v2/assets/a\w{21}/"
RECORD = ONE + r"data/(\d+|(uuid:)?[0-9a-f-]{36})/"

ASKED = {
    r"GET /me/": "check_account",
    r"GET /api/v2/assets/": "list_forms",
    rf"GET {ONE}": "list_forms, counts, deploy_form",
    rf"PATCH {ONE}": "a name put back after a failed deployment",
    rf"GET {ONE}data/": "extent, listed, manifest, fetch",
    rf"GET {RECORD}attachments/att\w+/": "fetch_attachment",
    rf"GET {ONE}history/": "history",
    rf"PATCH {ONE}data/bulk/": "edit_answers",
    rf"(PATCH|DELETE) {ONE}data/validation_statuses/": "set_states",
    rf"(GET|POST) {ONE}files/": "deploy_form, deploy_media",
    rf"DELETE {ONE}files/af\w+/": "deploy_media",
    rf"GET {ONE}files/af\w+/content/": "deploy_media, to put a file back",
    rf"(POST|PATCH) {ONE}deployment/": "deploy_form, deploy_media",
    r"POST /api/v2/imports/": "deploy_form",
    r"GET /api/v2/imports/i\w+/": "deploy_form",
    r"GET /formList": "openrosa.form_list",
    r"GET /forms/\d+/form\.xml": "openrosa.form_xml",
    r"GET /xformsManifest/\d+": "openrosa.manifest",
    r"GET /xformsMedia/\d+/\d+\.csv": "openrosa.download",
    r"POST /submission": "openrosa.submit",
}

DELETES = "the client deletes no form, no submission and no file of one"
BULK = "states and edits go in bulk, where the server checks the form"
LISTS = "records come by lists: asked for one, the older release breaks where it is missing"
ORIGINALS = "the client fetches originals, by uid, from their address with the slash"
TELLS = "the asset tells"
SHARES = "rights are given by people on KoBo's page"
NEVER = "no part of the product needs it"

NOT_ASKED = {
    rf"DELETE {ONE}": DELETES,
    rf"DELETE {ONE}attachments/\w+/": DELETES,
    rf"DELETE {RECORD}": DELETES,
    rf"DELETE {ONE}data/bulk/": DELETES,
    rf"(GET|PATCH|DELETE) {RECORD}validation_status/": BULK,
    rf"(PATCH|PUT) {RECORD}": BULK,
    rf"(POST|PATCH) {ONE}data/": BULK,
    rf"GET {RECORD}": LISTS,
    rf"HEAD {RECORD}attachments/att\w+/": ORIGINALS,
    rf"GET {RECORD}attachments/": ORIGINALS,
    rf"GET {RECORD}attachments/att\w+/(small|medium|large)/": ORIGINALS,
    rf"GET {ONE}deployment/": TELLS,
    rf"GET {ONE}(counts|content|versions)/": TELLS,
    rf"(GET|PATCH|PUT) {ONE}files/af\w+/": "the list of files tells; none is changed in place",
    rf"(GET|POST) {ONE}permission-assignments/": SHARES,
    rf"POST {RECORD}duplicate/": NEVER,
    rf"GET {ONE}history/actions/": NEVER,
    rf"GET {ONE}(hooks|paired-data)/": NEVER,
    r"GET /(token|service_health/minimal|api/v2/khong-co)/": NEVER,
    r"HEAD /submission": "Collect asks how large a submission may be; the client just sends",
    r"POST /submission/": "OpenRosa addresses have no slash at the end",
    r"(GET|POST) /chunhiem/(formList|submission)": "the token says whose forms are meant",
}


def test_every_recorded_address_is_asked_or_not_asked_for_a_reason(
    recorded: Callable[[str], Any],
) -> None:
    met = set()
    for scenario in SCENARIOS:
        for name, one in recorded(scenario).exchanges.items():
            if why_not(one):
                continue
            line = f"{one['request']['method']} {one['request']['path']}"
            rows = [row for row in {**ASKED, **NOT_ASKED} if re.fullmatch(row, line)]
            assert len(rows) == 1, (scenario, name, line, rows)
            met.add(rows[0])
    assert met == {*ASKED, *NOT_ASKED}
