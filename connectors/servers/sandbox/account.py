"""The account, its token, and the page that says what this server is for."""

from flask import Blueprint, Response

from connectors.servers.sandbox.answers import answer
from connectors.servers.sandbox.auth import require_caller
from connectors.servers.sandbox.context import link, sandbox

blueprint = Blueprint("account", __name__)

_PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>ISHC sandbox</title>
<style>body{font-family:sans-serif;max-width:42em;margin:3em auto;line-height:1.5}</style></head>
<body>
<h1>Máy chủ thử nghiệm</h1>
<p>Máy chủ nhỏ này làm việc giống KoBoToolbox, chỉ để <strong>dùng thử, tập huấn
và kiểm thử</strong>. Không dùng cho dữ liệu thật của hội viên. Cần mã truy cập
(token) đã đặt khi khởi động.</p>
<h1 lang="en">Sandbox server</h1>
<p lang="en">This small server behaves like KoBoToolbox and is only for <strong>trying, teaching and
testing</strong>. Do not use it for real data about members. It asks for the token it was started
with.</p>
</body></html>
"""


@blueprint.get("/")
def about() -> Response:
    """Say, in both languages, that this is for trying, teaching and testing."""
    return Response(_PAGE, mimetype="text/html")


@blueprint.get("/me/")
def me() -> Response:
    """Tell who the caller is: how a client checks its token."""
    name = require_caller()
    return answer(
        {
            "username": name,
            "first_name": "",
            "last_name": "",
            "email": "",
            "server_time": sandbox().now()[:19] + "Z",
            "projects_url": link(f"/{name}"),
            "extra_details": {"name": "", "organization": "", "require_auth": True},
            "git_rev": False,
            "social_accounts": [],
        }
    )


@blueprint.route("/token/", methods=["GET", "POST"])
def token() -> Response:
    """Give the caller's token, which the caller has just shown."""
    return answer({"token": sandbox().tokens[require_caller()]})


@blueprint.get("/service_health/minimal/")
def health() -> Response:
    """Tell that the server runs."""
    return Response("ok", content_type="text/plain")
