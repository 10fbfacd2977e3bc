import math
from random import Random

import pytest

from tests.demo.models.asking import asked, refused
from tui.demo.models.embeddings import DIMENSIONS, HashedEmbeddings, embed
from tui.demo.models.markov import EDGE, MarkovChain, join, tokens_of
from tui.demo.models.naive_bayes import NaiveBayes
from tui.demo.models.sentiment import SentimentClassifier
from tui.demo.models.text_generator import TextGenerator
from tui.demo.models.text_tools import LanguageDetector, Tokenizer, WordCounter, detect_language
from tui.demo.models.texts import labelled_lines, read_data
from tui.demo.sessions import Stateful

# None of these sentences ships with the models.
HELD_OUT = {
    "english": {
        "positive": (
            "A wonderful hotel with friendly people",
            "I love the clear sound of this radio",
            "The teacher was patient and kind",
            "Great camera for a good price",
            "The garden is beautiful and quiet",
            "We enjoyed the delicious food",
            "Fast and helpful answer, thank you",
            "This lamp looks nice and works perfectly",
            "An excellent guide, highly recommended",
            "I am happy with the comfortable chair",
        ),
        "negative": (
            "A dirty hotel with rude people",
            "I hate the bad sound of this radio",
            "The teacher was boring and unfriendly",
            "Terrible camera, a waste of money",
            "The place is loud and ugly",
            "The meal was cold and horrible",
            "Slow answer and poor support, never again",
            "This lamp is cheap, broken and useless",
            "An awful guide, not recommended",
            "I am disappointed with the uncomfortable chair",
        ),
    },
    "german": {
        "positive": (
            "Ein wunderbares Hotel, freundlich und sauber",
            "Ich liebe den klaren Klang",
            "Der Lehrer war geduldig und nett",
            "Tolle Kamera, guter Preis",
            "Der Garten ist schön und ruhig",
            "Das Restaurant war ausgezeichnet, alles köstlich",
            "Schnelle Antwort, vielen Dank",
            "Die Lampe ist schön und funktioniert perfekt",
            "Der Service ist hilfsbereit und sehr zu empfehlen",
            "Ich bin zufrieden mit dem bequemen Stuhl, gute Qualität",
        ),
        "negative": (
            "Ein schmutziges Hotel, laut und unfreundlich",
            "Ich hasse den schlechten Klang",
            "Der Lehrer war unhöflich und langweilig",
            "Schlechte Kamera, viel zu teuer",
            "Der Ort ist laut und hässlich",
            "Das Essen war kalt und furchtbar",
            "Langsam, keine Antwort, nie wieder",
            "Die Lampe ist billig, nutzlos und kaputt",
            "Der Service ist schrecklich und nicht zu empfehlen",
            "Ich bin enttäuscht, der Stuhl ist unbequem",
        ),
    },
}


@pytest.mark.parametrize(
    "classifier",
    [
        SentimentClassifier("english"),
        SentimentClassifier("english", knows_pairs=True),
        SentimentClassifier("german"),
    ],
)
def test_sentences_that_were_not_learnt_from_are_judged_rightly(classifier):
    pairs = [
        (label, sentence)
        for label, sentences in HELD_OUT[classifier.language].items()
        for sentence in sentences
    ]
    learnt = {text for _, text in labelled_lines(f"sentiment-{classifier.language}.tsv")}
    assert learnt.isdisjoint(sentence for _, sentence in pairs)
    answers = asked(classifier, {"inputs": [sentence for _, sentence in pairs]})
    right = sum(answer["label"] == label for answer, (label, _) in zip(answers, pairs, strict=True))
    assert right >= 17
    assert all(0.5 <= answer["score"] <= 1 for answer in answers)


def test_the_models_are_different_ones():
    sentence = {"inputs": "Not recommended, really poor"}
    scores = [
        asked(SentimentClassifier(language, knows_pairs=knows_pairs), sentence)[0]["score"]
        for language, knows_pairs in (("english", False), ("english", True), ("german", False))
    ]
    assert len(set(scores)) == 3


