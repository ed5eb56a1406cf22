"""Reports as the stages know them, out of events.json: for asking again what the merge decided."""

from __future__ import annotations

from aifund.model import Article, Compute, Evidence, Money, Party, Report, Valuation, When
from aifund.output.document import (
    ArticleNode,
    ComputeNode,
    DateNode,
    Document,
    EvidenceNode,
    InvestorNode,
    MoneyNode,
    ReportNode,
    ValuationNode,
)


def articles(document: Document) -> dict[str, Article]:
    """The articles by id, without their texts."""
    return {node.article: _article(node) for node in document.articles}


def report(node: ReportNode) -> Report:
    """What `node` tells, as it was when it was merged."""
    return Report(
        article=node.article,
        target=Party(node.target.name, tuple(node.target.as_written), node.target.id),
        investors=tuple(_party(one) for one in node.investors),
        round=node.round,
        status=node.status,
        amount=_money(node.amount) if node.amount else None,
        valuation=_valuation(node.valuation) if node.valuation else None,
        compute=_compute(node.compute) if node.compute else None,
        date=_when(node.date) if node.date else None,
        ai=node.target.ai,
        evidence=tuple(_evidence(one) for one in node.evidence),
    )


def _article(node: ArticleNode) -> Article:
    return Article(node.article, "", node.title or "", node.published, node.publisher or "")


def _party(node: InvestorNode) -> Party:
    amount = _money(node.amount) if node.amount else None
    compute = _compute(node.compute) if node.compute else None
    return Party(node.name, (node.name,), node.id, node.role, amount, compute)


def _money(node: MoneyNode) -> Money:
    return Money(node.min, node.max, node.currency, node.qualifier)


def _valuation(node: ValuationNode) -> Valuation:
    return Valuation(_money(node), node.basis)


def _compute(node: ComputeNode) -> Compute:
    amount = _money(node.amount) if node.amount else None
    return Compute(node.share_min, node.share_max, node.text, amount, node.of)


def _when(node: DateNode) -> When:
    return When(node.edtf, node.min, node.max)


def _evidence(node: EvidenceNode) -> Evidence:
    start, end = (-1 if place is None else place for place in (node.start, node.end))
    return Evidence(node.field, node.part, start, end, node.quote, node.rule)
