"""What a line of a news page can be by its words alone: patterns of English site furniture.

Every form must match the whole line. It begins with, or holds, words that no newsroom writes in running text: a body
sentence must never be lost, so each form was tried on ordinary sentences that begin in the same way. A rule does not
take a sentence with a reporting verb unless it is marked sure. What needs the neighbouring lines is decided in
:mod:`framelens.corpus.zones`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["AGENCY", "DATE", "DAY", "MONTH", "RULES", "STORY", "PageRule"]

AGENCY = (r"(?:(?:The )?Associated Press|AP(?: Photo)?|Agence France[- ]Presse|AFP|UPI|PTI|ANI|IANS|DPA|dpa|EFE|EPA|"
          r"ANSA|TASS|Tass|Interfax|Xinhua|Anadolu|Kyodo|Bloomberg|Reuters|REUTERS|Getty(?: Images)?|Shutterstock|"
          r"Alamy|iStock)")
MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?")
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_CLOCK = r"[ap]\.?\s?m\b\.?|(?:ist|gmt|utc|est|edt|et|pt|pst|pdt|cet|cest|bst|msk|hrs?|local time)\b"
DATE = (rf"(?:{MONTH}|{DAY}|\d{{1,4}}(?:st|nd|rd|th|h)?(?=\W|$|[ap]m)|{_CLOCK}|"
        r"(?:hours?|minutes?|mins?|days?|ago|at|on)\b|[\s,.|/·•–—:()+-])+")
_SITE = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|threads|bluesky|linkedin|google news|tiktok)"
STORY = r"(?:story|article|post|piece|column|copy|content|page)"
_SHARE = (r"(?:share|tweet|facebook|twitter|whatsapp|e-?mail|print|linkedin|reddit|telegram|pinterest|flipboard|"
          r"messenger|copy link|A[+-])")
_FORM = (r"(?:gift|send|this|article|story|on|via|to|by|or|and|comments?|post|bookmark|url|copied|more|link|copy|"
         r"save|pin|it|a|with|friends?|x|\d[\d.,k]*)")
_NAV = (r"(?:privacy policy|cookie policy|terms(?: of (?:use|service)| (?:and|&) conditions)?|contact(?: us)?|"
        r"about(?: us)?|advertise(?: with us)?|careers|site ?map|help|faqs?|home|menu|search|back to top|"
        r"skip to (?:main )?content|log ?in|sign ?in|sign ?up|my account|register|gift (?:this )?article|next|"
        r"previous|close|submit|subscribe|e-?paper|newsletters?)")
_OTHERS = r"(?:stor(?:y|ies)|articles?|coverage|news|content|videos?|links?|reading|posts?|topics?)"
_LINK = (r"(?:read(?: more| also| next| now| on| this| full story| the full (?:story|article))?|also (?:read|see|"
         rf"watch)|see (?:also|more)|more (?:on|from|about)(?: this)?|related(?: {_OTHERS})?|watch(?: (?:now|live|"
         r"also|more|below|video))?|listen(?: (?:now|live|also))?|click(?: here)?|recommended(?: (?:for you|"
         rf"{_OTHERS}))?|must[ -](?:read|watch|see)|trending|further reading|you (?:may|might) also like|"
         r"in case you missed it|up next|previously|don['’]t miss|in (?:pictures|photos|pics))")
_HEADING = (rf"(?:most (?:viewed|read|popular|shared|commented|watched|recent)|related {_OTHERS}|"
            rf"recommended(?: (?:for you|{_OTHERS}))?|trending(?: now| {_OTHERS})?|top (?:stories|news|headlines|"
            rf"picks)|popular (?:now|{_OTHERS})|latest (?:headlines|updates|{_OTHERS})|(?:you|we think you) (?:may|"
            rf"might)(?: also)? (?:like|be interested in)|more (?:headlines|on this(?: story)?|{_OTHERS})|"
            r"editor['’]?s['’]? picks?|(?:from )?around the web|(?:promoted|sponsored) stories|"
            r"(?:what to )?read next|up next|must[ -]reads?|keep reading|in other news|further reading|previously|"
            r"before you go|see also|also read|read also|photo galler(?:y|ies)|popular in the community|"
            r"stories for you|(?:next|previous) article)")
_MEDIA = (r"(?:video|clip|interview|ad|footage|photos?|pictures?|podcast|audio|statement|letter|speech|story|"
          r"article|report|results?|updates|tweets?|post|map|chart|remarks|exchange|trailer|segment|analysis|rest|"
          r"it all|more)")


@dataclass(frozen=True)
class PageRule:
    """Forms that give a line of the page away.

    Attributes
    ----------
    kind, name : str
        The zone it is, and the rule's name.
    pattern : Pattern
        The forms; one of them must be the whole line.
    most : int
        Words that the line may have; a longer one is prose.
    sure : bool
        Whether it takes even a sentence with a reporting verb.
    holds : str
        In small letters what no line of it can do without: a form that begins with anything is slow to fail.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    most: int
    sure: bool
    holds: str


