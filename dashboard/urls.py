"""Addresses of the dashboard."""

from django.urls import path
from django.views.i18n import set_language

from dashboard.pages.conversations import views as conversations
from dashboard.pages.find import views as find
from dashboard.pages.home import views as home
from dashboard.pages.integrations import views as integrations
from dashboard.pages.orders import views as orders
from dashboard.pages.sign_in import views as sign_in

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", set_language, name="language"),
    path("find/", find.find, name="find"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<str:public_id>/", conversations.conversation, name="conversation"),
    path("integrations/", integrations.integrations, name="integrations"),
    path("integrations/scenarios/<slug:name>/", integrations.switch_scenario, name="switch_scenario"),
    path("integrations/connections/new/<slug:kind>/", integrations.new_connection, name="new_connection"),
    path("integrations/connections/<str:public_id>/", integrations.connection, name="connection"),
    path("integrations/connections/<str:public_id>/switch/", integrations.switch_connection, name="switch_connection"),
    path("integrations/connections/<str:public_id>/check/", integrations.check_connection, name="check_connection"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/refresh/", orders.refresh, name="refresh_order"),
]
