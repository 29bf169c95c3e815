"""Words typed in a font of before Unicode (TCVN3, VNI): phones show §iÓm instead of Điểm."""

import re
from collections.abc import Iterator

from forms.headers import TRANSLATED, language_code, split_language
from forms.rules.fault import Fault
from forms.rules.subject import Subject
from programme.problem import Problem, Text

OLD_FONT = Fault(
    "label-old-font",
    Text(
        vi="chữ gõ bằng phông cũ (TCVN3 hoặc VNI), điện thoại hiện sai: «{text}»",
        en="typed in an old font (TCVN3 or VNI), which phones show wrongly: “{text}”",
    ),
    Text(
        vi="hãy chuyển sang Unicode (UniKey: Ctrl+Shift+F6) rồi dán lại",
        en="turn it into Unicode (UniKey: Ctrl+Shift+F6) and paste it again",
    ),
    level="strict",
    waivable=True,
)
# a small letter before a capital of Latin-1 in one word (cao nhÊt), signs inside words (§iÓm,
# tªn, ®iÖn), and the vowels of VNI with letters that Vietnamese does not have (Ñieåm, nöôùc)
_TCVN3 = re.compile(
    "[a-z][\u00c0-\u00de\u00d7\u00f7]|[§®¨©ª¬µ¶¸¹¾½¼][a-z]|[a-z][¨©ª¬®µ¶¸¹¾½¼\u00ad]"
)
_VNI = re.compile(
    "[aeiouyAEIOUY\u00f4\u00f6][\u00f8\u00fb\u00ef\u00e5\u00e4\u00eb]|[\u00d1\u00f1][a-z\u00f6]|\u00f6\u00f4"
)


def label_old_font(subject: Subject) -> Iterator[Problem]:
    """Vietnamese words are in Unicode."""
    for sheet in ("survey", "choices"):
        for row in subject.workbook.rows(sheet):
            for header, text in row.cells.items():
                kind, language = split_language(header)
                if kind in TRANSLATED and language_code(language) in ("vi", "") and _old(text):
                    yield subject.tell(OLD_FONT, row, header, sheet, text=text[:40])


def _old(text: str) -> bool:
    return not text.isascii() and bool(_TCVN3.search(text) or _VNI.search(text))
