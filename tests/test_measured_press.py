"""Press sentences of made-up events, each with the figures that a careful reader takes from it.

A figure is written ``subject | measure | comparator value unit``; subject and measure need hold what is given here.
"""

from __future__ import annotations

import pytest

from kg.annotate.pipeline import annotate
from kg.extract.measurements import find_measurements
from kg.model import Entity, EntityType, Evidence, Measurement, Mention, Span
from kg.read import read_text

NAMES = {
    "Harbour Fair": Entity(EntityType.EVENT, "Harbour Fair", kind="Festival"),
    "Norvik": Entity(EntityType.ORGANIZATION, "Norvik"),
    "Plaza": Entity(EntityType.PLATFORM, "Plaza"),
    "Box Return": Entity(EntityType.INITIATIVE, "Box Return"),
}


def measured(body: str) -> list[Measurement]:
    document = read_text(f"Harbour news\n\n{body}\n", name="made-up")
    sentences = annotate(document)
    mentions = []
    for name, entity in NAMES.items():
        start = document.text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            passage = next(s.span for s in sentences if s.span.covers(span))
            mentions.append(Mention(entity, Evidence(document.entries[0].key, passage, span, "test", 1.0)))
            start = document.text.find(name, span.end)
    return find_measurements(sentences, sorted(mentions, key=lambda m: m.evidence.span))


