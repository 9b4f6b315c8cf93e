from django.urls import path

from .pages import console, meeting, prepare

app_name = "deliberation"
urlpatterns = [
    path("meetings/", meeting.meetings, name="meetings"),
    path("m/<int:meeting_id>/", meeting.meeting, name="meeting"),
    path("m/<int:meeting_id>/sign-in/", meeting.sign_in, name="sign_in"),
    path("m/<int:meeting_id>/say/", meeting.say, name="say"),
    path("m/<int:meeting_id>/vote/<int:ballot_id>/", meeting.vote, name="vote"),
    path("m/<int:meeting_id>/keep/", meeting.keep_opinion, name="keep_opinion"),
    path("wall/<int:meeting_id>/", meeting.wall, name="wall"),
    path("t/<str:number>/suggest/", meeting.suggest, name="suggest"),
    path("desk/meetings/", console.meetings, name="desk_meetings"),
    path("desk/meeting/<int:meeting_id>/", console.console, name="console"),
    path("desk/meeting/<int:meeting_id>/conclude/", console.conclude, name="conclude"),
    path("desk/meeting/<int:meeting_id>/<slug:deed>/", console.deed, name="console_deed"),
    path("desk/prepare/<str:number>/", prepare.prepare, name="prepare"),
    path("desk/prepare/<str:number>/<slug:deed>/", prepare.deed, name="prepare_deed"),
    path("desk/at-once/<str:number>/", prepare.at_once, name="at_once"),
    path("desk/to-vote/<str:number>/", prepare.hand, name="hand"),
    path("desk/invitation/<int:pk>/", prepare.invitation, name="invitation"),
    path("desk/resolution/<int:pk>/confirm/", prepare.confirm, name="confirm"),
]
