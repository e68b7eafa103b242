"""Callings: who is of the trade of those who strike or march, and which bodies stand for a trade."""

from __future__ import annotations

from framelens.annotate.sources.words import singular

__all__ = ["FAMILY", "HANDS", "family_of", "stands_for"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Callings by the group of which they are one: "we" of a weavers' strike is a weaver, a hand or a fitter of the same mill.
_TRADES = {
    "worker": _set(
        "worker employee staff labourer laborer operator operative packer welder mechanic fitter machinist seamstress tailor "
        "cutter weaver spinner electrician technician plumber cleaner porter docker dockworker stevedore longshoreman loader "
        "assembler builder bricklayer mason carpenter painter foreman cook clerk cashier sorter picker smelter roughneck "
        "oilman rigger sweeper collector waiter waitress turner toolmaker dyer machine-minder shopfloor caretaker gardener "
        "storeman warehouseman metalworker steelworker ironworker millworker mill-hand baker butcher brewer dressmaker knitter "
        "ironer maid housekeeper barman janitor attendant handler conductor signalman railwayman trackman postman steward "
        "stewardess unionist striker crane forklift sewing garment factory mill plant shift"),
    "farmer": _set(
        "farmer peasant grower herder shepherd breeder rancher winegrower winemaker vintner planter smallholder cattleman "
        "dairyman campesino farmhand fruit-grower grows farms raises cultivates breeds milks herds keeps orchard vineyard"),
    "driver": _set("driver trucker haulier hauler cabbie courier rider motorcyclist teamster carrier drives lorry truck"),
    "student": _set(
        "student undergraduate pupil freshman sophomore postgraduate studies studying first-year second-year third-year "
        "fourth-year final-year scholar schoolgirl schoolboy faculty majoring sophomores"),
    "teacher": _set(
        "teacher lecturer professor tutor schoolteacher instructor headteacher headmistress educator teaches schoolmistress"),
    "medic": _set("nurse midwife doctor physician surgeon medic intern trainee paramedic orderly anaesthetist"),
    "miner": _set("miner digger driller coalminer pitman collier"),
    "pensioner": _set("pensioner retired retiree retirees"),
    "fisherman": _set("fisherman fisher fisherwoman skipper trawlerman boatman fishes"),
    "jobless": _set("graduate jobless unemployed jobseeker diplomas"),
    "trader": _set("trader vendor hawker merchant shopkeeper stallholder seller sells"),
    "mother": _set("mother father parent"),
    "tenant": _set("tenant renter rents squatter"),
    "veteran": _set("veteran ex-soldier ex-serviceman reservist"),
    "jurist": _set("lawyer attorney barrister advocate"),
    "depositor": _set("depositor saver investor"),
    "artist": _set("actor actress musician artist singer dancer filmmaker"),
}
FAMILY = {word: family for family, words in _TRADES.items() for word in words}
HANDS = frozenset(("miner", "driver"))  # "workers" on strike may be any of these too
# What a body of a trade may have in its name beside the trade's own words: "the transport federation" is one of drivers.
_SECTORS = {
    "worker": _set("labour labor trade worker civil public industrial metal textile garment steel oil municipal postal dock port "
                   "shipyard railway rail energy electricity"),
    "farmer": _set("agrarian agricultural rural peasant land coca cane sugar coffee dairy livestock agriculture"),
    "driver": _set("transport transporters haulage truck trucking lorry taxi bus minibus matatu candongueiro motorcycle cargo "
                   "freight"),
    "student": _set("student university campus youth"),
    "teacher": _set("education educator academic university school schools"),
    "medic": _set("health medical hospital doctors nursing"),
    "miner": _set("mining mine colliery mineworker"),
    "pensioner": _set("pension retirement"),
    "fisherman": _set("fishing fisheries fishery fishers"),
    "jobless": _set("employment"),
    "trader": _set("market bazaar street informal fish"),
    "tenant": _set("housing"),
    "depositor": _set("bank"),
    "artist": _set("theatre theater screen film"),
}


def family_of(word: str) -> str:
    """Return the group of callings that a word belongs to, in the singular or plural; nothing for other words.

    Examples
    --------
    >>> family_of("weavers"), family_of("miner"), family_of("mayor")
    ('worker', 'miner', '')
    """
    return FAMILY.get(word) or FAMILY.get(singular(word), "")


def stands_for(words: frozenset[str], families: frozenset[str]) -> bool:
    """Tell whether a body's name, in words of normal form, is that of a body of one of some callings.

    Examples
    --------
    >>> stands_for(frozenset(("transport", "federation")), frozenset(("driver",)))
    True
    >>> stands_for(frozenset(("transport", "federation")), frozenset(("student",)))
    False
    """
    return any(family_of(w) in families for w in words) or any(
        not _SECTORS.get(f, frozenset()).isdisjoint(words) for f in families)
