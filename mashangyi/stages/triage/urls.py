from django.urls import path

from .pages import duties, inbox, reporter, review

app_name = "triage"
urlpatterns = [
    path("desk/triage/", inbox.inbox, name="inbox"),
    path("desk/triage/accept/", inbox.accept, name="accept"),
    path("desk/triage/<str:number>/", inbox.message, name="message"),
    path("desk/triage/<str:number>/merge/", inbox.merge, name="merge"),
    path("desk/triage/<str:number>/split/", inbox.split, name="split"),
    path("desk/triage/<str:number>/apart/<int:report>/", inbox.apart, name="apart"),
    path("desk/triage/<str:number>/contact/<int:report>/", inbox.contact, name="contact"),
    path("desk/triage/<str:number>/on-site/", inbox.visit, name="visit"),
    path("desk/triage/<str:number>/go/<slug:way>/", inbox.go, name="go"),
    path("desk/triage/<str:number>/<slug:deed>/", inbox.do, name="do"),
    path("desk/review/", review.reviews, name="reviews"),
    path("desk/review/<str:number>/", review.review, name="review"),
    path("desk/review/<str:number>/<slug:verdict>/", review.decide, name="decide"),
    path("desk/duties/", duties.duties, name="duties"),
    path("desk/duties/set/", duties.set_duties, name="set_duties"),
    path("desk/duties/<int:pk>/drop/", duties.drop, name="drop_duty"),
    path("r/<str:number>/<slug:secret>/answer/", reporter.answer_in, name="answer_in"),
]
