"""The iris models: fitted to what ships, as good as others find them, exact in what they say.

Figures that we did not compute ourselves are scikit-learn 1.9.1's.
"""

import json
from itertools import chain

import pytest

from tests.demo.models.asking import ask, asked, refused
from tui.demo.models.iris import (
    FEATURES,
    SPECIES,
    IrisClassifier,
    LinearClassifier,
    coefficients,
    flowers,
)
from tui.demo.models.iris_fitting import FITS

BLUE = IrisClassifier("softmax-regression")
GREEN = IrisClassifier("linear-discriminant")
# scikit-learn: LogisticRegression(C=1.0, tol=1e-12, max_iter=10000)
SCIKIT_LEARN_SOFTMAX = LinearClassifier(
    weights=(
        (-0.42350553, 0.96734985, -2.51715374, -1.07933606),
        (0.53445955, -0.32158870, -0.20639182, -0.94429739),
        (-0.11095401, -0.64576115, 2.72354557, 2.02363345),
    ),
    intercepts=(9.84954987, 2.23721669, -12.08676657),
)


def wrong(classify):
    """Number, from 1, the flowers whose species is not found."""
    measured, species = flowers()
    found = [classify(flower) for flower in measured]
    return [
        number
        for number, (guess, truth) in enumerate(zip(found, species, strict=True), start=1)
        if guess != truth
    ]


def likeliest(model):
    return lambda flower: max(range(3), key=model.probabilities(flower).__getitem__)


def flat(model):
    return list(chain(*model.weights, model.intercepts))


def test_the_data_are_fishers():
    measured, species = flowers()
    assert len(measured) == 150
    assert [species.count(each) for each in range(3)] == [50, 50, 50]
    # Fisher 1936, table I: the means of the four lengths over all flowers.
    means = [sum(column) / 150 for column in zip(*measured, strict=True)]
    assert means == pytest.approx([5.843333, 3.057333, 3.758, 1.199333], abs=1e-6)


@pytest.mark.parametrize("name", FITS)
def test_the_shipped_coefficients_are_what_fitting_gives(name):
    fitted, shipped = FITS[name](*flowers()), coefficients()[name]
    # From 3.12 on Python rounds a sum once: what comes of thousands of them is 2e-7 apart.
    assert flat(fitted) == pytest.approx(flat(shipped), rel=1e-6)


def test_no_other_coefficients_ship():
    assert coefficients().keys() == FITS.keys()


def test_softmax_regression_agrees_with_scikit_learn():
    assert flat(coefficients()[BLUE.model]) == pytest.approx(flat(SCIKIT_LEARN_SOFTMAX), abs=3e-5)


@pytest.mark.parametrize(
    ("container", "expected"), [(BLUE, [71, 78, 84, 107]), (GREEN, [71, 84, 134])]
)
def test_the_models_miss_the_flowers_that_scikit_learns_miss(container, expected):
    assert wrong(likeliest(coefficients()[container.model])) == expected


@pytest.mark.parametrize("name", FITS)
def test_flowers_that_were_not_learnt_from_are_found_too(name):
    measured, species = flowers()
    right = 0
    for fold in range(5):
        rest = [index for index in range(150) if index % 5 != fold]
        model = FITS[name]([measured[i] for i in rest], [species[i] for i in rest])
        classify = likeliest(model)
        right += sum(classify(measured[i]) == species[i] for i in range(fold, 150, 5))
    assert right >= 143


@pytest.mark.parametrize("container", [BLUE, GREEN])
def test_the_container_says_what_the_model_computes(container):
    measured, _ = flowers()
    answer = asked(container, {"instances": measured})
    assert answer["model"] == container.model
    for flower, told in zip(measured, answer["predictions"], strict=True):
        computed = coefficients()[container.model].probabilities(flower)
        assert list(told["probabilities"]) == list(SPECIES)
        assert list(told["probabilities"].values()) == pytest.approx(computed, abs=1e-6)
        assert told["class"] == SPECIES[computed.index(max(computed))]


def test_the_variants_disagree_on_a_flower():
    flower = {"instances": [[6.7, 3.0, 5.0, 1.7]]}
    classes = [asked(each, flower)["predictions"][0]["class"] for each in (BLUE, GREEN)]
    assert classes == ["virginica", "versicolor"]


