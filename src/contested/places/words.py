"""Words of English news text that decide whether a capitalised word is a place."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS: Final = {
    "region": "region", "oblast": "oblast", "province": "province", "krai": "krai",
    "republic": "republic", "city": "city", "town": "town", "village": "village",
    "settlement": "settlement", "raion": "raion", "district": "district", "hromada": "hromada",
    "sector": "sector", "direction": "sector", "axis": "sector", "front": "sector",
    "area": "area",
}  # fmt: skip
"""Type words beside a name and the kind that they state."""

TITLES: Final = _words(
    "mr mrs ms miss dr prof president minister secretary chancellor premier senator governor"
    " gen general lt lieutenant col colonel maj major capt captain sgt sergeant cpl corporal pvt"
    " private adm admiral cmdr commander marshal brig brigadier pope king queen prince princess"
    " sir lord lady saint spokesman spokeswoman chairman judge"
)
GIVEN_NAMES: Final = _words(
    "volodymyr vladimir victoria viktoriya sofia sophia georgia jordan chad santiago lourdes nancy"
    " florence paris sydney adelaide charlotte lincoln jackson austin houston dallas arlington"
    " carolina virginia israel salvador valentine francisco luis jose antonio diego leon"
    " alexandria anna maria marina halyna olena oleksandr mykola pavlo petro ivan andrii serhii"
    " svitlana tetiana iryna olha yuliia nadiia vira liubov lee kim long van san santa roman denys"
    " maksym taras bohdan dmytro mykhailo yurii vasyl stepan danylo myroslav"
)
"""Given names (and short family names) that are places too: they need a preposition."""

NOT_PLACES: Final = _words(
    # English words that are large cities elsewhere, or small Ukrainian places
    "image photo video map source credit reading bath nice split mobile orange man of as most mary"
    " hope union liberty normal independence enterprise central male bar same ham lens tours"
    " along many much both peace battle image taking may march april june july august september"
    " october november december january february monday tuesday wednesday thursday friday saturday"
    " sunday spring summer autumn fall winter time times post guardian star sun mirror mail"
    " west east north south army navy staff general guard corps brigade battalion division"
    " regiment unit kremlin pentagon nato eu un isw deepstate telegram reuters bloomberg tass"
    " ria associated press telegraph economist independent street house white congress senate"
    " parliament rada government ministry defense defence state department drone dron lancet"
    " patriot leopard abrams bradley himars storm shadow iskander kalibr shahed geran wagner azov"
    " consul raven falcon bird eagle wolf magura kraken come can in is it an the this that these"
    " those there here where when while after before since until if but and or nor so yet for"
    " from with without within about above under over between among through during against"
    " progress freedom victory zoria mir druzhba myr svoboda"
)

PREPOSITIONS: Final = _words(
    "in near from to into toward towards around at of outside inside on through via past beyond"
    " between and leaving reaching reached reach entered entering left captured capturing seized"
    " seizing took taking liberated hit struck shelled defending holding losing encircle encircling"
)

ADJECTIVES: Final = _words(
    "north south east west northern southern eastern western central northeast northwest southeast"
    " southwest northeastern northwestern southeastern southwestern russian ukrainian russians"
    " ukrainians soviet western occupied greater upper lower"
)
"""Capitalised words before a place that do not make it part of another name."""

FOLLOWERS: Final = _words(
    "oblast region raion district city province krai republic hromada monday tuesday wednesday"
    " thursday friday saturday sunday january february march april may june july august september"
    " october november december mr mrs ms dr president gen col lt capt maj minister secretary i"
    " he she they we it thermal tpp highway road direction axis sector front line area"
    " agglomeration pocket salient bridgehead airfield airport refinery hospital community"
)
"""Capitalised words after a place that do not make it part of another name."""

RIVERS: Final = _words(
    "dnipro dnieper oskil inhulets irpin desna samara zherebets vovcha konka kinska don seim psel"
    " ingul buh bug donets torets kalmius krynka volga danube prut dniester sula udy merla sluch"
    " teteriv ros stuhna trubizh haichur"
)
"""Rivers that a town is named like: with "the" before them they are rivers."""

AFTER_RIVERS: Final = _words(
    "in and or to on at from with by for of is was are were as has had over near between into when"
    " where which that while but since after before during river rivers"
)
"""Words behind "the Dnipro" that leave it a river; behind "the Dnipro mayor" it is the town."""
