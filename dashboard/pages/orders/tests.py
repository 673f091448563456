"""The list of orders, one order, and whether its money adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from dashboard import factories
from dashboard.pages.orders import ledger
from integrations.base import ProviderError
from integrations.models import Order, Payment, Refund
from integrations.orders import fulfil

pytestmark = pytest.mark.django_db


def rows(client: Client, **query) -> str:
    response = client.get("/dashboard/orders/", query)
    assert response.status_code == 200
    return response.content.decode()


def read(client: Client, order: Order) -> str:
    response = client.get(f"/dashboard/orders/{order.number}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestList:
    def test_an_order_is_shown_with_its_three_states(self, staff: Client):
        order = factories.make_order(
            factories.make_person("Priya"), "1234.50", state=Order.State.ACTIVE, fulfilment="courier"
        )
        page = rows(staff)
        for text in (order.number, "Priya", "Steamed bass for two", "¥1,234.50", "Under way", "Paid", "On the way"):
            assert text in page

    def test_it_is_empty_and_says_what_to_do(self, staff: Client):
        assert "As soon as somebody confirms a quote in a chat, the order is here." in rows(staff)

    @pytest.mark.parametrize(
        "query",
        [
            {"state": "active"},
            {"payment": "refunded"},
            {"q": "Priya"},
            {"q": "鲈鱼汤"},
            {"state": "active", "q": "priya"},
        ],
    )
    def test_filters(self, staff: Client, query):
        wanted = factories.make_order(
            factories.make_person("Priya"),
            refund="62.00",
            state=Order.State.ACTIVE,
            title_zh="鲈鱼汤",
            title_en="Bass soup",
        )
        other = factories.make_order(factories.make_person("Other"), state=Order.State.COMPLETED)
        page = rows(staff, **query)
        assert wanted.number in page
        assert other.number not in page

    def test_nothing_fits_and_it_says_so(self, staff: Client):
        assert "No order fits" in rows(staff, state="failed")

    @pytest.mark.parametrize(
        "query", [{"state": "x"}, {"payment": "x"}, {"kind": "x"}, {"after": "x"}, {"after": "-1"}]
    )
    def test_a_filter_there_is_none_of_is_refused(self, staff: Client, query):
        assert staff.get("/dashboard/orders/", query).status_code == 400

    def test_all_are_reached_page_by_page_once_each(self, staff: Client):
        person = factories.make_person()
        made = [factories.make_order(person).pk for _i in range(51)]
        seen, address = [], "/dashboard/orders/"
        while address:
            response = staff.get(address)
            seen += [order.pk for order in response.context["page"].rows]
            address = response.context["next_address"]
        assert seen == made[::-1]

    @pytest.mark.parametrize("many", [1, 25])
    def test_the_number_of_queries_does_not_grow(self, staff: Client, django_assert_num_queries, many):
        for i in range(many):
            factories.make_order(factories.make_person(f"P{i}"))
        with django_assert_num_queries(7):
            rows(staff)


class TestOrder:
    def test_all_of_it_is_shown(self, staff: Client):
        conversation = factories.make_conversation()
        order = factories.make_order(conversation.person, conversation=conversation, refund="18.00")
        page = read(staff, order)
        for text in (
            "Steamed bass for two",
            "with mixed grains",
            "Confirmed by the person",
            "Packing",
            "¥62.00",
            "−¥18.00",
            "¥44.00",
        ):
            assert text in page
        assert f"/dashboard/conversations/{conversation.public_id}/" in page
        assert "Payments less refunds are what the payment state says." in page

    def test_it_is_labelled_as_the_sandbox_it_is(self, staff: Client):
        order = factories.make_order(factories.make_person())
        assert "badge--sandbox" in read(staff, order)

    def test_money_that_does_not_add_up_is_pointed_out(self, staff: Client):
        order = factories.make_order(factories.make_person())
        order.payments.update(amount=Decimal("60.00"))
        page = read(staff, order)
        assert "does not add up" in page
        assert "The order says paid, but ¥60.00 was taken and ¥0.00 given back of ¥62.00." in page

    def test_an_order_that_is_over_is_not_asked_for_again(self, staff: Client):
        person = factories.make_person()
        live = factories.make_order(person, state=Order.State.ACTIVE, fulfilment="preparing")
        over = factories.make_order(person, state=Order.State.COMPLETED)
        assert "every 3s" in read(staff, live)
        assert "every 3s" not in read(staff, over)

    def test_by_htmx_the_live_part_alone_comes_back(self, staff: Client):
        order = factories.make_order(factories.make_person())
        response = staff.get(f"/dashboard/orders/{order.number}/", headers={"HX-Request": "true"})
        assert response.content.decode().lstrip().startswith('<div class="live"')


class TestRefresh:
    def test_the_provider_is_asked_now(self, staff: Client):
        order = factories.make_order(
            factories.make_person(), state=Order.State.ACTIVE, fulfilment="waiting", external_id="SB-1",
            at=timezone.now() - timezone.timedelta(minutes=2), check_at=timezone.now() + timezone.timedelta(hours=1),
        )  # fmt: skip
        response = staff.post(f"/dashboard/orders/{order.number}/refresh/", follow=True)
        assert "The order has moved on." in response.content.decode()
        order.refresh_from_db()
        assert order.fulfilment != "waiting"
        assert order.version > 0

    def test_an_order_that_is_over_stays_as_it_is(self, staff: Client):
        order = factories.make_order(factories.make_person(), state=Order.State.COMPLETED, check_at=None)
        response = staff.post(f"/dashboard/orders/{order.number}/refresh/", follow=True)
        assert "Nothing has changed since." in response.content.decode()
        order.refresh_from_db()
        assert order.version == 0

    def test_a_provider_that_does_not_answer_is_named(self, staff: Client, monkeypatch):
        def fail(order_id, now):
            raise ProviderError("down")

        monkeypatch.setattr(fulfil, "advance", fail)
        order = factories.make_order(factories.make_person())
        response = staff.post(f"/dashboard/orders/{order.number}/refresh/", follow=True)
        assert "The provider did not answer." in response.content.decode()

    def test_looking_is_not_refreshing(self, staff: Client):
        order = factories.make_order(factories.make_person())
        assert staff.get(f"/dashboard/orders/{order.number}/refresh/").status_code == 405
        assert staff.post("/dashboard/orders/BS-0/refresh/").status_code == 404


class TestLedger:
    def test_it_adds_up(self):
        person = factories.make_person()
        for refund in ("", "18.00", "62.00"):
            assert ledger.ledger(factories.make_order(person, refund=refund)).problems == []
        assert ledger.ledger(factories.make_order(person, paid=False)).problems == []

    @pytest.mark.parametrize("payment", ["none", "pending", "unknown", "partly_refunded", "refunded"])
    def test_the_state_has_to_fit(self, payment):
        order = factories.make_order(factories.make_person(), payment=payment)
        assert len(ledger.ledger(order).problems) == 1

    def test_money_under_way_is_not_counted(self):
        order = factories.make_order(factories.make_person(), refund="18.00")
        Refund.objects.update(state=Payment.State.PENDING)
        assert ledger.ledger(order).refunded == 0

    def test_nothing_is_given_back_twice(self):
        order = factories.make_order(factories.make_person(), refund="62.00")
        payment = order.payments.get()
        Refund.objects.create(payment=payment, key="again", amount=Decimal("10.00"), state=Payment.State.PENDING)
        assert ledger.ledger(order).problems == ["More was given back than was taken: ¥10.00 too much."]
