"""docs/delivery.md: its example is one that works, and it tells of every kind and setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from briefing.config import Config
from briefing.deliver import key
from briefing.deliver.message import address
from briefing.profiles import ToBucket, ToFolder, ToMail, ToWebhook

PAGE = (Path(__file__).parents[2] / "docs/delivery.md").read_text(encoding="utf-8")


def test_the_example_works() -> None:
    data = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0])
    data["profiles"]["straits"]["sources"] = {"folders": ["inbox"]}
    targets = Config.model_validate(data).profiles["straits"].deliver
    assert [key(t).partition(":")[0] for t in targets] == ["folder", "mail", "webhook", "bucket"]
    (mail,) = (t for t in targets if isinstance(t, ToMail))
    assert all(address("mail", words) for words in (mail.sender, *mail.to, *mail.bcc))


@pytest.mark.parametrize("model", [ToFolder, ToMail, ToWebhook, ToBucket])
def test_every_setting_is_told_of(model: type[ToFolder | ToMail | ToWebhook | ToBucket]) -> None:
    left = {name for name in model.model_fields if not re.search(rf"\b{name}\b", PAGE)}
    assert left == set()
