"""What there is to tell of phones, in both languages."""

from collections.abc import Sequence

from connectors.servers.contract import Server
from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest


def on_kobo() -> Problem:
    """Tell what KoBo has in place of keys for phones."""
    return Problem(
        "phones-on-kobo",
        Text(
            vi="KoBo không có khóa riêng cho từng máy: mỗi điện thoại đăng nhập bằng tên và mật "
            "khẩu của một tài khoản KoBo",
            en="KoBo has no key for each phone: every phone signs in with name and password of a "
            "KoBo account",
        ),
        Text(
            vi="trên KoBo: tạo một tài khoản cho mỗi xã, chia sẻ biểu mẫu cho tài khoản đó với "
            "quyền gửi phiếu (Settings → Sharing → Add submissions). Khi mất máy: đổi mật khẩu tài "
            "khoản đó, hoặc bỏ chia sẻ; mọi máy dùng chung tài khoản phải nhập mật khẩu mới, phiếu "
            "đã gửi vẫn còn. Lệnh này làm việc đó trên ODK Central",
            en="on KoBo: make an account for each commune and share the forms with it, with the "
            "right to add submissions (Settings → Sharing). When a phone is lost: change that "
            "account's password, or stop sharing; every phone of the account has to be given the "
            "new password, what was sent stays. On ODK Central this command does it",
        ),
    )


def form_missing(server: Server, form: str) -> Problem:
    """Tell of a form that the server does not have yet."""
    return Problem(
        "phone-form-missing",
        Text(
            vi="biểu mẫu chưa có trên máy chủ nên chưa giao cho máy nào",
            en="the form is not on the server yet, so no phone was given it",
        ),
        Text(
            vi=f"hãy chạy: ishc deploy {form}, rồi ishc phones make",
            en=f"run: ishc deploy {form}, then ishc phones make",
        ),
        Place(server=server.name, form=form),
        severity="warning",
    )


def still_open(server: Server, name: str) -> Problem:
    """Tell that the server did not take the key away."""
    return Problem(
        "phone-still-open",
        Text(
            vi=f"máy chủ chưa khóa máy «{name}»: khóa cũ vẫn dùng được",
            en=f"the server did not shut out “{name}”: its old key still works",
        ),
        Text(
            vi="hãy khóa ngay trên trang ODK Central: dự án → App Users → Revoke access; tài khoản "
            "trong ishc.toml cần quyền Project Manager",
            en="do it now on Central's page: project → App Users → Revoke access; the account in "
            "ishc.toml has to be a Project Manager",
        ),
        Place(server=server.name),
    )


def unknown(name: str, known: Sequence[str]) -> Problem:
    """Tell that no phone is called so; nothing was shut out."""
    hint = did_you_mean(nearest(name, known))
    return Problem(
        "phone-unknown",
        Text(
            vi=f"không có máy nào tên «{name}»{hint.vi}; chưa khóa máy nào",
            en=f"no phone is called “{name}”{hint.en}; none was shut out",
        ),
        Text(vi="xem tên các máy: ishc phones", en="see the names of phones: ishc phones"),
    )
