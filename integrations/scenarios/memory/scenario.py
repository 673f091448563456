"""Memory: places, likes and dislikes a person wants kept; all of it theirs, done at once, and undone with a tap."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from integrations.base import Effect, Example, Scenario, Tool
from integrations.scenarios.memory import facts, saved
from integrations.scenarios.memory.inputs import (
    Forget,
    PlaceInputs,
    PlacesInputs,
    Recall,
    Remember,
    Restore,
    RestorePlace,
)

MEMORY = Scenario(
    name="memory",
    title=pgettext_lazy("scenario", "Memory"),
    description=_("keeping your addresses and what you like or do not eat"),
    icon="map-pin",
    tools=(
        Tool(
            name="memory.place",
            code="place",
            title=_("save an address (home, office, ...)"),
            description="Save a place of the person under a label.",
            inputs=PlaceInputs,
            cues=("记住", "记一下", "记下", "记着", "remember", "note that", "save", "存"),
            effect=Effect.OWN,
            run=saved.place,
            examples=(
                Example("我公司在南京西路1515号8层前台", {"label": "公司", "address": "南京西路1515号8层前台"}),
                Example("记住我家的地址：望京SOHO", {"label": "家", "address": "望京SOHO"}),
                Example("把这里存成健身房", {"label": "健身房", "address": "这里"}),
                Example(
                    "my office is at 1515 West Nanjing Road", {"label": "office", "address": "1515 West Nanjing Road"}
                ),
                Example("save home: Canary Wharf station", {"label": "home", "address": "Canary Wharf station"}),
                Example("save this location as gym", {"label": "gym", "address": "this location"}),
            ),
        ),
        Tool(
            name="memory.places",
            code="places",
            title=_("list the saved addresses"),
            description="List the person's saved places.",
            inputs=PlacesInputs,
            effect=Effect.READ,
            run=saved.places_list,
            examples=(
                Example("我存了哪些地址"),
                Example("看看我的地址簿"),
                Example("公司地址存的是哪里"),
                Example("which addresses have I saved"),
                Example("show my places"),
                Example("what is my saved office address"),
            ),
        ),
        Tool(
            name="memory.remember",
            code="remember",
            title=_("remember a like, dislike or fact about me"),
            description="Remember something about the person.",
            inputs=Remember,
            cues=("记住", "记一下", "记下", "记着", "remember", "keep in mind", "note that"),
            effect=Effect.OWN,
            run=facts.remember,
            examples=(
                Example("记住我不吃香菜", {"text": "我不吃香菜"}),
                Example("以后点餐都不要辣的", {"text": "以后点餐都不要辣的"}),
                Example("我对花生过敏", {"text": "我对花生过敏"}),
                Example("remember that I am vegetarian", {"text": "I am vegetarian"}),
                Example("I never eat cilantro", {"text": "I never eat cilantro"}),
                Example("remember my son is called Leo", {"text": "my son is called Leo"}),
            ),
        ),
        Tool(
            name="memory.forget",
            code="forget",
            title=_("forget something that was remembered"),
            description="Forget a remembered fact or place.",
            inputs=Forget,
            cues=("忘掉", "忘了", "忘记", "别记", "forget"),
            effect=Effect.OWN,
            run=facts.forget,
            examples=(
                Example("忘掉我的公司地址", {"what": "公司"}),
                Example("把我的忌口删掉", {"what": "忌口"}),
                Example("把你记住的全部删掉", {"what": "全部"}),
                Example("forget my home address", {"what": "home"}),
                Example("forget that I am vegetarian", {"what": "vegetarian"}),
                Example("delete everything you know about me", {"what": "everything"}),
            ),
        ),
        Tool(
            name="memory.recall",
            code="recall",
            title=_("say what is remembered about me"),
            description="Say what is remembered about the person.",
            inputs=Recall,
            effect=Effect.READ,
            run=facts.recall,
            examples=(
                Example("你记得我什么"),
                Example("我有什么忌口"),
                Example("你都知道我哪些事"),
                Example("what do you remember about me"),
                Example("what are my preferences"),
                Example("what do you know about me"),
            ),
        ),
        Tool(
            name="memory.restore_place",
            code="restore_place",
            title=_("undo a change of a place (button)"),
            description="Put a place back as it was.",
            inputs=RestorePlace,
            effect=Effect.OWN,
            run=saved.restore,
            offered=False,
        ),
        Tool(
            name="memory.restore",
            code="restore",
            title=_("undo a change of the memory (button)"),
            description="Put remembered facts back as they were.",
            inputs=Restore,
            effect=Effect.OWN,
            run=facts.restore,
            offered=False,
        ),
    ),
)
