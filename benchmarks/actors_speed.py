"""What finding and ranking actors costs beside the bare language model, on the same texts.

    python benchmarks/actors_speed.py [ARTICLES...]

One run in one process; CPU seconds. Without arguments the texts are built from a few invented sentences. Prints words a
second of the model alone, the seconds of model and room, and their ratio; exit 1 above the bar.
"""

from __future__ import annotations

import sys
import time

from briefing import pipeline
from briefing.config import Config
from briefing.extract import load_extractor
from briefing.extract.actors import find_actors
from briefing.extract.relations import find_relations
from briefing.extract.salience import rank
from briefing.records import Article, MainEvent

BAR = 0.25
PARAGRAPHS = (
    """\
Foreign Minister Ana Lopes flew to Oslo on Monday for talks on a fishing treaty, the ministry said. Lopes, a former
mayor of Porto, will meet Otto Brandt, chairman of Nordwind Airlines. She said Brazil wanted a deal by June.

Moscow denied on Tuesday that it had sent trucks to the border. The Kremlin's spokesman called the report by the
Federation of Miners (FOM) a fabrication. The FOM, which has 40,000 members, published pictures of the convoy.

“We have waited for nine years,” said Joan Hale, a professor of law at Marlow University. Hale has advised three
governments. Critics of the plan fear that the company, Marwell Motors, will close its plant in Arnsdorf.

Police in Kinshasa arrested 12 protesters. They were released in the evening, their lawyer told reporters. The country
has seen weeks of unrest since its parliament put off the vote.""".replace("\n\n", "|")
    .replace("\n", " ")
    .split("|")
)


def main(inputs: list[str]) -> int:
    """Prints the figures; 0 where the room keeps to its bar."""
    config = Config()
    extractor = load_extractor(config.extract)
    texts = _texts(inputs, config)
    extractor.pipeline.nlp(texts[0])  # warm caches
    started = time.process_time()
    for text in texts:
        extractor.pipeline.nlp(text)
    bare = time.process_time() - started
    readings = [extractor.pipeline.read(_article(n, t)) for n, t in enumerate(texts)]
    find_actors(readings[0])  # lexicons are loaded once a process
    started = time.process_time()
    for reading in readings:
        cast = find_actors(reading)
        rank(reading, cast, (), (), MainEvent())
        find_relations(reading, cast, ())
    room = time.process_time() - started
    words = sum(len(t.split()) for t in texts)
    print(
        f"{words} words; model {bare:.2f} s ({words / bare:.0f} words/s), actors {room:.2f} s, ratio {room / bare:.3f}"
    )
    return int(room / bare > BAR)


def _texts(inputs: list[str], config: Config) -> list[str]:
    if inputs:
        return [a.text for a in pipeline.read(inputs, config=config)[0]]
    return ["\n\n".join(PARAGRAPHS[(n + k) % len(PARAGRAPHS)] for k in range(6)) for n in range(60)]


def _article(number: int, text: str) -> Article:
    return Article(id=str(number), text=text, source="benchmark", sha256="0" * 64)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