def rows(body: str) -> list[tuple[str, str, str]]:
    found = []
    for m in measured(body):
        subject = m.subject if isinstance(m.subject, str) else m.subject.name
        found.append((subject, m.measure, f"{m.comparator}{m.value:f} {m.unit}"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norvik hired 15,000 drivers and opened 12 new hubs.",
            ["Norvik|drivers|=15000 count", "Norvik|hubs|=12 count"],
        ),
        (
            "Revenue at Norvik climbed 14% to €2.3bn.",
            ["Norvik|growth in revenue|=14 percent", "Norvik|revenue|=2300000000 EUR"],
        ),
        (
            "Online sales rose 8 percent to A$4.6 billion, while in-store sales fell 3 percent.",
            [
                "Online sales|growth in|=8 percent",
                "Online sales|sales|=4600000000 AUD",
                "in-store sales|decline in|=3 percent",
            ],
        ),
        (
            "Orders from Germany and France grew 40% and 25%, respectively.",
            ["Germany|growth in orders|=40 percent", "France|growth in orders|=25 percent"],
        ),
        ("One in five customers paid in installments.", ["customers|share of customers|=20 percent"]),
        ("Two-thirds of the sellers were small businesses.", ["small businesses|share of sellers|=66.67 percent"]),
        ("Plaza handled 11 orders per second at its peak.", ["Plaza|orders per second|=11 count"]),
        ("Norvik pays couriers Rs 30 per parcel.", ["|payment per parcel|=30 INR"]),
        ("The Harbour Fair generated Rs 500 crore.", ["Harbour Fair|sales|=5000000000 INR"]),
        ("Merchants saw their sales double last year.", ["Merchants|growth in sales|=2 times"]),
        ("Half a million people watched the opening show.", ["opening show|people|=500000 count"]),
        ("The warehouse covers 80,000 square meters.", ["warehouse|area|=80000 m2"]),
        ("Between 3 and 5 percent of parcels were returned.", ["parcels|share|>3 percent", "parcels|share|<5 percent"]),
        ("Ticket sales fell by a quarter.", ["Ticket sales|decline in|=25 percent"]),
        ("The app was downloaded more than 5m times.", ["app|downloaded|>5000000 count"]),
        ("Norvik cut prices by 20%.", ["Norvik|reduction in prices|=20 percent"]),
        ("Turnover at Plaza increased tenfold.", ["Plaza|growth in turnover|=10 times"]),
        (
            "The typical shopper spent $180, $20 more than before.",
            ["shopper|spending|=180 USD", "shopper|increase in spending|=20 USD"],
        ),
        (
            "Sales of kettles doubled, and those of lamps rose 70 percent.",
            ["kettles|growth in sales|=2 times", "lamps|growth in sales|=70 percent"],
        ),
        (
            "Mobile made up 71% of traffic and 54% of orders.",
            ["Mobile|share of traffic|=71 percent", "Mobile|share of orders|=54 percent"],
        ),
        (
            "Footwear rose 35%; toys, 20%; and books, 5%.",
            ["Footwear|growth|=35 percent", "toys|growth|=20 percent", "books|growth|=5 percent"],
        ),
        (
            "The tablet share reached 40%, up from 30% a year ago.",
            ["|tablet share|=40 percent", "|tablet share|=30 percent"],
        ),
        ("Plaza, which opened in 2009, employs 4,500 people.", ["Plaza|people|=4500 count"]),
        ("Norvik will offer box reuse at 600 points.", ["box reuse|points|=600 count"]),
        ("About 70 shops joined the quiet corner.", ["quiet corner|shops|~70 count"]),
        ("More than 250 merchants took part in the Harbour Fair.", ["Harbour Fair|merchants|>250 count"]),
        ("Box Return collected 4,300 tonnes of used packaging.", ["Box Return|used packaging|=4300 t"]),
        (
            "Norvik planted 900 trees, offsetting 12 tons of carbon emissions.",
            ["Norvik|trees|=900 count", "Norvik|reduction in carbon emissions|=12 t"],
        ),
        ("The charity raised £3.4m from 120 donors.", ["charity|funds|=3400000 GBP", "charity|donors|=120 count"]),
        (
            "Plaza expects revenue of between $3 billion and $4 billion.",
            ["Plaza|revenue|>3000000000 USD", "Plaza|revenue|<4000000000 USD"],
        ),
        (
            "Norvik shipped 9 million parcels, 78% of which arrived early.",
            ["Norvik|parcels|=9000000 count", "|share of|=78 percent"],
        ),
        (
            "The Harbour Fair took in €3 million, against €2 million in the one-day event of 2029.",
            ["Harbour Fair|sales|=3000000 EUR", "event of 2029|sales|=2000000 EUR"],
        ),
        ("No fair has been larger: Plaza counted twice as many stalls as before.", ["|stalls|=2 times"]),
        ("Eighty-seven brands exceeded 100 million yuan in sales.", ["brands over 100 million yuan|brands|=87 count"]),
        (
            "The gala, watched by 240,000 viewers, featured 60 artists.",
            ["gala|viewers|=240000 count", "gala|artists|=60 count"],
        ),
        (
            "Some 900 stalls opened, including 65 shops that saw takings rise more than five times.",
            ["stalls|stalls|~900 count", "shops over five times|shops|=65 count"],
        ),
        (
            "While 21 firms saw their revenue pass €3 billion, another 57 brands exceeded €400 million.",
            ["firms over €3 billion|firms|=21 count", "brands over €400 million|brands|=57 count"],
        ),
        (
            "The live show drew 11 million viewers, 2.5 times last year's audience.",
            ["live show|viewers|=11000000 count", "live show|growth in audience|=2.5 times"],
        ),
        (
            "Top categories included toys (up 29%) and lamps (down 9%).",
            ["toys|growth|=29 percent", "lamps|decline|=9 percent"],
        ),
        (
            "“We saw a 65% increase in orders,” the owner of a shop with 12 employees said.",
            ["|growth in orders|=65 percent", "shop|employees|=12 count"],
        ),
        ("Norvik estimated total sales at 934 million yuan.", ["|total sales|=934000000 CNY"]),
        ("It hired 500 drivers, bringing its workforce to 3,200.", ["|drivers|=500 count", "|workforce|=3200 count"]),
        ("Shops in the old town, which reopened in May, doubled their hours.", ["|hours|=2 times"]),
        ("Norvik, a toy maker with 300 staff, charges sellers €40.", ["Norvik|staff|=300 count", "Norvik|fee|=40 EUR"]),
        (
            "The fair closed at noon with 620 stalls, of which 40% were family firms.",
            ["|stalls|=620 count", "family firms|share of stalls|=40 percent"],
        ),
        ("Norvik lowered its commission from 12 to 8 percent.", ["|commission|=12 percent", "|commission|=8 percent"]),
        (
            "Plaza counted 41 complaints, a third fewer than last year.",
            ["Plaza|complaints|=41 count", "Plaza|decline in complaints|=33.33 percent"],
        ),
        ("An outage of 40 minutes hit the shop.", ["|outage|=40 min"]),
        ("The tickets sold out in 14 minutes.", ["tickets|time until sold out|=14 min"]),
        ("Prices range between €8,000 and €12,000.", ["|price|>8000 EUR", "|price|<12000 EUR"]),
        ("The scooter went from standstill to top speed in 2.8 seconds.", ["scooter|time from|=2.8 s"]),
        ("Fewer than one in fifty lamps broke.", ["lamps|share of lamps|<2 percent"]),
        ("The voucher is worth 200 pesos.", ["voucher|value|=200 MXN"]),
    ],
)
def test_reads_the_figures_of_a_press_sentence(text: str, expected: list[str]) -> None:
    found = rows(text)
    assert [r[2] for r in found] == [e.split("|")[2] for e in expected]
    for (subject, measure, _), wanted in zip(found, expected, strict=True):
        owner, about, _ = wanted.split("|")
        assert owner.casefold() in subject.casefold()
        assert about.casefold() in measure.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "The top 10 sellers met on May 3 at 8 p.m. in Hall 4.",
        "The city team won 3-2 in season 5.",
        "Ms. Okoro, 42, bought an iPhone 13 and a 5G plan.",
        "Support is offered 24/7 under ISO 9001.",
    ],
)
def test_figures_that_measure_nothing_stay_out(text: str) -> None:
    assert measured(text) == []