NAMED = dict(zip(FEATURES, (5.1, 3.5, 1.4, 0.2), strict=True))


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", "5.1,3.5,1.4,0.2"),
        ("text/csv; charset=utf-8", "\ufeff5.1, 3.5 ,1.4,.2\r\n\r\n"),
        ("application/json", {"instances": [[5.1, 3.5, 1.4, 0.2]]}),
        ("application/json", {"instances": [{"features": [5.1, 3.5, 1.4, 0.2]}]}),
        ("APPLICATION/JSON", {"instances": [NAMED]}),
        ("application/jsonlines", "[5.1, 3.5, 1.4, 0.2]\n"),
        ("application/x-ndjson", '{"features": [5.1, 3.5, 1.4, 0.2]}\n\n'),
    ],
)
def test_a_flower_may_come_in_any_form(content_type, body):
    expected = asked(BLUE, {"instances": [[5.1, 3.5, 1.4, 0.2]]})
    assert asked(BLUE, body, content_type) == expected
    assert expected["predictions"][0]["class"] == "setosa"


@pytest.mark.parametrize("content_type", ["text/csv", "application/jsonlines"])
def test_the_answer_comes_in_the_form_that_is_wanted(content_type):
    rows = [[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.0, 1.7]]
    reply = ask(BLUE, {"instances": rows}, accept=content_type)
    as_json = asked(BLUE, {"instances": rows})["predictions"]
    assert reply.content_type == content_type
    lines = reply.body.decode().splitlines()
    if content_type == "text/csv":
        assert lines == [
            ",".join((row["class"], *(f"{p:.6f}" for p in row["probabilities"].values())))
            for row in as_json
        ]
    else:
        assert [json.loads(line) for line in lines] == as_json


@pytest.mark.parametrize("content_type", ["application/x-npy", "text/plain", None])
def test_other_content_types_are_refused(content_type):
    status, told = refused(BLUE, "5.1,3.5,1.4,0.2", content_type)
    assert status == 415
    assert told["supported"] == ["text/csv", "application/json", "application/jsonlines"]


def test_a_wish_that_cannot_be_met_is_refused():
    status, told = refused(BLUE, {"instances": [[1, 2, 3, 4]]}, accept="image/png")
    assert status == 406
    assert "image/png" in told["error"]


@pytest.mark.parametrize(
    ("content_type", "body", "error", "details"),
    [
        ("text/csv", "1,2,3,4\n1,2,3\n", "row 2 has 3 values, but the model takes 4", {"row": 2}),
        (
            "text/csv",
            "1,2,3,4\n\n1,2,tall,4\n",
            "row 3, column 3 (petal_length): 'tall' is not a number",
            {"row": 3, "column": 3, "feature": "petal_length"},
        ),
        ("text/csv", "1,2,,4", "row 1, column 3 (petal_length): nothing is not a number", {}),
        ("text/csv", "1,2,1_0,4", "row 1, column 3 (petal_length): '1_0' is not a number", {}),
        ("text/csv", "1,2,1e999,4", "(petal_length): the number is beyond ±1,000,000", {}),
        ("text/csv", b"1,2,\xff,4", "not UTF-8: byte 4", {}),
        ("text/csv", " \n", "the body holds no rows", {}),
        ("application/json", "{", "not JSON: ", {}),
        ("application/json", "[" * 100_000, "not JSON: nested too deeply", {}),
        ("application/json", "[1]", 'the body is not {"instances": [...]}', {}),
        ("application/json", {"instances": 3}, 'the body is not {"instances": [...]}', {}),
        ("application/json", {"instances": []}, "the body holds no rows", {}),
        ("application/json", {"instances": ["x"]}, "a row is neither a list", {"row": 1}),
        ("application/json", {"instances": [[1, 2, 3, True]]}, "True is not a number", {}),
        ("application/json", {"instances": [[1, 2, 3, None]]}, "nothing is not a number", {}),
        ("application/json", {"instances": [[1, 2, 3, 10**400]]}, "beyond ±1,000,000", {}),
        ("application/json", '{"instances": [[1, 2, 3, NaN]]}', "NaN is not a measurement", {}),
        (
            "application/json",
            {"instances": [{"sepal_length": 5.1}]},
            "row 1, column 2 (sepal_width): nothing is not a number",
            {"feature": "sepal_width"},
        ),
        ("application/jsonlines", "[1, 2, 3, 4]\n[1, 2\n", "not JSON: ", {"row": 2}),
    ],
)
def test_a_body_that_is_wrong_is_told_what_is_wrong_where(content_type, body, error, details):
    status, told = refused(BLUE, body, content_type)
    assert status == 400
    assert error in told["error"]
    assert told.items() >= details.items()


def test_probabilities_sum_to_one_however_long_the_petals():
    for flower in ([1e6] * 4, [-1e6] * 4, [0.0] * 4):
        for model in coefficients().values():
            assert sum(model.probabilities(flower)) == pytest.approx(1)
            assert all(0 <= share <= 1 for share in model.probabilities(flower))
