"""What to do after ``ishc init``, in the order in which it is done."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from ishc.beginning.account import Account
from ishc.beginning.chosen import SANDBOX, Chosen
from programme.problem import Text


def next_steps(directory: Path, chosen: Chosen, account: Account) -> Iterator[Text]:
    """Give the steps, numbered; what is done already is left out.

    Args:
        directory: as the person wrote it.
        chosen: the answers.
        account: what came of trying the account.
    """
    place = chosen.place
    if account == "not reached" and place.name != SANDBOX.name:
        yield Text(
            vi="Chưa tới được máy chủ, nên chưa biết mã có đúng không; chương trình vẫn dùng được. "
            "Khi có mạng, hãy chạy: ishc doctor",
            en="The server was not reached, so nobody knows yet whether it takes you; the "
            "programme is ready all the same. Once there is a network, run: ishc doctor",
        )
    steps = [_same(f"cd {_quoted(directory)}")]
    if account in ("no token", "refused"):
        steps.append(_token(chosen))
    if place.name == SANDBOX.name:
        steps.append(
            Text(
                vi="ishc sandbox   (trong cửa sổ khác, cùng thư mục; để nguyên cửa sổ đó)",
                en="ishc sandbox   (in another window, same folder; leave that open)",
            )
        )
    steps += [
        Text(
            vi="ishc deploy    (đưa sáu biểu mẫu lên máy chủ)",
            en="ishc deploy    (puts the six forms on the server)",
        ),
        _phones(chosen),
        Text(
            vi="ishc nightly   (lấy phiếu, đối chiếu, báo cáo); tự chạy mỗi đêm: ishc schedule",
            en="ishc nightly   (pull, reconcile, report); every night by itself: ishc schedule",
        ),
    ]
    yield Text(vi="\nTiếp theo:", en="\nNext:")
    for number, step in enumerate(steps, start=1):
        yield Text(vi=f"  {number}. {step.vi}", en=f"  {number}. {step.en}")
    yield Text(
        vi="Nơi phát hành báo cáo và mọi cài đặt khác: ishc.toml. Có gì không ổn: ishc doctor.",
        en="Who issues the reports, and all other settings: ishc.toml. If something is wrong: "
        "ishc doctor.",
    )


def _same(command: str) -> Text:
    return Text(vi=command, en=command)


def _quoted(path: Path) -> str:
    text = str(path)
    if os.name == "nt":  # its shells know double quotes only
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)


def _token(chosen: Chosen) -> Text:
    secret = chosen.place.secret
    variable = chosen.secret.variable or chosen.place.variable
    return Text(
        vi=f"ishc token     (dán {secret.vi}; hoặc đặt biến môi trường {variable})",
        en=f"ishc token     (paste the {secret.en}; or set the environment variable {variable})",
    )


def _phones(chosen: Chosen) -> Text:
    if chosen.place.name == SANDBOX.name:
        return Text(
            vi="ishc forms fill BIỂU_MẪU TRẢ_LỜI.json --send   (điền và gửi thử, không cần điện "
            "thoại)",
            en="ishc forms fill FORM ANSWERS.json --send   (fill and send one without a phone)",
        )
    if chosen.place.name == "central":
        return Text(
            vi="ishc phones    (cấp khóa cho từng điện thoại), rồi ishc qr",
            en="ishc phones    (a key for each phone), then ishc qr",
        )
    return Text(
        vi="ishc qr        (mã QR để cài đặt điện thoại, treo lên tường)",
        en="ishc qr        (the QR code that sets up phones, to hang on the wall)",
    )
