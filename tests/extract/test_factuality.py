"""Sentences → whether what they tell happened."""

from __future__ import annotations

import pytest

from briefing.extract.factuality import factuality
from tests.conftest import Read

# sentence, the word that names the act, what the text says of it
CASES: list[tuple[str, str, str]] = [
    ("Rebels attacked the convoy.", "attacked", "actual"),
    ("The ministers have signed the treaty.", "signed", "actual"),
    ("The bridge was destroyed by the flood.", "destroyed", "actual"),
    ("Police began to arrest students.", "arrest", "actual"),
    ("The army said rebels attacked the convoy.", "attacked", "actual"),
    ("The king is visiting Peru.", "visiting", "actual"),
    ("The envoy left and met the mayor.", "met", "actual"),
    ("The king will visit Peru.", "visit", "planned"),
    ("The king plans to visit Peru.", "visit", "planned"),
    ("The king said he would visit Peru.", "visit", "planned"),
    ("The two sides agreed to withdraw their troops.", "withdraw", "planned"),
    ("Norway promised to send doctors.", "send", "planned"),
    ("The company intends to sell the mine.", "sell", "planned"),
    ("The cabinet decided to close the port.", "close", "planned"),
    ("Troops are expected to leave the valley.", "leave", "planned"),
    ("The minister is going to resign.", "resign", "planned"),
    ("The fleet is preparing to sail.", "sail", "planned"),
    ("The minister is due to arrive on Friday.", "arrive", "planned"),
    ("Rebels did not attack the convoy.", "attack", "denied"),
    ("Rebels never attacked the convoy.", "attacked", "denied"),
    ("No soldiers crossed the border.", "crossed", "denied"),
    ("Nobody attacked the convoy.", "attacked", "denied"),
    ("Iran denied selling drones.", "selling", "denied"),
    ("The premier refused to resign.", "resign", "denied"),
    ("The talks failed to end the strike.", "end", "denied"),
    ("Guards prevented the men from entering.", "entering", "denied"),
    ("Officials denied that troops crossed the river.", "crossed", "denied"),
    ("The army has not left the valley.", "left", "denied"),
    ("Rebels allegedly attacked the convoy.", "attacked", "alleged"),
    ("The general reportedly fled.", "fled", "alleged"),
    ("Ukraine accused Russia of stealing grain.", "stealing", "alleged"),
    ("The lawyer claimed that police beat the boy.", "beat", "alleged"),
    ("Prosecutors allege that the banker stole the money.", "stole", "alleged"),
    ("The rebels may have attacked the convoy.", "attacked", "alleged"),
    ("Police suspect that the driver fled.", "fled", "alleged"),
    ("Rebels could attack the convoy.", "attack", "hypothetical"),
    ("Rebels may attack the convoy.", "attack", "hypothetical"),
    ("If rebels attack the convoy, the army will respond.", "attack", "hypothetical"),
    ("Unless the king resigns, the party will leave.", "resigns", "hypothetical"),
    ("Iran threatened to attack the base.", "attack", "hypothetical"),
    ("The mayor urged residents to leave.", "leave", "hypothetical"),
    ("The union wants to meet the minister.", "meet", "hypothetical"),
    ("Russia should withdraw its troops.", "withdraw", "hypothetical"),
    ("The senator called on the bank to pay.", "pay", "hypothetical"),
    ("The king is hoping to visit Peru.", "visit", "hypothetical"),
    ("Diplomats proposed to send observers.", "send", "hypothetical"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "act", "expected"), CASES, ids=[c[0] for c in CASES])
def test_factuality(read: Read, text: str, act: str, expected: str) -> None:
    token = next(t for t in read(text).doc if t.text == act)
    assert factuality(token) == expected
