"""Facts about a person: what they like, do not eat, or want kept in mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from integrations import places
from integrations.base import Action, Context, Reply
from integrations.catalogue.vocabulary import DIETS
from integrations.orders import wording
from integrations.scenarios.memory import saved
from integrations.scenarios.memory.inputs import Forget, Recall, Remember, Restore

DIET = "diet"
TEXT_CHARS = 200
BEFORE = re.compile(
    r"^(请|帮我|你)*(记住|记一下|记得|记下)[，,：: ]*|^(please )?(remember|note)( that)?[,: ]*", re.IGNORECASE
)
EVERYTHING = {"全部", "所有", "一切", "所有的", "全都", "everything", "all", "all of it"}
ABOUT_ADDRESS = re.compile(r"(的)?(地址|位置)$|^(my |the )|\s*address$", re.IGNORECASE)


def remember(inputs: Remember, context: Context) -> list[Reply]:
    """Keep a fact; wishes about food are kept so that every search honours them."""
    text = BEFORE.sub("", (inputs.text or "").strip()).strip(" ，。,.")[:TEXT_CHARS]
    new = [slug for slug in context.diets(text) if slug in DIETS]
    if new:
        return [_remember_diet(new, context)]
    if not text:
        asks = {"tool": "memory.remember", "field": "text", "inputs": {}}
        return [Reply(text=_("What shall I remember?"), asks=asks)]
    if text in context.memories():
        return [Reply(text=_("I have that in mind already: %(fact)s.") % {"fact": text})]
    context.remember("", text, text)
    return [Reply(text=_("I will remember: %(fact)s.") % {"fact": text}, choices=[_undo(remove=[text])])]


def _remember_diet(new: Sequence[str], context: Context) -> Reply:
    before = kept_diets(context)
    after = list(dict.fromkeys([*before, *new]))
    keep_diets(after, context)
    text = _("I will remember: %(fact)s. Every search for food will keep to it.")
    return Reply(text=text % {"fact": diet_text(new, context.language)}, choices=[_undo(diet=before)])


def kept_diets(context: Context) -> list[str]:
    """Return the remembered wishes about food."""
    return [slug for slug in context.profile(DIET) or [] if slug in DIETS]


def keep_diets(slugs: Sequence[str], context: Context) -> None:
    """Keep wishes about food in place of the ones before; none leaves an empty note that is shown nowhere."""
    context.remember(DIET, diet_text(slugs, context.language), list(slugs))


def diet_text(slugs: Sequence[str], language: str) -> str:
    """Return wishes about food in words."""
    return wording.items(DIETS[slug].en if language == "en" else DIETS[slug].zh for slug in slugs)


def _undo(**before: Any) -> Action:
    return Action(label=pgettext("memory", "Undo"), style="quiet", tool="memory.restore", inputs=before)


def facts_of(context: Context) -> list[str]:
    """Return what is remembered in words, without the wishes about food."""
    diets = {diet_text(kept_diets(context), language) for language in ("zh", "en")}
    return [text for text in context.memories() if text and text not in diets]


def forget(inputs: Forget, context: Context) -> list[Reply]:
    """Forget a place, a wish about food, or a fact; or everything."""
    what = ABOUT_ADDRESS.sub("", (inputs.what or "").strip(" ，。,.")).strip()
    if not what:
        asks = {"tool": "memory.forget", "field": "what", "inputs": {}}
        return [Reply(text=_("What shall I forget?"), asks=asks)]
    if what.lower() in EVERYTHING:
        return [_forget_everything(context)]
    deleted = saved.delete(places.label_of(what), context)
    if deleted:
        return [deleted]
    return [_forget_diet(what, context) or _forget_fact(what, context)]


def _forget_everything(context: Context) -> Reply:
    kept = {
        "add": facts_of(context),
        "diet": kept_diets(context),
        "places": [saved.kept(row) for row in context.person.places.all()],
    }
    if not any(kept.values()):
        return Reply(text=_("I have nothing in mind about you."))
    context.forget("")
    context.person.places.all().delete()
    return Reply(text=_("Everything I had in mind about you is deleted, your addresses too."), choices=[_undo(**kept)])


def _forget_diet(what: str, context: Context) -> Reply | None:
    """Forget a remembered wish about food that is named in `what`; None where none is."""
    before, low = kept_diets(context), what.lower()
    gone = [slug for slug in before if _names(slug, low)]
    if not gone:
        return None
    keep_diets([slug for slug in before if slug not in gone], context)
    text = _("I no longer keep to: %(fact)s.") % {"fact": diet_text(gone, context.language)}
    return Reply(text=text, choices=[_undo(diet=before)])


def _names(slug: str, low: str) -> bool:
    """Return whether words (lower case) name a wish about food, or what it is about: 香菜 for 不要香菜."""
    diet = DIETS[slug]
    bare = [diet.zh.removeprefix("不要").removeprefix("不"), diet.en.removeprefix("not ").removeprefix("no ")]
    return low in diet.zh or any(name in low for name in bare)


def _forget_fact(what: str, context: Context) -> Reply:
    gone = [text for text in facts_of(context) if what.lower() in text.lower()]
    if not gone:
        return Reply(text=_("I have nothing in mind about “%(what)s”.") % {"what": what[:40]})
    diet = kept_diets(context)
    context.forget(what)
    if diet != kept_diets(context):
        keep_diets(diet, context)
    return Reply(text=_("Forgotten: %(fact)s.") % {"fact": wording.items(gone)}, choices=[_undo(add=gone)])


def restore(inputs: Restore, context: Context) -> list[Reply]:
    """Put facts, wishes about food and places back as they were."""
    for text in inputs.remove:
        if text:
            context.forget(text)
    for text in inputs.add:
        context.remember("", text, text)
    if inputs.diet is not None:
        keep_diets(inputs.diet, context)
    for row in inputs.places:
        saved.put_back(row, context)
    return [Reply(text=pgettext("memory", "Undone."))]


def recall(inputs: Recall, context: Context) -> list[Reply]:
    """Say what is remembered."""
    lines = []
    diets = kept_diets(context)
    if diets:
        lines.append(_("Food: %(diets)s") % {"diets": diet_text(diets, context.language)})
    lines += facts_of(context)
    lines += [wording.labelled(places.label_text(row.label), row.address) for row in places.saved(context.person)]
    if not lines:
        return [
            Reply(text=_("I have nothing in mind about you yet. Say for example: remember that I do not eat peanuts."))
        ]
    return [Reply(text="\n".join([_("This is what I have in mind:"), *(f"- {line}" for line in lines)]))]