def test_naive_bayes_computes_what_the_formula_says():
    model = NaiveBayes([("a", "xx"), ("a", "y"), ("b", "yz")])
    # Vocabulary x, y, z. a: 3 features, 2 of 3 examples; b: 2 features, 1 of 3.
    a = 2 / 3 * (3 / 6) * (2 / 6)
    b = 1 / 3 * (1 / 5) * (2 / 5)
    assert model.probabilities("xy?") == pytest.approx({"a": a / (a + b), "b": b / (a + b)})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("english", "The weather is very nice today and we are going for a walk."),
        ("german", "Das Wetter ist heute sehr schön und wir gehen spazieren."),
        ("french", "Il fait très beau aujourd'hui et nous allons nous promener."),
        ("spanish", "Hoy hace muy buen tiempo y vamos a dar un paseo."),
        ("italian", "Oggi il tempo è molto bello e andiamo a fare una passeggiata."),
        ("portuguese", "Hoje o tempo está muito bom e vamos dar um passeio."),
        ("dutch", "Het weer is vandaag erg mooi en we gaan wandelen."),
    ],
)
def test_languages_are_told_apart(language, text):
    answer = asked(LanguageDetector(), text, "text/plain")["predictions"][0]
    assert answer["language"] == language
    assert sum(answer["probabilities"].values()) == pytest.approx(1, abs=1e-3)


def test_a_text_without_letters_could_be_any_language():
    assert len(set(detect_language("1234").values())) == 1


def test_tokens_are_where_the_tokenizer_says():
    text = "It costs 3.50 in Zürich, doesn't it?"
    tokens = asked(Tokenizer(), {"inputs": text})["tokens"][0]
    assert [token["text"] for token in tokens] == [
        *("It", "costs", "3.50", "in", "Zürich", ",", "doesn't", "it", "?")
    ]
    assert all(text[token["start"] : token["end"]] == token["text"] for token in tokens)
    kinds = {token["text"]: token["kind"] for token in tokens}
    assert (kinds["3.50"], kinds["Zürich"], kinds[","]) == ("number", "word", "mark")


def test_words_are_counted_whatever_their_case():
    counts = asked(WordCounter(), {"inputs": ["One two,\nONE.", ""]})["counts"]
    assert counts[0] == {
        "characters": 13,
        "lines": 2,
        "words": 3,
        "different_words": 2,
        "most_frequent": [{"word": "one", "count": 2}, {"word": "two", "count": 1}],
    }
    assert counts[1]["words"] == 0


@pytest.mark.parametrize(
    "body", [{}, {"inputs": 3}, {"inputs": []}, {"inputs": ["a", 1]}, {"inputs": None}]
)
def test_a_body_without_texts_is_refused(body):
    status, told = refused(WordCounter(), body)
    assert status == 400
    assert told["member"] == "inputs"


def test_text_must_be_utf8():
    status, told = refused(WordCounter(), b"ab\xff", "text/plain")
    assert (status, told["error"]) == (400, "the body is not UTF-8: byte 2 is no character")


def test_texts_with_words_in_common_point_the_same_way():
    def likeness(left, right):
        return sum(a * b for a, b in zip(embed(left), embed(right), strict=True))

    query = "cheap flights to Berlin"
    near, far = likeness(query, "a cheap flight to Berlin"), likeness(query, "soup with onions")
    assert near > 0.6 > 0.3 > far
    assert likeness(query, query) == pytest.approx(1)


def test_embeddings_have_one_length():
    vectors = asked(HashedEmbeddings(), {"inputs": ["one", "another one", "…"]})
    assert [len(vector) for vector in vectors] == [DIMENSIONS] * 3
    assert math.hypot(*vectors[1]) == pytest.approx(1, abs=1e-5)
    assert set(vectors[2]) == {0.0}


PROMPT = {"inputs": "Alice was", "parameters": {"seed": 1, "max_new_tokens": 40, "details": True}}


