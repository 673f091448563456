"""The list of conversations, and the trace of a turn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assistant.models import Conversation, Message, PendingAction, Turn
from dashboard import factories
from dashboard.pages.conversations import trace as traces
from integrations.base import Action, QuoteView, Reply
from integrations.models import Quote

pytestmark = pytest.mark.django_db
TEXT = "帮我点一份不辣的两人晚餐，80 块以内，送到公司"


def rows(client: Client, **query) -> str:
    response = client.get("/dashboard/conversations/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def read(client: Client, conversation: Conversation, **query) -> str:
    response = client.get(f"/dashboard/conversations/{conversation.public_id}/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestList:
    def test_the_last_turn_is_shown(self, staff: Client):
        conversation = factories.make_conversation(factories.make_person("Priya"))
        factories.make_turn(conversation, "first", at=timezone.now() - timedelta(minutes=3))
        turn = factories.make_turn(conversation, "second", Reply(text="There are three."))
        factories.make_steps(turn, *factories.food_steps("x"))
        page = rows(staff)
        assert "Priya" in page
        assert "second" in page
        assert "There are three." in page
        assert "first" not in page
        assert "food.search" in page

    def test_it_is_empty_and_says_what_to_do(self, staff: Client):
        assert "Open the chat page and say what you want done" in rows(staff)

    @pytest.mark.parametrize("text", ["Priya", "dinner", "noodles"])
    def test_person_title_and_words_are_searched(self, staff: Client, text):
        wanted = factories.make_conversation(factories.make_person("Priya"), title="A dinner")
        factories.make_turn(wanted, "some noodles")
        factories.make_turn(factories.make_conversation(factories.make_person("Other")), "hello")
        page = rows(staff, q=text)
        assert wanted.public_id in page
        assert "Other" not in page

    def test_channels_are_told_apart(self, staff: Client):
        web, telegram = factories.make_conversation(), factories.make_conversation(kind="telegram")
        for conversation in (web, telegram):
            factories.make_turn(conversation)
        page = rows(staff, channel="telegram")
        assert telegram.public_id in page
        assert web.public_id not in page

    def test_states_are_told_apart(self, staff: Client):
        working, failed, quoted, unsent, fine = (factories.make_conversation() for _i in range(5))
        factories.make_turn(working, state=Turn.State.DECIDING)
        factories.make_turn(failed, state=Turn.State.FAILED)
        factories.make_turn(quoted)
        factories.make_quote(quoted.person)
        factories.make_unsent(factories.make_turn(unsent))
        factories.make_turn(fine, state=Turn.State.FAILED, at=timezone.now() - timedelta(hours=1))
        factories.make_turn(fine)
        everyone = {row.public_id for row in (working, failed, quoted, unsent, fine)}
        for state, wanted in {"working": working, "failed": failed, "quote": quoted, "unsent": unsent}.items():
            page = rows(staff, state=state)
            assert {key for key in everyone if key in page} == {wanted.public_id}

    def test_nothing_fits_and_it_says_so(self, staff: Client):
        assert "No chat fits" in rows(staff, q="nothing like it")

    @pytest.mark.parametrize(
        "query",
        [
            {"state": "x"},
            {"channel": "x"},
            {"after": "x"},
            {"after": "1-x"},
            {"after": f"{'9' * 18}-1"},
            {"q": "x" * 121},
        ],
    )
    def test_a_filter_there_is_none_of_is_refused(self, staff: Client, query):
        response = staff.get("/dashboard/conversations/", query)
        assert response.status_code == 400
        assert "That address does not work" in response.content.decode()

    def test_all_are_reached_page_by_page_once_each(self, staff: Client):
        now = timezone.now()
        made = [factories.make_conversation() for _i in range(60)]
        Message.objects.bulk_create(Message(conversation=row, direction="in", text="你好") for row in made)
        factories.make_conversation()  # a page that was opened, and not a word said
        for i, conversation in enumerate(made):  # pairs share a moment
            Conversation.objects.filter(pk=conversation.pk).update(last_at=now - timedelta(seconds=i // 2))
        seen, address = [], "/dashboard/conversations/"
        while address:
            response = staff.get(address)
            seen += [row.conversation.pk for row in response.context["page"].rows]
            address = response.context["next_address"]
        assert sorted(seen) == sorted(conversation.pk for conversation in made)

    def test_only_the_first_page_is_live(self, staff: Client):
        for _i in range(26):
            factories.make_conversation()
        response = staff.get("/dashboard/conversations/")
        assert "every 3s" in response.content.decode()
        assert "every 3s" not in staff.get(response.context["next_address"]).content.decode()

    def test_by_htmx_the_rows_alone_come_back_with_their_filters(self, staff: Client):
        response = staff.get("/dashboard/conversations/", {"state": "working"}, headers={"HX-Request": "true"})
        assert response.content.decode().lstrip().startswith("<section")
        assert 'hx-get="/dashboard/conversations/?state=working"' in response.content.decode()

    @pytest.mark.parametrize("many", [1, 25])
    def test_the_number_of_queries_does_not_grow(self, staff: Client, django_assert_num_queries, many):
        for _i in range(many):
            conversation = factories.make_conversation()
            quote = factories.make_quote(conversation.person)
            turn = factories.make_turn(conversation, "x", Reply(quote=QuoteView.model_validate(quote.view)))
            factories.make_steps(turn, *factories.food_steps("x"))
            press(turn)
        with django_assert_num_queries(12):
            staff.get("/dashboard/conversations/")


def press(turn: Turn, label: str = "Confirm and pay ¥62.00") -> None:
    """Make what was said a press of a button."""
    action = PendingAction.objects.create(
        person=turn.person, conversation=turn.conversation, label=label, action={}, expires_at=timezone.now()
    )
    said = turn.messages.filter(direction=Message.Direction.IN)
    said.update(text="", content={"user": "u", "chat": "c", "action": action.public_id})


class TestConversation:
    def test_a_turn_is_shown_with_its_trace(self, staff: Client):
        turn = factories.make_turn(factories.make_conversation(), TEXT, factories.dinner_reply())
        factories.make_steps(turn, *factories.food_steps(TEXT))
        page = read(staff, turn.conversation)
        assert "<mark>两人</mark>" in page
        assert "<s>merchant=<i>&quot;江浙菜&quot;</i></s>" in page
        assert "5 kept, 1 dropped" in page
        assert "nobody said it, so it was dropped" in page
        assert "prompt 1386, cached 1355" in page
        assert "46 hits" in page
        assert "清蒸鲈鱼双人餐" in page
        assert ", 2.12 s of it in the model" in page

    def test_the_turn_that_was_chosen_is_shown(self, staff: Client):
        conversation = factories.make_conversation()
        first = factories.make_turn(conversation, "one", at=timezone.now() - timedelta(minutes=1))
        factories.make_turn(conversation, "two")
        assert "Turn 2" in read(staff, conversation)
        assert "Turn 1" in read(staff, conversation, turn=first.pk)

    def test_a_pressed_button_has_its_label(self, staff: Client):
        turn = factories.make_turn(factories.make_conversation())
        press(turn)
        assert "pressed “Confirm and pay ¥62.00”" in read(staff, turn.conversation)

    def test_the_id_behind_a_button_is_not_shown(self, staff: Client):
        reply = Reply(text="x", choices=[Action(label="Another one", say="another", id="SECRETID")])
        turn = factories.make_turn(factories.make_conversation(), "x", reply)
        page = read(staff, turn.conversation)
        assert "Another one" in page
        assert "SECRETID" not in page

    def test_a_quote_is_shown_as_it_stands_now(self, staff: Client):
        conversation = factories.make_conversation()
        quote = factories.make_quote(conversation.person)
        factories.make_turn(conversation, "x", Reply(quote=QuoteView.model_validate(quote.view)))
        Quote.objects.update(state=Quote.State.EXPIRED)
        page = read(staff, conversation)
        assert "Expired" in page
        assert "To confirm" not in page

    def test_a_message_that_answers_nobody_can_be_looked_at(self, staff: Client):
        conversation = factories.make_conversation()
        content = Reply(text="It is on its way").model_dump(mode="json")
        message = Message.objects.create(
            conversation=conversation, direction="out", text="It is on its way", content=content
        )
        page = read(staff, conversation, message=message.pk)
        assert "Sent by itself" in page
        assert "It is on its way" in page

    def test_a_failed_turn_says_why(self, staff: Client):
        turn = factories.make_turn(factories.make_conversation(), state=Turn.State.FAILED, error="deadline: no slot")
        factories.make_steps(turn, ("error", {"detail": "no slot was free"}, 60_000))
        page = read(staff, turn.conversation)
        assert "deadline: no slot" in page
        assert "no slot was free" in page

    def test_a_message_that_could_not_be_sent_says_so(self, staff: Client):
        turn = factories.make_turn(factories.make_conversation())
        factories.make_unsent(turn)
        assert "Forbidden: bot was blocked by the user" in read(staff, turn.conversation)

    @pytest.mark.parametrize(
        "detail",
        [
            {},
            [],
            "text",
            {"arguments": "none"},
            {"arguments": [1, {"value": {"a": 1}}]},
            {"raw": 5},
            {"tool": None, "inputs": []},
        ],
    )
    @pytest.mark.parametrize("kind", ["understood", "decision", "grounding", "chat", "call", "answer", "error", "new"])
    def test_whatever_a_step_holds_is_shown_somehow(self, staff: Client, kind, detail):
        turn = factories.make_turn(factories.make_conversation())
        factories.make_steps(turn, (kind, detail, 5))
        assert "5 ms" in read(staff, turn.conversation)

    def test_contents_in_no_known_shape_are_shown_as_text(self, staff: Client):
        turn = factories.make_turn(factories.make_conversation(), "what was said")
        turn.messages.update(content={"strange": True})
        turn.messages.filter(direction="out").update(text="what was answered")
        page = read(staff, turn.conversation)
        assert "what was said" in page
        assert "what was answered" in page

    def test_what_was_said_is_not_html(self, staff: Client):
        turn = factories.make_turn(
            factories.make_conversation(), "<script>alert(1)</script>", Reply(text="<b>bold</b>")
        )
        raw = {"raw": "<script>alert(2)</script>"}
        arguments = {"arguments": [{"name": "<i>", "value": "<u>", "source": "said", "words": "<script>"}]}
        factories.make_steps(turn, ("decision", raw, 5), ("grounding", arguments, 5))
        page = read(staff, turn.conversation)
        assert "<script>alert" not in page
        assert "<b>bold</b>" not in page
        assert "<u>" not in page

    def test_the_orders_of_the_person_are_beside_it(self, staff: Client):
        conversation = factories.make_conversation()
        order = factories.make_order(conversation.person, conversation=conversation)
        foreign = factories.make_order(factories.make_person("Other"))
        page = read(staff, conversation)
        assert order.number in page
        assert foreign.number not in page

    def test_an_empty_conversation_says_so(self, staff: Client):
        assert "Nothing has been said yet" in read(staff, factories.make_conversation())

    def test_a_foreign_turn_is_refused(self, staff: Client):
        conversation, foreign = factories.make_conversation(), factories.make_turn(factories.make_conversation())
        for query in (
            {"turn": foreign.pk},
            {"message": foreign.messages.get(direction="in").pk},
            {"turn": "x"},
            {"before": "x"},
        ):
            response = staff.get(f"/dashboard/conversations/{conversation.public_id}/", query)
            assert response.status_code == 400

    def test_earlier_turns_are_reached(self, staff: Client, monkeypatch):
        monkeypatch.setattr("dashboard.pages.conversations.thread.LENGTH", 3)
        conversation, now = factories.make_conversation(), timezone.now()
        for i in range(5):
            factories.make_turn(conversation, f"said {i}", at=now - timedelta(minutes=5 - i))
        response = staff.get(f"/dashboard/conversations/{conversation.public_id}/")
        assert [entry.said for entry in response.context["entries"]] == ["said 2", "said 3", "said 4"]
        response = staff.get(response.request["PATH_INFO"], {"before": response.context["earlier"]})
        assert [entry.said for entry in response.context["entries"]] == ["said 0", "said 1"]
        assert response.context["earlier"] == ""

    @pytest.mark.parametrize("many", [1, 30])
    def test_the_number_of_queries_does_not_grow(self, staff: Client, django_assert_num_queries, many):
        conversation = factories.make_conversation()
        for i in range(many):
            quote = factories.make_quote(conversation.person)
            turn = factories.make_turn(
                conversation,
                TEXT,
                Reply(quote=QuoteView.model_validate(quote.view)),
                at=timezone.now() - timedelta(minutes=i),
            )
            factories.make_steps(turn, *factories.food_steps(TEXT))
            press(turn)
        with django_assert_num_queries(23):
            staff.get(f"/dashboard/conversations/{conversation.public_id}/")


class TestTrace:
    def make(self, *steps, milliseconds: int = 1000):
        turn = factories.make_turn(factories.make_conversation(), milliseconds=milliseconds)
        return turn, factories.make_steps(turn, *steps)

    def test_bars_follow_each_other_and_fill_the_time(self):
        turn, steps = self.make(("understood", {}, 100), ("decision", {}, 700), ("answer", {}, 100))
        for step in steps:  # as they are written: together, when the turn is committed
            step.at = turn.answered_at
        bars, whole = traces.waterfall(turn, steps)
        assert whole == 1000
        assert [(bar.style, round(bar.left), round(bar.width)) for bar in bars] == [
            ("wait", 0, 10), ("", 10, 10), ("model", 20, 70), ("", 90, 10),
        ]  # fmt: skip

    def test_steps_that_claim_more_than_there_was_stay_inside(self):
        turn, steps = self.make(("decision", {}, 5000), ("call", {}, 900))
        bars, _whole = traces.waterfall(turn, steps)
        assert all(bar.left >= 0 and bar.left + bar.width <= 100.001 for bar in bars)

    def test_the_speed_of_the_model_is_worked_out(self):
        timings = {"queued": 1.0, "prompt": 300.0, "output": 2000.0, "total": 2301.0}
        turn, steps = self.make(("chat", {"output_tokens": 50, "timings": timings}, 2301))
        shown = traces.trace(turn, steps)
        assert shown.steps[0].speed == 25.0
        assert shown.bars[-1].style == "model"

    def test_secrets_are_hidden_wherever_they_are(self):
        value = {"token": "t", "nested": [{"api_key": "k", "Password": "p"}], "prompt_tokens": 7}
        assert traces.redact(value) == {
            "token": "•••", "nested": [{"api_key": "•••", "Password": "•••"}], "prompt_tokens": 7,
        }  # fmt: skip

    def test_a_decision_in_json_is_laid_out(self):
        html = traces.decision('{"name": "x", "arguments": {"wish": "a<b", "people": 2}}', {"people"})
        assert '<b>"wish"</b>: <i>"a&lt;b"</i>' in html
        assert '<span class="drop">    <b>"people"</b>: <i>2</i></span>' in html

    def test_a_free_answer_stays_text(self):
        assert traces.decision("Hello <you>", set()) == "Hello &lt;you&gt;"

    def test_the_longest_words_are_marked_first(self):
        assert "<mark>两人份</mark>" in traces.marked("来两人份", ["两人", "两人份"])
