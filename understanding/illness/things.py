"""Illnesses of things: a hot server, a coughing cat, a feverish market."""

from understanding.illness.symptoms import Symptom
from understanding.persons.household import GROUP, SELF, Person
from understanding.phrases.lexicon import function_words
from understanding.scene import Scene

BROUGHT_IN = function_words("symptom.eaten") | {"nhu"}
WORK_VERBS = function_words("symptom.work_verbs")


def is_thing(scene: Scene, ill: Symptom) -> bool:
    """A server is hot, a cat coughs, the market has a fever: the nearest subject is no person."""
    line = scene.line
    for first, after, _ in line.of("not_people"):
        if any(person.name and person.first <= first < person.after for person in scene.people):
            continue
        reach = 12 if _opens_alone(scene, first, ill.first) else 4
        if line.sentences[first] == line.sentences[ill.first] and 0 <= ill.first - after <= reach:
            between = [
                each for each in scene.people if after <= each.first < ill.first and _is_another(scene, each, after)
            ]
            if BROUGHT_IN & set(line.words[max(first - 2, 0) : first]):
                continue  # eaten, or only likened: "họng ngứa như kiến bò"
            if first and line.words[first - 1] in WORK_VERBS and scene.subject(first) is not None:
                continue
            if not between or line.words[first] in ("meo", "cun", "cho"):
                return line.words[after : after + 1] != ["lanh"]
    return False


def _opens_alone(scene: Scene, first: int, ill: int) -> bool:
    """ "cái app này ốm yếu quá, mở 3 tab là xỉu": the thing opens the sentence and nobody else is named."""
    begins = first == 0 or scene.line.sentences[first] != scene.line.sentences[max(first - 3, 0)] or first < 3
    return begins and not any(each.first < ill for each in scene.people)


def _is_another(scene: Scene, person: Person, owned: int) -> bool:
    """Not the owner of the thing ("đất bên mình", "xe anh"), nor the thing itself taken up again ("nó")."""
    own = person.first == owned and person.who in (SELF, GROUP) and not person.name
    own = own or (person.first == owned and scene.line.words[owned - 1] == "nha")  # "lợn nhà ông Páo"
    return person.who != GROUP and not own and scene.line.words[person.first] != "no"
