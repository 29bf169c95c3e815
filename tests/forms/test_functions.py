"""The table of functions, asked of JavaRosa: it takes what the table says, and nothing else."""

import pytest

from forms.engine.jvm import engine_lock, java
from forms.rules.functions import ARGUMENTS, counts_in_words

# answered by Collect or by an opened form, which an expression alone does not have
ELSEWHERE = {"pulldata", "jr:choice-name", "jr:itext", "instance", "current"}
# JavaRosa looks at what they are given before it counts
PARTICULAR = {"area", "enclosed-area", "distance", "geofence", "intersects", "randomize"}
LENIENT = {"max", "min"}  # nothing to compare is accepted, and is no number


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", sorted(set(ARGUMENTS) - ELSEWHERE - PARTICULAR))
def test_javarosa_takes_the_number_of_arguments_of_the_table(name: str) -> None:
    for count in range(0 if name not in LENIENT else 1, 8):
        assert accepted(name, count) == (count in ARGUMENTS[name]), count


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("name", ["floor", "ceiling", "last", "substring", "IF"])
def test_javarosa_lacks_what_the_table_lacks(name: str) -> None:
    assert name not in ARGUMENTS
    assert not any(accepted(name, count) for count in range(4))


def accepted(name: str, count: int) -> bool:
    with engine_lock():
        context = java("org.javarosa.core.model.condition.EvaluationContext")(None)
        expression = java("org.javarosa.xpath.XPathParseTool").parseXPath(
            f"{name}({','.join(['1'] * count)})"
        )
        try:
            expression.eval(None, context)
        except Exception as error:
            refused = ("cannot handle function", "incorrect number of")
            return not any(words in str(error) for words in refused)
        return True


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("if", "3"),
        ("round", "1-2"),
        ("concat", "0+"),
        ("max", "1+"),
        ("indexed-repeat", "3, 5, 7, 9, 11"),
    ],
)
def test_how_many_in_words(name: str, words: str) -> None:
    assert counts_in_words(name) == words
