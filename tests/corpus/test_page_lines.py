"""Lines of the page, each found; ordinary sentences that begin as they do, none lost."""

from __future__ import annotations

import pytest

from framelens.corpus.zones import split_zones

LEDE = "Hundreds of marchers crossed the old bridge on Monday, and nobody stopped them until dusk."
SECOND = "The mayor promised an answer within a week, but gave no figure and took no questions."


def kinds(text: str) -> list[tuple[str, str]]:
    """The zones of a text as (kind, visible text)."""
    return [(kind, text[start:end].strip()) for start, end, kind, _ in split_zones(text)]


def around(line: str) -> list[tuple[str, str]]:
    """The zones of a line that stands alone between two paragraphs, without these."""
    return [(k, t) for k, t in kinds(f"{LEDE}\n\n{line}\n\n{SECOND}\n") if t not in (LEDE, SECOND)]


# One line each, alone between two paragraphs of body.
PAGE = {
    "furniture": """
Getting your audio player ready...
|
___
***
Advertisement
ADVERTISEMENT - SCROLL TO CONTINUE
Loading…
Loading comments...
Facebook Twitter WhatsApp
Share this story: Facebook | X | Email | Copy link
Share 120
Print  E-mail  Share  A+ A-
Like this page
Follow us on Telegram
Follow Ada Brill on Twitter @adab
Subscribe to the Harbour Courier
Sign up for our morning newsletter and never be late again.
Get the Courier by email every morning, free. Sign up here.
, Enter your email address
Thanks for signing up!
Never miss an update! Sign up here.
Stay informed with the Harbour Courier
Download our app
Available on the App Store and Google Play
We use cookies to give you the best experience.
Accept all cookies
Already a subscriber? Log in
To continue reading, choose a plan
You have 3 free articles left this month
The Courier has no owner. Chip in.
Leave a Reply
Leave a comment (112)
Comments (14)
12 comments
No comments yet
Your email address will not be published. Required fields are marked *
Email *
Be the first to comment
Comments are closed
Join the conversation
Home | About us | Contact
You are here: Home > World > Harbour
you are here: HomeCityHarbour
Home > News > City
World » Region » Harbour
Tags: harbour, bread, talks
#bread #harbour
first published: Mar 4, 2024 10:58 pm
Updated: 6 March 2024, 23.10
Published on 7 March 2024
Updated 2 hours ago
© 2024 Harbour Courier. All rights reserved.
Copyright 2024 Harbour Media Ltd
This article may not be reproduced without written permission.
This article was taken from a syndicated feed; our staff did not edit it.
This is a breaking news story. More details soon.
This article was updated to add a comment from the ministry.
A previous version of this article misspelled the mayor's name.
Correction: An earlier version gave the wrong day.
h/t The Ferryman
5 min read
Toggle caption
View gallery
width:100%;
.byline-box {
<div class='ad'></div>
FULL TEXT
Length: 812 words
Play video
""",
    "crosslink": """
Read more: Curfew lifted in the valley
READ ALSO → Names we know so far
Watch: The speech in full (9 min)
Related: Why bread costs what it costs
Also read: Ten days that shook the port
Click: See details
Read more
Read more…
>> COURIER VIDEO: Firefighters on the roof (1:12)
See also: Who is the mayor
Most Viewed
Related Stories
Recommended for you
You may also like
Editor's picks
Click here for the full list
Watch the full interview below:
https://courier.example/story-4
Video: The night on the quay
""",
    "byline": """
By Lena Fosk
By Lena Fosk and Ada Brill in Port Carrow
By Lena Fosk | 4 March 2024
(Reporting by Ada Brill; editing by Paul Desmet)
Additional reporting by Jos Hadrick and Lena Fosk
Editing by Paul Desmet
(With inputs from agencies)
(Author: Ada Brill, Jos Hadrick and L. Fosk)/(c.2024 The Courier Company)
Ada Brill contributed reporting from Veldt Harrow.
Jos Hadrick contributed to this report.
Photo: Ana Ruiz/MPA
(Ana Ruiz/Reuters)
Getty Images
Ana Ruiz via Getty Images
Photograph by Ana Ruiz
Source: AFP
Contributing: Jos Hadrick.
""",
    "dateline": """
Tuesday, March 5, 2024 | 20:40
January 06, 2024 / 09:30 PM IST
11.03.2024
2024-03-05 18:00
9:42 p.m.
""",
    "caption": """
File photo of the old bridge
Representational image
Pictures are for representation only
Photo: A baker sweeps the steps of the town hall on Monday
FILE - The town hall in a picture of last year
In this photo taken on Monday, smoke rises over the quay.
""",
}

