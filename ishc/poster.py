"""A page for the wall: the QR code that sets up a phone, and how it is used."""

from io import BytesIO
from pathlib import Path

import docx
import segno
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from programme.problem import Language, Text
from programme.word.page import set_page
from programme.writing import write_saved

_SIDE = Mm(90)
_SCALE = 12  # pixels a module
_QUIET = 4  # modules of white around it, as the standard asks for
_TITLE = Text(vi="Cài đặt điện thoại để gửi báo cáo", en="Set up a phone to send reports")
_STEPS = {
    "kobo": (
        Text(
            vi="Trên Google Play, cài ứng dụng KoboCollect (hoặc ODK Collect).",
            en="Install KoboCollect (or ODK Collect) from Google Play.",
        ),
        Text(
            vi="Mở ứng dụng, chọn «Cấu hình bằng mã QR» (Configure with QR code), hướng máy ảnh "
            "vào mã ở trên.",
            en="Open it, choose “Configure with QR code” and point the camera at the code above.",
        ),
        Text(
            vi="Nếu máy hỏi tên đăng nhập và mật khẩu: hỏi người phụ trách.",
            en="If it asks for a user name and password: ask the person in charge.",
        ),
        Text(
            vi="Chọn «Tải biểu mẫu» (Download form), đánh dấu tất cả. Sau đó điền được cả khi "
            "không có mạng.",
            en="Choose “Download form” and mark them all. From then on you can fill them without a "
            "network.",
        ),
    ),
    "central": (
        Text(
            vi="Trên Google Play, cài ứng dụng ODK Collect.",
            en="Install ODK Collect from Google Play.",
        ),
        Text(
            vi="Mở ứng dụng, chọn «Cấu hình bằng mã QR» (Configure with QR code), hướng máy ảnh "
            "vào mã ở trên. Biểu mẫu và danh sách tự về máy.",
            en="Open it, choose “Configure with QR code” and point the camera at the code above. "
            "Forms and lists come by themselves.",
        ),
        Text(
            vi="Mã này là chìa khóa của MỘT máy: không treo lên tường, không gửi cho người khác; "
            "mất máy thì báo ngay.",
            en="This code is the key of ONE phone: do not hang it up, do not pass it on; if the "
            "phone is lost, say so at once.",
        ),
    ),
}


def write_picture(code: str, path: Path) -> None:
    """Write the code as a PNG picture, for its owner's eyes."""
    write_saved(path, lambda file: _made(code).save(file, kind="png", scale=_SCALE, border=_QUIET))


def write_poster(code: str, path: Path, kind: str, whose: str, language: Language) -> None:
    """Write the page as a Word document.

    Args:
        code: text of the QR code.
        kind: ``kobo`` or ``central``.
        whose: what the code is for, printed below it: a programme, or a phone.
    """
    picture = BytesIO()
    _made(code).save(picture, kind="png", scale=_SCALE, border=_QUIET)
    picture.seek(0)
    document = docx.Document()
    set_page(document.sections[0])
    _line(document, _TITLE.in_(language), 26, bold=True)
    _line(document, whose, 16)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(picture, width=_SIDE)
    described = Text(vi="Mã QR cài đặt ứng dụng", en="QR code with the settings of the app")
    shape._inline.docPr.set("descr", described.in_(language))
    for number, step in enumerate(_STEPS[kind], start=1):
        _line(document, f"{number}. {step.in_(language)}", 16, centred=False)
    write_saved(path, document.save)


def _made(code: str) -> segno.QRCode:
    return segno.make_qr(code, error="m")


def _line(
    document: "docx.document.Document",
    text: str,
    size: int,
    *,
    bold: bool = False,
    centred: bool = True,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(10)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
