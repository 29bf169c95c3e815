"""Names of forms in ``ishc.toml`` that nearly are those of workbooks in ``xlsforms/``."""

from collections.abc import Iterable
from pathlib import Path

from programme.problem import Text
from programme.text import did_you_mean, nearest
from programme.toml_reader import TomlReader


def refuse_misspelt(reader: TomlReader, forms: Iterable[str], xlsforms: Path) -> None:
    """Tell of forms without a workbook where one that no other form names is written alike.

    A form without any workbook is left alone: it may be pulled all the same.
    """
    named = set(forms)
    workbooks = {path.stem for path in xlsforms.glob("*.xlsx") if not path.name.startswith("~$")}
    for name in sorted(named - workbooks):
        near = nearest(name, workbooks - named)
        if near is None:
            continue
        hint = did_you_mean(near)
        reader.problem(
            "settings-form-unknown",
            Text(
                vi=f"trong xlsforms/ không có biểu mẫu «{name}»{hint.vi}",
                en=f"there is no form “{name}” in xlsforms/{hint.en}",
            ),
            Text(
                vi=f"hãy viết [forms.{near}], hoặc đặt tệp {name}.xlsx vào xlsforms/",
                en=f"write [forms.{near}], or put {name}.xlsx into xlsforms/",
            ),
            f"forms.{name}",
        )