# Ordinary sentences that begin as furniture does, alone between two paragraphs.
BODY = """
By Tuesday the bridge was open again.
Read in full, the letter is less angry.
Watch towers stood on both banks.
Share prices fell.
Print workers walked out too.
Comments by the minister did not help.
No comment.
Loading docks were empty by noon.
Copyright lawyers were not amused.
Home owners feared the worst.
Tags were cut from the seized coats.
Stay informed, the mayor urged residents on Friday.
Sign up was slow all morning.
Register to vote by Friday, the leaflet said.
Register to vote by Friday.
Become a member of the union, a poster urged.
Already a member of the alliance, Korvia sent troops.
Follow the money, he said.
She was.
It rained.
Like many people on Facebook, she had seen the clip.
Video of the tennis player spread within minutes.
Update came there none.
More in the north fell ill.
Stock image agencies lost their clients.
(c) The third demand was never read out.
This report was published by the police agency on Monday.
The drought contributed to the crisis.
Reporting by two papers showed that the wheat was there.
Posted on the gate was a list.
Published in 2019, the study counted ninety bakeries.
Updated figures came on Thursday, 7 March.
Photo shops stayed shut.
Get the message out, she told them, in newsletters if need be.
Download speeds fell to nothing.
Click beetles ate the crop.
Source after source denied it.
Contact with the village was lost.
Related charges were dropped.
Most viewed the talks with suspicion.
Recommended doses were halved.
The union (UPW/OGB) agreed.
“Leave a reply,” he said.
“We want bread,” read the banner.
Brill writes:
In this picture of decline, one street stands out.
Trending it was not.
Support local bakers was the slogan.
Editing the list took a night.
You are here because you were asked.
Advertisements for bread have vanished from the walls of the quarter.
Never miss the last ferry, her mother had told her.
See the river from the north bank and you understand.
Watch the river from above.
May 5 was a Sunday.
Help.
Reuters could not verify the figure.
AP reporters saw two lorries.
Two lorries stood at the gate, and their drivers slept
Korvia contributed.
The leak contributed to the report.
Tap water was off.
Enter the army.
Next came the bakers.
File clerks were sent home.
Unlock the door, somebody shouted.
Cancel any talks, they demanded of the mayor.
Subscribe to that view who may.
Search parties left at dawn.
Close to the bridge, a tram burned.
Categories blur.
""".strip().split("\n")


@pytest.mark.parametrize(("kind", "line"), [
    (kind, line) for kind, lines in PAGE.items() for line in lines.strip().split("\n")])
def test_lines_of_the_page_are_found(kind: str, line: str) -> None:
    assert around(line) and all(k == kind for k, _ in around(line)), around(line)


@pytest.mark.parametrize("line", BODY)
def test_ordinary_sentences_stay_body(line: str) -> None:
    assert kinds(f"{LEDE}\n\n{line}\n\n{SECOND}\n") == [("body", f"{LEDE}\n\n{line}\n\n{SECOND}")]


@pytest.mark.parametrize("line", BODY)
def test_ordinary_sentences_stay_body_at_the_end(line: str) -> None:
    text = f"{LEDE}\n\n{SECOND}\n\n{line}\n"
    assert kinds(text) == [("body", text.strip())]
