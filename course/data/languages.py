"""A guess at the language of a text, by its function words; and a few sentences in other languages.

Function words (*the, and, of*) make up about half of a running text and hardly occur in other languages, so counting
them is an old and good first guess (Grefenstette, 1995, "Comparing two language identification schemes"). For real work
people use a trained model, such as fastText's lid.176 or the package lingua.
"""

from __future__ import annotations

import re

_FUNCTION_WORDS = {
    "en": "the a an and of to in is it that this for with as was but are be on not by at from or its his her you i "
    "we they he she have has had will would can than more so if all one there their what which who about into",
    "de": "der die das und ist ein eine einen nicht es zu den dem mit von auf für im sich auch wie aber nur wird "
    "hat ich man noch so aus bei als was dieser diese dieses kein keine sehr immer",
    "fr": "le la les un une et est de des du que qui ne pas en pour dans ce cette il elle sur avec plus mais on au "
    "aux par se sont très tout comme trop jamais",
    "es": "el la los las un una y es de del que no en por para con su al lo se más pero como muy este esta todo "
    "son nunca sin hay cada",
}  # fmt: skip
_KNOWN = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def guess_language(text: str) -> str:
    """The likely language: ``"en"``, ``"de"``, ``"fr"``, ``"es"``, ``"zh"``, or ``"und"`` (undetermined).

    Chinese if more than a fifth of the characters are Chinese; else the language with the most function words among
    the words of the text; undetermined if there are none. English wins a tie.
    """
    if len(_CHINESE.findall(text)) > len(text) / 5:
        return "zh"
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {language: sum(word in known for word in words) for language, known in _KNOWN.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "und"


#: (text, label): short reviews written for this course, label 1 positive and 0 negative.
FOREIGN_SNIPPETS: tuple[tuple[str, int], ...] = (
    ("Ein stiller Film, der lange nachwirkt und nie laut werden muss.", 1),
    ("Die Geschichte ist dünn, und auch die Schauspieler retten das nicht.", 0),
    ("Selten war eine Komödie so klug und zugleich so herzlich.", 1),
    ("Nach einer halben Stunde ist klar, wie das ausgeht, und es wird nicht besser.", 0),
    ("Die Bilder sind schön, aber der Film hat nichts zu erzählen.", 0),
    ("Man lacht, man weint, und am Ende will man ihn noch einmal sehen.", 1),
    ("Ich habe auf die Uhr gesehen, und das nicht nur ein Mal.", 0),
    ("Ein Debüt mit Mut, mit Witz und mit einem Blick für die kleinen Dinge.", 1),
    ("Un film tendre et drôle, porté par une actrice que l'on n'oublie pas.", 1),
    ("Le scénario est vide et la mise en scène ne fait rien pour le cacher.", 0),
    ("Les dialogues sont brillants, et il y a dans ce film une vraie joie.", 1),
    ("On s'ennuie dès le début, et la fin ne sauve pas les deux heures perdues.", 0),
    ("Une belle surprise pour les enfants et pour les parents.", 1),
    ("C'est long, c'est lourd, et la musique est de trop.", 0),
    ("Il y a des images que je garde avec moi depuis la première scène.", 1),
    ("Le réalisateur ne sait pas ce que son film veut dire, et nous non plus.", 0),
    ("Una historia sencilla, contada con mucha gracia y sin una escena de más.", 1),
    ("El guion no tiene sentido y los actores lo saben.", 0),
    ("Hay que verla en el cine: la fotografía es una maravilla.", 1),
    ("Es una comedia que no hace reír a nadie en toda la sala.", 0),
    ("Los niños salen del cine con una sonrisa, y los padres también.", 1),
    ("Dura dos horas y se siente como una semana de lluvia.", 0),
    ("La directora mira a su gente con cariño, y eso se nota en cada plano.", 1),
    ("Un final tan malo que borra lo poco que había de bueno.", 0),
    ("这部电影安静而动人，看完很久都忘不了。", 1),
    ("剧情老套，演员也救不了它。", 0),
    ("每一个镜头都很用心，值得再看一遍。", 1),
    ("两个小时太长了，我差点睡着。", 0),
    ("孩子们笑得很开心，大人也一样。", 1),
    ("对白生硬，结尾让人失望。", 0),
    ("一部小成本的好片，温暖又聪明。", 1),
    ("音乐太吵，故事太少。", 0),
)
