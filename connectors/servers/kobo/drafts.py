"""What KoBo holds of a form that phones do not have, told in both languages."""

from connectors.servers.contract import Server
from connectors.servers.kobo.assets import Asset
from programme.problem import Place, Problem, Text


def draft_there(server: Server, asset: Asset) -> Problem:
    """Tell that a deployment of lists would put an undeployed edit on phones."""
    form = asset.form.form_id
    return Problem(
        "draft-there",
        Text(
            vi="trên KoBo có người đã sửa biểu mẫu này mà chưa triển khai; gửi danh sách lúc này "
            "sẽ đưa luôn bản sửa đó lên điện thoại",
            en="somebody has edited this form on KoBo without deploying it; sending lists now "
            "would put that on phones as well",
        ),
        Text(
            vi=f"hãy chạy: ishc deploy {form} để đưa nội dung bảng tính lên thay bản sửa đó",
            en=f"run: ishc deploy {form}, which puts the workbook in its place",
        ),
        Place(server=server.name, form=form or None),
    )


def draft_left(server: Server, asset: Asset) -> Problem:
    """Tell that the content of a refused form could not be taken back."""
    return Problem(
        "draft-left",
        Text(
            vi="trên KoBo, biểu mẫu còn nội dung chưa triển khai của lần này; điện thoại vẫn "
            "dùng bản cũ",
            en="on KoBo the form still holds what could not be deployed; phones keep the old one",
        ),
        Text(
            vi="đừng bấm triển khai trên trang KoBo; hãy chạy lại: ishc deploy",
            en="do not deploy it on KoBo's page; run again: ishc deploy",
        ),
        Place(server=server.name, form=asset.form.form_id or None),
        severity="warning",
    )
