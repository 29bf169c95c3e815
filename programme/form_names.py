"""Names in ``ishc.toml``: forms that nearly are those of workbooks, and what no file can bear."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from programme.file_names import is_fit
from programme.problem import Text
from programme.sources import FormSettings
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


def refuse_unfit(
    reader: TomlReader, servers: Iterable[str], forms: Mapping[str, FormSettings]
) -> None:
    """Tell of names that cannot be those of files on every system: files are named after them."""
    named = {f"servers.{name}": name for name in servers}
    for form, settings in forms.items():
        named[f"forms.{form}"] = form
        named |= {each.setting: each.name for each in settings.sources if each.setting}
    for key, name in named.items():
        if not is_fit(name):
            reader.problem(
                "settings-name",
                Text(
                    vi=f"không đặt được tên «{name}»: có tệp mang tên này, mà Windows không nhận",
                    en=f"the name “{name}” cannot be used: files bear it, and Windows takes no "
                    "such file",
                ),
                Text(
                    vi="hãy dùng chữ, số và gạch dưới, không dùng : ? * / và các tên con, aux, "
                    "nul, com1…",
                    en="use letters, digits and underscores, none of : ? * / and not con, aux, "
                    "nul, com1 …",
                ),
                key,
            )