def _rule(kind: str, name: str, *forms: str, most: int = 30, sure: bool = False, holds: str = "") -> PageRule:
    return PageRule(kind, name, re.compile("|".join(f"(?:{form})" for form in forms), re.I), most, sure, holds)


RULES = (
    _rule("furniture", "marks", r"[\W_]+"),
    _rule("furniture", "markup", r"(?:<[^<>]*>\.?\s*)+", r"@media\b.*",
          r"(?=[^{]*\{)[.#@]?[\w-]+(?:[ ,.#>]++[\w.#-]++)*+\s*\{\.?",
          r"(?-i:-?[a-z]+-[a-z-]+|width|height|float|color|margin|padding|border|background|display|position|"
          r"overflow)\s*:\s*[^.:;]*;\.?", most=60, sure=True),
    _rule("crosslink", "url", r"(?:https?://|www\.|pic\.twitter\.com/)\S+"),
    _rule("furniture", "player_notice", r"getting your .{0,40}player ready\b.*", r"your browser does not support .*",
          r"(?:this )?(?:audio|video) (?:is loading|cannot be played|is not (?:supported|available)|"
          r"player)\b.{0,40}", r"listen to (?:this )?(?:article|story)\b.{0,30}",
          r"\d+[- ]min(?:ute)?s? (?:read|listen|watch)\.?", r"text (?:to speech|size)\b.{0,20}",
          r"play (?:audio|video)", most=20, sure=True),
    _rule("furniture", "advertisement",
          r"(?:advertise?ments?|sponsored(?: content)?|promoted content|paid content|"
          r"ads by \w+)(?:\s*[-–—]\s*.{0,40})?[.:]?",
          r"(?:continue reading|(?:story|article) continues) (?:below|after)\b.{0,40}",
          r"scroll (?:down )?to continue.{0,30}"),
    _rule("furniture", "loading", r"(?:loading|please wait)\b(?: \w+){0,3}[\s.…]*", most=5),
    _rule("furniture", "share_prompt", rf"(?={_SHARE}|{_FORM})(?=.*\b{_SHARE})(?:(?:{_SHARE}|{_FORM})[\s|,.:/·•-]*)+",
          r"(?:please )?(?:share|like) (?:this|our|the) (?:story|article|post|page|video)\b.{0,60}",
          r"(?:flag|share|like|reply|report|tweet|pin){3,}.*"),
    _rule("furniture", "share_prompt", r".{0,60}\blike (?:this|our|the) page\b.{0,3}", holds=" page"),
    _rule("furniture", "follow_prompt", rf"follow (?:[\w.'’-]+ ){{0,6}}[\w.'’-]+,? on {_SITE}\b.*", r"follow @\w+\.?",
          rf"(?:find|join|like) (?:us|our page),? on {_SITE}\b.*", r"(?:follow|find|connect with) us\b.{0,60}",
          rf"{_SITE}: ?@\w+\.?", r"@\w+\.?", r"e-?mail: ?\S+@\S+", most=25),
    _rule("furniture", "newsletter_prompt",
          r"(?:please )?(?:subscribe|sign[ -]?up)(?: (?:to|for|now|here|today|with|free|and)\b[^.!?]*|[!.]?)",
          r"(?:please )?(?:subscribe|sign[ -]?up)\b.*\b(?:newsletters?|e-?mails?|inbox|alerts?|briefing|podcast|"
          r"updates|digest)\b.*", r"(?:please )?(?:subscribe|sign[ -]?up)\b.* here[.!]",
          r"register (?:now|here|for free|to (?:read|comment|continue))\b.*",
          r"(?:get|receive) (?:[\w'’-]+ ){0,9}(?:inbox|newsletters?|e-?mail alerts?|push alerts?)\b.*",
          r"(?:please )?enter (?:a valid|your) e-?mail\b.*", r"invalid e-?mail\b.*",
          r"thank(?:s| you) for (?:subscribing|signing up)\b.*",
          r"never miss (?:a|an|another|our|the) (?:story|update|episode|article|post|beat|headline|news)\b.*",
          r"stay (?:connected|informed|updated|up[ -]to[ -]date|tuned)(?:,? (?:and|with|for|to|on)\b.*|\W*)",
          r"by (?:signing up|subscribing|clicking|submitting)\b.*\b(?:agree|accept|consent|confirm)\b.*",
          r"(?:you can )?unsubscribe (?:at )?any ?time.*", r"we respect your privacy.*",
          r"(?:our|the) newsletters?[:!]?", r"check your (?:inbox|e-?mail) .{0,40}", most=40),
    _rule("furniture", "newsletter_prompt", r".{0,80}\b(?:delivered|sent) (?:straight |directly |right )?"
          r"to your (?:inbox|phone|e-?mail|mailbox).*", most=40, holds="to your"),
    _rule("furniture", "app_prompt", r"(?:download|get|install|try|open)(?: \w+){0,4} app\b.{0,40}",
          r"(?:our |the )?app now\W*", r"download\.?",
          r"(?:available|download(?: it)?|get it) (?:on|from) (?:the )?(?:app store|google play).*",
          r"(?:app store|google play)", r"open in app", most=15),
    _rule("furniture", "cookie_notice", r"(?:we|this (?:web)?site) uses? cookies\b.*",
          r"(?:accept|reject|manage)(?: all)? cookies", r"cookie (?:settings|preferences|policy)",
          r"by (?:using|continuing to (?:use|browse)) (?:this|our) (?:web)?site\b.*", most=80, sure=True),
    _rule("furniture", "subscription_notice",
          r"already (?:a |have an? )?(?:subscriber|member|account|subscribed)\s*\?.*", r"already subscribed\b.{0,30}",
          r"to continue reading\b.*", r"(?:for )?subscribers only\.?",
          rf"this {STORY} is (?:only )?(?:for|available to|exclusive to|reserved for)(?: our)? (?:subscribers|"
          r"members|registered).*",
          r"become a (?:\w+ )?(?:member|subscriber|supporter|patron)(?: (?:today|now|here|for|from)\b.{0,60})?[.!]*",
          r"you have .{1,20} (?:free )?articles? (?:left|remaining).*",
          r"support (?:independent|quality|our|local|free) journalism\b.*",
          r"unlock (?:this|the|all|unlimited) (?:story|article|access|content)\b.*", r"start (?:your )?free trial\b.*",
          r"(?:you can )?cancel any ?time.*", r"your subscription\b.{0,60}", r"gift subscriptions?",
          r"donate (?:now|today|here)\W*",
          r"[^\"“‘].{0,150}[.!?] (?:please )?(?:chip in|donate|contribute|subscribe|sign up|support us)(?: (?:now|"
          r"today|here))?[.!]*"),
    _rule("furniture", "comment_box", r"(?:leave|post|add|write) (?:a|your) (?:reply|comment)\b.{0,40}",
          r"leave (?:comments|a reply)",
          r"(?:no comments(?: yet)?|(?:\d[\d,.]* |view |show |load |all |hide |read )*(?:comments?|"
          r"replies))(?: \(?\d+\)?)?:?", r"your e-?mail address will not be published.*",
          r"required fields are marked.*", r"save my name, e-?mail.*", r"you must be logged in.*",
          r"log ?in to (?:comment|reply|post).*", r"cancel reply", r"notify me of .*\b(?:comments|posts)\b.*",
          r"be the first to (?:comment|reply).*", r"comments are (?:closed|off|moderated|disabled).*",
          r"(?:join the (?:conversation|discussion)|have your say|tell us what you think|let us know (?:what|your|"
          r"in|if)).{0,60}", r"(?:name|e-?mail|website|comment|message)\s*\*.{0,20}", most=40),
    _rule("furniture", "navigation", rf"{_NAV}(?:[\s|·•/,>»-]+{_NAV})*"),
    _rule("furniture", "breadcrumbs", r"you are here\s*(?:[:>»].*|(?-i:Home).*)", r"home\s*[>»›/|·].*",
          r"(?-i:Home(?:[A-Z][a-z]+)+)", r"(?:[\w&' ]{2,25}\s*[>»›]\s*){2,}[\w&'… -]{2,90}", most=25),
    _rule("furniture", "tags",
          r"(?:tags?|tagged|topics?|filed under|keywords?|categor(?:y|ies)|posted in|related topics?|"
          r"in this (?:article|story))(?:\s*:.*)?", r"(?:#\w[\w ]{0,25}){2,}", r"#\w+"),
    _rule("furniture", "date_stamp",
          r"(?:(?:first|originally|last) )?(?:published|posted|updated|modified)(?=.*\d)(?: on|"
          rf" at)?\s*[:|–-]?\s*{DATE}"),
    _rule("furniture", "copyright", r"(?:©|\(c\)\s*(?:copyright|\d{4})|copyright\s*(?:©|\(c\)|\d{4})).*",
          r"(?:this|the) (?:material|content) may not be (?:published|reproduced|copied)\b.*", most=60, sure=True),
    _rule("furniture", "copyright", r".{0,120}\ball rights reserved\b.*", most=60, sure=True, holds="all rights reserved"),
    _rule("furniture", "agency_notice",
          rf"\W*this (?:news )?{STORY}\b.{{0,40}}\b(?:published|generated|sourced|taken|produced|edited|"
          r"republished|reproduced)\b.*\b(?:feed|agenc(?:y|ies)|wire|syndicat\w+|auto-?generated|permission|"
          r"modifications?|licen[cs]e)\b.*",
          r"\W*this report (?:has been|is|was)\b.*\b(?:auto-?generated|(?:agency|wire|news|syndicated) feed)\b.*",
          r"(?:except for|barring|only) the headlines?\b.*",
          r"this is an? (?:unedited|auto-?generated|syndicated)\b.*", most=70, sure=True),
    _rule("furniture", "update_note",
          rf"\W*this (?:news )?{STORY} (?:has been|was|is being|will be) (?:last )?(?:updated|corrected|amended|"
          r"revised|clarified)\b.*", rf"\W*this is a (?:developing|breaking)(?: news)? {STORY}\b.{{0,80}}",
          r"more (?:details |updates )?(?:to follow|soon)\.?",
          r"\W*(?:(?:editor|author)['’]?s['’]? note|correction|clarification|update)\b.{0,40}(?:earlier|previous|"
          r"original) version\b.*", rf"\W*(?:an? )?(?:earlier|previous) version of this (?:report|{STORY})\b.*",
          r"corrections?(?: appended)?[.:]?", r"check back for updates.*",
          r"(?:please )?refresh (?:this|the) page\b.*", most=90, sure=True),
    _rule("furniture", "hat_tip", r"\(?h/t:?\s.{1,40}", most=8),
    _rule("furniture", "database_label",
          r"(?-i:(?:ABSTRACT|FULL[ -]TEXT|SECTION|LENGTH|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|DOCUMENT-TYPE|ACC-NO|"
          r"EDITION)(?:[.:]?|:.*)|Load-Date:.*|Section: .*|Length: \d+ words|End of Document|\d+ of \d+ DOCUMENTS?)"),
    _rule("furniture", "image_control", r"view (?:gallery|image|photos?|slideshow)", r"(?:toggle|hide|show) caption",
          r"(?:enlarge|expand|open|click to enlarge)(?: this| the)? image.{0,20}", r"image \d+ of \d+", r"slideshow",
          r"\d+ ?/ ?\d+ (?:photos?|images?)", most=8),
    _rule("crosslink", "list_heading", rf"[\"“]?{_HEADING}[.:]?[\"”]?", r"\"?related:?\"?",
          r"more (?:from|in) [\w ]{1,30}:?", r"online:", r"also on [\w ]{1,30}:"),
    _rule("crosslink", "read_prompt",
          r"(?:click (?:here|to|for)\b.{0,60}|read (?:more|also|on|next|(?:the )?full (?:story|article))|"
          r"full story|(?:see|view) (?:details|more|all)|continue reading|(?:show|load) more|watch (?:live|now|"
          r"here|video|the video))[.…»>\s]*", most=15),
    _rule("crosslink", "read_link", rf"{_LINK}\s*(?:[:→»]|>>?|[|])\s*\S.*", most=40, sure=True),
    _rule("crosslink", "embed_link",
          rf"(?:watch|listen to|see|read|view|check out)\b(?=.*\b{_MEDIA}s?\b).{{0,100}}\b(?:below|above|"
          r"here)\s*[:.]?", most=20),
    _rule("caption", "caption_label",
          r"(?:file|representational|representative|handout|stock) (?:photo|image|picture)s?(?:\s*[:.,(\[/|-].*|"
          r" (?:of|for|by|from|used|shows?|showing|via|courtesy|only)\b.*)?",
          r"(?:photo|image|picture|caption|pictured|in the (?:photo|picture))\s*:\s*\S.*",
          r"(?:image|photo|picture)s? (?:is |are )?(?:used )?(?:only )?for representation(?:al)?\b.*",
          r"(?-i:FILE)\s*[-–—:]\s*\S.*",
          r"(?-i:In this)(?: [\w.,]+){0,6}? (?:file |handout |frame )?(?:photo|photograph|image|frame grab|"
          r"screengrab)(?: taken| provided| released| made| from| dated|, [a-z]\w+s\b).*", most=90, sure=True),
)