def test_a_seed_repeats_the_text_and_no_seed_does_not():
    generator = Stateful(TextGenerator())
    assert asked(generator, PROMPT) == asked(generator, PROMPT)
    unseeded = [asked(generator, {"inputs": "Alice"})[0]["generated_text"] for _ in range(8)]
    assert len(set(unseeded)) > 1


def test_the_details_add_up_to_the_text():
    answer = asked(Stateful(TextGenerator()), PROMPT)[0]
    details = answer["details"]
    assert "".join(token["text"] for token in details["tokens"]) == answer["generated_text"]
    assert details["generated_tokens"] == len(details["tokens"]) <= 40
    assert details["finish_reason"] in ("length", "eos_token")
    assert all(token["logprob"] <= 0 for token in details["tokens"])


def test_every_token_follows_the_two_before_it_somewhere_in_the_book():
    prompt = "Alice was beginning"
    parameters = {"seed": 5, "return_full_text": True, "max_new_tokens": 30}
    text = asked(Stateful(TextGenerator()), {"inputs": prompt, "parameters": parameters})[0][
        "generated_text"
    ]
    assert text.startswith(prompt)
    lines = [tokens_of(line) for line in read_data("alice.txt").splitlines()]
    known = {triple for line in lines for triple in zip(line, line[1:], line[2:], strict=False)}
    tokens = tokens_of(text)
    assert len(tokens) > 5
    assert set(zip(tokens, tokens[1:], tokens[2:], strict=False)) <= known


def test_the_length_and_a_stop_sequence_are_obeyed():
    two = {"inputs": "The", "parameters": {"seed": 2, "max_new_tokens": 2, "details": True}}
    assert asked(Stateful(TextGenerator()), two)[0]["details"]["generated_tokens"] == 2
    stop = {
        "inputs": "She",
        "parameters": {"seed": 2, "stop": ["e"], "details": True, "max_new_tokens": 2000},
    }
    answer = asked(Stateful(TextGenerator()), stop)[0]
    assert answer["details"]["finish_reason"] == "stop_sequence"
    assert "e" in answer["details"]["tokens"][-1]["text"]
    assert all("e" not in token["text"] for token in answer["details"]["tokens"][:-1])


def test_messages_are_answered_as_a_chat():
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "The Cat"}]
    answer = asked(Stateful(TextGenerator()), {"messages": messages, "seed": 3, "max_tokens": 5})
    choice = answer["choices"][0]
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"]
    assert choice["finish_reason"] in ("length", "stop")
    usage = answer["usage"]
    assert usage["prompt_tokens"] == 5
    assert usage["total_tokens"] == 5 + usage["completion_tokens"]


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({}, "inputs"),
        ({"inputs": "a", "parameters": 3}, "parameters"),
        ({"inputs": "a", "parameters": {"temperature": 0}}, "parameters.temperature"),
        ({"inputs": "a", "parameters": {"max_new_tokens": 1e3}}, "parameters.max_new_tokens"),
        ({"inputs": "a", "parameters": {"seed": True}}, "parameters.seed"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "king", "content": "a"}]}, "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "messages[0].content"),
    ],
)
def test_a_wrong_member_is_named(body, member):
    status, told = refused(Stateful(TextGenerator()), body)
    assert (status, told["member"]) == (400, member)


def seeded(seed):
    return Random(seed)  # noqa: S311 - is to be repeated


def test_a_low_temperature_takes_the_likeliest_token():
    chain = MarkovChain(["a b", "a b", "a c"])
    assert next(chain.steps("a", seeded(1), 0.01)).token == "b"  # noqa: S105 - a word
    tokens = {next(chain.steps("a", seeded(seed), 100.0)).token for seed in range(40)}
    assert tokens == {"b", "c"}
    step = next(chain.steps("a b", seeded(1), 1.0))
    assert step == (EDGE, 1.0)


@pytest.mark.parametrize(
    ("before", "token", "expected"),
    [("", "A", "A"), ("a", "b", " b"), ("a", ",", ","), ("a ", "b", "b"), ("(", "a", "a")],
)
def test_tokens_are_joined_as_people_write(before, token, expected):
    assert join(before, token) == expected
