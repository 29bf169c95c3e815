"""What can be wrong with people's texts, told to a person."""

from collections.abc import Sequence
from pathlib import Path

from programme.problem import Place, Problem, Text
from programme.system_error import in_brackets


def unreadable(path: Path) -> Problem:
    """Say that a file cannot be read for people's texts."""
    return Problem(
        "texts-unreadable",
        Text(
            vi="không đọc được tệp Word này để lấy phần chữ đã viết",
            en="this Word file cannot be read for what was written in it",
        ),
        Text(
            vi="hãy mở bằng Word và lưu lại dạng .docx, hoặc chuyển tệp đi nơi khác",
            en="open it in Word and save it as .docx, or move it elsewhere",
        ),
        Place(file=path.name),
    )


def damaged(path: Path) -> Problem:
    """Say that the file that keeps the texts is damaged."""
    return Problem(
        "texts-damaged",
        Text(
            vi="tệp giữ phần chữ của báo cáo bị hỏng",
            en="the file that keeps a report's texts is damaged",
        ),
        Text(
            vi="hãy lấy lại tệp từ bản sao lưu (ishc restore), hoặc sửa tệp (dạng JSON)",
            en="take it from a backup (ishc restore), or mend it (it is JSON)",
        ),
        Place(file=str(path)),
    )


def not_written(path: Path, error: OSError) -> Problem:
    """Say that the texts cannot be kept, and why."""
    why = in_brackets(error)
    return Problem(
        "texts-not-written",
        Text(
            vi=f"không ghi được phần chữ của báo cáo{why.vi}",
            en=f"the report's texts cannot be kept{why.en}",
        ),
        Text(
            vi="kiểm tra chỗ trống trên đĩa và quyền ghi",
            en="see that the disk has room and may be written to",
        ),
        Place(file=str(path)),
    )


def has_new_text(out: Path, sections: Sequence[str]) -> Problem:
    """Say that a report is not replaced: somebody wrote in it."""
    listed = ", ".join(sections)
    return Problem(
        "report-has-new-text",
        Text(
            vi=f"báo cáo đang có chứa phần chữ mới viết ({listed}) chưa được lưu",
            en=f"the report there holds new text ({listed}) that was not kept yet",
        ),
        Text(
            vi="hãy chạy «ishc report texts TỆP» rồi lập lại báo cáo, hoặc ghi ra thư mục khác",
            en="run “ishc report texts FILE” and make the report again, or write it elsewhere",
        ),
        Place(file=str(out)),
    )
